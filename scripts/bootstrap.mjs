// What `npm start` and `npm test` need before anything else can run. Plain JavaScript for any Node from 20.19 on, and without
// packages: it is what installs them, the pinned newer Node among them.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');

/** Nothing can go on, for a reason that a person can mend. */
class Stop extends Error {}

/** Runs `work`, and ends the process with its exit code; a Stop is shown as its message alone. */
export async function runToEnd(work) {
  try {
    process.exit(await work());
  } catch (error) {
    process.stderr.write(`\n${error instanceof Stop ? error.message : error.stack}\n`);
    process.exit(1);
  }
}

/** Node 20.19 is the oldest that runs this; the rest runs on the pinned Node. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Stop(
    `Gantry needs Node 20.19 or newer to begin with, and this is ${version}. Get one from https://nodejs.org or your package manager. (It then runs on a Node of its own.)`,
  );
}

/** The pinned Node. */
export function pinnedNode() {
  const node = join(modules, '.bin', 'node');
  if (existsSync(node)) return node;
  throw new Stop(
    `There is no packaged Node for this machine (${process.platform} ${process.arch}), or optional packages were left out. ` +
      'Linux with glibc and macOS, on x64 and arm64, are served; on Windows use WSL. If yours is one of these, delete node_modules and try again.',
  );
}

/**
 * Installs what is missing or stale.
 * @param {'runtime' | 'all'} what `runtime` leaves out what only development and tests need
 */
export async function install(what) {
  const stampFile = join(modules, '.gantry-installed.json');
  const stamp = { lock: hashOf([join(root, 'package-lock.json')]), machine: `${process.platform}-${process.arch}` };
  const last = readJson(stampFile);
  const isCurrent =
    last?.lock === stamp.lock && last.machine === stamp.machine && existsSync(join(modules, '.bin', 'node'));
  if (isCurrent && (last.what === 'all' || last.what === what)) return;
  // Never take away what a fuller install has brought, whether ours or a developer's own.
  const wanted = existsSync(modules) && last?.what !== 'runtime' ? 'all' : what;
  const command = ['install', '--no-save', wanted === 'runtime' ? '--omit=dev' : '--include=dev'];
  // Not `npm ci`: it empties node_modules first, from under a Gantry that may be running out of it.
  await withProgress(`Installing packages${last ? '' : ', once'}`, () => npm(command));
  pinnedNode();
  writeFileSync(stampFile, JSON.stringify({ ...stamp, what: wanted }));
}

/** Builds the web interface, when its sources are not those of the last build. */
export async function buildWeb() {
  const web = join(root, 'packages', 'web');
  if (!existsSync(join(web, 'index.html'))) return;
  const stampFile = join(web, 'dist', '.built-from');
  const sources = ['core', 'contract', 'client', 'web'].flatMap((name) => filesBelow(join(root, 'packages', name)));
  const hash = hashOf([join(root, 'package-lock.json'), fileURLToPath(import.meta.url), ...sources.sort()]);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return;
  const vite = join(createRequire(join(web, 'package.json')).resolve('vite/package.json'), '..', 'bin', 'vite.js');
  // Whatever the shell or a test runner has set: React made for development is twice the size, and slow.
  const env = { ...process.env, NODE_ENV: 'production' };
  const words = [vite, 'build', web, '--logLevel', 'warn'];
  await withProgress('Building the web interface', () => run(pinnedNode(), words, env));
  writeFileSync(stampFile, hash);
}

/**
 * Runs a program of ours on the pinned Node until it ends, and passes signals on to it. It has a channel to this process, and stops when
 * that closes: killing this process does not leave it behind.
 * @returns its exit code
 */
export function runPinned(script, words = []) {
  const child = spawn(pinnedNode(), [join(root, script), ...words], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: `${join(modules, '.bin')}:${process.env.PATH}` },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  stopWithNpm(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** npm that is killed with -9 tells nobody. Its child notices by having another parent. */
function stopWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent && child.connected) child.disconnect();
  }, 1000).unref();
}

/** One line when it begins, one when it has ended, and a sign of life in between. */
async function withProgress(title, work) {
  const start = performance.now();
  const seconds = () => `${Math.round((performance.now() - start) / 1000)} s`;
  process.stdout.write(`  ${title}…\n`);
  const alive = setInterval(() => process.stdout.write(`  … ${seconds()}\n`), 15_000);
  try {
    await work();
  } finally {
    clearInterval(alive);
  }
  process.stdout.write(`  ${title}: done in ${seconds()}\n`);
}

async function npm(words) {
  // npm started with another npm's script tells where it is; under another package manager, the one on the path is taken.
  const own = process.env.npm_execpath ?? '';
  const [program, first] = basename(own) === 'npm-cli.js' ? [process.execPath, [own]] : ['npm', []];
  const quiet = [
    '--loglevel=error',
    '--no-audit',
    '--no-fund',
    '--no-progress',
    '--no-update-notifier',
    '--engine-strict=false',
  ];
  const cache = writableCache();
  try {
    await run(program, [...first, ...words, ...quiet, `--cache=${cache.path}`]);
  } finally {
    cache.remove();
  }
}

/** npm's cache; or, where the home folder cannot be written to, a temporary one. */
function writableCache() {
  const usual = process.env.npm_config_cache ?? join(homedir(), '.npm');
  try {
    mkdirSync(usual, { recursive: true });
    accessSync(usual, constants.W_OK);
    return { path: usual, remove() {} };
  } catch {
    const path = mkdtempSync(join(tmpdir(), 'gantry-npm-'));
    return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
  }
}

/** Runs a program silently; what it said is shown when it fails. */
function run(program, words, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
    });
    child.stderr.on('data', (text) => {
      said += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new Stop(
            `${said.trim()}\n\nThat was the output of: ${[basename(program), ...words].join(' ')}\nIt failed; mend what it names (is the network there?) and run the command again.`,
          ),
        );
    });
  });
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : filesBelow(path);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [path];
  });
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
