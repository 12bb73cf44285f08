import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { RunningGantry } from '../tests/running-gantry.ts';
import { prepareData } from './prepared.ts';
import { cpuOf, cpuSince } from './processes.ts';
import { atMost, type BenchContext, type BenchResult, told } from './result.ts';
import { ofRounds } from './statistics.ts';

const entities = 10_000;

/** P8: the share of one processor that a portal uses which nobody uses. */
export async function idle({ workdir, quick, note }: BenchContext): Promise<BenchResult[]> {
  const dataDir = join(workdir, 'data');
  await prepareData(dataDir, entities);
  const gantry = await RunningGantry.start(dataDir);
  const seconds = quick ? 15 : 60;
  const node: number[] = [];
  const postgres: number[] = [];
  // What a start leaves to do (the first tidying, statistics) is over by then.
  await pause(20_000);
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    const before = cpuOf(gantry);
    await pause(seconds * 1000);
    const used = cpuSince(before, gantry);
    node.push((used.node / seconds) * 100);
    postgres.push((used.postgres / seconds) * 100);
    note(`round ${round + 1}: Node ${node.at(-1)?.toFixed(2)} %, PostgreSQL ${postgres.at(-1)?.toFixed(2)} %`);
  }
  await gantry.stop();
  const all = node.map((share, round) => share + (postgres[round] ?? 0));
  const id = 'P8';
  return [
    atMost(0.5, {
      ...{ id, what: `Idle with ${entities} entities, over ${seconds} s`, unit: '% CPU' },
      ...ofRounds(all),
    }),
    told({ ...{ id, what: 'Of that Node', unit: '% CPU' }, ...ofRounds(node) }),
    told({ ...{ id, what: 'Of that PostgreSQL', unit: '% CPU' }, ...ofRounds(postgres) }),
  ];
}
