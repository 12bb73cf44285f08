import { Refusal } from '@gantry/core';
import type { Source } from '../../sources/index.ts';
import type { DemoKit } from '../kit.ts';

const PATIENCE_MS = 30_000;

/** Loading and removing the demo never overlap. @throws Refusal `unavailable` */
export async function inDemoTurn<T>({ turns }: DemoKit, source: Source, work: () => Promise<T>): Promise<T> {
  const done = await turns.take(source.id, PATIENCE_MS, async () => ({ value: await work() }));
  if (done) return done.value;
  throw new Refusal('unavailable', 'The demo organization is being loaded or removed just now. Try again in a moment.');
}
