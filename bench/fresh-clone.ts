import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { administratorSettings, dataRow, openBrowser, openPage } from './browser.ts';
import { atMost, type BenchContext, type BenchResult, told } from './result.ts';

const repository = resolve(import.meta.dirname, '..');

/** What somebody who tries Gantry has: a catalog-info.yaml of their own. */
const ownCatalog = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: my-first-service
  title: My first service
spec:
  type: service
  lifecycle: production
  owner: team-a
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: team-a
spec:
  type: team
  children: []
`;

/** P12: from nothing to one's own catalog in the browser, with an empty npm cache. It needs the package registry. */
export async function freshClone({ workdir, note }: BenchContext): Promise<BenchResult[]> {
  const clone = join(workdir, 'gantry');
  const own = join(workdir, 'own');
  mkdirSync(own);
  writeFileSync(join(own, 'catalog-info.yaml'), ownCatalog);
  const browser = await openBrowser();
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  execFileSync('git', ['clone', '--quiet', `file://${repository}`, clone]);
  const cloned = seconds();
  const program = startIn(clone, join(workdir, 'npm-cache'));
  try {
    const url = await addressSaidBy(program);
    const started = seconds();
    note(`running after ${started.toFixed(1)} s`);
    await run('npx', ['--no-install', 'gantry', 'import', own], clone);
    const page = await openPage(browser, url);
    await showCatalog(page);
    const shown = seconds();
    const id = 'P12';
    return [
      atMost(60, { id, what: 'Clone, npm start, import: own catalog in the browser', value: shown, unit: 's' }),
      told({ id, what: 'Of that: git clone', value: cloned, unit: 's' }),
      told({ id, what: 'Of that: npm start until it says where it is', value: started - cloned, unit: 's' }),
    ];
  } finally {
    await browser.close();
    program.kill('SIGINT');
    await once(program, 'exit');
  }
}

async function showCatalog(page: Page): Promise<void> {
  await page.goto('/e/component');
  await page.locator(dataRow).filter({ hasText: 'My first service' }).waitFor();
}

function startIn(clone: string, cache: string): ChildProcess {
  return spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: clone,
    env: { ...process.env, ...administratorSettings, GANTRY_PORT: '0', npm_config_cache: cache },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function addressSaidBy(program: ChildProcess): Promise<string> {
  return new Promise((done, reject) => {
    let said = '';
    program.stdout?.on('data', (text: Buffer) => {
      said += text;
      const url = /is running at (http\S+)/.exec(said)?.[1];
      if (url) done(url);
    });
    program.once('exit', (code) => reject(new Error(`Gantry ended with ${code}:\n${said}`)));
  });
}

async function run(program: string, words: readonly string[], cwd: string): Promise<void> {
  const child = spawn(program, [...words], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${code}.`);
}
