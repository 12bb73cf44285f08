import { isSameJson, own } from '../json.ts';
import type { Problem } from '../problem.ts';
import type { Blueprint } from './blueprint.ts';

const empty = { relations: {}, mirrorProperties: {}, calculationProperties: {}, aggregationProperties: {} };

/** A person. The identifier is their e-mail address, the title their full name. */
const user: Blueprint = {
  ...empty,
  identifier: '_user',
  title: 'User',
  icon: 'User',
  schema: {
    properties: {
      status: {
        type: 'string',
        title: 'Status',
        enum: ['Staged', 'Invited', 'Active', 'Disabled'],
        enumColors: { Staged: 'lightGray', Invited: 'yellow', Active: 'green', Disabled: 'red' },
      },
      port_role: { type: 'string', title: 'Role' },
      port_type: { type: 'string', title: 'Type', enum: ['Standard', 'Service Account'] },
      moderated_blueprints: {
        type: 'array',
        title: 'Moderated blueprints',
        items: { type: 'string', format: 'blueprints' },
      },
    },
    required: [],
  },
};

/** A team. The title is its name; whoever belongs to it belongs to the teams above it as well. */
const team: Blueprint = {
  ...empty,
  identifier: '_team',
  title: 'Team',
  icon: 'Team',
  schema: {
    properties: {
      description: { type: 'string', title: 'Description' },
      size: { type: 'number', title: 'Size', description: 'How many users belong to the team' },
    },
    required: [],
  },
  relations: { parent: { title: 'Parent team', target: '_team', many: false, required: false } },
};

const structures: ReadonlyMap<string, Blueprint> = new Map([user, team].map((built) => [built.identifier, built]));

/**
 * The built-in part of a system blueprint; undefined for every other identifier. System blueprints exist from the first
 * second, are extended by properties and optional relations, and are never created or deleted. Source: port-api.md §3.7.
 */
export function systemStructure(identifier: string): Blueprint | undefined {
  return structures.get(identifier);
}

export const systemBlueprints: readonly Blueprint[] = [...structures.values()];

export function isSystemBlueprint(identifier: string): boolean {
  return structures.has(identifier);
}

/** The built-in part of a system blueprint together with what `wanted` adds to it. Check with `checkSystemChange` first. */
export function mergeWithStructure(structure: Blueprint, wanted: Blueprint): Blueprint {
  return {
    ...wanted,
    ...headOf(structure),
    schema: {
      properties: { ...structure.schema.properties, ...without(wanted.schema.properties, structure.schema.properties) },
      required: structure.schema.required,
    },
    relations: { ...structure.relations, ...without(wanted.relations, structure.relations) },
    mirrorProperties: { ...structure.mirrorProperties, ...wanted.mirrorProperties },
    calculationProperties: { ...structure.calculationProperties, ...wanted.calculationProperties },
    aggregationProperties: { ...structure.aggregationProperties, ...wanted.aggregationProperties },
  };
}

function without<T>(map: Record<string, T>, known: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !Object.hasOwn(known, key)));
}

function headOf({ identifier, title, description, icon }: Blueprint): Partial<Blueprint> & { identifier: string } {
  return {
    identifier,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(icon !== undefined && { icon }),
  };
}

/**
 * Why a system blueprint may not become `wanted`. Built-in parts may be repeated, also in part, or left out, but not
 * changed; additions may not be required, because the portal itself makes these entities and does not know them.
 */
export function checkSystemChange(structure: Blueprint, wanted: Blueprint): Problem[] {
  return [
    ...checkHead(structure, wanted),
    ...checkRepeated(structure.schema.properties, wanted.schema.properties, 'schema.properties'),
    ...checkRepeated(structure.relations, wanted.relations, 'relations'),
    ...checkRepeated(structure.mirrorProperties, wanted.mirrorProperties, 'mirrorProperties'),
    ...checkRepeated(structure.calculationProperties, wanted.calculationProperties, 'calculationProperties'),
    ...checkRepeated(structure.aggregationProperties, wanted.aggregationProperties, 'aggregationProperties'),
    ...checkAdditionsOptional(structure, wanted),
  ];
}

function checkHead(structure: Blueprint, wanted: Blueprint): Problem[] {
  return (['identifier', 'title', 'icon'] as const).flatMap((path) => {
    if (wanted[path] === undefined || wanted[path] === structure[path]) return [];
    return [{ path, message: `is built in and stays \`${structure[path]}\``, remedy: 'Leave it as it is.' }];
  });
}

function checkRepeated(
  builtIn: Readonly<Record<string, object>>,
  wanted: Readonly<Record<string, object>>,
  path: string,
): Problem[] {
  return Object.entries(builtIn).flatMap(([key, definition]) => {
    const repeated = own(wanted, key);
    const known = new Map(Object.entries(definition));
    const changed = Object.entries(repeated ?? {}).filter(([name, value]) => !isSameJson(known.get(name), value));
    return changed.map(([name]) => {
      const remedy = 'Leave built-in parts as they are; add properties and relations of your own beside them.';
      return { path: `${path}.${key}.${name}`, message: 'is built in and cannot be changed', remedy };
    });
  });
}

function checkAdditionsOptional(structure: Blueprint, wanted: Blueprint): Problem[] {
  const properties = wanted.schema.required.flatMap((key, index) => {
    return structure.schema.required.includes(key) ? [] : [`schema.required.${index}`];
  });
  const relations = Object.entries(wanted.relations).flatMap(([key, { required }]) => {
    return required && !own(structure.relations, key) ? [`relations.${key}.required`] : [];
  });
  return [...properties, ...relations].map((path) => ({
    path,
    message: 'What is added to a system blueprint cannot be required',
    remedy: 'Make it optional.',
  }));
}
