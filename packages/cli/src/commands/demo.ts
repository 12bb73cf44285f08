import type { Client } from '@gantry/client';
import { loadDemo, removeDemo } from '@gantry/contract';
import { count } from '../import/report.ts';
import type { Terminal } from '../terminal.ts';

export interface DemoOptions {
  readonly remove: boolean;
  readonly json: boolean;
}

/** Loads the demo organization, or removes it again. */
export async function runDemo({ remove, json }: DemoOptions, client: Client, terminal: Terminal): Promise<number> {
  const { demo } = await client.call(remove ? removeDemo : loadDemo);
  if (json) terminal.out(JSON.stringify(demo, null, 2));
  else if (remove) terminal.out('The demo organization is gone.');
  else terminal.out(`The demo organization is loaded: ${count(demo.entities, 'entity', 'entities')}.`);
  return 0;
}
