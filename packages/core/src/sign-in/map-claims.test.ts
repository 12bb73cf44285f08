import { describe, expect, test } from 'vitest';
import { checkShape } from '../shape.ts';
import type { Claims } from './claim-at.ts';
import { ClaimMapping, defaultClaimMapping } from './claim-mapping.ts';
import { mapClaims } from './map-claims.ts';

const ada = { sub: '1', email: 'Ada@Example.com', name: 'Ada Lovelace', groups: ['devs', 'team-pay', 'team-web'] };
const map = (mapping: Partial<ClaimMapping>, claims: Claims = ada) =>
  mapClaims({ ...defaultClaimMapping, ...mapping }, claims);
const person = (mapping: Partial<ClaimMapping>, claims: Claims = ada) => {
  const mapped = map(mapping, claims);
  if (!mapped.allowed) throw new Error(JSON.stringify(mapped.problems));
  return mapped.person;
};
const problems = (mapping: Partial<ClaimMapping>, claims: Claims = ada) => {
  const mapped = map(mapping, claims);
  return mapped.allowed ? [] : mapped.problems.map(({ claim, message }) => `${claim} ${message}`);
};

test('the usual claims make a person, and leave teams and roles alone', () => {
  expect(person({})).toEqual({ email: 'ada@example.com', name: 'Ada Lovelace', teams: null, role: null });
});

test('claims may be named otherwise, lie inside others, or have dots in their names', () => {
  const claims = { upn: 'a@b.c', 'https://x.example/name': 'A', realm_access: { roles: ['team-x'] } };
  const mapping = { email: 'upn', name: 'https://x.example/name', groups: 'realm_access.roles', teams: 'team-*' };
  expect(person(mapping, claims)).toEqual({ email: 'a@b.c', name: 'A', teams: ['x'], role: null });
});

describe('the e-mail address', () => {
  test.each<[string, Claims, Partial<ClaimMapping>, string[]]>([
    ['missing', {}, {}, ['email is missing: it must hold your e-mail address']],
    ['not a text', { email: 7 }, {}, ['email is missing: it must hold your e-mail address']],
    ['no address', { email: 'ada' }, {}, ['email does not hold an e-mail address that can be used here']],
    [
      'not inherited',
      {},
      { email: 'constructor.name' },
      ['constructor.name is missing: it must hold your e-mail address'],
    ],
    [
      'unverified',
      { ...ada, email_verified: false },
      {},
      ['email_verified says that your e-mail address has not been verified'],
    ],
    [
      'unverified, as a text',
      { ...ada, email_verified: 'false' },
      {},
      ['email_verified says that your e-mail address has not been verified'],
    ],
    ['unverified, and accepted', { ...ada, email_verified: false }, { acceptUnverifiedEmail: true }, []],
    ['verified', { ...ada, email_verified: true }, {}, []],
    ['verified, as a text', { ...ada, email_verified: 'true' }, {}, []],
    ['of a domain', ada, { emailDomains: ['other.org', 'EXAMPLE.com'] }, []],
    ['of another domain', ada, { emailDomains: ['ample.com'] }, ['email must be an address of ample.com']],
    [
      'with two signs',
      { email: 'a@evil.org@example.com' },
      { emailDomains: ['example.com'] },
      ['email does not hold an e-mail address that can be used here'],
    ],
  ])('%s', (_, claims, mapping, expected) => {
    expect(problems(mapping, claims)).toEqual(expected);
  });
});

describe('groups', () => {
  test.each<[string, unknown, Partial<ClaimMapping>, string[]]>([
    ['one of those needed', ['devs'], { requiredGroups: ['ops', 'devs'] }, []],
    ['one, as a text', 'devs', { requiredGroups: ['devs'] }, []],
    ['none of those needed', ['sales'], { requiredGroups: ['ops', 'devs'] }, ['groups does not hold ops or devs']],
    ['absent', undefined, { requiredGroups: ['devs'] }, ['groups is missing: it must hold devs']],
    ['not needed', undefined, {}, []],
    ['not told apart by case or part', ['Devs', 'devs2'], { requiredGroups: ['devs'] }, ['groups does not hold devs']],
  ])('needed: %s', (_, groups, mapping, expected) => {
    expect(problems(mapping, { ...ada, groups })).toEqual(expected);
  });

  test.each<[string[], readonly string[], 'Admin' | 'Member' | null]>([
    [[], ['admins'], null],
    [['admins'], ['devs', 'admins'], 'Admin'],
    [['admins'], ['devs'], 'Member'],
  ])('administrators are %j: %j is %s', (adminGroups, groups, role) => {
    expect(person({ adminGroups }, { ...ada, groups }).role).toBe(role);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['*', ['pay', 'web', 'pay'], ['pay', 'web']],
    ['team-*', ['team-pay', 'devs', 'team-'], ['pay']],
    ['/teams/*', ['/teams/pay/core', '/other'], ['pay/core']],
    ['cn=*,ou=teams', ['cn=pay,ou=teams', 'cn=web,ou=x'], ['pay']],
    ['aa*aa', ['aaa', 'aaaa', 'aabaa'], ['b']],
    ['*', ['white space', '..', 'ok'], ['ok']],
  ])('teams of the form %s in %j are %j', (teams, groups, expected) => {
    expect(person({ teams }, { ...ada, groups }).teams).toEqual(expected);
  });
});

test('everything that is wrong is told at once', () => {
  expect(problems({ requiredGroups: ['devs'] }, {})).toHaveLength(2);
});

test('the default is a mapping, and a form of teams has one star', () => {
  expect(checkShape(ClaimMapping, defaultClaimMapping)).toEqual([]);
  expect(checkShape(ClaimMapping, { ...defaultClaimMapping, teams: 'a**' })).toHaveLength(1);
});
