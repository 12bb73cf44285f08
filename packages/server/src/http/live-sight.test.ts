import type { Actor } from '@gantry/core';
import { beforeAll, expect, test } from 'vitest';
import { member, vouchingFor } from '../../test/vouching-for.ts';
import { watchLive } from '../../test/watch-live.ts';
import { withGantry } from '../../test/with-gantry.ts';

/** Who the callers are right now; tests take rights away. */
const actors: Record<string, Actor> = {
  red: member('red', ['red']),
  mover: member('mover', ['red']),
  leaver: member('leaver', ['red']),
};
const authority = vouchingFor(actors);
const door = withGantry(
  {},
  {
    authority: {
      ...authority,
      ofToken: async (token) => (token === 'leaver' && !actors.leaver ? null : authority.ofToken(token)),
    },
  },
);
const { call } = door;
const entities = '/v1/blueprints/service/entities';
const make = (identifier: string, ...team: string[]) => call('POST', entities, { identifier, team });

beforeAll(async () => {
  await call('POST', '/v1/blueprints', { identifier: 'service' });
  await call('PATCH', '/v1/blueprints/service/permissions', { entities: { read: { ownedByTeam: true } } });
});

test('a browser is told only of entities its person sees, gone ones and renamed ones too', async () => {
  const { until } = await watchLive(door.gantry, 'red');
  await make('blue-1', 'blue');
  await make('red-1', 'red');
  await until('"red-1"');
  await call('PATCH', `${entities}/blue-1`, { identifier: 'blue-2' });
  await call('PATCH', `${entities}/red-1`, { identifier: 'red-2' });
  await until('"red-2"');
  await call('DELETE', `${entities}/blue-2`);
  await call('DELETE', `${entities}/red-2`);
  await make('mark', 'red');
  const text = await until('"mark"');
  expect(text).toContain('{"kind":"entities.deleted","blueprint":"service","entities":["red-2"]}');
  expect(text).toContain('"formerIdentifiers":{"red-2":"red-1"}');
  expect(text).not.toContain('blue-');
});

test('an administrator who looks as somebody else is told what that person is told', async () => {
  const { until } = await watchLive(door.gantry, 'an administrator', undefined, 'red@example.com');
  await make('viewed-blue', 'blue');
  await make('viewed-red', 'red');
  expect(await until('"viewed-red"')).not.toContain('viewed-blue');
});

test('what was missed is told in the same way', async () => {
  const first = await watchLive(door.gantry, 'red');
  await make('seen-first', 'red');
  const id = [...(await first.until('"seen-first"')).matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? '';
  first.stop();
  await make('missed-blue', 'blue');
  await make('missed-red', 'red');
  const again = await watchLive(door.gantry, 'red', id);
  expect(await again.until('"missed-red"')).not.toContain('missed-blue');
});

test('lost rights count from the next event on, and the browser is told to load anew', async () => {
  const { until } = await watchLive(door.gantry, 'mover');
  await make('before-moving', 'red');
  await until('"before-moving"');
  actors.mover = member('mover', ['blue']);
  await call('POST', '/v1/blueprints/_team/entities', { identifier: 'blue' });
  expect(await until('"resync"')).not.toContain('after-moving');
  await make('after-moving', 'red');
  await make('ours-now', 'blue');
  expect(await until('"ours-now"')).not.toContain('after-moving');
});

test('who may no longer come in hears nothing more', async () => {
  const { until, ended } = await watchLive(door.gantry, 'leaver');
  await make('before-leaving', 'red');
  await until('"before-leaving"');
  delete actors.leaver;
  await call('POST', '/v1/blueprints/_team/entities', { identifier: 'red' });
  expect(await ended()).not.toContain('_team');
});
