import { type Actor, Refusal } from '@gantry/core';

/** The account of a person. @throws Refusal `invalid_request` for machines, which have none */
export function personOnly(actor: Actor): string {
  if (actor.kind === 'user') return actor.id;
  throw new Refusal('invalid_request', 'Machines have neither sessions nor personal tokens. Sign in as a person.');
}
