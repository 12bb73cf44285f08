import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectionOf, RunningGantry } from '../tests/running-gantry.ts';
import { prepareData } from './prepared.ts';
import { residentOfServer } from './processes.ts';
import { atMost, type BenchContext, type BenchResult } from './result.ts';
import { ofRounds } from './statistics.ts';

const entities = 10_000;

/** P7: from `npm start` in an installed and built clone to a ready portal; and what it then keeps of the memory. */
export async function coldStart({ workdir, quick, note }: BenchContext): Promise<BenchResult[]> {
  const dataDir = join(workdir, 'data');
  await prepareData(dataDir, entities);
  const embedded: number[] = [];
  const external: number[] = [];
  const resident: number[] = [];
  for (let round = 0; round < (quick ? 2 : 7); round++) {
    const gantry = await timedStart(embedded, dataDir);
    const other = await timedStart(external, join(workdir, 'other'), { GANTRY_DATABASE_URL: urlOf(dataDir) });
    await other.stop();
    await pause(3000);
    resident.push(residentOfServer(gantry));
    await gantry.stop();
    note(`round ${round + 1}: embedded ${embedded.at(-1)?.toFixed(2)} s, running ${external.at(-1)?.toFixed(2)} s`);
  }
  const id = 'P7';
  const what = `Start with ${entities} entities to /readyz`;
  return [
    atMost(2, { ...{ id, what: `${what}, embedded database`, unit: 's' }, ...ofRounds(embedded) }),
    atMost(1.2, { ...{ id, what: `${what}, database already running`, unit: 's' }, ...ofRounds(external) }),
    atMost(200, { ...{ id, what: 'Resident memory of Node when idle', unit: 'MB' }, ...ofRounds(resident) }),
  ];
}

async function timedStart(seconds: number[], dataDir: string, env: NodeJS.ProcessEnv = {}): Promise<RunningGantry> {
  const start = performance.now();
  const gantry = await RunningGantry.start(dataDir, env);
  while (!(await gantry.isReady())) await pause(5);
  seconds.push((performance.now() - start) / 1000);
  return gantry;
}

/** The embedded database of a running Gantry, as one that a second Gantry is told to use. */
function urlOf(dataDir: string): string {
  const { host, port, user, password, database } = connectionOf(dataDir);
  return `postgres://${user}:${password}@${encodeURIComponent(host)}:${port}/${database}`;
}
