import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killAllOf } from '../tests/running-gantry.ts';
import { coldStart } from './cold-start.ts';
import { firstLoad } from './first-load.ts';
import { freshClone } from './fresh-clone.ts';
import { idle } from './idle.ts';
import { ingest } from './ingest.ts';
import { growth, reads } from './reads.ts';
import { printResults, writeResults } from './report.ts';
import type { Bench, BenchResult } from './result.ts';
import { scroll } from './scroll.ts';

/** What is run when nothing is named. */
const usual: Readonly<Record<string, Bench>> = {
  P1: ingest,
  P2: reads,
  P3: growth,
  P7: coldStart,
  P8: idle,
  P9: firstLoad,
  P10: scroll,
};
/** What is run only when it is named: it needs the network. */
const onDemand: Readonly<Record<string, Bench>> = { P12: freshClone };
const benches = { ...usual, ...onDemand };

const usage = `npm run bench                  all of ${Object.keys(usual).join(', ')}
npm run bench -- P1 P8         only these${Object.keys(onDemand).length > 0 ? `; also ${Object.keys(onDemand).join(', ')}` : ''}
npm run bench -- --quick       fewer rounds over smaller data; nothing is written down
`;

function readArguments(): { names: string[]; quick: boolean } {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { quick: { type: 'boolean' } } });
  const names = positionals.length > 0 ? positionals.map((name) => name.toUpperCase()) : Object.keys(usual);
  const unknown = names.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0) throw new Error(`There is no bench ${unknown.join(', ')}.\n\n${usage}`);
  return { names, quick: values.quick ?? false };
}

async function runBench(name: string, bench: Bench, quick: boolean): Promise<BenchResult[]> {
  process.stdout.write(`\n  ${name}\n`);
  const workdir = mkdtempSync(join(tmpdir(), 'gantry-bench-'));
  try {
    return await bench({ workdir, quick, note: (text) => process.stdout.write(`    ${text}\n`) });
  } finally {
    killAllOf(workdir);
    rmSync(workdir, { recursive: true, force: true, maxRetries: 5 });
  }
}

const { names, quick } = readArguments();
const results: BenchResult[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (names.includes(name)) results.push(...(await runBench(name, bench, quick)));
}
printResults(results);
if (!quick) writeResults(results, new Date());
process.exit(results.some(({ met }) => met === false) ? 1 : 0);
