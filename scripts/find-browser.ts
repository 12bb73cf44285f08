import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

export const howToGetOne =
  'The browser tests need Chromium: install it (Debian: apt-get install chromium; macOS: brew install --cask google-chrome), or name one in GANTRY_CHROMIUM.';

/** The Chromium that GANTRY_CHROMIUM names, or one of this machine; undefined when there is none. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.GANTRY_CHROMIUM) return isProgram(env.GANTRY_CHROMIUM) ? env.GANTRY_CHROMIUM : undefined;
  const folders = (env.PATH ?? '').split(delimiter);
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...places].find(isProgram);
}

/** As root on Debian, installs Chromium where no browser is found. */
export function findOrInstallBrowser(): string | undefined {
  const found = findBrowser();
  if (found || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return found;
  process.stdout.write('  Installing chromium, for the browser tests…\n');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    spawnSync('apt-get', ['-qq', ...words], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return findBrowser();
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
