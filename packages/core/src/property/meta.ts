/** Meta properties: what every entity has besides its blueprint's own. Queries, sorts and mirrors may name them. */
export const metaProperties = [
  '$identifier',
  '$title',
  '$icon',
  '$team',
  '$blueprint',
  '$createdAt',
  '$updatedAt',
  '$createdBy',
  '$updatedBy',
  '$datasource',
] as const;
export type MetaProperty = (typeof metaProperties)[number];

const names: ReadonlySet<string> = new Set(metaProperties);

export function isMetaProperty(name: string): name is MetaProperty {
  return names.has(name);
}
