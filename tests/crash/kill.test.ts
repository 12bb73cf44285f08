import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { leftBehind, RunningGantry, type Victim } from '../running-gantry.ts';
import { temporaryDataDir } from '../temporary-data-dir.ts';
import { ask, open } from './stored.ts';

const rounds = 3;

/** Writes rows one by one until the connection breaks. `acknowledged` is the last one whose commit was confirmed. */
class Writer {
  acknowledged: number;
  readonly #done: Promise<void>;

  constructor(dataDir: string, after: number) {
    this.acknowledged = after;
    this.#done = this.#write(dataDir).catch(() => {});
  }

  async #write(dataDir: string): Promise<void> {
    const client = await open(dataDir);
    for (let n = this.acknowledged + 1; ; n++) {
      await client.query("INSERT INTO written VALUES ($1, repeat('x', 500))", [n]);
      this.acknowledged = n;
    }
  }

  get done(): Promise<void> {
    return this.#done;
  }
}

async function expectAllWritten(dataDir: string, writer: Writer): Promise<number> {
  const [found] = await ask(dataDir, 'SELECT count(*)::int AS count, coalesce(max(n), 0) AS last FROM written');
  // The very last row may be there without its confirmation having arrived; a gap never.
  expect(found?.count).toBe(found?.last);
  expect(Number(found?.last)).toBeGreaterThanOrEqual(writer.acknowledged);
  return Number(found?.last);
}

const deadly: Victim[] = ['node', 'everything'];

test.each(deadly)(
  'kill -9 of %s while rows are written: the next start has every one, and nothing is left behind',
  async (victim) => {
    const dataDir = temporaryDataDir();
    let last = 0;
    for (let round = 0; round < rounds; round++) {
      const gantry = await RunningGantry.start(dataDir);
      await ask(dataDir, 'CREATE TABLE IF NOT EXISTS written (n int PRIMARY KEY, text text)');
      const writer = new Writer(dataDir, last);
      await pause(200);
      await gantry.kill(victim);
      await writer.done;
      expect(writer.acknowledged).toBeGreaterThan(last);
      expect(await leftBehind(dataDir)).toEqual([]);
      const next = await RunningGantry.start(dataDir);
      last = await expectAllWritten(dataDir, writer);
      expect(await next.stop()).toBe(0);
      expect(await leftBehind(dataDir)).toEqual([]);
    }
  },
);

const survived: Victim[] = ['postmaster', 'postgres'];

test.each(survived)(
  'kill -9 of the %s while rows are written: Gantry says it is not ready, brings it back, and has every row',
  async (victim) => {
    const dataDir = temporaryDataDir();
    const gantry = await RunningGantry.start(dataDir);
    await ask(dataDir, 'CREATE TABLE written (n int PRIMARY KEY, text text)');
    let last = 0;
    for (let round = 0; round < rounds; round++) {
      const writer = new Writer(dataDir, last);
      await pause(200);
      await gantry.kill(victim);
      await writer.done;
      while (!(await gantry.isReady())) {
        expect([200, 503]).toContain((await gantry.signIn()).status);
        await pause(20);
      }
      last = await expectAllWritten(dataDir, writer);
    }
    expect(await gantry.stop()).toBe(0);
    expect(await leftBehind(dataDir)).toEqual([]);
  },
);

test('started again at once after a kill, while the guard still stops the old server, it just works', async () => {
  const dataDir = temporaryDataDir();
  for (let round = 0; round < rounds; round++) {
    const gantry = await RunningGantry.start(dataDir);
    expect(await gantry.isReady()).toBe(true);
    await gantry.kill('node');
  }
  expect(await leftBehind(dataDir)).toEqual([]);
});

test('a second Gantry on the same folder is refused with the number of the first, which goes on', async () => {
  const dataDir = temporaryDataDir();
  const first = await RunningGantry.start(dataDir);
  await expect(RunningGantry.start(dataDir)).rejects.toThrow(/Another Gantry \(process \d+, .*GANTRY_DATA_DIR/s);
  expect(await first.isReady()).toBe(true);
  expect(await first.stop()).toBe(0);
  expect(await leftBehind(dataDir)).toEqual([]);
});
