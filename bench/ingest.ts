import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { RunningGantry } from '../tests/running-gantry.ts';
import { emptyCatalog, poolOf, waitForRest } from './database.ts';
import { generateEntities } from './generate.ts';
import { Line } from './http.ts';
import { HandWrittenInsert } from './ingest-peer.ts';
import { type Cpu, cpuOf, cpuSince } from './processes.ts';
import { atMost, type BenchContext, type BenchResult, ratioAtLeast, told } from './result.ts';
import { median, ofRounds } from './statistics.ts';
import { bulksOf, declareModel, exporterBatch, upload } from './upload.ts';

const connections = 8;
/**
 * What Backstage took for 10,000 entities on a machine with 2 cores until all were stitched, at best: 48 s (48 to 56 s; 1.5x line, Node 22,
 * PostgreSQL 15). A constant, not measured here; its budget is to be 25 times faster.
 */
const backstageSeconds = 48;
const backstageEntities = 10_000;

/** P1: how fast a catalog goes in, as exporters send it, until every fact is heard and every job has run. */
export async function ingest({ workdir, quick, note }: BenchContext): Promise<BenchResult[]> {
  const total = quick ? 2000 : backstageEntities;
  const bulks = [...bulksOf(generateEntities(total))];
  const gantry = await RunningGantry.start(join(workdir, 'data'));
  const pool = poolOf(gantry, connections);
  const line = await Line.open(gantry, connections);
  try {
    await declareModel(line);
    const ours: Round[] = [];
    const peers: Round[] = [];
    for (let round = 0; round < (quick ? 2 : 5); round++) {
      await emptyCatalog(pool);
      ours.push(
        await measured(gantry, async () => {
          await upload(line, bulks);
          const stored = await waitForRest(pool);
          if (stored !== total) throw new Error(`Of ${total} entities ${stored} are there.`);
        }),
      );
      const peer = await HandWrittenInsert.ofWhatIsStored(pool, exporterBatch);
      peers.push(await measured(gantry, () => peer.run(connections)));
      await peer.drop();
      note(
        `round ${round + 1}: Gantry ${ours.at(-1)?.seconds.toFixed(2)} s, INSERT ${peers.at(-1)?.seconds.toFixed(2)} s`,
      );
    }
    return report(total, ours, peers);
  } finally {
    line.close();
    await pool.end();
    await gantry.stop();
  }
}

interface Round {
  readonly seconds: number;
  readonly cpu: Cpu;
}

async function measured(gantry: RunningGantry, work: () => Promise<void>): Promise<Round> {
  const cpu = cpuOf(gantry);
  const start = performance.now();
  await work();
  return { seconds: (performance.now() - start) / 1000, cpu: cpuSince(cpu, gantry) };
}

function report(total: number, ours: readonly Round[], peers: readonly Round[]): BenchResult[] {
  const id = 'P1';
  const seconds = ours.map((round) => round.seconds);
  const peerSeconds = peers.map((round) => round.seconds);
  const rates = ours.map((round) => total / round.seconds);
  const limit = (backstageSeconds * total) / backstageEntities / 25;
  const ratio = median(ours.map((round, index) => (peers[index]?.seconds ?? Number.NaN) / round.seconds));
  const cpu = (rounds: readonly Round[], part: keyof Cpu) => ofRounds(rounds.map((round) => round.cpu[part]));
  const rows = 'the same rows by hand-written INSERT';
  return [
    atMost(Number(limit.toFixed(2)), {
      ...{ id, what: `${total} entities, until all is at rest`, unit: 's' },
      ...ofRounds(seconds),
      ratio: (backstageSeconds * total) / backstageEntities / median(seconds),
    }),
    ratioAtLeast(0.4, rows, { ...{ id, what: 'Entities', unit: '/s', ratio }, ...ofRounds(rates) }),
    told({ ...{ id, what: 'Peer: those rows by hand-written INSERT', unit: 's' }, ...ofRounds(peerSeconds) }),
    told({ ...{ id, what: 'Processor time of Node', unit: 's' }, ...cpu(ours, 'node') }),
    told({ ...{ id, what: 'Processor time of PostgreSQL', unit: 's' }, ...cpu(ours, 'postgres') }),
    told({ ...{ id, what: 'Peer: processor time of PostgreSQL', unit: 's' }, ...cpu(peers, 'postgres') }),
    told({ id, what: 'First round, nothing warmed up', value: seconds[0] ?? Number.NaN, unit: 's' }),
    told({ id, what: 'Cores', value: availableParallelism(), unit: '' }),
  ];
}
