import type { Actor } from '@gantry/core';
import type { DeliveredFact } from '../modules/module.ts';
import { coalesce, sseText } from './live-message.ts';

/** Facts as an actor may be told of them now. */
export type SeenFacts = (actor: Actor, facts: readonly DeliveredFact[]) => Promise<readonly DeliveredFact[]>;

/** Who somebody is now; null once they have signed out, or their token has expired. */
export type Identify = () => Promise<Actor | null>;

/** How long an answer of `Identify` is good for, in milliseconds. */
const GOOD_FOR_MS = 1000;
/** Changes to these may change what anybody may do. */
const people: ReadonlySet<unknown> = new Set(['_user', '_team']);

/** Somebody who is told facts: who they are is asked again while they listen, so that lost rights count at once. */
export class Listening {
  actor: Actor;
  readonly #identify: Identify;
  #identifiedAt = performance.now();

  constructor(actor: Actor, identify: Identify) {
    this.actor = actor;
    this.#identify = identify;
  }

  /** @returns what is the case now: `gone` is to be told nothing any more, `changed` sees another catalog than before */
  async lookAgain(facts: readonly DeliveredFact[]): Promise<'same' | 'changed' | 'gone'> {
    const isOld = performance.now() - this.#identifiedAt > GOOD_FOR_MS;
    if (!isOld && !facts.some(({ blueprint }) => people.has(blueprint))) return 'same';
    const actor = await this.#identify();
    if (!actor) return 'gone';
    const before = standingOf(this.actor);
    this.actor = actor;
    this.#identifiedAt = performance.now();
    return standingOf(actor) === before ? 'same' : 'changed';
  }
}

/** What an actor's rights depend on. */
function standingOf({ kind, id, label, roles, teams }: Actor): string {
  return JSON.stringify([kind, id, label, roles, teams]);
}

/** Puts facts into words, once for all listeners of the same standing. */
export function wording(facts: readonly DeliveredFact[], seen: SeenFacts): (actor: Actor) => Promise<string> {
  const texts = new Map<string, Promise<string>>();
  const write = async (actor: Actor) => {
    const told = await seen(actor, facts);
    return told.length === 0 ? '' : sseText(coalesce(told), facts.at(-1)?.id);
  };
  return (actor) => {
    const standing = standingOf(actor);
    const text = texts.get(standing) ?? write(actor);
    texts.set(standing, text);
    return text;
  };
}
