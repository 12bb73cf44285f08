import { readFileSync } from 'node:fs';
import type { RunningGantry } from '../tests/running-gantry.ts';

/** Seconds of processor time since the start. */
export interface Cpu {
  readonly node: number;
  readonly postgres: number;
}

/** The kernel counts processor time in hundredths of a second, for programs, on every Linux. */
const ticksPerSecond = 100;

/** What all processes of a Gantry have used so far, those that have ended meanwhile included (their parents inherit it). */
export function cpuOf(gantry: RunningGantry): Cpu {
  const used = { node: 0, postgres: 0 };
  for (const { pid, part } of gantry.processes()) used[part === 'node' ? 'node' : 'postgres'] += cpuOfProcess(pid);
  return used;
}

export function cpuSince(before: Cpu, gantry: RunningGantry): Cpu {
  const now = cpuOf(gantry);
  return { node: now.node - before.node, postgres: now.postgres - before.postgres };
}

function cpuOfProcess(pid: number): number {
  const text = read(`/proc/${pid}/stat`);
  // The name, in brackets, may hold anything; utime, stime, cutime and cstime are the 12th to 15th field after it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return ticks / ticksPerSecond;
}

/** Resident memory of the Node process that serves (the largest: the other one only started it), in MB of 2^20 bytes. */
export function residentOfServer(gantry: RunningGantry): number {
  const nodes = gantry.processes().filter(({ part }) => part === 'node');
  return Math.max(...nodes.map(({ pid }) => residentOf(pid)));
}

function residentOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1];
  return Number(kilobytes ?? 0) / 1024;
}

/** Processes end while they are looked at. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
