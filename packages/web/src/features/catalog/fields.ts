import type { MetaProperty, Property } from '@gantry/core';
import type { Entity } from '../../data/entities.ts';
import type { ModelBlueprint } from '../../data/model.ts';
import type { FilterShape } from '../../kinds/index.ts';
import { lookOf } from '../../kinds/index.ts';
import { messages } from './messages.ts';

/** Anything of a blueprint that can be a column, a filter, a sort key or a group. */
export interface Field {
  /** `$title`, a property's key, or `relations.` and a relation's key: property keys have no dot. */
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** How its values look; made up for meta properties and relations. */
  readonly property: Property;
  /** Set for relations: the blueprint of the entities they hold, and whether they hold several. */
  readonly relation?: { readonly key: string; readonly target: string; readonly many: boolean };
  readonly filter: FilterShape | 'relation';
  readonly sortable: boolean;
  readonly groupable: boolean;
  readonly width: number;
  readonly align?: 'end';
}

const metas: readonly { id: MetaProperty; property: Property }[] = [
  { id: '$identifier', property: { type: 'string', format: 'ipv4' } },
  { id: '$team', property: { type: 'array', items: { type: 'string', format: 'team' } } },
  { id: '$createdAt', property: { type: 'string', format: 'date-time' } },
  { id: '$updatedAt', property: { type: 'string', format: 'date-time' } },
  { id: '$createdBy', property: { type: 'string', format: 'user' } },
  { id: '$updatedBy', property: { type: 'string', format: 'user' } },
];

export const TITLE = '$title';

/** Every field of a blueprint: title, its own properties and relations in the author's order, then what all have. */
export function fieldsOf(blueprint: Pick<ModelBlueprint, 'schema' | 'relations'>): Field[] {
  return [
    { ...fieldOf(TITLE, messages.metas.$title ?? TITLE, { type: 'string' }), width: 280, groupable: false },
    ...Object.entries(blueprint.schema.properties).map(([key, property]) =>
      fieldOf(key, property.title || key, property, property.description),
    ),
    ...Object.entries(blueprint.relations).map(([key, relation]) =>
      relationField(key, relation.title || key, relation.target, relation.many, relation.description),
    ),
    ...metas.map(({ id, property }) => metaField(id, property)),
  ];
}

function fieldOf(id: string, title: string, property: Property, description?: string): Field {
  const { filter, align, width, unsortable } = lookOf(property);
  return {
    id,
    title,
    property,
    filter,
    width,
    sortable: !unsortable,
    groupable: filter === 'options' || filter === 'boolean' || filter === 'text' || filter === 'list',
    ...(description ? { description } : {}),
    ...(align ? { align } : {}),
  };
}

function metaField(id: MetaProperty, property: Property): Field {
  const field = fieldOf(id, messages.metas[id] ?? id, property);
  return { ...field, groupable: id === '$team' || id === '$createdBy' || id === '$updatedBy' };
}

function relationField(key: string, title: string, target: string, many: boolean, description?: string): Field {
  return {
    id: `relations.${key}`,
    title,
    property: { type: many ? 'array' : 'string' },
    relation: { key, target, many },
    filter: 'relation',
    sortable: !many,
    groupable: true,
    width: 200,
    ...(description ? { description } : {}),
  };
}

/** What the API calls a field in a sort: relations go by their bare key there. */
export function sortName(id: string): string {
  return id.replace(/^relations\./, '');
}

/** How many columns a table shows that nobody has arranged. */
const DEFAULT_COLUMNS = 8;

/** Title, owner, the properties one reads at a glance, the first relations, and when it was last touched. */
export function defaultColumns(blueprint: string, fields: readonly Field[]): string[] {
  const own = fields.filter(({ id }) => !id.startsWith('$') && !id.startsWith('relations.'));
  const glance = own.filter(({ property, filter }) => filter !== 'presence' && !isLong(property));
  const relations = fields.filter(({ relation }) => relation !== undefined);
  const middle = [...glance.slice(0, 5), ...relations.slice(0, 3)].slice(0, DEFAULT_COLUMNS - 3);
  const owner = blueprint === '_team' || blueprint === '_user' ? [] : ['$team'];
  return [TITLE, ...middle.map(({ id }) => id), ...owner, '$updatedAt'];
}

/** Texts and structures that are read on the page of the entity, not in a row. */
export function isLong({ type, format, spec }: Property): boolean {
  return type === 'object' || spec !== undefined || ['markdown', 'yaml', 'proto'].includes(format ?? '');
}

/** One entity at the other end of a relation, as reads with titles attached answer it. */
export interface Related {
  readonly identifier: string;
  readonly title: string;
}

export function relatedIn(entity: Entity, key: string): Related[] {
  return [entity.relations[key] ?? []].flat().map(asRelated);
}

function asRelated(value: unknown): Related {
  if (typeof value !== 'object' || value === null) return { identifier: String(value), title: String(value) };
  const { identifier, title } = value as { identifier?: unknown; title?: unknown };
  return { identifier: String(identifier), title: String(title ?? identifier) };
}

const metaValues: Readonly<Record<string, (entity: Entity) => unknown>> = {
  $title: (entity) => entity.title,
  $identifier: (entity) => entity.identifier,
  $team: (entity) => entity.team,
  $createdAt: (entity) => entity.createdAt,
  $updatedAt: (entity) => entity.updatedAt,
  $createdBy: (entity) => entity.createdBy,
  $updatedBy: (entity) => entity.updatedBy,
};

/** The value of a field that is no relation. */
export function fieldValue(entity: Entity, field: Field): unknown {
  const meta = metaValues[field.id];
  return meta ? meta(entity) : entity.properties[field.id];
}
