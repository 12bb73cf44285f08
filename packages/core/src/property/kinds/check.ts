import type { Problem } from '../../problem.ts';
import type { Property } from '../property.ts';

/** Nothing wrong. One list for everybody, so that the ordinary value costs no allocation. */
export const fine: readonly Problem[] = [];

export function refusal(message: string, remedy?: string): readonly Problem[] {
  return [remedy === undefined ? { path: '', message } : { path: '', message, remedy }];
}

/** A value as a message quotes it: JSON, cut where it gets long. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : describe(value);
  return text.length > 64 ? `${text.slice(0, 60)}…` : text;
}

/** What a value is, in words for messages; never walks into it. */
export function describe(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? 'a text' : typeof value === 'object' ? 'an object' : typeof value;
}

export function notOfType(wanted: string, value: unknown): readonly Problem[] {
  return refusal(`must be ${wanted}, not ${describe(value)}`);
}

/** `minLength` may not exceed `maxLength`, and so on for every such pair. */
export function checkOrder(
  property: Property,
  low: 'minLength' | 'minimum' | 'minItems',
  high: 'maxLength' | 'maximum' | 'maxItems',
): Problem[] {
  const [min, max] = [property[low], property[high]];
  if (min === undefined || max === undefined || min <= max) return [];
  return [{ path: low, message: `${low} (${min}) is greater than ${high} (${max}), so no value could ever be valid` }];
}

/** Members of `enum` must be of the property's own type; without members no value could be valid. */
export function checkEnum(property: Property, ...types: readonly ('string' | 'number')[]): Problem[] {
  const members: readonly unknown[] | undefined = property.enum;
  if (!members) return [];
  if (members.length === 0) {
    return [{ path: 'enum', message: 'has no members, so no value could ever be valid', remedy: 'Leave `enum` out.' }];
  }
  return members.flatMap((member, index) => {
    if (types.some((type) => typeof member === type)) return [];
    return [{ path: `enum.${index}`, message: `must be a ${types.join(' or ')}, not ${describe(member)}` }];
  });
}

export interface MemberTest {
  readonly has: (value: unknown) => boolean;
  readonly shown: string;
}

export function memberTest(property: Property): MemberTest | undefined {
  if (!property.enum) return undefined;
  const members = new Set<unknown>(property.enum);
  const shown = property.enum.slice(0, 10).map(show).join(', ');
  const more = property.enum.length > 10 ? ` and ${property.enum.length - 10} more` : '';
  return { has: (value) => members.has(value), shown: shown + more };
}
