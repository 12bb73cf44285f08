import { pino } from 'pino';
import { expect, test } from 'vitest';
import { withDatabase } from '../../test/with-database.ts';
import { AuditBuffer } from './audit-buffer.ts';
import type { FullEntry } from './record.ts';

const database = withDatabase();
const log = pino({ level: 'silent' });

const refused = (name: string): FullEntry => ({
  entry: { action: 'READ', status: 'FAILURE', resource: { type: 'secret', identifier: name }, message: 'no' },
  actor: null,
  trail: undefined,
  at: new Date(),
});

const written = async () =>
  (
    await database.pool.query(
      "select resource, details ->> 'times' as times, details -> 'dropped' as dropped from audit order by id",
    )
  ).rows;

test('a flood is written down in bounds: what repeats is counted, what does not fit too', async () => {
  const buffer = new AuditBuffer({ db: database.db, log });
  for (let number = 0; number < 1000; number++) buffer.note(refused(`secret ${number % 500}`));
  await buffer.close();
  const rows = await written();
  expect(rows).toHaveLength(201);
  expect(rows[0]).toEqual({ resource: 'secret 0', times: '2', dropped: null });
  expect(rows.at(-1)).toEqual({ resource: 'overflow', times: null, dropped: 600 });
});

test('a database that is away costs entries, and nothing else', async () => {
  const { db } = database;
  await database.pool.query('alter table audit rename to audit_away');
  const buffer = new AuditBuffer({ db, log });
  buffer.note(refused('lost'));
  await buffer.close();
  await database.pool.query('alter table audit_away rename to audit');
  buffer.note(refused('kept'));
  await buffer.close();
  expect((await written()).at(-1)).toMatchObject({ resource: 'kept' });
});
