import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { leftBehind, RunningGantry, type Victim } from '../running-gantry.ts';
import { temporaryDataDir } from '../temporary-data-dir.ts';
import { entities } from './edition.ts';
import { halves, storedEditions, traces } from './stored.ts';
import { type Way, ways } from './ways.ts';

const victims: readonly Victim[] = ['node', 'postmaster', 'postgres', 'everything'];
/** Each victim once in one way or the other, then the rest. */
const cases = [0, 1].flatMap((turn) =>
  victims.flatMap((victim, index) => {
    const way = ways[(index + turn) % ways.length];
    return way ? [{ victim, way, name: way.name }] : [];
  }),
);
/** How many kills in all, or a few more; `npm run test:crash` asks for more than `npm test` does. */
const kills = Number(process.env.GANTRY_CRASH_KILLS ?? victims.length);
const chosen = cases.slice(0, kills);
const rounds = Math.ceil(kills / chosen.length);
const secondsForRound = 60;

/** Starts a Gantry on the folder, or goes on with the one whose database was killed once that is back. */
async function backAgain(gantry: RunningGantry, victim: Victim): Promise<RunningGantry> {
  if (victim === 'node' || victim === 'everything') {
    expect(await leftBehind(gantry.dataDir), 'processes left behind').toEqual([]);
    return RunningGantry.start(gantry.dataDir);
  }
  while (!(await gantry.isReady())) await pause(20);
  return gantry;
}

/** The same again brings what was missing; once more, it finds nothing to do. */
async function expectWhole(gantry: RunningGantry, way: Way, edition: number): Promise<void> {
  expect(await way.start(gantry, edition).ended).toBeUndefined();
  const stored = await storedEditions(gantry.dataDir);
  expect(stored).toHaveLength(entities);
  expect(stored.filter(({ title }) => title !== edition)).toEqual([]);
  expect(await halves(gantry.dataDir)).toEqual([]);
  const before = await traces(gantry.dataDir);
  expect(await way.start(gantry, edition).ended).toBeUndefined();
  expect(await traces(gantry.dataDir), 'what says nothing new').toEqual(before);
}

/** Entities are of this edition if it was acknowledged, else of this or the one before, and wholly so. */
async function expectNothingLost(dataDir: string, edition: number, acknowledged: ReadonlySet<string>): Promise<void> {
  const stored = await storedEditions(dataDir);
  expect(stored).toHaveLength(entities);
  const isRight = ({ name, title, description }: (typeof stored)[number]) =>
    title === description && (title === edition || (title === edition - 1 && !acknowledged.has(name)));
  expect(
    stored.filter((one) => !isRight(one)),
    'lost or half',
  ).toEqual([]);
  expect(await halves(dataDir)).toEqual([]);
}

test.each(chosen)(
  'kill -9 of $victim in the middle of $name: nothing acknowledged is lost, nothing is half, and once more heals it',
  { timeout: (rounds + 1) * secondsForRound * 1000 },
  async ({ victim, way }) => {
    const dataDir = temporaryDataDir();
    let gantry = await RunningGantry.start(dataDir);
    await way.prepare(gantry);
    await expectWhole(gantry, way, 1);
    for (let edition = 2; edition < 2 + rounds; edition++) {
      const work = way.start(gantry, edition);
      await work.somewhere();
      await gantry.kill(victim);
      expect(await work.ended, 'it was through before the blow fell').toBeDefined();
      gantry = await backAgain(gantry, victim);
      await expectNothingLost(dataDir, edition, work.acknowledged);
      await expectWhole(gantry, way, edition);
    }
    expect(await gantry.stop()).toBe(0);
    expect(await leftBehind(dataDir)).toEqual([]);
  },
);
