import type { CallContext } from '../../http/serve.ts';
import type { Origin } from './origins.ts';

/**
 * A person is the origin of what they type; of what comes with a token, whose ever it is, the program it names in its
 * User-Agent is.
 */
export function originOfCall({ actor, userAgent, headers }: CallContext): Origin {
  const isTyped = actor.kind === 'user' && headers.authorization === undefined;
  if (isTyped) return { kind: 'user', key: actor.id, label: actor.label };
  const program = userAgent || actor.label;
  return { kind: actor.kind === 'user' ? 'machine' : actor.kind, key: `${actor.id} ${program}`, label: program };
}
