import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDefinition, checkValue } from './check-property.ts';
import { kindNames, kindOf } from './kind.ts';
import type { Property } from './property.ts';

const text = (more: Partial<Property> = {}): Property => ({ type: 'string', ...more });
const list = (items?: Record<string, unknown>): Property => ({ type: 'array', ...(items && { items }) });

describe('kindOf', () => {
  it.each([
    [{ type: 'string' }, 'string'],
    [{ type: 'string', format: 'url' }, 'url'],
    [{ type: 'string', format: 'url', spec: 'embedded-url' }, 'embedded-url'],
    [{ type: 'string', spec: 'open-api' }, 'open-api'],
    [{ type: 'object', spec: 'async-api' }, 'async-api'],
    [{ type: 'object', format: 'labeled-url' }, 'labeled-url'],
    [{ type: 'string', format: 'something-new' }, 'string'],
    [{ type: 'number', format: 'url' }, 'number'],
    [{}, 'string'],
  ])('of %j is %s', (hint, kind) => {
    expect(kindOf(hint)).toBe(kind);
  });
});

describe('checkValue', () => {
  it.each<[string, Property, unknown]>([
    ['a text', text(), 'x'],
    ['an empty text', text(), ''],
    ['a text of allowed length', text({ minLength: 2, maxLength: 2 }), '😀é'],
    ['a member', text({ enum: ['go', 'java'] }), 'go'],
    ['a match', text({ pattern: 'pay' }), 'the payments'],
    ['a URL', text({ format: 'url' }), 'https://example.com/a?b#c'],
    ['a URL on localhost', text({ format: 'url' }), 'http://localhost:8080/x'],
    ['an e-mail address', text({ format: 'email' }), 'a.b+c@example.com'],
    ['an international e-mail address', text({ format: 'idn-email' }), 'иван@пример.рф'],
    ['an IPv4 address', text({ format: 'ipv4' }), '192.0.2.1'],
    ['an IPv6 address', text({ format: 'ipv6' }), '2001:db8::1'],
    ['a moment', text({ format: 'date-time' }), '2025-04-10T17:14:56.000+0000'],
    ['a timer', text({ format: 'timer' }), '2025-04-10T17:14:56Z'],
    ['a user who is no e-mail address', text({ format: 'user' }), 'JIRAUSER10000'],
    ['a team', text({ format: 'team' }), 'Platform Team'],
    ['a text of an unknown format', text({ format: 'uri' }), 'anything'],
    ['a URL for a specification', text({ format: 'url', spec: 'open-api' }), 'https://example.com/openapi.yaml'],
    ['the YAML of a specification', text({ format: 'url', spec: 'open-api' }), 'openapi: 3.1.0'],
    ['a specification as an object', { type: 'object', spec: 'open-api' }, { openapi: '3.1.0' }],
    ['a number', { type: 'number', minimum: 1, maximum: 2 }, 1.5],
    ['a number among some', { type: 'number', enum: [1, 2] }, 2],
    ['false', { type: 'boolean' }, false],
    ['an object', { type: 'object' }, { a: { b: [1] } }],
    ['a link with a name', { type: 'object', format: 'labeled-url' }, { url: 'https://example.com', displayText: 'x' }],
    ['a list of texts', list(), ['a', 'b']],
    ['a list of numbers', list({ type: 'number' }), [1, 2]],
    ['a list of URLs', list({ type: 'string', format: 'url' }), ['https://example.com']],
    ['a list of links with names', list({ type: 'object', format: 'labeled-url' }), [{ url: 'https://example.com' }]],
    ['an empty list', { type: 'array', maxItems: 0 }, []],
    ['a member of an enum by type', { type: 'enum', enum: ['up', 1] }, 1],
  ])('accepts %s', (_, property, value) => {
    expect(checkDefinition(property, '')).toEqual([]);
    expect(checkValue(property, value, 'properties.x')).toEqual([]);
  });

  it.each<[string, Property, unknown, string]>([
    ['a number for a text', text(), 5, ''],
    ['a NUL character', text(), 'a\0', ''],
    ['a lone surrogate', text(), '\udfff', ''],
    ['a text too short', text({ minLength: 2 }), '😀', ''],
    ['a text too long', text({ maxLength: 2 }), 'abc', ''],
    ['a stranger', text({ enum: ['go', 'java'] }), 'Go', ''],
    ['what does not match', text({ pattern: '^pay$' }), 'payments', ''],
    ['a URL without a scheme', text({ format: 'url' }), 'example.com/x', ''],
    ['a URL with a space', text({ format: 'url' }), 'https://example.com/a b', ''],
    ['half an e-mail address', text({ format: 'email' }), 'someone@', ''],
    ['a wrong IPv4 address', text({ format: 'ipv4' }), '192.0.2.256', ''],
    ['a wrong IPv6 address', text({ format: 'ipv6' }), '2001::db8::1', ''],
    ['a date without a time', text({ format: 'date-time' }), '2024-05-01', ''],
    ['a page that is no URL', text({ format: 'url', spec: 'embedded-url' }), 'home', ''],
    ['a text for a number', { type: 'number' }, '5', ''],
    ['too little', { type: 'number', minimum: 1 }, 0, ''],
    ['too much', { type: 'number', maximum: 1 }, 2, ''],
    ['an infinite number', { type: 'number' }, Number.POSITIVE_INFINITY, ''],
    ['a text for a boolean', { type: 'boolean' }, 'true', ''],
    ['a list for an object', { type: 'object' }, [], ''],
    ['a NUL deep in an object', { type: 'object' }, { a: ['\0'] }, '.a.0'],
    ['a link without a URL', { type: 'object', format: 'labeled-url' }, { displayText: 'x' }, ''],
    ['a link with half a URL', { type: 'object', format: 'labeled-url' }, { url: 'x' }, '.url'],
    ['a text for a list', list(), 'a', ''],
    ['a stranger in a list', list(), ['a', 5], '.1'],
    ['a stranger in a list of URLs', list({ format: 'url' }), ['https://example.com', 'x'], '.1'],
    ['too few items', { type: 'array', minItems: 1 }, [], ''],
    ['too many items', { type: 'array', maxItems: 1 }, ['a', 'b'], ''],
    ['a stranger to an enum by type', { type: 'enum', enum: ['up'] }, 'down', ''],
  ])('refuses %s', (_, property, value, inner) => {
    const problems = checkValue(property, value, 'properties.x');
    expect(problems.map(({ path }) => path)).toEqual([`properties.x${inner}`]);
    expect(problems[0]?.message).not.toBe('');
  });

  it('reports every item that is wrong, up to a limit', () => {
    expect(checkValue(list(), [1, 'a', 2], 'x').map(({ path }) => path)).toEqual(['x.0', 'x.2']);
    expect(checkValue(list(), Array(10_000).fill(1), 'x').length).toBeLessThan(60);
  });

  it('refuses a text too long to be checked against its pattern, instead of checking it for long', () => {
    const [problem] = checkValue(text({ pattern: '[a-z]{0,300}x' }), 'a'.repeat(1_000_000), 'x');
    expect(problem?.message).toMatch(/too long to be checked/);
  });

  it('has an answer for every value of every kind', () => {
    const hint = fc.constantFrom(...kindNames).map((kind): Property => {
      const [type] = ['number', 'boolean', 'object', 'array', 'enum'].filter((name) => name === kind);
      return { type: (type ?? 'string') as Property['type'], format: kind, spec: kind };
    });
    fc.assert(
      fc.property(hint, fc.anything(), (property, value) => {
        expect(Array.isArray(checkValue(property, value, 'x'))).toBe(true);
      }),
    );
  });
});

