import { expect, test } from 'vitest';
import { matchesScimFilter } from './matches-filter.ts';
import { parseScimFilter } from './parse-filter.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const bjensen = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
  id: '2819c223',
  externalId: 'BJ',
  meta: { resourceType: 'User', lastModified: '2011-05-13T04:42:34Z' },
  userName: 'bjensen',
  title: 'Vice President',
  userType: 'Employee',
  active: true,
  name: { familyName: "O'Malley", givenName: 'Barbara' },
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@jensen.org', type: 'home' },
  ],
  ims: [{ value: 'x@foo.com', type: 'xmpp' }],
  [enterprise]: { employeeNumber: '701984', manager: { value: '26118915' } },
};

const matches = (filter: string) => {
  const parsed = parseScimFilter(filter);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join());
  return matchesScimFilter(parsed.value, bjensen);
};

/** The first fifteen are figure 1 of RFC 7644 §3.4.2.2. */
test.each([
  ['userName Eq "bjensen"', true],
  [`name.familyName co "O'Malley"`, true],
  ['userName sw "J"', false],
  ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"', false],
  ['title pr', true],
  ['meta.lastModified gt "2011-05-13T04:42:34Z"', false],
  ['meta.lastModified ge "2011-05-13T04:42:34Z"', true],
  ['meta.lastModified lt "2011-05-13T04:42:34Z"', false],
  ['meta.lastModified le "2011-05-13T04:42:34Z"', true],
  ['title pr and userType eq "Employee"', true],
  ['title pr or userType eq "Intern"', true],
  ['schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"', true],
  ['userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")', true],
  ['userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")', false],
  ['emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]', true],
  ['userType eq "Employee" and emails[type eq "home" and value co "@example.com"]', false],
  ['urn:ietf:params:scim:schemas:core:2.0:User:USERNAME eq "BJENSEN"', true],
  [`${enterprise}:employeeNumber eq "701984"`, true],
  [`${enterprise}:manager.value eq "x"`, false],
  ['externalId eq "bj"', false],
  ['externalId eq "BJ"', true],
  ['active eq true', true],
  ['active ne true', false],
  ['nickName ne "x"', true],
  ['nickName eq null', true],
  ['userName eq "a \\"quoted\\" name"', false],
  ['title pr or title pr and not (title pr)', true],
  ['constructor pr', false],
  ['meta.lastModified gt "2011-05-13T06:42:33+02:00"', true],
])('%s is %s', (filter, expected) => {
  expect(matches(filter)).toBe(expected);
});

test.each([
  ['', 'ends where an attribute should be'],
  ['userName', 'ends where an operator should be'],
  ['userName zz "x"', 'has zz where one of eq'],
  ['userName eq', 'ends where a value should be'],
  ['userName eq bjensen', 'has bjensen where a text in quotes'],
  ['(userName pr', 'lacks )'],
  ['emails[type pr', 'lacks ]'],
  ['userName pr title pr', 'has title where it should end'],
  ['userName eq "open', 'cannot be read from character 12 on'],
  ['a..b pr', 'has a..b where an attribute should be'],
  [`${'('.repeat(60)}title pr`, 'nested deeper than 50'],
])('%s is refused', (filter, message) => {
  const parsed = parseScimFilter(filter);
  expect(parsed.ok ? '' : parsed.problems[0]?.message).toContain(message);
});
