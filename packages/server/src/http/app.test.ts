import { request } from 'node:http';
import { routes } from '@gantry/contract';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { type Answered, machine, withGantry } from '../../test/with-gantry.ts';

const door = withGantry();
const { call, send } = door;

const bearer = async () => {
  const answer = await send('POST', '/v1/auth/access_token', { body: machine });
  return { authorization: `Bearer ${answer.text('accessToken')}` };
};
const post = async (raw: string | Buffer, path = '/v1/blueprints', headers = {}) =>
  send('POST', path, { raw, headers: { ...(await bearer()), ...headers } });

describe('bodies', () => {
  const isRefusal = (answer: Answered, status: number, error: string) => {
    expect(answer).toMatchObject({ status, body: { ok: false, error } });
    expect(answer.text('message').length).toBeGreaterThan(20);
  };

  test('malformed JSON is refused, saying where', async () => {
    const answer = await post('{"identifier": "a",\n "title": oops}');
    isRefusal(answer, 400, 'malformed_request');
    expect(answer.text('message')).toContain('line 2');
    isRefusal(await post('{"identifier":'), 400, 'malformed_request');
    isRefusal(await post(Buffer.from([0x22, 0xff, 0xfe, 0x22])), 400, 'malformed_request');
  });

  test('an absent body is refused where one is needed', async () => {
    isRefusal(await send('POST', '/v1/blueprints', { headers: await bearer() }), 400, 'malformed_request');
    isRefusal(await post('', '/v1/entities/aggregate'), 400, 'malformed_request');
  });

  test('ten thousand levels of nesting are refused before anything recursive sees them', async () => {
    isRefusal(await post('['.repeat(10_000) + ']'.repeat(10_000)), 422, 'invalid_request');
    isRefusal(
      await post(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, '/v1/entities/search'),
      422,
      'invalid_request',
    );
  });

  test('brackets inside texts are no nesting', async () => {
    const answer = await post(JSON.stringify({ identifier: 'brackets', description: `${'[{'.repeat(90)}\\"` }));
    expect(answer.status).toBe(201);
  });

  test('NUL and half characters are refused with their paths, whole ones are kept', async () => {
    const answer = await post(
      '{"identifier":"n","title":"a\\u0000b","schema":{"properties":{"p":{"type":"string","title":"\\ud800"}}}}',
    );
    isRefusal(answer, 422, 'invalid_request');
    expect(answer.list('problems').map(({ path }) => path)).toEqual(['title', 'schema.properties.p.title']);
    expect((await post('{"identifier":"emoji","title":"\\ud83d\\ude80"}')).at('blueprint.title')).toBe('🚀');
  });

  test('prototype keys are harmless: refused where they would be one, plain names otherwise', async () => {
    isRefusal(await post('{"identifier":"p","__proto__":{"admin":true}}'), 422, 'invalid_request');
    isRefusal(await post('{"identifier":"p","\\u005f_proto__":{"admin":true}}'), 422, 'invalid_request');
    await post(
      '{"identifier":"proto","schema":{"properties":{"constructor":{"type":"object"},"toString":{"type":"string"}}}}',
    );
    const entity = '{"identifier":"e","properties":{"constructor":{"prototype":{"x":1}}}}';
    const answer = await post(entity, '/v1/blueprints/proto/entities');
    expect(answer.at('entity.properties')).toEqual({ constructor: { prototype: { x: 1 } }, toString: null });
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  test('only JSON is taken', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      isRefusal(
        await post('{"identifier":"t"}', '/v1/blueprints', { 'content-type': type }),
        415,
        'unsupported_media_type',
      );
    }
    const charset = { 'content-type': 'application/json; charset=utf-8' };
    expect((await post('{"identifier":"charset"}', '/v1/blueprints', charset)).status).toBe(201);
  });

  test('more than a mebibyte is refused', async () => {
    const large = JSON.stringify({ identifier: 'large', x: 'x'.repeat(1024 * 1024) });
    isRefusal(await post(large), 413, 'payload_too_large');
  });

  test('the envelope tells all its problems at once', async () => {
    const answer = await post('{"clientId":1,"extra":true}', '/v1/auth/access_token');
    isRefusal(answer, 422, 'invalid_request');
    expect(
      answer
        .list('problems')
        .map(({ path }) => path)
        .sort(),
    ).toEqual(['clientId', 'clientSecret', 'extra']);
  });
});

describe('over a real socket', () => {
  const listen = async () => {
    const { app } = door.gantry;
    if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 });
    const address = app.server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening on a port');
    return address.port;
  };

  const sendLarge = async (headers: Record<string, string>, chunk: Buffer, chunks: number) => {
    const port = await listen();
    const token = await bearer();
    return new Promise<number>((resolve, reject) => {
      const all = { ...token, 'content-type': 'application/json', ...headers };
      const call = request({ port, method: 'POST', path: '/v1/blueprints', headers: all }, (response) => {
        resolve(response.statusCode ?? 0);
        response.resume();
      });
      call.on('error', reject);
      for (let sent = 0; sent < chunks; sent++) call.write(chunk);
      call.end();
    });
  };

  test('a body that is too large gets its 413, announced or not', async () => {
    const chunk = Buffer.alloc(64 * 1024, 0x20);
    expect(await sendLarge({ 'content-length': String(chunk.length * 20) }, chunk, 20)).toBe(413);
    expect(await sendLarge({ 'transfer-encoding': 'chunked' }, chunk, 20)).toBe(413);
  });
});

