import { defineConfig } from 'vitest/config';

/** Real processes and browsers on a build machine that others share: what fails there is tried once more. */
const retry = process.env.CI ? 1 : 0;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/{core,contract,client,cli,web}/**/*.test.ts', 'scripts/**/*.test.ts'],
          // Laws are tried on many inputs; on a busy machine that takes longer than Vitest's five seconds.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'server',
          retry,
          include: ['packages/server/**/*.test.ts'],
          globalSetup: ['packages/server/test/global-setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        // Whole processes, started and killed: one file at a time, so that they do not disturb one another's clocks.
        test: {
          name: 'system',
          retry,
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/journeys/**'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // A person at a browser.
        test: {
          name: 'journeys',
          retry,
          include: ['tests/journeys/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
