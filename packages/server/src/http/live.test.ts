import { afterEach, expect, test } from 'vitest';
import { machine, withGantry } from '../../test/with-gantry.ts';
import { coalesce, sseText } from './live-message.ts';

const door = withGantry();
const { call, send } = door;
const readers: AbortController[] = [];

afterEach(() => {
  for (const reader of readers.splice(0)) reader.abort();
});

/** A browser that watches: reads until something has come. */
async function watch(lastEventId?: string) {
  const { app } = door.gantry;
  if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  const token = (await send('POST', '/v1/auth/access_token', { body: machine })).text('accessToken');
  const abort = new AbortController();
  readers.push(abort);
  const response = await fetch(`http://127.0.0.1:${address.port}/v1/live`, {
    headers: { authorization: `Bearer ${token}`, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
    signal: abort.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const until = async (part: string) => {
    while (!text.includes(part)) {
      const { value, done } = (await reader?.read()) ?? { done: true };
      if (done) throw new Error(`The stream ended without ${part}: ${text}`);
      text += value;
    }
    return text;
  };
  await until('retry:');
  return { response, until, stop: () => abort.abort() };
}

const lastId = (text: string) => [...text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? '';

test('a change is seen by whoever watches, as server-sent events that nothing stores', async () => {
  const { response, until } = await watch();
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  expect(response.headers.get('cache-control')).toContain('no-cache');
  await call('POST', '/v1/blueprints', { identifier: 'seen' });
  await call('POST', '/v1/blueprints/seen/entities', { identifier: 'one' });
  const text = await until('entities.created');
  expect(text).toContain('data: {"kind":"blueprint.created","blueprint":"seen"}');
  expect(text).toContain('data: {"kind":"entities.created","blueprint":"seen","entities":["one"]}');
});

test('who comes back with the last id is told what was missed', async () => {
  const { until, stop } = await watch();
  await call('POST', '/v1/blueprints', { identifier: 'early' });
  const text = await until('"early"');
  stop();
  await call('POST', '/v1/blueprints', { identifier: 'missed' });
  const again = await watch(lastId(text));
  expect(await again.until('"missed"')).not.toContain('"early"');
});

test('who was away too long, or comes with nonsense, is told to load anew', async () => {
  for (const id of ['nonsense', '0.0']) {
    const { until } = await watch(id);
    await until('"kind":"resync"');
  }
});

test('nobody watches without a token', async () => {
  expect((await send('GET', '/v1/live')).status).toBe(401);
});

test('what happened to many entities at once is one message; too many are not listed', () => {
  const fact = (entities: string[]) => ({ kind: 'entities.updated', blueprint: 'b', entities }) as const;
  expect(coalesce([fact(['a', 'b']), fact(['b', 'c'])])).toEqual([fact(['a', 'b', 'c'])]);
  const many = Array.from({ length: 101 }, (_, index) => String(index));
  expect(coalesce([fact(many)])).toEqual([{ kind: 'entities.updated', blueprint: 'b' }]);
});

test('the id stands at the last message, so that a torn batch comes again', () => {
  const text = sseText([{ kind: 'resync' }, { kind: 'resync' }], '5.6');
  expect(text).toBe('data: {"kind":"resync"}\n\nid: 5.6\ndata: {"kind":"resync"}\n\n');
});
