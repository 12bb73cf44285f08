import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { findOrInstallBrowser, howToGetOne } from './find-browser.ts';

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed, by name: said again at the end, where a long log is read first. */
  readonly failures: readonly string[];
}

/** Fast first; each of them says what to do when it fails, and counts as one test. */
const checks = ['check:types', 'check:lint', 'check:boundaries', 'check:unused'];
const suites = ['test:unit', 'test:server', 'test:system'];
const browserSuite = 'test:journeys';

const passed: Count = { passed: 1, failed: 0, skipped: 0, failures: [] };
const failed = (what: string): Count => ({ passed: 0, failed: 1, skipped: 0, failures: [what] });

/** Runs everything and `further` suites, whatever fails on the way, and ends with one plain line that tells how it went. */
async function main(further: readonly string[]): Promise<number> {
  const counts: Count[] = await Promise.all(checks.map(runCheck));
  for (const suite of suites) counts.push(await runSuite(suite));
  counts.push(await runBrowserSuite());
  for (const suite of further) counts.push(await runSuite(suite));
  const sum = (key: 'passed' | 'failed' | 'skipped') => counts.reduce((total, count) => total + count[key], 0);
  for (const failure of counts.flatMap((count) => count.failures)) process.stdout.write(`\n  failed: ${failure}`);
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}\n`);
  return sum('failed') > 0 ? 1 : 0;
}

async function runCheck(script: string): Promise<Count> {
  const { code, said } = await npmRun(script);
  process.stdout.write(code === 0 ? `  ${script}: passed\n` : `\n${said.trim()}\n  ${script}: FAILED\n\n`);
  return code === 0 ? passed : failed(script);
}

async function runBrowserSuite(): Promise<Count> {
  const browser = findOrInstallBrowser();
  if (browser) return runSuite(browserSuite, { GANTRY_CHROMIUM: browser });
  process.stdout.write(`\n  ${browserSuite}: FAILED. ${howToGetOne}\n`);
  return failed(browserSuite);
}

async function runSuite(script: string, env: NodeJS.ProcessEnv = {}): Promise<Count> {
  process.stdout.write(`\n  ${script}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'gantry-results-'));
  const file = join(folder, 'results.json');
  const { code } = await npmRun(
    script,
    ['--', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    env,
  );
  const count = readResults(script, file);
  rmSync(folder, { recursive: true });
  // A suite may fail without a failing test: a file that cannot be loaded, an error after the last test.
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1, failures: [script] } : count;
}

/** Reads the report of Vitest's `json` reporter. */
function readResults(script: string, file: string): Count {
  try {
    const results = JSON.parse(readFileSync(file, 'utf8'));
    return {
      passed: results.numPassedTests,
      failed: results.numFailedTests,
      skipped: results.numPendingTests + results.numTodoTests,
      failures: results.testResults.flatMap((file: FileResult) => failuresOf(script, file)),
    };
  } catch {
    return failed(script);
  }
}

interface FileResult {
  readonly name: string;
  readonly assertionResults: readonly { status: string; fullName: string }[];
}

function failuresOf(script: string, { name, assertionResults }: FileResult): string[] {
  return assertionResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName }) => `${script}: ${relative('.', name)}: ${fullName}`);
}

/** A suite talks as it goes; a check is heard only when it fails. */
function npmRun(
  script: string,
  words: string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; said: string }> {
  const isSuite = words.length > 0;
  const child = spawn('npm', ['run', '--silent', script, ...words], {
    env: { ...process.env, npm_config_loglevel: 'error', ...env },
    stdio: ['ignore', isSuite ? 'inherit' : 'pipe', isSuite ? 'inherit' : 'pipe'],
  });
  let said = '';
  child.stdout?.on('data', (text) => {
    said += text;
  });
  child.stderr?.on('data', (text) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, said }));
  });
}

process.exit(await main(process.argv.slice(2)));