describe('checkDefinition', () => {
  it.each<[string, unknown, string[]]>([
    ['no object', 5, ['p']],
    ['no type', {}, ['p.type']],
    ['an unknown type', { type: 'text' }, ['p.type']],
    ['several wrong shapes at once', { type: 'string', title: 5, minLength: -1 }, ['p.title', 'p.minLength']],
    ['lengths in the wrong order', { type: 'string', minLength: 3, maxLength: 2 }, ['p.minLength']],
    ['bounds in the wrong order', { type: 'number', minimum: 3, maximum: 2 }, ['p.minimum']],
    ['item counts in the wrong order', { type: 'array', minItems: 3, maxItems: 2 }, ['p.minItems']],
    ['members of another type', { type: 'string', enum: ['a', 1] }, ['p.enum.1']],
    ['members that are neither text nor number', { type: 'string', enum: [{}] }, ['p.enum.0']],
    ['no members', { type: 'string', enum: [] }, ['p.enum']],
    ['an enum by type without members', { type: 'enum' }, ['p.enum']],
    ['a pattern nobody can run', { type: 'string', pattern: '(?=x)' }, ['p.pattern']],
    ['a default its own rules refuse', { type: 'string', enum: ['a'], default: 'b' }, ['p.default']],
    ['a default with a wrong item', { type: 'array', items: { type: 'number' }, default: [1, 'x'] }, ['p.default.1']],
    ['lists of lists', { type: 'array', items: { type: 'array' } }, ['p.items.type']],
    ['items of a wrong shape', { type: 'array', items: { type: 'string', pattern: 5 } }, ['p.items.pattern']],
    ['items with a wrong pattern', { type: 'array', items: { type: 'string', pattern: '(' } }, ['p.items.pattern']],
    ['what cannot be stored', { type: 'string', description: 'a\0' }, ['p.description']],
  ])('refuses %s', (_, definition, paths) => {
    expect(checkDefinition(definition, 'p').map(({ path }) => path)).toEqual(paths);
  });

  it('keeps keys it does not know', () => {
    expect(
      checkDefinition({ type: 'string', format: 'new', dateFormat: 'x', specAuthentication: { a: 1 } }, 'p'),
    ).toEqual([]);
    expect(checkDefinition({ type: 'object', properties: { a: { type: 'string' } } }, 'p')).toEqual([]);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (definition) => Array.isArray(checkDefinition(definition, 'p'))));
    const definition = fc.record(
      {
        type: fc.constantFrom('string', 'number', 'boolean', 'object', 'array', 'enum'),
        format: fc.anything(),
        spec: fc.anything(),
        enum: fc.anything(),
        items: fc.oneof(
          fc.anything(),
          fc.dictionary(fc.constantFrom('type', 'format', 'enum', 'pattern'), fc.anything()),
        ),
        pattern: fc.oneof(fc.string(), fc.anything()),
        default: fc.anything(),
        minLength: fc.anything(),
      },
      { requiredKeys: ['type'] },
    );
    fc.assert(fc.property(definition, (given) => Array.isArray(checkDefinition(given, 'p'))));
  });
});
