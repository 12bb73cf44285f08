import { describe, expect, it } from 'vitest';
import { absentSharedData, sharedData, sharedDocuments } from '../../../../tests/shared-data.ts';
import { isPlainObject } from '../json.ts';
import type { Blueprint } from './blueprint.ts';
import { parseBlueprint } from './check-blueprint.ts';
import { checkReferences } from './check-references.ts';

function blueprint(input: Readonly<Record<string, unknown>>): Blueprint {
  const result = parseBlueprint(input);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

const team = blueprint({
  identifier: 'team',
  schema: { properties: { name: { type: 'string' } } },
  relations: { lead: { target: 'user' }, parent: { target: 'team' } },
  mirrorProperties: { lead_name: { path: 'lead.$title' } },
});
const user = blueprint({ identifier: 'user', relations: { team: { target: 'team' } } });

const known = new Map([team, user].map((model) => [model.identifier, model]));
const lookup = (identifier: string) => known.get(identifier);

const service = (more: Readonly<Record<string, unknown>>) => {
  return blueprint({
    identifier: 'service',
    relations: { team: { target: 'team' }, up: { target: 'service' } },
    ...more,
  });
};
const paths = (model: Blueprint) => checkReferences(model, lookup).map(({ path }) => path);

describe('checkReferences', () => {
  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['relations to others and to itself', {}],
    [
      'mirrors of own, meta and derived properties',
      {
        mirrorProperties: {
          a: { path: 'team.name' },
          b: { path: 'team.lead.$identifier' },
          c: { path: 'team.lead_name' },
          d: { path: 'up.up.team.name' },
        },
      },
    ],
    ['inherited ownership', { ownership: { type: 'Inherited', path: 'team.lead' } }],
    [
      'an aggregation of a property that may come later',
      {
        aggregationProperties: {
          a: { target: 'user', calculationSpec: { calculationBy: 'property', func: 'sum', property: 'later' } },
        },
      },
    ],
  ])('accepts %s', (_, more) => {
    expect(paths(service(more))).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, unknown>>, string[]]>([
    ['a relation to nowhere', { relations: { r: { target: 'nowhere' } } }, ['relations.r.target']],
    [
      'an aggregation of nothing',
      {
        aggregationProperties: {
          a: { target: 'nowhere', calculationSpec: { calculationBy: 'entities', func: 'count' } },
        },
      },
      ['aggregationProperties.a.target'],
    ],
    [
      'a mirror over a relation the target does not have',
      { mirrorProperties: { m: { path: 'team.boss.$title' } } },
      ['mirrorProperties.m.path'],
    ],
    [
      'a mirror of a property the target does not have',
      { mirrorProperties: { m: { path: 'team.nam' } } },
      ['mirrorProperties.m.path'],
    ],
    ['a mirror of itself', { mirrorProperties: { m: { path: 'up.m' } } }, ['mirrorProperties.m.path']],
    [
      'mirrors of each other',
      { mirrorProperties: { m: { path: 'up.n' }, n: { path: 'up.m' } } },
      ['mirrorProperties.m.path', 'mirrorProperties.n.path'],
    ],
    [
      'ownership over a relation the target does not have',
      { ownership: { type: 'Inherited', path: 'team.boss' } },
      ['ownership.path'],
    ],
  ])('refuses %s', (_, more, expected) => {
    expect(paths(service(more))).toEqual(expected);
  });

  it('says a missing target once, not again for each mirror over it', () => {
    const model = service({ relations: { r: { target: 'nowhere' } }, mirrorProperties: { m: { path: 'r.x' } } });
    expect(paths(model)).toEqual(['relations.r.target']);
  });

  it('proposes the name that was probably meant', () => {
    expect(checkReferences(service({ mirrorProperties: { m: { path: 'team.nam' } } }), lookup)[0]?.remedy).toContain(
      '`name`',
    );
  });

  /** Ocean creates the blueprints of an integration bare, then adds the relations, then sends each as a whole. */
  it("lets Port's exporters create their blueprints in their own order", (context) => {
    if (sharedData === undefined) return context.skip(absentSharedData);
    for (const { file, document } of sharedDocuments('port/ocean')) {
      if (!file.endsWith('blueprints.json') || !Array.isArray(document)) continue;
      const inputs = document.filter(isPlainObject);
      const models = new Map(['service', 'user', 'githubRepository'].map((id) => [id, blueprint({ identifier: id })]));
      for (const shape of [onlySchema, withRelations, whole]) {
        for (const input of inputs) {
          const model = blueprint(shape(input));
          const missing = checkReferences(model, (identifier) => models.get(identifier));
          expect(missing, `${file}: ${model.identifier}`).toEqual([]);
          models.set(model.identifier, model);
        }
      }
    }
  });
});

type Input = Readonly<Record<string, unknown>>;
const onlySchema = ({ identifier, title, schema }: Input) => ({ identifier, title, schema });
const withRelations = ({ identifier, title, schema, relations }: Input) => ({ identifier, title, schema, relations });
const whole = (input: Input) => input;
