import type { CallContext } from '../../http/serve.ts';
import type { Origin } from './origins.ts';

/** A person is the origin of what they type; of what a machine sends, the program it names in its User-Agent is. */
export function originOfCall({ actor, userAgent }: CallContext): Origin {
  if (actor.kind === 'user') return { kind: 'user', key: actor.id, label: actor.label };
  const program = userAgent || actor.label;
  return { kind: actor.kind, key: `${actor.id} ${program}`, label: program };
}
