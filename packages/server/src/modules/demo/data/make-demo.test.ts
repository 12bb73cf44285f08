import {
  type Blueprint,
  checkReferences,
  checkSystemChange,
  compileBlueprint,
  isSystemBlueprint,
  mergeWithStructure,
  parseBlueprint,
  parseEntity,
  systemStructure,
} from '@gantry/core';
import { describe, expect, test } from 'vitest';
import type { DemoEntity, DemoExtension } from './demo.ts';
import { makeDemo } from './make-demo.ts';

const now = new Date('2026-11-21T10:00:00Z');
const demo = makeDemo({ now });
const of = (blueprint: string): DemoEntity[] => demo.entities.filter((entity) => entity.blueprint === blueprint);
const count = (blueprint: string, property: string, value: unknown): number =>
  of(blueprint).filter(({ properties }) => properties[property] === value).length;

function parsed(input: unknown): Blueprint {
  const result = parseBlueprint(input);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 1));
  return result.value;
}

function extended({ identifier, properties, relations }: DemoExtension): Blueprint {
  const structure = systemStructure(identifier);
  if (!structure) throw new Error(`${identifier} is not a system blueprint`);
  const wanted = parsed({ identifier, schema: { properties, required: [] }, relations });
  expect(checkSystemChange(structure, wanted)).toEqual([]);
  return mergeWithStructure(structure, wanted);
}

const model = new Map(
  [...demo.blueprints.map(parsed), ...demo.extensions.map(extended)].map((blueprint) => [
    blueprint.identifier,
    blueprint,
  ]),
);

describe('the demo organization', () => {
  test('has a model without a loose end', () => {
    for (const blueprint of model.values()) {
      expect(checkReferences(blueprint, (identifier) => model.get(identifier))).toEqual([]);
    }
    expect(demo.blueprints.some(({ identifier }) => isSystemBlueprint(identifier))).toBe(false);
  });

  test('has about 300 entities in at least 12 blueprints, each named once', () => {
    expect(demo.entities.length).toBeGreaterThan(280);
    expect(demo.entities.length).toBeLessThan(360);
    expect(new Set(demo.entities.map(({ blueprint }) => blueprint)).size).toBeGreaterThanOrEqual(12);
    const names = demo.entities.map(({ blueprint, identifier }) => `${blueprint} ${identifier}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { identifier } of demo.blueprints) {
      const titles = of(identifier).map(({ title }) => title);
      expect(new Set(titles).size, identifier).toBe(titles.length);
      expect(titles.length, identifier).toBeGreaterThan(4);
    }
  });

  test('every entity is accepted by its blueprint', () => {
    const compiled = new Map([...model].map(([identifier, blueprint]) => [identifier, compileBlueprint(blueprint)]));
    for (const entity of demo.entities) {
      const blueprint = compiled.get(entity.blueprint);
      if (!blueprint) throw new Error(`no blueprint ${entity.blueprint}`);
      const result = parseEntity(blueprint, entity, null, 'replace');
      expect(result.ok ? [] : result.problems, `${entity.blueprint} ${entity.identifier}`).toEqual([]);
    }
  });

  test('every relation, team and person named exists', () => {
    const known = new Set(demo.entities.map(({ blueprint, identifier }) => `${blueprint} ${identifier}`));
    const loose = demo.entities.flatMap((entity) => {
      const relations = model.get(entity.blueprint)?.relations ?? {};
      const named = Object.entries(entity.relations ?? {}).flatMap(([name, value]) =>
        [value ?? []].flat().map((target) => `${relations[name]?.target} ${target}`),
      );
      const owners = (entity.team ?? []).map((team) => `_team ${team}`);
      const called = [entity.properties.on_call ?? [], entity.properties.on_call_now ?? []].flat();
      const all = [...named, ...owners, ...called.map((person) => `_user ${person}`)];
      return all.filter((name) => !known.has(name)).map((name) => `${entity.identifier}: ${name}`);
    });
    expect(loose).toEqual([]);
  });

  test('is the same for the same seed and moment, another for another seed, and moves with the clock', () => {
    expect(makeDemo({ now })).toEqual(demo);
    expect(makeDemo({ now, seed: 2 })).not.toEqual(demo);
    const later = makeDemo({ now: new Date(now.getTime() + 3_600_000) });
    const started = (entities: readonly DemoEntity[]) =>
      entities
        .filter(({ blueprint }) => blueprint === 'incident')
        .map(({ properties }) => Date.parse(String(properties.started_at)));
    expect(started(later.entities)).toEqual(started(demo.entities).map((time) => time + 3_600_000));
  });

  test('is not too tidy', () => {
    expect(of('service').filter(({ team }) => team?.length === 0).length).toBeGreaterThan(1);
    expect(of('service').filter(({ properties }) => properties.on_call === undefined).length).toBeGreaterThan(3);
    expect(count('service', 'health', 'Degraded')).toBeGreaterThan(0);
    expect(count('service', 'lifecycle', 'Deprecated')).toBeGreaterThan(0);
    expect(count('pipeline', 'status', 'Failing')).toBeGreaterThan(1);
    expect(of('incident').filter(({ properties }) => properties.status !== 'Resolved').length).toBeGreaterThan(1);
    expect(count('slo', 'status', 'Broken')).toBeGreaterThan(0);
    const ages = of('service').map(({ properties }) => now.getTime() - Date.parse(String(properties.last_deployed_at)));
    expect(Math.min(...ages)).toBeLessThan(2 * 86_400_000);
    expect(Math.max(...ages)).toBeGreaterThan(300 * 86_400_000);
  });

  test('every API has a description whose references resolve and whose operations are named once', () => {
    for (const { identifier, properties } of of('service_api')) {
      const text = JSON.stringify(properties.specification);
      const description = JSON.parse(text) as {
        openapi: string;
        paths: Record<string, object>;
        components: { schemas: object };
      };
      expect(description.openapi).toBe('3.1.0');
      const references = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);
      expect(Object.keys(description.components.schemas)).toEqual(expect.arrayContaining(references));
      const operations = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, name]) => name);
      expect(operations.length, identifier).toBeGreaterThan(1);
      expect(new Set(operations).size, identifier).toBe(operations.length);
    }
  });
});
