import { expect, test } from 'vitest';
import { watchLive } from '../../test/watch-live.ts';
import { machine, withGantry } from '../../test/with-gantry.ts';
import { coalesce, sseText } from './live-message.ts';

const door = withGantry();
const { call, send } = door;
const watch = async (lastEventId?: string) => {
  const token = (await send('POST', '/v1/auth/access_token', { body: machine })).text('accessToken');
  return watchLive(door.gantry, token, lastEventId);
};

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
