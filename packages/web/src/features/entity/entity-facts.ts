import {
  type AggregationProperty,
  type Blueprint,
  type CalculationProperty,
  type EntityAnswer,
  kindOf,
  type MirrorProperty,
  type Property,
  type StoredRelation,
} from '@gantry/core';
import { titleFromKey } from '../blueprints/title-from-key.ts';

/** How a value came to be: entered or ingested, or derived by one of the three kinds of definition. */
export type Derivation = 'mirror' | 'calculation' | 'aggregation';

/** One property of an entity with what is needed to show it. */
export interface PropertyFact {
  key: string;
  title: string;
  /** What the cell is drawn from; derived properties are given the property they behave like. */
  property: Property;
  value: unknown;
  empty: boolean;
  group?: string;
  derivation?: Derivation;
  description?: string;
}

export interface RelationFact {
  key: string;
  title: string;
  relation: StoredRelation;
  targets: readonly RelationTarget[];
}

export interface RelationTarget {
  identifier: string;
  title: string;
}

/** Nothing to show: absent, null, empty text, empty list or object. Zero and false are values. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function typeOfValue(value: unknown): Property['type'] {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value as 'number' | 'boolean';
  return typeof value === 'object' && value !== null ? 'object' : 'string';
}

/** A mirror's type is its target's, which may be any; what arrived says it best. */
function asMirror(definition: MirrorProperty, value: unknown): Property {
  return { ...definition, type: typeOfValue(value) };
}

function asCalculation({ calculation: _, colors, ...definition }: CalculationProperty): Property {
  return { ...definition, ...(colors ? { enumColors: colors } : {}) };
}

function asAggregation({ title, description, icon }: AggregationProperty): Property {
  const property: Property = { type: 'number' };
  return {
    ...property,
    ...(title ? { title } : {}),
    ...(description ? { description } : {}),
    ...(icon ? { icon } : {}),
  };
}

/** Every property the blueprint declares, in its author's order: stored ones first, then derived ones. */
export function propertyFacts(blueprint: Blueprint, entity: EntityAnswer): PropertyFact[] {
  const fact = (key: string, property: Property, derivation?: Derivation): PropertyFact => {
    const value = entity.properties[key];
    const { title, description, group } = property as Property & { group?: unknown };
    return {
      key,
      title: title || titleFromKey(key),
      property,
      value,
      empty: isEmpty(value),
      ...(typeof group === 'string' && group !== '' ? { group } : {}),
      ...(derivation ? { derivation } : {}),
      ...(description ? { description } : {}),
    };
  };
  return [
    ...Object.entries(blueprint.schema.properties).map(([key, property]) => fact(key, property)),
    ...Object.entries(blueprint.mirrorProperties).map(([key, definition]) =>
      fact(key, asMirror(definition, entity.properties[key]), 'mirror'),
    ),
    ...Object.entries(blueprint.calculationProperties).map(([key, definition]) =>
      fact(key, asCalculation(definition), 'calculation'),
    ),
    ...Object.entries(blueprint.aggregationProperties).map(([key, definition]) =>
      fact(key, asAggregation(definition), 'aggregation'),
    ),
  ];
}

export function relationFacts(blueprint: Blueprint, entity: EntityAnswer): RelationFact[] {
  return Object.entries(blueprint.relations).map(([key, relation]) => ({
    key,
    title: relation.title || titleFromKey(key),
    relation,
    targets: [entity.relations[key] ?? []].flat().flatMap(targetOf),
  }));
}

/** A target is answered as its identifier, or with its title where that was asked for. */
function targetOf(value: unknown): RelationTarget[] {
  if (typeof value === 'string') return [{ identifier: value, title: value }];
  const { identifier, title } = (value ?? {}) as Partial<Record<string, unknown>>;
  if (typeof identifier !== 'string') return [];
  return [{ identifier, title: typeof title === 'string' && title !== '' ? title : identifier }];
}

/** Long texts get a section of their own below the details. */
export function isProse({ property }: PropertyFact): boolean {
  return kindOf(property) === 'markdown';
}

/** The description of an API: shown on its own tab. */
export function isApiDescription({ property }: PropertyFact): boolean {
  const kind = kindOf(property);
  return kind === 'open-api' || kind === 'async-api';
}

/** A value too large for a line of the details. */
export function isDocument({ property, value }: PropertyFact): boolean {
  const kind = kindOf(property);
  return kind === 'yaml' || kind === 'proto' || (kind === 'object' && !isEmpty(value));
}

/** What a glance should tell first: states, people, moments, then figures and words. */
const glanceRanks: readonly ((property: Property) => boolean)[] = [
  ({ enum: values }) => values !== undefined,
  ({ format }) => format === 'timer' || format === 'user' || format === 'team',
  ({ format }) => format === 'date-time',
  ({ type }) => type === 'boolean' || type === 'number',
  ({ type, format }) => type === 'string' && (format === undefined || format === 'email'),
];

/** Longer texts are read, not glanced at. */
const GLANCE = 40;

/** Up to `limit` filled properties for the strip under the title, best first, then in the author's order. */
export function keyFacts(facts: readonly PropertyFact[], limit = 6): PropertyFact[] {
  const short = (value: unknown) => typeof value !== 'string' || value.length <= GLANCE;
  return facts
    .filter((fact) => !fact.empty && short(fact.value))
    .map((fact, order) => ({ fact, order, rank: glanceRanks.findIndex((fits) => fits(fact.property)) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .slice(0, limit)
    .map(({ fact }) => fact);
}

export interface FactGroup {
  title: string;
  facts: PropertyFact[];
}

/** Details by property group, ungrouped ones first under "Details", derived ones last under "Derived". */
export function groupFacts(facts: readonly PropertyFact[]): FactGroup[] {
  const groups = Map.groupBy(facts, ({ group, derivation }) => group ?? (derivation ? 'Derived' : 'Details'));
  const place = (title: string) => (title === 'Details' ? 0 : title === 'Derived' ? 2 : 1);
  return [...groups]
    .map(([title, members]) => ({ title, facts: members }))
    .sort((a, b) => place(a.title) - place(b.title));
}
