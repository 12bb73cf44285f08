import { isPlainObject, own } from '../json.ts';

/** What a provider says about a person. */
export type Claims = Readonly<Record<string, unknown>>;

/** The claim of this very name (some contain dots), else the one at this dotted path; undefined where there is none. */
export function claimAt(claims: Claims, path: string): unknown {
  const named = own(claims, path);
  if (named !== undefined) return named;
  return path.split('.').reduce<unknown>((value, key) => (isPlainObject(value) ? own(value, key) : undefined), claims);
}

/** A text without blanks around it; undefined for anything else and for an empty one. */
export function textClaim(claims: Claims, path: string): string | undefined {
  const value = claimAt(claims, path);
  return (typeof value === 'string' && value.trim()) || undefined;
}

/** A list of texts, or one text as a list of one; undefined where there is neither. */
export function listClaim(claims: Claims, path: string): readonly string[] | undefined {
  const value = claimAt(claims, path);
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return undefined;
  return value.filter((item): item is string => typeof item === 'string');
}
