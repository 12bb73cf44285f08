import { Type } from 'typebox';
import { isPlainObject } from '../json.ts';
import { joinPath, type Problem, under } from '../problem.ts';
import { checkDefinition } from '../property/check-property.ts';
import type { Property } from '../property/property.ts';
import { findUnstorable } from '../property/storable.ts';
import { accepted, type Result, refused } from '../result.ts';
import { checkShape } from '../shape.ts';
import {
  type AggregationProperty,
  BLUEPRINT_IDENTIFIER,
  type Blueprint,
  type CalculationProperty,
  ChangelogDestination,
  type MirrorProperty,
  Ownership,
  Relation,
} from './blueprint.ts';
import { checkAggregation, checkCalculation, checkMirror, checkRelationPath } from './check-derived.ts';
import { checkKey } from './check-key.ts';

/** The top-level keys that are no maps. What is not listed here or read below is ignored: meta fields, unknown keys. */
const Head = Type.Object(
  {
    identifier: Type.String({ minLength: 1, maxLength: 100 }),
    title: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    description: Type.Optional(Type.String({ maxLength: 200 })),
    icon: Type.Optional(Type.String()),
    ownership: Type.Optional(Ownership),
    teamInheritance: Type.Optional(Type.Object({ path: Type.String({ minLength: 1 }) })),
    changelogDestination: Type.Optional(ChangelogDestination),
    includeInGlobalSearch: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: true },
);

const headKeys = Object.keys(Head.properties).filter((key) => key !== 'identifier');
const identifierPattern = new RegExp(BLUEPRINT_IDENTIFIER, 'u');

type Given = Readonly<Record<string, unknown>>;

/**
 * Reads a blueprint as an author or a client sends it and reports everything wrong with it, with dotted paths. Maps
 * that are null or absent are empty, nulls in definitions count as absent, meta fields and unknown top-level keys are
 * ignored, unknown keys inside definitions are kept. Nothing is filled in but `many` and `required` of relations.
 * Whether the blueprints it names exist is asked by `checkReferences`. Source: port-api.md §3.
 */
export function parseBlueprint(input: unknown): Result<Blueprint> {
  if (!isPlainObject(input)) return refused([{ path: '', message: 'A blueprint must be an object' }]);
  const unstorable = findUnstorable(input);
  if (unstorable.length > 0) return refused(unstorable);
  const given = withoutNulls(input, headKeys);
  const schema = given.schema ?? {};
  const sections = readSections(given, isPlainObject(schema) ? withoutNulls(schema) : {});
  const problems = [
    ...checkHead(given),
    ...(isPlainObject(schema) ? [] : [{ path: 'schema', message: 'must be an object' }]),
    ...Object.values(sections).flatMap((section) => section.problems),
    ...checkRequired(sections),
    ...checkNamesakes(sections),
    ...checkOwnRelations(given, sections),
  ];
  return problems.length > 0 ? refused(problems) : accepted(assemble(given, sections));
}

function checkHead(given: Given): Problem[] {
  const problems = checkShape(Head, given);
  const { identifier } = given;
  if (typeof identifier === 'string' && identifier !== '' && !identifierPattern.test(identifier)) {
    problems.push({
      path: 'identifier',
      message: `\`${identifier.slice(0, 60)}\` has characters an identifier cannot have`,
      remedy: 'Use letters, digits and @ _ . + : \\ / -, but neither `.` nor `..` alone.',
    });
  }
  const destination = given.changelogDestination;
  if (isPlainObject(destination) && destination.type === 'WEBHOOK' && typeof destination.url !== 'string') {
    problems.push({
      path: 'changelogDestination.url',
      message: 'is missing: a WEBHOOK needs the URL to send changes to',
    });
  }
  const { ownership } = given;
  if (isPlainObject(ownership) && ownership.type === 'Inherited' && typeof ownership.path !== 'string') {
    problems.push({
      path: 'ownership.path',
      message: 'is missing: inherited ownership needs the relation it comes from',
    });
  }
  return problems;
}

/** One map of the blueprint: what is sound in it, and what is wrong. */
interface Section<T> {
  readonly sound: Record<string, T>;
  readonly problems: readonly Problem[];
}

type Sections = ReturnType<typeof readSections>;

function readSections(given: Given, schema: Given) {
  return {
    properties: readSection<Property>(schema.properties, 'schema.properties', checkDefinition),
    required: readRequired(schema.required),
    relations: readSection<Relation>(given.relations, 'relations', checkRelation),
    mirrors: readSection<MirrorProperty>(given.mirrorProperties, 'mirrorProperties', checkMirror),
    calculations: readSection<CalculationProperty>(
      given.calculationProperties,
      'calculationProperties',
      checkCalculation,
    ),
    aggregations: readSection<AggregationProperty>(
      given.aggregationProperties,
      'aggregationProperties',
      checkAggregation,
    ),
  };
}

