import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemToResponse } from './problem-to-response.ts';
import { serveWebApp } from './web-app.ts';

let folder = '';
let app: FastifyInstance;
const page = '<!doctype html><title>Gantry</title>';
const script = 'console.log("hello")';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-web-'));
  await mkdir(join(folder, 'dist/assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'what nobody may read');
  await writeFile(join(folder, 'dist/index.html'), page);
  await writeFile(join(folder, 'dist/assets/main-abc.js'), script);
  await writeFile(join(folder, 'dist/assets/main-abc.js.br'), brotliCompressSync(script));
  app = Fastify();
  app.setErrorHandler((error, _request, reply) => {
    const { status, body } = problemToResponse(error, pino({ level: 'silent' }));
    return reply.status(status).send(body);
  });
  await serveWebApp(app, join(folder, 'dist'));
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const get = (url: string, headers = {}) => app.inject({ method: 'GET', url, headers });

test('every address that is a page of ours is answered by the one page, never from a cache', async () => {
  for (const url of ['/', '/index.html', '/e/service/checkout', '/sign-in?token=x', '/e/a%2Fb.c']) {
    const answer = await get(url);
    expect(answer.statusCode, url).toBe(200);
    expect(answer.body, url).toBe(page);
    expect(answer.headers['cache-control'], url).toBe('no-cache');
  }
});

test('files with a hash in their name are kept for ever, and sent compressed when they lie there so', async () => {
  const plain = await get('/assets/main-abc.js');
  expect(plain.body).toBe(script);
  expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  const packed = await get('/assets/main-abc.js', { 'accept-encoding': 'br, gzip' });
  expect(packed.headers['content-encoding']).toBe('br');
  expect(packed.headers['content-type']).toContain('javascript');
});

test('a missing file is no page, and what is under the API stays there', async () => {
  for (const url of ['/assets/gone-123.js', '/assets/', '/v1/nope', '/v1', '/api/nope']) {
    const answer = await get(url);
    expect(answer.statusCode, url).toBe(404);
    expect(answer.json(), url).toMatchObject({ ok: false, error: 'not_found' });
  }
  expect((await app.inject({ method: 'POST', url: '/e/service' })).statusCode).toBe(404);
});

test('no path leads out of the folder', async () => {
  for (const url of [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/..%5csecret.txt',
  ]) {
    expect((await get(url)).body, url).not.toContain('nobody');
  }
});
