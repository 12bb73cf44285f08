import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { entitiesAnswer, streamOf } from './json-stream.ts';

function counted(batches: readonly (readonly string[])[]) {
  const state = { isEnded: false };
  async function* all() {
    try {
      yield* batches;
    } finally {
      state.isEnded = true;
    }
  }
  return { state, batches: all() };
}

test.each([
  [[], '{"ok":true,"entities":[],"more":1}'],
  [[[]], '{"ok":true,"entities":[],"more":1}'],
  [[['1'], [], ['2', '3']], '{"ok":true,"entities":[1,2,3],"more":1}'],
])('batches %j become one list', async (batches, expected) => {
  const { state, batches: given } = counted(batches);
  expect(await text(await streamOf(entitiesAnswer(given, () => ',"more":1')))).toBe(expected);
  expect(state.isEnded).toBe(true);
});

test('what fails at once fails before anything is said', async () => {
  async function* broken(): AsyncGenerator<string[]> {
    await Promise.reject(new Error('no'));
    yield [];
  }
  await expect(streamOf(entitiesAnswer(broken()))).rejects.toThrow('no');
});

test('a stream that nobody reads ends what it reads from', async () => {
  const { state, batches } = counted([['1'], ['2']]);
  const stream = await streamOf(entitiesAnswer(batches));
  stream.destroy();
  await once(stream, 'close');
  expect(state.isEnded).toBe(true);
});
