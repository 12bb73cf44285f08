import { fileURLToPath } from 'node:url';

/** Starts Gantry as `npm start` does; the process ends when Gantry does. */
export async function runStart(): Promise<void> {
  // Whoever runs us holds the other end; when they die without a word, so do we, and what we started with us.
  process.on('disconnect', () => process.exit(1));
  const script = fileURLToPath(new URL('../../../../scripts/start.mjs', import.meta.url));
  await import(script);
}
