import { describe, expect, test } from 'vitest';
import type { EntityContent } from '../entity/entity.ts';
import { type Actor, can, permissions } from '../permission/can.ts';
import { checkPersonName, keepBuiltIn } from './keep-built-in.ts';
import { checkPassword } from './password.ts';
import { isActiveAdmin, rolesOfPerson } from './person.ts';
import { parseRoles } from './roles-input.ts';
import { rolesInScope, type TokenScope } from './token-scope.ts';

const content = (more: Partial<EntityContent>): EntityContent => {
  return { identifier: 'x', title: null, icon: null, team: [], properties: {}, relations: {}, ...more };
};

describe('roles', () => {
  test.each([
    [{ port_role: 'Admin' }, ['Admin']],
    [{ port_role: 'Member', moderated_blueprints: ['service'] }, ['Member', 'service-moderator']],
    [{}, ['Member']],
    [{ port_role: 'service-moderator', moderated_blueprints: 'service' }, ['Member']],
    [{ port_role: ['Admin'], moderated_blueprints: [1, 'api'] }, ['Member', 'api-moderator']],
  ])('of %j are %j', (properties, roles) => {
    expect(rolesOfPerson(properties)).toEqual(roles);
  });

  test('are read by name, all that are none told at once', () => {
    expect(parseRoles(['Admin', 'service-moderator', 'service-moderator'], 'roles')).toMatchObject({
      value: { port_role: 'Admin', moderated_blueprints: ['service'] },
    });
    const refused = parseRoles(['Root', 'Member', '-moderator'], 'invitee.roles');
    expect(refused).toMatchObject({ problems: [{ path: 'invitee.roles.0' }, { path: 'invitee.roles.2' }] });
  });

  test('only an active administrator counts as one who gets in', () => {
    expect(isActiveAdmin({ status: 'Active', port_role: 'Admin' })).toBe(true);
    expect(isActiveAdmin({ status: 'Invited', port_role: 'Admin' })).toBe(false);
    expect(isActiveAdmin({ status: 'Active', port_role: 'Member' })).toBe(false);
  });
});

describe('scopes of tokens', () => {
  const allowed = (roles: string[], scopes?: TokenScope[]) => {
    const actor: Actor = { kind: 'user', id: 'x', label: 'x', roles, teams: [], ...(scopes ? { scopes } : {}) };
    return permissions.filter((permission) => can(actor, permission).allowed);
  };

  test('only ever take away', () => {
    for (const scopes of [[], ['read'], ['write'], ['admin'], ['read', 'admin']] as TokenScope[][]) {
      for (const roles of [['Admin'], ['Member'], ['Member', 'service-moderator']]) {
        const without = new Set(allowed(roles));
        expect(allowed(roles, scopes).filter((permission) => !without.has(permission))).toEqual([]);
      }
    }
  });

  test('none of them makes or ends tokens and sessions', () => {
    expect(allowed(['Admin'])).toContain('token:write');
    expect(allowed(['Admin'], ['admin'])).not.toContain('token:write');
  });

  test('reading is not writing, and writing is not administration', () => {
    expect(allowed(['Member'], ['read'])).not.toContain('entity:write');
    expect(allowed(['Member'], ['write'])).toContain('entity:write');
    expect(rolesInScope(['Admin', 'service-moderator'], ['write'])).toEqual(['Member', 'service-moderator']);
    expect(rolesInScope(['Admin'], ['admin'])).toEqual(['Admin']);
  });
});

test('a password is judged by its length in characters, not in code units', () => {
  expect(checkPassword('eleven char')).toMatchObject([{ path: 'password' }]);
  expect(checkPassword('twelve chars')).toEqual([]);
  expect(checkPassword('🦊'.repeat(6))).toHaveLength(1);
  expect(checkPassword('x'.repeat(257))).toHaveLength(1);
});

test('the size of a team is not for writers to say', () => {
  const sent = content({ properties: { size: 9, description: 'x' } });
  expect(keepBuiltIn('_team', sent, null).properties).toEqual({ description: 'x', size: 0 });
  expect(keepBuiltIn('_team', content({}), content({ properties: { size: 2 } })).properties).toEqual({ size: 2 });
  expect(keepBuiltIn('service', sent, null)).toBe(sent);
});

test('people are named in small letters, unless they have their name already', () => {
  const capital = content({ identifier: 'Ada@Example.com' });
  expect(checkPersonName('_user', capital, null)).toMatchObject([{ path: 'identifier' }]);
  expect(checkPersonName('_user', capital, capital)).toEqual([]);
  expect(checkPersonName('service', capital, null)).toEqual([]);
});
