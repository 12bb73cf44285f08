import type { Blueprint } from '../blueprint/blueprint.ts';
import { prepareCheck, valueClassOf } from '../property/check-property.ts';
import type { ValueCheck, ValueClass } from '../property/kind.ts';
import type { Property } from '../property/property.ts';

export interface CompiledProperty {
  readonly key: string;
  /** `properties.<key>`, as problems and diffs spell it. */
  readonly path: string;
  readonly definition: Property;
  readonly valueClass: ValueClass;
  readonly check: ValueCheck;
  readonly required: boolean;
  /** Undefined when there is none. */
  readonly default: unknown;
}

export interface CompiledRelation {
  readonly key: string;
  /** `relations.<key>`. */
  readonly path: string;
  readonly target: string;
  readonly many: boolean;
  readonly required: boolean;
}

/** A blueprint with everything prepared that each of its entities needs. Made once for each revision, then shared. */
export interface CompiledBlueprint {
  readonly blueprint: Blueprint;
  readonly properties: ReadonlyMap<string, CompiledProperty>;
  readonly relations: ReadonlyMap<string, CompiledRelation>;
  /** Properties with a default, and relations and properties that must have a value. */
  readonly defaulted: readonly CompiledProperty[];
  readonly requiredProperties: readonly CompiledProperty[];
  readonly requiredRelations: readonly CompiledRelation[];
  /** Keys of mirror, calculation and aggregation properties: readable, not writable. */
  readonly derived: ReadonlySet<string>;
  /** Every own property as null, in the order of the schema; what a read starts from. */
  readonly emptyProperties: Readonly<Record<string, null>>;
  /** Every relation as null or `[]`. */
  readonly emptyRelations: Readonly<Record<string, null | readonly never[]>>;
}

export function compileBlueprint(blueprint: Blueprint): CompiledBlueprint {
  const properties = Object.entries(blueprint.schema.properties).map(([key, definition]) =>
    compileProperty(key, definition, blueprint.schema.required.includes(key)),
  );
  const relations = Object.entries(blueprint.relations).map(([key, { target, many, required }]) => {
    return { key, path: `relations.${key}`, target, many, required };
  });
  const { mirrorProperties, calculationProperties, aggregationProperties } = blueprint;
  return {
    blueprint,
    properties: new Map(properties.map((property) => [property.key, property])),
    relations: new Map(relations.map((relation) => [relation.key, relation])),
    defaulted: properties.filter((property) => property.default !== undefined),
    requiredProperties: properties.filter((property) => property.required),
    requiredRelations: relations.filter((relation) => relation.required),
    derived: new Set([mirrorProperties, calculationProperties, aggregationProperties].flatMap(Object.keys)),
    emptyProperties: Object.fromEntries(properties.map(({ key }) => [key, null])),
    emptyRelations: Object.fromEntries(
      relations.map(({ key, many }) => [key, many ? Object.freeze<never[]>([]) : null]),
    ),
  };
}

function compileProperty(key: string, definition: Property, required: boolean): CompiledProperty {
  return {
    key,
    path: `properties.${key}`,
    definition,
    valueClass: valueClassOf(definition),
    check: prepareCheck(definition),
    required,
    default: definition.default ?? undefined,
  };
}
