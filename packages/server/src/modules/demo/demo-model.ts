import { type Blueprint, type BlueprintInput, isSameJson, parseBlueprint, Refusal, refuseInvalid } from '@gantry/core';
import type { Demo, DemoExtension } from './data/demo.ts';

/** What the demo has added to the model, so that it can be taken away again. */
export interface Brought {
  /** Blueprints that did not exist before. */
  readonly blueprints: readonly string[];
  /** Keys added to blueprints that everybody has. */
  readonly extensions: Readonly<
    Record<string, { readonly properties: readonly string[]; readonly relations: readonly string[] }>
  >;
}

/** The blueprints of the story as they are stored. */
export function demoBlueprints({ blueprints }: Demo): Blueprint[] {
  return blueprints.map(parse);
}

function parse(input: BlueprintInput): Blueprint {
  const parsed = parseBlueprint(input);
  if (!parsed.ok) throw refuseInvalid(parsed.problems);
  return parsed.value;
}

/**
 * The model with the demo in it, as far as it differs from what is there. Throws a refusal when something of the same
 * name is there already and means something else: the demo bends nothing that is not its own.
 */
export function planDemoModel(demo: Demo, existing: readonly Blueprint[]): { changes: Blueprint[]; brought: Brought } {
  const known = new Map(existing.map((blueprint) => [blueprint.identifier, blueprint]));
  const wanted = demoBlueprints(demo);
  const foreign = wanted.filter((blueprint) => {
    const before = known.get(blueprint.identifier);
    return before !== undefined && !isSameJson(before, blueprint);
  });
  if (foreign.length > 0) throw refuseForeign(foreign);
  const created = wanted.filter(({ identifier }) => !known.has(identifier));
  const extended = demo.extensions.map((extension) => extend(known.get(extension.identifier), extension));
  return {
    changes: [
      ...created,
      ...extended.map(({ blueprint }) => blueprint).filter((after) => known.get(after.identifier) !== after),
    ],
    brought: {
      blueprints: created.map(({ identifier }) => identifier),
      extensions: Object.fromEntries(extended.map(({ blueprint, keys }) => [blueprint.identifier, keys])),
    },
  };
}

function refuseForeign(foreign: readonly Blueprint[]): Refusal {
  const names = foreign.map(({ identifier }) => identifier).join(', ');
  const message = `The demo organization has blueprints of its own for ${names}, and yours of the same name differ. Load it into a Gantry without them, or delete or rename yours first.`;
  return new Refusal('already_exists', message);
}

/** Answers the very same blueprint when nothing is missing. What is there already keeps its meaning. */
function extend(blueprint: Blueprint | undefined, { identifier, properties, relations = {} }: DemoExtension) {
  if (!blueprint) throw new Error(`There is no system blueprint ${identifier}.`);
  const added = parse({ identifier: 'extension', schema: { properties }, relations });
  const newProperties = absentFrom(blueprint.schema.properties, added.schema.properties);
  const newRelations = absentFrom(blueprint.relations, added.relations);
  const keys = { properties: Object.keys(newProperties), relations: Object.keys(newRelations) };
  if (keys.properties.length + keys.relations.length === 0) return { blueprint, keys };
  const schema = { ...blueprint.schema, properties: { ...blueprint.schema.properties, ...newProperties } };
  return { blueprint: { ...blueprint, schema, relations: { ...blueprint.relations, ...newRelations } }, keys };
}

function absentFrom<T>(known: Readonly<Record<string, T>>, added: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(added).filter(([key]) => !Object.hasOwn(known, key)));
}

/** What two loads have brought together; the second finds most of it there. */
export function bothBrought(one: Brought, other: Brought): Brought {
  const union = (a: readonly string[] = [], b: readonly string[] = []) => [...new Set([...a, ...b])];
  const names = union(Object.keys(one.extensions), Object.keys(other.extensions));
  const extensions = names.map((name) => {
    const [a, b] = [one.extensions[name], other.extensions[name]];
    return [name, { properties: union(a?.properties, b?.properties), relations: union(a?.relations, b?.relations) }];
  });
  return { blueprints: union(one.blueprints, other.blueprints), extensions: Object.fromEntries(extensions) };
}

export const broughtNothing: Brought = { blueprints: [], extensions: {} };
