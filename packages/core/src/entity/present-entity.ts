import { own } from '../json.ts';
import type { CompiledBlueprint } from './compiled-blueprint.ts';
import type { EntityAnswer, EntityContent } from './entity.ts';

/** What is stored of an entity beside its content. Times are RFC 3339, UTC, milliseconds. */
export interface EntityRecord extends EntityContent {
  /** Values of mirror, calculation and aggregation properties. */
  readonly computed?: Readonly<Record<string, unknown>>;
  readonly scorecards?: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
}

/** How a reader wants entities; the query parameters of port-api.md §4.2. */
export interface Presentation {
  /** Only these parts; `identifier` and `blueprint` are always there. Empty or absent: everything. */
  readonly include?: readonly string[] | undefined;
  /** Everything but these parts. */
  readonly exclude?: readonly string[] | undefined;
  /** Without values of mirror, calculation and aggregation properties. */
  readonly excludeCalculated?: boolean | undefined;
  /** Gives the title of a related entity: relations then read as `{identifier, title}`. */
  readonly titleOf?: ((blueprint: string, identifier: string) => string | null) | undefined;
}

/**
 * An entity as it is read. Every property and relation of the blueprint is listed, unset ones as null or `[]`, because
 * clients compare what they read with what they declared; the title falls back to the identifier.
 */
export function presentEntity(
  compiled: CompiledBlueprint,
  record: EntityRecord,
  presentation: Presentation = {},
): Partial<EntityAnswer> & Pick<EntityAnswer, 'identifier' | 'blueprint'> {
  const computed = presentation.excludeCalculated ? {} : presentComputed(compiled, record);
  const whole: EntityAnswer = {
    identifier: record.identifier,
    title: record.title ?? record.identifier,
    blueprint: compiled.blueprint.identifier,
    ...(record.icon !== null && { icon: record.icon }),
    team: record.team,
    properties: { ...compiled.emptyProperties, ...record.properties, ...computed },
    relations: presentRelations(compiled, record, presentation.titleOf),
    scorecards: { ...record.scorecards },
    createdAt: record.createdAt,
    createdBy: record.createdBy,
    updatedAt: record.updatedAt,
    updatedBy: record.updatedBy,
  };
  return select(whole, presentation);
}

function presentComputed(compiled: CompiledBlueprint, record: EntityRecord): Record<string, unknown> {
  const values = record.computed ?? {};
  return Object.fromEntries([...compiled.derived].map((key) => [key, own(values, key) ?? null]));
}

function presentRelations(
  compiled: CompiledBlueprint,
  record: EntityRecord,
  titleOf: Presentation['titleOf'],
): Record<string, unknown> {
  const held = { ...compiled.emptyRelations, ...record.relations };
  if (!titleOf) return held;
  return Object.fromEntries(
    Object.entries(held).map(([key, value]) => {
      const target = compiled.relations.get(key)?.target ?? '';
      const titled = (identifier: string) => ({ identifier, title: titleOf(target, identifier) ?? identifier });
      return [key, Array.isArray(value) ? value.map(titled) : value === null ? null : titled(value as string)];
    }),
  );
}

/** Parts are named like `team`, `properties`, `properties.tier` or `relations.owner`. */
function select(whole: EntityAnswer, { include, exclude }: Presentation): ReturnType<typeof presentEntity> {
  const { identifier, blueprint } = whole;
  const wanted = include && include.length > 0 ? keepParts(whole, new Set(include)) : whole;
  const kept = exclude && exclude.length > 0 ? dropParts(wanted, new Set(exclude)) : wanted;
  return { ...kept, identifier, blueprint };
}

const sections: ReadonlySet<string> = new Set(['properties', 'relations', 'scorecards']);

function keepParts(whole: Partial<EntityAnswer>, names: ReadonlySet<string>): Partial<EntityAnswer> {
  const parts = Object.entries(whole).flatMap(([name, value]) => {
    if (names.has(name)) return [[name, value]];
    if (!sections.has(name)) return [];
    const members = Object.entries(value as object).filter(([key]) => names.has(`${name}.${key}`));
    return members.length > 0 ? [[name, Object.fromEntries(members)]] : [];
  });
  return Object.fromEntries(parts);
}

function dropParts(whole: Partial<EntityAnswer>, names: ReadonlySet<string>): Partial<EntityAnswer> {
  const parts = Object.entries(whole).filter(([name]) => !names.has(name));
  const trimmed = parts.map(([name, value]) => {
    if (!sections.has(name)) return [name, value];
    return [name, Object.fromEntries(Object.entries(value as object).filter(([key]) => !names.has(`${name}.${key}`)))];
  });
  return Object.fromEntries(trimmed);
}
