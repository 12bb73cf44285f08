import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { killAllOf } from './running-gantry.ts';

/** A data folder that is removed after the test, together with any process still at work on it. */
export function temporaryDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gantry-system-'));
  onTestFinished(() => {
    killAllOf(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return folder;
}
