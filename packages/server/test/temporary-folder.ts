import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** A folder that is removed with all it holds when the test has finished. */
export function temporaryFolder(): string {
  const folder = make();
  onTestFinished(() => remove(folder));
  return folder;
}

/** The same for the test file or `describe` block that calls it. */
export function lastingFolder(): string {
  const folder = make();
  afterAll(() => remove(folder));
  return folder;
}

const make = () => mkdtempSync(join(tmpdir(), 'gantry-test-'));
const remove = (folder: string) => rmSync(folder, { recursive: true, force: true });
