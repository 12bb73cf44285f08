// `npm run test:server:external`: the server's tests, and a whole Gantry, on a PostgreSQL that is not the embedded one but this
// machine's own: a throw-away cluster of the oldest version installed that Gantry supports. Words after `--` go to Vitest.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const debian = '/usr/lib/postgresql';
const oldestSupported = 15;
const tests = ['--project', 'server', '--project', 'system', 'packages/server/', 'tests/own-database'];

async function main(words: readonly string[]): Promise<number> {
  const binaries = findBinaries();
  if (binaries === undefined) {
    process.stderr.write(
      `No PostgreSQL ${oldestSupported} or newer is installed here (looked for initdb in ${debian} and on the path). ` +
        'Install one, on Debian by `apt-get install postgresql`; or name a running one: ' +
        'GANTRY_TEST_DATABASE_URL=postgres://… npm run test:server\n',
    );
    return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), 'gantry-external-'));
  const cluster = new Cluster(binaries, folder);
  try {
    cluster.make();
    await cluster.start();
    return await runVitest([...tests, ...words], cluster.url);
  } finally {
    cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The folder with `initdb`: the oldest that is good enough, for the newest is what the embedded one is made of. */
function findBinaries(): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian).map(Number) : [];
  const installed = versions
    .filter((version) => version >= oldestSupported)
    .toSorted((one, other) => one - other)
    .map((version) => join(debian, String(version), 'bin'));
  const onPath = process.env.PATH?.split(':') ?? [];
  return [...installed, ...onPath].find((place) => existsSync(join(place, 'initdb')));
}

/** A PostgreSQL in a temporary folder, reached with a password through a port that was free. */
class Cluster {
  readonly #binaries: string;
  readonly #folder: string;
  readonly #password = randomBytes(16).toString('hex');
  /** PostgreSQL refuses to run as root; then it runs as the account that came with its package. */
  readonly #account = process.getuid?.() === 0 ? accountOf('postgres') : undefined;
  #port = 0;

  constructor(binaries: string, folder: string) {
    this.#binaries = binaries;
    this.#folder = folder;
  }

  get url(): string {
    return `postgres://gantry:${this.#password}@127.0.0.1:${this.#port}/postgres`;
  }

  /** Its collation sorts as dictionaries do, unlike the embedded one's: no order may depend on where Gantry runs. */
  make(): void {
    const passwordFile = join(this.#folder, 'password');
    writeFileSync(passwordFile, this.#password);
    chmodSync(this.#folder, 0o700);
    if (this.#account) {
      for (const path of [this.#folder, passwordFile]) chownSync(path, this.#account.uid, this.#account.gid);
    }
    const dictionary = ['--encoding=UTF8', '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=en'];
    const access = ['--username=gantry', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    this.#run('initdb', ['--no-sync', ...dictionary, ...access]);
  }

  async start(): Promise<void> {
    this.#port = await freePort();
    // Nothing here outlives the run, so nothing has to survive a power cut.
    const settings = {
      port: this.#port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: this.#folder,
      ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' },
    };
    const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
    this.#run('pg_ctl', ['start', '--wait', `--log=${join(this.#folder, 'log')}`, '-o', options.join(' ')]);
  }

  stop(): void {
    if (existsSync(join(this.#folder, 'data', 'postmaster.pid'))) this.#run('pg_ctl', ['stop', '--mode=immediate']);
  }

  #run(program: string, words: readonly string[]): void {
    execFileSync(join(this.#binaries, program), [`--pgdata=${join(this.#folder, 'data')}`, ...words], {
      ...this.#account,
      cwd: this.#folder,
      // A server that is left running keeps what it inherits: no pipe may wait for its end.
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
}

function accountOf(name: string): { uid: number; gid: number } {
  const id = (what: string) => Number(execFileSync('id', [what, name], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (typeof address !== 'object' || address === null) throw new Error('The machine gave no free port.');
  return address.port;
}

/** Signals are passed on, and Vitest's end is waited for: this process clears up behind it. */
async function runVitest(words: readonly string[], url: string): Promise<number> {
  const env = { ...process.env, GANTRY_TEST_DATABASE_URL: url };
  const vitest = spawn('vitest', ['run', ...words], { env, stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, () => vitest.kill(signal));
  const [code] = await once(vitest, 'exit');
  return code ?? 1;
}

process.exitCode = await main(process.argv.slice(2));
