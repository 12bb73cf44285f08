import { routes } from '@gantry/contract';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { machine, withGantry } from '../../test/with-gantry.ts';

const { call, send } = withGantry();
let token = '';

beforeAll(async () => {
  token = (await send('POST', '/v1/auth/access_token', { body: machine })).text('accessToken');
  const types = ['string', 'number', 'boolean', 'object', 'array'];
  const properties = Object.fromEntries(types.map((type) => [type, { type }]));
  await call('POST', '/v1/blueprints', {
    identifier: 'x',
    schema: { properties },
    relations: { one: { target: 'x' }, many: { target: 'x', many: true } },
  });
  await call('POST', '/v1/blueprints/x/entities', { identifier: 'x' });
});

const nasty = fc.constantFrom(
  ...[
    '',
    '\0',
    '\ud800',
    '__proto__',
    'constructor',
    '..',
    '.',
    'a/b',
    '%',
    '%2F',
    '🚀',
    'x',
    '$blueprint',
    '{{x}}',
    '=',
  ],
  'y'.repeat(1001),
);
const text = fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 20 }));
const value = fc.oneof(
  { maxDepth: 3 },
  text,
  fc.jsonValue({ maxDepth: 3 }),
  fc.double(),
  fc.array(text, { maxLength: 3 }),
);
const map = fc.dictionary(
  fc.oneof(fc.constantFrom('string', 'number', 'one', 'many', 'array', 'object'), text),
  value,
  { maxKeys: 4 },
);

/** Bodies that are nearly right: the interesting mistakes lie close to what is meant. */
const entity = fc.record(
  {
    identifier: value,
    title: value,
    team: value,
    icon: value,
    properties: fc.oneof(map, value),
    relations: fc.oneof(map, value),
  },
  { requiredKeys: [] },
);
const property = fc.oneof(
  fc.record(
    {
      type: fc.oneof(fc.constantFrom('string', 'number', 'array', 'object'), value),
      format: value,
      enum: value,
      default: value,
      items: value,
      pattern: value,
    },
    { requiredKeys: [] },
  ),
  value,
);
const blueprint = fc.record(
  {
    identifier: fc.oneof(fc.constantFrom('x', 'fuzz'), value),
    schema: fc.oneof(
      fc.record({ properties: fc.dictionary(text, property, { maxKeys: 3 }), required: value }, { requiredKeys: [] }),
      value,
    ),
    relations: fc.oneof(
      fc.dictionary(text, fc.oneof(fc.record({ target: value, many: value, required: value }), value), { maxKeys: 2 }),
      value,
    ),
    mirrorProperties: value,
    aggregationProperties: fc.oneof(map, value),
    ownership: value,
  },
  { requiredKeys: [] },
);
const rule = fc.record(
  {
    property: value,
    operator: fc.oneof(fc.constantFrom('=', '>', 'in', 'between', 'relatedTo', 'contains', 'isEmpty'), value),
    value,
    blueprint: value,
  },
  { requiredKeys: [] },
);
const query = fc.oneof(
  fc.record(
    {
      combinator: fc.oneof(fc.constantFrom('and', 'or'), value),
      rules: fc.oneof(fc.array(rule, { maxLength: 4 }), value),
    },
    { requiredKeys: [] },
  ),
  value,
);
const body = fc.oneof(
  ...[entity, blueprint, query, value],
  fc.record({ entities: fc.oneof(fc.array(fc.oneof(entity, value), { maxLength: 4 }), value) }),
  fc.record(
    { query, sort: value, limit: value, from: value, search: value, func: value, property: value },
    { requiredKeys: [] },
  ),
);

const writes = routes.filter(
  ({ method, id }) =>
    method !== 'GET' && !id.startsWith('session') && !/^(demo|locations|imports|blueprints\.delete)/.test(id),
);

