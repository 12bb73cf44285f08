import { describe, expect, it } from 'vitest';
import { parseBlueprint } from '../blueprint/check-blueprint.ts';
import { noOwnPermissions } from './grant.ts';
import { parsePermissions } from './parse-permissions.ts';
import { permissionsOf, presentPermissions } from './permissions-of.ts';

const parsed = parseBlueprint({
  identifier: 'service',
  schema: { properties: { language: { type: 'string' }, budget: { type: 'number' } } },
  relations: { system: { target: 'system' } },
  mirrorProperties: { system_name: { path: 'system.$title' } },
});
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const blueprint = parsed.value;

const own = (input: unknown, before = noOwnPermissions) => {
  const result = parsePermissions(blueprint, input, before);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
};
const shown = (permissions = noOwnPermissions) =>
  presentPermissions(blueprint, permissionsOf('service', permissions)).entities;
const roles = (...names: string[]) => ({ users: [], roles: names, teams: [], ownedByTeam: false });

describe('permissions of a blueprint', () => {
  it('let members read and moderators write from the start, and list every property and relation', () => {
    const write = roles('Admin', 'service-moderator');
    expect(shown()).toEqual({
      read: roles('Admin', 'service-moderator', 'Member'),
      register: write,
      unregister: write,
      update: write,
      updateProperties: {
        language: write,
        budget: write,
        $title: write,
        $team: write,
        $icon: write,
        $identifier: write,
      },
      updateRelations: { system: write },
      readProperties: {},
      readRelations: {},
    });
  });

  it('take a given block whole, fill it up, and keep the others', () => {
    const first = own({
      entities: { update: { roles: ['Admin', 'Member'], users: null, teams: null, ownedByTeam: null } },
    });
    const second = own({ entities: { read: { roles: ['Admin'] }, register: null, updateProperties: null } }, first);
    expect(shown(second).update).toEqual(roles('Admin', 'Member'));
    expect(shown(second).read).toEqual(roles('Admin'));
    expect(shown(second).updateProperties.language).toEqual(roles('Admin', 'Member'));
  });

  it('lose a policy by a block without one', () => {
    const policy = {
      combinator: 'and',
      rules: [{ property: { context: 'user', property: 'x' }, operator: '=', value: 1 }],
    };
    const first = own({ entities: { read: { roles: ['Admin'], policy } } });
    expect(shown(first).read.policy).toEqual(policy);
    expect(shown(own({ entities: { read: { roles: ['Admin'] } } }, first)).read).not.toHaveProperty('policy');
    expect(shown(own({ entities: { read: { roles: ['Admin'], policy: null } } }, first)).read).toEqual(roles('Admin'));
  });

  it('keep a grant of one property until null takes it away', () => {
    const first = own({ entities: { updateProperties: { budget: { teams: ['finance'] } } } });
    const second = own({ entities: { updateProperties: { language: { roles: ['Member'] } } } }, first);
    expect(Object.keys(second.entities.updateProperties ?? {})).toEqual(['budget', 'language']);
    const third = own({ entities: { updateProperties: { budget: null, language: null } } }, second);
    expect(third).toEqual(noOwnPermissions);
  });

  it('store nothing that equals the start', () => {
    expect(own({ entities: shown() }).entities).not.toHaveProperty('read');
  });

  it.each<[unknown, string[]]>([
    [[], ['']],
    [{ entities: [] }, ['entities']],
    [{ entities: { write: {} } }, ['entities.write']],
    [
      { entities: { read: { users: 'ada', ownedByTeam: 'yes' } } },
      ['entities.read.users', 'entities.read.ownedByTeam'],
    ],
    [
      { entities: { updateProperties: { langage: {}, system_name: {} }, readRelations: { team: {} } } },
      ['entities.updateProperties.langage', 'entities.updateProperties.system_name', 'entities.readRelations.team'],
    ],
    [{ entities: { readProperties: { system_name: {}, $title: {} } } }, ['entities.readProperties.$title']],
    [
      {
        entities: {
          read: { policy: { rules: [{ property: 'x', operator: 'is' }] } },
          updateRelations: { system: { policy: { rules: 1 } } },
        },
      },
      ['entities.read.policy.rules.0.operator', 'entities.updateRelations.system.policy.rules'],
    ],
  ])('refuse %j with every problem', (input, paths) => {
    const result = parsePermissions(blueprint, input, noOwnPermissions);
    expect(result.ok ? [] : result.problems.map(({ path }) => path)).toEqual(paths);
  });
});
