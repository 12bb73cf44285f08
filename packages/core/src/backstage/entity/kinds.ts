import type { TSchema } from 'typebox';
import * as specs from './spec-schemas.ts';

/** A field of `spec` that points at other entities. */
export interface RelationField {
  /** Key in `spec`. */
  readonly field: string;
  /** Relation type of the entity that holds the field, and of the one it points at. */
  readonly type: string;
  readonly reverse: string;
  /** Kind of a value that names none; without it such a value is an error. */
  readonly defaultKind?: string;
  readonly many: boolean;
  /** The field counts only when `spec.type` is this. */
  readonly when?: string;
  /** Values of other kinds are passed over. */
  readonly allowedKinds?: readonly string[];
}

export interface SpecVariant {
  readonly when: string;
  readonly spec: TSchema;
  /** The general shape is good as well: Backstage knows this variant only when its newer model is switched on. */
  readonly orGeneral?: boolean;
}

export interface KindRow {
  readonly kind: string;
  readonly apiVersions: readonly string[];
  /** Shape of `spec`, and what takes its place for some values of `spec.type`. */
  readonly spec: TSchema;
  readonly variants?: readonly SpecVariant[];
  readonly relations: readonly RelationField[];
}

const BACKSTAGE = ['backstage.io/v1alpha1', 'backstage.io/v1beta1'];

const one = (field: string, type: string, reverse: string, defaultKind: string): RelationField => ({
  field,
  type,
  reverse,
  defaultKind,
  many: false,
});
const many = (field: string, type: string, reverse: string, defaultKind?: string): RelationField => ({
  field,
  type,
  reverse,
  many: true,
  ...(defaultKind ? { defaultKind } : {}),
});

/** AI resources point only at their own kind, and which field they do it with depends on their type. */
const aiResources = (field: string, when: string, type: string, reverse: string): RelationField => ({
  ...many(field, type, reverse, 'AiResource'),
  when,
  allowedKinds: ['AiResource'],
});

const owner = one('owner', 'ownedBy', 'ownerOf', 'Group');
const system = one('system', 'partOf', 'hasPart', 'System');
const dependsOn = many('dependsOn', 'dependsOn', 'dependencyOf');
const dependencyOf = many('dependencyOf', 'dependencyOf', 'dependsOn');

/**
 * The kinds that come with Backstage 1.55, one row a kind. AiResource and the `mcp-server` API are shipped by its
 * model package; Template by its scaffolder.
 */
export const kinds: readonly KindRow[] = [
  {
    kind: 'Component',
    apiVersions: BACKSTAGE,
    spec: specs.component,
    relations: [
      owner,
      system,
      one('subcomponentOf', 'partOf', 'hasPart', 'Component'),
      many('providesApis', 'providesApi', 'apiProvidedBy', 'API'),
      many('consumesApis', 'consumesApi', 'apiConsumedBy', 'API'),
      dependsOn,
      dependencyOf,
    ],
  },
  {
    kind: 'API',
    apiVersions: BACKSTAGE,
    spec: specs.api,
    variants: [{ when: 'mcp-server', spec: specs.mcpServer, orGeneral: true }],
    relations: [owner, system],
  },
  {
    kind: 'Resource',
    apiVersions: BACKSTAGE,
    spec: specs.resource,
    relations: [owner, system, dependsOn, dependencyOf],
  },
  {
    kind: 'System',
    apiVersions: BACKSTAGE,
    spec: specs.system,
    relations: [owner, one('domain', 'partOf', 'hasPart', 'Domain')],
  },
  {
    kind: 'Domain',
    apiVersions: BACKSTAGE,
    spec: specs.domain,
    relations: [owner, one('subdomainOf', 'partOf', 'hasPart', 'Domain')],
  },
  {
    kind: 'Group',
    apiVersions: BACKSTAGE,
    spec: specs.group,
    relations: [
      one('parent', 'childOf', 'parentOf', 'Group'),
      many('children', 'parentOf', 'childOf', 'Group'),
      many('members', 'hasMember', 'memberOf', 'User'),
    ],
  },
  {
    kind: 'User',
    apiVersions: BACKSTAGE,
    spec: specs.user,
    relations: [many('memberOf', 'memberOf', 'hasMember', 'Group')],
  },
  { kind: 'Location', apiVersions: BACKSTAGE, spec: specs.location, relations: [] },
  { kind: 'Template', apiVersions: ['scaffolder.backstage.io/v1beta3'], spec: specs.template, relations: [owner] },
  {
    kind: 'AiResource',
    apiVersions: ['backstage.io/v1alpha1'],
    spec: specs.aiResource,
    variants: [
      { when: 'skill', spec: specs.aiSkill },
      { when: 'rule', spec: specs.aiRule },
      { when: 'plugin', spec: specs.aiPlugin },
      { when: 'marketplace', spec: specs.aiMarketplace },
    ],
    relations: [
      { ...owner, allowedKinds: ['Group', 'User'] },
      { ...system, allowedKinds: ['System'] },
      aiResources('dependsOn', 'skill', 'dependsOn', 'dependencyOf'),
      aiResources('skills', 'plugin', 'hasPart', 'partOf'),
      aiResources('plugins', 'marketplace', 'hasPart', 'partOf'),
    ],
  },
];

/** The shapes of which `spec` must have one, the most telling first, given what it says of its own type. */
export function specSchemas(row: KindRow, spec: Record<string, unknown>): [TSchema, ...TSchema[]] {
  const variant = row.variants?.find(({ when }) => when === spec.type);
  if (!variant) return [row.spec];
  return variant.orGeneral ? [variant.spec, row.spec] : [variant.spec];
}

/** The relation fields that count for this `spec`. */
export function relationFields(row: KindRow, spec: Record<string, unknown>): readonly RelationField[] {
  return row.relations.filter((field) => field.when === undefined || field.when === spec.type);
}

const rows = new Map(kinds.map((row) => [row.kind.toLowerCase(), row]));

/** The row of a kind, whatever its letter case; undefined for kinds that somebody made up. */
export function kindRow(kind: string): KindRow | undefined {
  return rows.get(kind.toLowerCase());
}
