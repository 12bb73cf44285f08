import { setTimeout as pause } from 'node:timers/promises';
import type { Fact } from '@gantry/core';
import type { Logger } from 'pino';
import type { Db, Queries } from '../db/pool.ts';
import { run, statement } from '../db/statement.ts';
import { FACTS_CHANNEL } from './notifications.ts';

const insertFacts = statement(
  'outbox.insert',
  'insert into outbox (fact) select fact from json_array_elements($1::json) as fact',
);

/** How long commits are gathered before one word is said of all of them, so that a bulk load does not wake listeners for each. */
const GATHER_MS = 10;

/** How many entities one fact names at most; a larger write tells several facts. */
const ENTITIES_PER_FACT = 1000;

/** Writes facts into the transaction of the change they tell of: both are there after the commit, or neither. */
export async function writeFacts(trx: Queries, facts: readonly Fact[]): Promise<void> {
  if (facts.length > 0) await run(trx, insertFacts, [JSON.stringify(inPortions(facts))]);
}

/** Facts as the outbox holds them: none names more entities than a listener may be handed at once. */
export function inPortions(facts: readonly Fact[]): Fact[] {
  return facts.flatMap(split);
}

function split(fact: Fact): Fact[] {
  const { entities } = fact;
  if (!entities || entities.length <= ENTITIES_PER_FACT) return [fact];
  const parts: Fact[] = [];
  for (let from = 0; from < entities.length; from += ENTITIES_PER_FACT) {
    parts.push({ ...fact, entities: entities.slice(from, from + ENTITIES_PER_FACT) });
  }
  return parts;
}

/**
 * Tells every process that facts were committed. One word for all commits of a moment, and outside their
 * transactions, because PostgreSQL lets transactions that notify commit only one after another. A word lost in a crash
 * is made up for by the dispatcher's own look at the outbox.
 */
export class Announcer {
  readonly #db: Db;
  readonly #log: Logger;
  #isSending = false;
  #isAgain = false;

  constructor(db: Db, log: Logger) {
    this.#db = db;
    this.#log = log;
  }

  /** Call after the commit; returns at once. */
  announce(): void {
    this.#isAgain = true;
    if (!this.#isSending) void this.#send();
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    while (this.#isAgain) {
      await pause(GATHER_MS, undefined, { ref: false });
      this.#isAgain = false;
      try {
        await run(this.#db, notify, [FACTS_CHANNEL]);
      } catch (error) {
        this.#log.warn({ err: error }, 'could not announce facts; they will be found later');
      }
    }
    this.#isSending = false;
  }
}

const notify = statement('outbox.notify', "select pg_notify($1, '')");
