import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EmbeddedPostgresError } from './problem.ts';

/**
 * Stops whatever a killed Gantry or a killed PostgreSQL left running on the cluster in `folder`, and removes a pid file that points
 * at a stranger. Stopping costs a tenth of a second; adopting would mean running a server with settings nobody here chose.
 * The caller holds the folder's lock.
 * @throws EmbeddedPostgresError when a process will not go
 */
export async function stopLeftovers(folder: string): Promise<void> {
  const postmaster = postmasterOf(folder);
  if (postmaster === undefined) return;
  const isOurs = findServers(folder, postmaster).includes(postmaster);
  // Fast shutdown; then immediate, which orphaned backends understand too; then the end of patience.
  if (isOurs) signal(postmaster, 'SIGINT');
  const gone =
    (isOurs && (await waitUntilGone(folder, postmaster, 30))) ||
    (await endAll(folder, postmaster, 'SIGQUIT', 5)) ||
    (await endAll(folder, postmaster, 'SIGKILL', 5));
  if (!gone) {
    throw new EmbeddedPostgresError(
      `PostgreSQL processes from an earlier run still use ${folder} and do not end: ${findServers(folder, postmaster).join(', ')}. End them, then start Gantry again.`,
    );
  }
  // Still there, but not working here: a stranger with the same number, or dead and not yet buried. PostgreSQL would mistake it.
  if (isAlive(postmaster)) rmSync(join(folder, 'postmaster.pid'), { force: true });
}

/** The process number in postmaster.pid; undefined when the last shutdown was a clean one. */
function postmasterOf(folder: string): number | undefined {
  const pid = Number.parseInt(readPidFile(folder)[0] ?? '', 10);
  return pid > 0 ? pid : undefined;
}

/** Does the server with this process number accept connections? It says so in the eighth line of its pid file. */
export function isReady(folder: string, pid: number): boolean {
  const lines = readPidFile(folder);
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

function readPidFile(folder: string): string[] {
  try {
    return readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** Every process that works in the folder: PostgreSQL's all do. Where there is no /proc, the postmaster alone is looked for. */
function findServers(folder: string, postmaster: number): number[] {
  const cluster = statSync(folder);
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((name) => worksIn(name, cluster))
      .map(Number);
  }
  return isAlive(postmaster) && commandOf(postmaster).includes('postgres') ? [postmaster] : [];
}

function worksIn(name: string, cluster: { dev: number; ino: number }): boolean {
  if (!/^\d+$/.test(name)) return false;
  try {
    const cwd = statSync(`/proc/${name}/cwd`);
    return cwd.dev === cluster.dev && cwd.ino === cluster.ino && !isZombie(name);
  } catch {
    return false; // Ended meanwhile, or somebody else's.
  }
}

function isZombie(name: string): boolean {
  return /^State:\s+Z/m.test(readFileSync(`/proc/${name}/status`, 'utf8'));
}

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

async function endAll(folder: string, postmaster: number, name: NodeJS.Signals, seconds: number): Promise<boolean> {
  for (const pid of findServers(folder, postmaster)) signal(pid, name);
  return waitUntilGone(folder, postmaster, seconds);
}

async function waitUntilGone(folder: string, postmaster: number, seconds: number): Promise<boolean> {
  for (let waited = 0; waited < seconds * 1000; waited += 20) {
    if (findServers(folder, postmaster).length === 0) return true;
    await pause(20);
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}
