import { Refusal } from '@gantry/core';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withDatabase } from '../../test/with-database.ts';
import { Reader } from './reader.ts';

const database = withDatabase();
let reader: Reader;
beforeAll(() => {
  reader = new Reader({ connectionString: database.url, statement_timeout: 300 }, pino({ level: 'silent' }));
});
afterAll(() => reader.close());

const numbers = (count: number) => sql<{ n: number }>`select n from generate_series(1, ${count}::int) as n`;

test('values travel as parameters, whatever they hold', async () => {
  for (let time = 0; time < 5; time++) {
    const text = `'; drop table entity; -- ${time} \u{1f600}`;
    expect(await reader.rows(sql`select ${text}::text as text, ${['a,b', '"{}"']}::text[] as list`)).toEqual([
      { text, list: ['a,b', '"{}"'] },
    ]);
  }
});

test('nothing can be written', async () => {
  await expect(reader.rows(sql`delete from entity`)).rejects.toThrow('read-only transaction');
  const batches = reader.batches(sql`select pg_notify('x', ''), nextval('entity_id_seq')`);
  await expect(batches.next()).rejects.toThrow('read-only transaction');
});

test('what takes too long is given up and refused', async () => {
  const refusal = await reader.rows(sql`select pg_sleep(5)`).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({ code: 'unavailable', message: expect.stringContaining('Narrow the query') });
});

test('what cannot be read as what it should be is refused', async () => {
  await expect(reader.rows(sql`select ${'abc'}::numeric`)).rejects.toMatchObject({ code: 'invalid_request' });
});

test('batches give every row, in order, and stopping early gives the session back', async () => {
  const found: number[] = [];
  for await (const batch of reader.batches(numbers(1234))) found.push(...batch.map(({ n }) => n));
  expect(found).toEqual(Array.from({ length: 1234 }, (_, index) => index + 1));
  for (let time = 0; time < 30; time++) {
    for await (const batch of reader.batches(numbers(2000))) {
      expect(batch).toHaveLength(500);
      break;
    }
  }
  expect(await reader.rows(numbers(1))).toEqual([{ n: 1 }]);
});
