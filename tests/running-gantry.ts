import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Who is killed: Gantry's Node processes, the PostgreSQL postmaster, all processes of PostgreSQL, or everything at once. */
export type Victim = 'node' | 'postmaster' | 'postgres' | 'everything';

const machine = { clientId: 'outsider', clientSecret: 'a-secret-of-tests-only' };

/** A real Gantry, started as `npm start` starts it, on a data folder and a port of its own. */
export class RunningGantry {
  readonly url: string;
  readonly dataDir: string;
  readonly #starter: ChildProcess;
  #token: Promise<string> | undefined;

  private constructor(url: string, starter: ChildProcess, dataDir: string) {
    this.url = url;
    this.dataDir = dataDir;
    this.#starter = starter;
  }

  /** Resolves when it says where it is running; rejects with all it said when it ends before that. */
  static async start(dataDir: string, env: NodeJS.ProcessEnv = {}): Promise<RunningGantry> {
    const starter = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], {
      cwd: root,
      env: {
        ...process.env,
        GANTRY_PORT: '0',
        GANTRY_LOG_LEVEL: 'warn',
        GANTRY_CLIENT_ID: machine.clientId,
        GANTRY_CLIENT_SECRET: machine.clientSecret,
        ...env,
        GANTRY_DATA_DIR: dataDir,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new RunningGantry(await addressSaidBy(starter), starter, dataDir);
  }

  /** Is the database there? */
  async isReady(): Promise<boolean> {
    const answer = await fetch(`${this.url}/readyz`);
    await answer.body?.cancel();
    return answer.status === 200;
  }

  /** A bearer token of a machine that may do everything. */
  token(): Promise<string> {
    this.#token ??= this.#askForToken();
    return this.#token;
  }

  async #askForToken(): Promise<string> {
    const answer = await this.signIn();
    const body: unknown = await answer.json();
    if (typeof body === 'object' && body !== null && 'accessToken' in body) return String(body.accessToken);
    throw new Error(`Gantry gave no token, but ${answer.status}: ${JSON.stringify(body)}`);
  }

  /** Signs that machine in: a request that needs the database. */
  signIn(): Promise<Response> {
    return fetch(`${this.url}/v1/auth/access_token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(machine),
    });
  }

  /** Its processes, PostgreSQL's among them. */
  processes(): Running[] {
    return processesOf(this.dataDir);
  }

  async kill(victim: Victim): Promise<void> {
    for (const { pid } of this.processes().filter((one) => isHit(one, victim))) signal(pid, 'SIGKILL');
    const takesStarter = victim === 'node' || victim === 'everything';
    if (takesStarter && this.#isAlive) await once(this.#starter, 'exit');
  }

  /** Tells it to stop, as Ctrl-C does. @returns its exit code */
  async stop(): Promise<number | null> {
    if (!this.#isAlive) return this.#starter.exitCode;
    this.#starter.kill('SIGINT');
    const [code] = await once(this.#starter, 'exit');
    return code;
  }

  get #isAlive(): boolean {
    return this.#starter.exitCode === null && this.#starter.signalCode === null;
  }
}

/** How to reach the embedded server of a data folder with `pg`. */
export function connectionOf(dataDir: string): {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
} {
  return JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8'));
}

export interface Running {
  readonly pid: number;
  readonly command: string;
  /** The guard is the small shell that stops PostgreSQL when Gantry is gone. */
  readonly part: 'node' | 'guard' | 'postmaster' | 'postgres';
}

/** Every process that was given the folder, by its arguments or environment, or that works in it. */
export function processesOf(dataDir: string): Running[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      const command = read(() => readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' '));
      const environment = read(() => readFileSync(`/proc/${name}/environ`, 'utf8'));
      const folder = read(() => readlinkSync(`/proc/${name}/cwd`));
      const isItsOwn = command !== '' && [command, environment, folder].some((text) => text.includes(dataDir));
      return isItsOwn ? [{ pid: Number(name), command, part: partOf(command) }] : [];
    });
}

/** Waits until no process works on the folder any more. @returns those that do after `seconds`; none, if all is well */
export async function leftBehind(dataDir: string, seconds = 10): Promise<string[]> {
  for (let waited = 0; waited < seconds * 1000 && processesOf(dataDir).length > 0; waited += 50) await pause(50);
  return processesOf(dataDir).map(({ pid, command }) => `${pid} ${command}`);
}

/** Ends whatever is still at work on the folder, at once. */
export function killAllOf(dataDir: string): void {
  for (const { pid } of processesOf(dataDir)) signal(pid, 'SIGKILL');
}

/** Processes end while they are looked at. */
function read(look: () => string): string {
  try {
    return look();
  } catch {
    return '';
  }
}

function partOf(command: string): Running['part'] {
  if (command.includes('guard.sh')) return 'guard';
  if (command.includes('native/bin/postgres')) return 'postmaster';
  return command.startsWith('postgres:') ? 'postgres' : 'node';
}

function isHit({ part }: Running, victim: Victim): boolean {
  if (victim === 'everything') return true;
  return victim === part || (victim === 'postgres' && part === 'postmaster');
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}

function addressSaidBy(starter: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (text: Buffer) => {
      said += text;
      const url = /is running at (http\S+)/.exec(said)?.[1];
      if (url) resolve(url);
    };
    starter.stdout?.on('data', listen);
    starter.stderr?.on('data', listen);
    starter.once('close', (code) => reject(new Error(`Gantry ended with ${code}:\n${said}`)));
  });
}
