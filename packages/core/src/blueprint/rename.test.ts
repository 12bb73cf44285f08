import { describe, expect, it } from 'vitest';
import type { Blueprint } from './blueprint.ts';
import { parseBlueprint } from './check-blueprint.ts';
import type { Rename } from './follow-rename.ts';
import { followRename, renameMember } from './rename.ts';

function blueprint(input: object): Blueprint {
  const result = parseBlueprint(input);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

const team = blueprint({
  identifier: 'team',
  schema: { properties: { name: { type: 'string' } } },
  relations: { lead: { target: 'user' } },
});
const user = blueprint({ identifier: 'user', schema: { properties: { name: { type: 'string' } } } });
const service = blueprint({
  identifier: 'service',
  schema: {
    properties: { a: { type: 'string' }, name: { type: 'string' }, z: { type: 'number' } },
    required: ['name'],
  },
  relations: { owner: { target: 'team' }, up: { target: 'service' } },
  mirrorProperties: { team_name: { path: 'owner.name' }, lead_name: { path: 'up.owner.lead.name' } },
  aggregationProperties: {
    ups: {
      target: 'service',
      calculationSpec: {
        calculationBy: 'property',
        func: 'average',
        property: 'name',
        measureTimeBy: 'name',
        averageOf: 'day',
      },
      query: {
        combinator: 'and',
        rules: [
          { property: 'name', operator: '=', value: 'name' },
          { not: { property: '$blueprint', operator: 'in', value: ['service', 'team'] } },
          { relation: 'owner', operator: 'isEmpty' },
          {
            property: { path: ['owner', { relation: 'lead', maxHops: 2 }], fromBlueprint: 'service' },
            operator: 'matchAny',
            value: 'x',
          },
          { operator: 'relatedTo', blueprint: 'team', value: 'team' },
        ],
      },
      pathFilter: [{ fromBlueprint: 'service', path: ['up', 'owner'] }],
    },
  },
  ownership: { type: 'Inherited', path: 'owner.lead' },
  teamInheritance: { path: 'owner' },
});
const models = new Map([team, user, service].map((model) => [model.identifier, model]));
const follow = (rename: Rename) => followRename(service, rename, (identifier) => models.get(identifier));
const rulesOf = (model: Blueprint) => model.aggregationProperties.ups?.query?.rules;

describe('renameMember', () => {
  it('keeps the place of a property, and its name among the required', () => {
    const renamed = renameMember(service, { kind: 'property', of: 'service', from: 'name', to: 'label' });
    expect(renamed).toMatchObject({ ok: true, value: { schema: { required: ['label'] } } });
    expect(renamed.ok && Object.keys(renamed.value.schema.properties)).toEqual(['a', 'label', 'z']);
  });

  it('renames mirrors and relations likewise', () => {
    const mirror = renameMember(service, { kind: 'property', of: 'service', from: 'team_name', to: 't' });
    expect(mirror.ok && Object.keys(mirror.value.mirrorProperties)).toEqual(['t', 'lead_name']);
    const relation = renameMember(service, { kind: 'relation', of: 'service', from: 'owner', to: 'team' });
    expect(relation.ok && Object.keys(relation.value.relations)).toEqual(['team', 'up']);
  });

  it.each<[string, Rename & { kind: 'property' | 'relation' }]>([
    ['nothing', { kind: 'property', of: 'service', from: 'x', to: 'y' }],
    ['to a name that is taken', { kind: 'property', of: 'service', from: 'name', to: 'team_name' }],
    ['to a name that is none', { kind: 'relation', of: 'service', from: 'owner', to: 'a b' }],
  ])('refuses to rename %s', (_, rename) => {
    expect(renameMember(service, rename).ok).toBe(false);
  });
});

describe('followRename', () => {
  it('of a property changes mirrors that end at it and aggregations over it, nothing of the same name elsewhere', () => {
    const followed = follow({ kind: 'property', of: 'team', from: 'name', to: 'label' });
    expect(followed.mirrorProperties).toEqual({
      team_name: { path: 'owner.label' },
      lead_name: { path: 'up.owner.lead.name' },
    });
    expect(followed.aggregationProperties).toEqual(service.aggregationProperties);
    const own = follow({ kind: 'property', of: 'service', from: 'name', to: 'label' });
    expect(own.aggregationProperties.ups?.calculationSpec).toMatchObject({ property: 'label', measureTimeBy: 'label' });
    expect(rulesOf(own)?.[0]).toEqual({ property: 'label', operator: '=', value: 'name' });
    expect(own.mirrorProperties).toEqual(service.mirrorProperties);
  });

  it('of a relation changes every path over it', () => {
    const followed = follow({ kind: 'relation', of: 'service', from: 'owner', to: 'squad' });
    expect(followed.mirrorProperties).toEqual({
      team_name: { path: 'squad.name' },
      lead_name: { path: 'up.squad.lead.name' },
    });
    expect(followed.ownership?.path).toBe('squad.lead');
    expect(followed.teamInheritance?.path).toBe('squad');
    expect(followed.aggregationProperties.ups?.pathFilter).toEqual([
      { fromBlueprint: 'service', path: ['up', 'squad'] },
    ]);
    expect(rulesOf(followed)?.[2]).toEqual({ relation: 'squad', operator: 'isEmpty' });
    expect(rulesOf(followed)?.[3]).toMatchObject({ property: { path: ['squad', { relation: 'lead', maxHops: 2 }] } });
    const further = follow({ kind: 'relation', of: 'team', from: 'lead', to: 'head' });
    expect(further.mirrorProperties.lead_name?.path).toBe('up.owner.head.name');
    expect(rulesOf(further)?.[3]).toMatchObject({ property: { path: ['owner', { relation: 'head', maxHops: 2 }] } });
  });

  it('of a blueprint changes targets and queries that name it', () => {
    const followed = follow({ kind: 'blueprint', from: 'team', to: 'squad' });
    expect(followed.relations.owner?.target).toBe('squad');
    expect(rulesOf(followed)?.[1]).toEqual({
      not: { property: '$blueprint', operator: 'in', value: ['service', 'squad'] },
    });
    expect(rulesOf(followed)?.[4]).toEqual({ operator: 'relatedTo', blueprint: 'squad', value: 'team' });
    const own = follow({ kind: 'blueprint', from: 'service', to: 'app' });
    expect(own.relations.up?.target).toBe('app');
    expect(rulesOf(own)?.[3]).toMatchObject({ property: { fromBlueprint: 'app' } });
    expect(own.aggregationProperties.ups).toMatchObject({ target: 'app', pathFilter: [{ fromBlueprint: 'app' }] });
  });
});
