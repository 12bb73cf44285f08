import { type BackstageEntity, DEFAULT_NAMESPACE } from './backstage-entity.ts';

/** The three parts that name an entity. Two names that differ only by letter case are the same name. */
export interface CompoundRef {
  kind: string;
  namespace: string;
  name: string;
}

export interface RefDefaults {
  kind?: string | undefined;
  namespace?: string | undefined;
}

/**
 * Reads `[kind:][namespace/]name`. The first colon counts only when it stands before the first slash; a later one
 * belongs to the name. Throws a TypeError that says which part is missing.
 */
export function parseEntityRef(ref: string, defaults: RefDefaults = {}): CompoundRef {
  const slash = ref.indexOf('/');
  const firstColon = ref.indexOf(':');
  const colon = slash !== -1 && slash < firstColon ? -1 : firstColon;

  const kind = colon === -1 ? defaults.kind : ref.slice(0, colon);
  const namespace = slash === -1 ? (defaults.namespace ?? DEFAULT_NAMESPACE) : ref.slice(colon + 1, slash);
  const name = ref.slice(Math.max(colon, slash) + 1);

  if (kind === undefined) {
    throw new TypeError(`the entity reference "${ref}" names no kind, and this field has no usual one`);
  }
  const missing = [!kind && 'kind', !namespace && 'namespace', !name && 'name'].filter((part) => part !== false);
  if (missing.length > 0) {
    throw new TypeError(`the entity reference "${ref}" has an empty ${missing.join(' and ')}`);
  }
  return { kind, namespace, name };
}

/** The canonical text, `kind:namespace/name` in lower case: what relations, indexes and conflicts go by. */
export function stringifyEntityRef(ref: CompoundRef): string {
  return `${ref.kind}:${ref.namespace}/${ref.name}`.toLowerCase();
}

export function compoundRefOf(entity: BackstageEntity): CompoundRef {
  const { name, namespace } = entity.metadata;
  return { kind: entity.kind, namespace: namespace ?? DEFAULT_NAMESPACE, name };
}

export function refOf(entity: BackstageEntity): string {
  return stringifyEntityRef(compoundRefOf(entity));
}
