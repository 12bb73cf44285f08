import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { BenchResult } from './result.ts';

const folder = join(import.meta.dirname, 'results');

/** One run, as `results/<date>.json` holds it. */
interface Run {
  readonly date: string;
  readonly commit: string;
  readonly machine: string;
  readonly results: readonly BenchResult[];
}

const heads = ['', 'what', 'value', 'lowest to highest', 'to the peer', 'budget', 'met'];

export function printResults(results: readonly BenchResult[]): void {
  const rows = [heads, ...results.map(cellsOf)];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
}

/** Adds the run to the day's file, in the place of earlier figures of the same budgets, and renders the newest of each. */
export function writeResults(results: readonly BenchResult[], now: Date): void {
  const date = now.toISOString().slice(0, 10);
  const file = join(folder, `${date}.json`);
  const measured = new Set(results.map(({ id }) => id));
  const kept = readRun(file)?.results.filter(({ id }) => !measured.has(id)) ?? [];
  const run: Run = { date, commit: commitOfNow(), machine: machineOfNow(), results: [...kept, ...results].sort(byId) };
  writeFileSync(file, `${JSON.stringify(run, null, 2)}\n`);
  writeFileSync(join(folder, 'latest.md'), render());
}

const byId = (one: BenchResult, other: BenchResult) => Number(one.id.slice(1)) - Number(other.id.slice(1));

function cellsOf({ id, what, value, unit, ratio, range, budget, met }: BenchResult): string[] {
  return [
    id,
    what,
    `${short(value)} ${unit}`.trim(),
    range ? `${short(range[0])} to ${short(range[1])}` : '',
    ratio === undefined ? '' : `${short(ratio)} ×`,
    budget,
    met === undefined ? '' : met ? 'yes' : 'NO',
  ];
}

/** Three digits that count. */
function short(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

/** For each budget the figures of the last day it was measured. */
function render(): string {
  const days = readdirSync(folder)
    .filter((name) => /^\d{4}-\d\d-\d\d\.json$/.test(name))
    .sort()
    .reverse();
  const runs = days.flatMap((name) => readRun(join(folder, name)) ?? []);
  const seen = new Set<string>();
  const rows: string[][] = [];
  for (const run of runs) {
    const fresh = run.results.filter(({ id }) => !seen.has(id));
    for (const result of fresh) rows.push([...cellsOf(result), `${run.date}, ${run.commit}`]);
    for (const { id } of fresh) seen.add(id);
  }
  rows.sort((one, other) => Number(one[0]?.slice(1)) - Number(other[0]?.slice(1)));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const titles = [...heads, 'measured'];
  return [
    '# The budgets, as last measured',
    '',
    `Written by \`npm run bench\`. Machine of the last run: ${runs[0]?.machine ?? 'none'}. Values are medians of rounds in which Gantry and its peer`,
    'take turns. P1’s first ratio is to Backstage, whose 48 s for 10,000 entities are a constant measured once on such a machine; all others are measured in the same run.',
    '',
    line(titles),
    line(titles.map(() => '---')),
    ...rows.map(line),
    '',
  ].join('\n');
}

function readRun(file: string): Run | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function commitOfNow(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', cwd: folder }).trim();
  } catch {
    return 'no commit';
  }
}

function machineOfNow(): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${gigabytes} GB, Node ${process.versions.node}`;
}
