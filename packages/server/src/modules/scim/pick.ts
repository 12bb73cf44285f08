import type { Resource } from './resource.ts';

export interface Picked {
  readonly attributes?: string | undefined;
  readonly excludedAttributes?: string | undefined;
}

const always = new Set(['schemas', 'id']);

/** The attributes asked for, or all but those not wanted, by their names at the top (RFC 7644 §3.9). */
export function pick(resource: Resource, { attributes, excludedAttributes }: Picked): object {
  const plain: Record<string, unknown> = JSON.parse(JSON.stringify(resource));
  if (attributes === undefined && excludedAttributes === undefined) return plain;
  const wanted = namesIn(attributes ?? '');
  const unwanted = namesIn(excludedAttributes ?? '');
  const isShown = (name: string) =>
    always.has(name) || (attributes === undefined ? !unwanted.has(name.toLowerCase()) : wanted.has(name.toLowerCase()));
  return Object.fromEntries(Object.entries(plain).filter(([name]) => isShown(name)));
}

/** `name.givenName` asks for `name`: more than asked for is allowed, less is not. */
const namesIn = (list: string) =>
  new Set(
    list.split(',').map((name) => {
      const bare = name.trim().replace(/^urn:ietf:params:scim:schemas:core:2\.0:(User|Group):/i, '');
      return (bare.startsWith('urn:') ? bare : (bare.split('.')[0] ?? '')).toLowerCase();
    }),
  );