describe('paths', () => {
  test('malformed escapes and NUL are refused, and said so', async () => {
    for (const path of ['/v1/blueprints/%', '/v1/blueprints/%zz', '/v1/blueprints/%ff', '/v1/blueprints/a%00b']) {
      expect(await call('GET', path), path).toMatchObject({
        status: 400,
        body: { ok: false, error: 'malformed_request' },
      });
    }
    expect((await call('GET', '/v1/search?q=%00')).status).toBe(400);
  });

  test('each segment is decoded once', async () => {
    await call('POST', '/v1/blueprints', { identifier: 'a/b+c' });
    expect((await call('GET', '/v1/blueprints/a%2Fb+c')).at('blueprint.identifier')).toBe('a/b+c');
    expect((await call('GET', '/v1/blueprints/a%252Fb+c')).status).toBe(404);
    expect((await call('GET', '/v1/blueprints/a/b+c')).status).toBe(404);
  });

  test('what is fixed wins over what is a name', async () => {
    await call('POST', '/v1/blueprints', { identifier: 'system' });
    await call('POST', '/v1/blueprints', { identifier: 'entities' });
    expect((await call('GET', '/v1/blueprints/system')).at('blueprint.identifier')).toBe('system');
    expect((await call('GET', '/v1/blueprints/system/_user/structure')).at('blueprint.identifier')).toBe('_user');
    expect((await call('POST', '/v1/blueprints/system/entities', { identifier: 'one' })).status).toBe(201);
    expect((await call('GET', '/v1/blueprints/system/entities/one')).at('entity.identifier')).toBe('one');
    const reconcile = await call('POST', '/v1/blueprints/entities/datasource-entities', {});
    expect(reconcile.at('entities')).toBeInstanceOf(Array);
  });

  test('trailing slashes are tolerated, unknown paths are not_found as JSON', async () => {
    expect((await call('GET', '/v1/blueprints/')).status).toBe(200);
    expect(await call('GET', '/v1/nope')).toMatchObject({ status: 404, body: { ok: false, error: 'not_found' } });
    expect(await call('PUT', '/v1/organization/nope')).toMatchObject({ status: 404, body: { ok: false } });
  });

  test('HEAD answers like GET, without a body', async () => {
    const answer = await send('HEAD', '/v1/blueprints', { headers: await bearer() });
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(answer.headers['content-type']).toContain('application/json');
  });
});

describe('headers', () => {
  test('every answer forbids sniffing, framing and foreign scripts, and allows no foreign origin', async () => {
    for (const path of ['/v1/session', '/nope', '/healthz', '/v1/blueprints']) {
      const { headers } = await send('GET', path, { headers: { origin: 'https://evil.example' } });
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-security-policy']).toMatch(/script-src 'self'(;|$)/);
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers['x-trace-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test('large JSON is compressed for whoever asks, small is not', async () => {
    const headers = { ...(await bearer()), 'accept-encoding': 'gzip' };
    expect((await send('GET', '/v1/openapi.json', { headers })).headers['content-encoding']).toBe('gzip');
    expect((await send('GET', '/v1/session', { headers })).headers['content-encoding']).toBeUndefined();
    expect((await call('GET', '/v1/openapi.json')).headers['content-encoding']).toBeUndefined();
  });
});

describe('the description of the API', () => {
  test('is valid OpenAPI', async () => {
    const document = await send('GET', '/v1/openapi.json');
    const verdict = await new Validator().validate({ ...document.object('') });
    expect(verdict.errors ?? []).toEqual([]);
    expect(verdict.valid).toBe(true);
  });

  test('names every declared route, and every one is served', async () => {
    const { app } = door.gantry;
    const missing = routes.filter(({ method, path }) => !app.hasRoute({ method, url: path }));
    expect(missing.map(({ id }) => id)).toEqual([]);
    const document = await send('GET', '/v1/openapi.json');
    const described = Object.values(document.object('paths')).flatMap((methods) =>
      Object.values(methods as object).map(({ operationId }) => operationId),
    );
    expect(described.sort()).toEqual(routes.map(({ id }) => id).sort());
  });

  test('every route but the public ones asks who calls, and never falls over', async () => {
    for (const { id, method, path, permission } of routes) {
      const url = path.replaceAll(/:\w+/g, 'x');
      const answer = await send(method, url, method === 'GET' || method === 'DELETE' ? {} : { body: {} });
      // SCIM has a form of its own for refusals.
      const body = path.startsWith('/scim/') ? { status: '401' } : { ok: false };
      if (permission !== 'public') expect(answer, id).toMatchObject({ status: 401, body });
      expect(answer.status, id).toBeLessThan(500);
    }
  });
});