/** `check` answers for the shape too: a definition without problems is a `T`. */
function readSection<T>(
  map: unknown,
  path: string,
  check: (definition: unknown, path: string) => readonly Problem[],
): Section<T> {
  const sound: Record<string, T> = {};
  if (map === undefined || map === null) return { sound, problems: [] };
  if (!isPlainObject(map)) return { sound, problems: [{ path, message: 'must be an object, keyed by identifier' }] };
  const problems: Problem[] = [];
  for (const [key, raw] of Object.entries(map)) {
    const at = joinPath(path, key);
    const definition = isPlainObject(raw) ? withoutNulls(raw) : raw;
    const found = [...checkKey(key, at), ...check(definition, at)];
    problems.push(...found);
    if (found.length === 0) sound[key] = definition as T;
  }
  return { sound, problems };
}

function readRequired(value: unknown): Section<string> & { readonly keys: readonly string[] } {
  if (value === undefined || value === null) return { sound: {}, problems: [], keys: [] };
  const problems = checkShape(Type.Array(Type.String()), value, 'schema.required');
  return { sound: {}, problems, keys: problems.length === 0 ? [...new Set(value as string[])] : [] };
}

function checkRelation(definition: unknown, path: string): Problem[] {
  const problems = checkShape(Relation, definition, path);
  if (problems.length > 0 || !isPlainObject(definition)) return problems;
  if (definition.many !== true || definition.required !== true) return [];
  const remedy = 'Make it optional, or let it hold a single entity.';
  return [{ path, message: 'cannot be both `many` and `required`', remedy }];
}

function checkRequired({ properties, required }: Sections): Problem[] {
  if (properties.problems.length > 0) return [];
  return required.keys.flatMap((key, index) => {
    if (Object.hasOwn(properties.sound, key)) return [];
    const remedy = 'Declare the property, or take it off the list.';
    return [{ path: `schema.required.${index}`, message: `\`${key}\` is not a property of this blueprint`, remedy }];
  });
}

/** Own and derived properties are read from one map, so a name can mean only one of them. */
function checkNamesakes({ properties, mirrors, calculations, aggregations }: Sections): Problem[] {
  const taken = new Set(Object.keys(properties.sound));
  const derived = {
    mirrorProperties: mirrors,
    calculationProperties: calculations,
    aggregationProperties: aggregations,
  };
  return Object.entries(derived).flatMap(([section, { sound }]) =>
    Object.keys(sound).flatMap((key) => {
      if (!taken.has(key)) {
        taken.add(key);
        return [];
      }
      const message = 'has the name of another property of this blueprint';
      return [{ path: `${section}.${key}`, message, remedy: 'Own and derived properties share one set of names.' }];
    }),
  );
}

/** What leans on a relation of the blueprint itself. Where the relations are wrong, they are to be mended first. */
function checkOwnRelations(given: Given, { relations, mirrors }: Sections): Problem[] {
  if (relations.problems.length > 0) return [];
  const keys = Object.keys(relations.sound);
  const paths: [string, unknown][] = [
    ...Object.entries(mirrors.sound).map(([key, { path }]): [string, unknown] => {
      return [`mirrorProperties.${key}.path`, path.slice(0, path.lastIndexOf('.'))];
    }),
    ['ownership.path', isPlainObject(given.ownership) ? given.ownership.path : undefined],
    ['teamInheritance.path', isPlainObject(given.teamInheritance) ? given.teamInheritance.path : undefined],
  ];
  return paths.flatMap(([at, path]) => (typeof path === 'string' ? under(at, checkRelationPath(path, keys)) : []));
}

function assemble(given: Given, sections: Sections): Blueprint {
  const relations = Object.entries(sections.relations.sound).map(([key, relation]) => {
    return [key, { ...relation, many: relation.many ?? false, required: relation.required ?? false }] as const;
  });
  const head = Object.fromEntries(headKeys.filter((key) => given[key] !== undefined).map((key) => [key, given[key]]));
  return {
    ...(head as Partial<Blueprint>),
    identifier: given.identifier as string,
    schema: { properties: sections.properties.sound, required: [...sections.required.keys] },
    relations: Object.fromEntries(relations),
    mirrorProperties: sections.mirrors.sound,
    calculationProperties: sections.calculations.sound,
    aggregationProperties: sections.aggregations.sound,
  };
}

/** Clients of languages without absent fields send null for them; `deep` names members to look into as well. */
function withoutNulls(object: Given, deep: readonly string[] = []): Given {
  const present = Object.entries(object).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(
    present.map(([key, value]) => [key, deep.includes(key) && isPlainObject(value) ? withoutNulls(value) : value]),
  );
}
