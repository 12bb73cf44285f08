import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { withDatabase } from '../../test/with-database.ts';
import { transaction } from '../db/pool.ts';
import type { DeliveredFact, Listener } from '../modules/module.ts';
import { Dispatcher } from './dispatch.ts';
import { Notifications } from './notifications.ts';
import { Announcer, writeFacts } from './outbox.ts';

const database = withDatabase();
const log = pino({ level: 'silent' });
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A process of its own, as far as facts are concerned. */
async function start(...listeners: Listener[]): Promise<() => Promise<void>> {
  const notifications = new Notifications({ connectionString: database.url }, log);
  await notifications.start();
  const dispatcher = new Dispatcher({ db: database.db, notifications, listeners, log });
  dispatcher.start();
  const stop = async () => {
    await dispatcher.stop();
    await notifications.stop();
  };
  stops.push(stop);
  return stop;
}

/** Remembers the blueprints it heard of, and lets a test wait for one. */
class Ear implements Listener {
  readonly name: string;
  readonly hears = ['blueprint.created'] as const;
  readonly heard: string[] = [];
  failures = 0;
  #waiting: (() => void) | undefined;

  constructor(name: string) {
    this.name = name;
  }

  async handle(facts: readonly DeliveredFact[]): Promise<void> {
    if (this.failures > 0) {
      this.failures--;
      throw new Error('not now');
    }
    this.heard.push(...facts.map(({ blueprint }) => blueprint ?? ''));
    this.#waiting?.();
  }

  async until(blueprint: string): Promise<string[]> {
    while (!this.heard.includes(blueprint)) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
    return this.heard;
  }
}

const announcer = () => new Announcer(database.db, log);
const tell = async (...blueprints: string[]) => {
  await transaction(database.db, (trx) =>
    writeFacts(
      trx,
      blueprints.map((blueprint) => ({ kind: 'blueprint.created', blueprint })),
    ),
  );
  announcer().announce();
};

test('facts of a transaction that fails are never heard of', async () => {
  const ear = new Ear('rollback');
  await start(ear);
  await transaction(database.db, async (trx) => {
    await writeFacts(trx, [{ kind: 'blueprint.created', blueprint: 'never' }]);
    throw new Error('no');
  }).catch(() => {});
  await tell('kept');
  expect(await ear.until('kept')).toEqual(['kept']);
});

test('none is skipped: a fact waits for the older transactions that still run', async () => {
  const ear = new Ear('horizon');
  await start(ear);
  await tell('before');
  await ear.until('before');
  const slow = await database.pool.connect();
  await slow.query(`begin; insert into outbox (fact) values ('{"kind":"blueprint.created","blueprint":"slow"}')`);
  await tell('fast');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(ear.heard).not.toContain('fast');
  await slow.query('commit');
  slow.release();
  const heard = await ear.until('fast');
  expect(heard.slice(heard.indexOf('before'))).toEqual(['before', 'slow', 'fast']);
});

test('a listener that fails gets the same facts again, and holds up nobody else', async () => {
  const [stubborn, other] = [new Ear('stubborn'), new Ear('other')];
  stubborn.failures = 2;
  await start(stubborn, other);
  await tell('again');
  await other.until('again');
  await stubborn.until('again');
  expect(stubborn.failures).toBe(0);
});

test('a place is kept: after a restart it goes on where it was', async () => {
  const first = new Ear('restart');
  const stop = await start(first);
  await tell('one');
  await first.until('one');
  await stop();
  await tell('two');
  const second = new Ear('restart');
  await start(second);
  expect(await second.until('two')).toEqual(['two']);
});

test('of several processes one serves the listeners; when it stops, another one does', async () => {
  const [left, right] = [new Ear('shared'), new Ear('shared')];
  const stop = await start(left);
  await start(right);
  await tell('first');
  await left.until('first');
  expect(right.heard).toEqual([]);
  await stop();
  await tell('second');
  expect(await right.until('second')).toEqual(['second']);
});

test('a large write tells of its entities in portions', async () => {
  const entities = Array.from({ length: 2500 }, (_, index) => `e${index}`);
  await transaction(database.db, (trx) =>
    writeFacts(trx, [{ kind: 'entities.created', blueprint: 'large', entities }]),
  );
  const { rows } = await database.pool.query(
    "select jsonb_array_length(fact -> 'entities') as n from outbox where fact ->> 'blueprint' = 'large' order by id",
  );
  expect(rows.map(({ n }) => n)).toEqual([1000, 1000, 500]);
});
