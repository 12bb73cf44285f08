import type { Client } from '@gantry/client';
import { type Answer, explainDecision, type QueryOf } from '@gantry/contract';
import type { Terminal } from '../terminal.ts';

export interface ExplainOptions {
  readonly actor?: string;
  readonly property?: string;
  readonly relation?: string;
  readonly json: boolean;
}

type Action = QueryOf<typeof explainDecision>['action'];
type Explanation = Answer<typeof explainDecision>['explanation'];

/** Says why somebody may or may not do something: every step of the decision, and every way each could be granted. */
export async function runExplain(
  asked: { readonly action: string; readonly blueprint: string; readonly entity?: string | undefined },
  { json, ...about }: ExplainOptions,
  client: Client,
  terminal: Terminal,
): Promise<number> {
  const { action, blueprint, entity } = asked;
  const query = { action: action as Action, blueprint, ...(entity !== undefined && { entity }), ...about };
  const { explanation } = await client.call(explainDecision, { query });
  if (json) terminal.out(JSON.stringify(explanation, null, 2));
  else print(explanation, terminal);
  return 0;
}

const marks = { yes: ['green', '✓'], no: ['red', '✗'], depends: ['yellow', '?'] } as const;
const sentences = {
  yes: 'may',
  no: 'may not',
  depends: 'may for some entities: name one to know',
} as const;

function print({ actor, decision, chain, grantedBy }: Explanation, terminal: Terminal): void {
  const mark = (granted: keyof typeof marks) => {
    const [colour, sign] = marks[granted];
    return terminal.style(colour, sign);
  };
  terminal.out(`${mark(decision)} ${terminal.style('bold', actor)} ${sentences[decision]}`);
  for (const { path, granted, parts } of chain) {
    terminal.out(`  ${mark(granted)} ${path}`);
    for (const part of parts) terminal.out(`      ${mark(part.granted)} ${part.part}: ${part.reason}`);
  }
  if (decision === 'no') terminal.out(`  It can be granted by: ${grantedBy.join(', ')}.`);
}
