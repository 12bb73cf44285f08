import { DEFAULT_NAMESPACE } from '../entity/backstage-entity.ts';
import type { CompoundRef } from '../entity/entity-ref.ts';
import { fieldFormats } from '../entity/field-formats.ts';
import { kindRow } from '../entity/kinds.ts';

/** People and teams are one thing in both worlds; every other kind is the blueprint of its name. */
const renamed: Record<string, string> = { user: '_user', group: '_team' };

/** The blueprint a kind becomes: its name in lower case. */
export function blueprintOfKind(kind: string): string {
  const name = kind.toLowerCase();
  return renamed[name] ?? name;
}

/** The kind a blueprint stands for, in canonical lower case. */
export function kindOfBlueprint(blueprint: string): string {
  return Object.keys(renamed).find((kind) => renamed[kind] === blueprint) ?? blueprint;
}

/** `name`, or `namespace/name` outside the default namespace; in lower case, because Backstage minds no letter case. */
export function identifierOf({ namespace, name }: Pick<CompoundRef, 'namespace' | 'name'>): string {
  return (namespace === DEFAULT_NAMESPACE ? name : `${namespace}/${name}`).toLowerCase();
}

export function nameOfIdentifier(identifier: string): Pick<CompoundRef, 'namespace' | 'name'> {
  const slash = identifier.indexOf('/');
  if (slash === -1) return { namespace: DEFAULT_NAMESPACE, name: identifier };
  return { namespace: identifier.slice(0, slash), name: identifier.slice(slash + 1) };
}

/**
 * Whether a reference can be the target of a relation. Backstage takes any text between its separators; a name that no
 * entity could ever have stays in the source document only.
 */
export function isNameable({ kind, namespace, name }: CompoundRef): boolean {
  return (
    fieldFormats.kind.test(kind) && fieldFormats.namespace.test(namespace.toLowerCase()) && fieldFormats.name.test(name)
  );
}

/** `serverUrl` and `server_url` as people write it: `Server url`. */
export function humanize(key: string): string {
  const words = key
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_=@\\-]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

/** The title of the blueprint of a kind: `ReleaseBinding` becomes `Release Binding`. */
export function titleOfKind(kind: string): string {
  if (kind.toLowerCase() === 'airesource') return 'AI resource';
  const written = kindRow(kind)?.kind ?? kind;
  const words = written.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