test('no body whatsoever makes a call fall over', async () => {
  const calls = fc.record({
    route: fc.constantFrom(...writes),
    body,
    names: fc.array(fc.oneof(fc.constant('x'), text), { minLength: 3, maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(calls, async ({ route, body, names }) => {
      let place = 0;
      const path = route.path.replaceAll(/:\w+/g, () => encodeURIComponent((names[place++] ?? 'x').toWellFormed()));
      const answer = await call(route.method, path, body ?? null);
      expect(answer.status, `${route.id} ${JSON.stringify(answer.body)}`).toBeLessThan(500);
      const isRefused = answer.status >= 400;
      // SCIM has a form of its own for answers and refusals.
      const isScim = path.startsWith('/scim/');
      if (!isScim) expect(answer.at('ok')).toBe(!isRefused);
      if (isRefused) expect(answer.text(isScim ? 'detail' : 'message')).not.toBe('');
    }),
    { numRuns: 600 },
  );
}, 60_000);

test('no text that is no JSON makes a call fall over', async () => {
  const start = fc.constantFrom(
    '{"a":',
    '[',
    '"',
    '{"identifier":"x","properties":{',
    '\ufeff{}',
    'null',
    'true',
    '1e999',
    '{"a":1}{"b":2}',
  );
  await fc.assert(
    fc.asyncProperty(start, fc.string({ unit: 'binary', maxLength: 40 }), async (before, after) => {
      const answer = await send('POST', '/v1/auth/access_token', { raw: Buffer.from(before + after) });
      expect([400, 401, 422, 429]).toContain(answer.status);
      expect(answer.at('ok')).toBe(false);
    }),
    { numRuns: 200 },
  );
}, 30_000);

test('no query string makes a read fall over', async () => {
  const reads = routes.filter(({ method, media }) => method === 'GET' && media === undefined);
  const calls = fc.record({
    route: fc.constantFrom(...reads),
    name: fc.oneof(fc.constant('x'), text),
    key: text,
    given: text,
  });
  await fc.assert(
    fc.asyncProperty(calls, async ({ route, name, key, given }) => {
      const path = route.path.replaceAll(/:\w+/g, encodeURIComponent(name.toWellFormed()));
      const keys = [...Object.keys(route.query?.properties ?? {}), key.toWellFormed()];
      const search = keys
        .map((one) => `${encodeURIComponent(one)}=${encodeURIComponent(given.toWellFormed())}`)
        .join('&');
      const answer = await call('GET', `${path}?${search}`);
      expect(answer.status, `${path}?${search} ${JSON.stringify(answer.body)}`).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
}, 60_000);

/** JSON texts: depth close to what is refused, numbers no double holds, names that every object has, long words. */
const extremes = [
  `${'['.repeat(150)}${']'.repeat(150)}`,
  `${'{"a":'.repeat(150)}1${'}'.repeat(150)}`,
  ...['1e999', '-1e999', '1e308', '123456789012345678901234567890', '-0', '4.9e-324'],
  '{"constructor":{"prototype":{}},"toString":1,"hasOwnProperty":null,"then":{}}',
  '"\\ud83d\\ude80 \\u202e \\uffff"',
  `"${'long '.repeat(20_000)}"`,
];

test('neither depth nor size of any part of a body makes a call fall over', async () => {
  // What is deleted by one call would be missing in the next.
  const open = routes.filter(
    ({ method, id }) => method !== 'GET' && method !== 'DELETE' && !/^(session|demo)/.test(id),
  );
  for (const route of open) {
    const path = route.path.replaceAll(/:\w+/g, 'x');
    const keys = Object.keys(route.body && 'properties' in route.body ? Object(route.body.properties) : {});
    for (const extreme of extremes) {
      const whole = ['identifier', 'properties', 'relations', ...keys].map((key) => `"${key}":${extreme}`);
      const typed = ['string', 'number', 'array', 'object'].map((key) => `"${key}":${extreme}`);
      const bodies = [
        extreme,
        `{${whole}}`,
        `{"identifier":"x","properties":{${typed}},"relations":{"many":${extreme}}}`,
      ];
      for (const raw of bodies) {
        const answer = await callRaw(route.method, path, raw);
        expect(answer.status, `${route.id} ${raw.slice(0, 200)} ${JSON.stringify(answer.body)}`).toBeLessThan(500);
      }
    }
  }
}, 60_000);

test('no segment of a path makes a call fall over, encoded or as it is', async () => {
  const segments = [
    ...['..', '.', '%', '%2', '%2e%2e%2f', '%00', '%ff', '%c0%af', '%ed%a0%80', '%f0%9f%9a%80', '%252F', '%0d%0a'],
    ...['', ' ', '*', ':x', '__proto__', 'constructor', 'a;b', "'--", '"', '\\', 'y'.repeat(500), 'y'.repeat(9000)],
  ];
  for (const route of routes.filter(({ id, media }) => media !== 'text/event-stream' && !/^(session|demo)/.test(id))) {
    if (!route.path.includes(':')) continue;
    for (const segment of segments) {
      const path = route.path.replaceAll(/:\w+/g, () => segment);
      const answer = await callRaw(route.method, path, route.method === 'GET' ? undefined : '{}');
      expect(answer.status, `${route.id} ${segment.slice(0, 50)} ${JSON.stringify(answer.body)}`).toBeLessThan(500);
    }
  }
}, 60_000);

function callRaw(method: (typeof routes)[number]['method'], path: string, raw?: string) {
  const headers = { authorization: `Bearer ${token}` };
  return send(method, path, raw === undefined ? { headers } : { headers, raw });
}
