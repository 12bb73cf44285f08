import { type Actor, type GuardedBlueprint, isAlmighty, policiesIn, sightOf } from '@gantry/core';
import type { Answers } from '../../db/answers.ts';
import type { SqlSight } from '../../db/filter-to-sql/scope.ts';
import { wholeSqlSight } from '../../db/filter-to-sql/whole-sight.ts';
import { sqlSightOf } from '../../db/sight/restricted-sight.ts';
import { grantsOf, type Model, type ModelMemory } from '../blueprints/index.ts';
import { asksForCaller, callerOf } from './caller.ts';

/** The model at one moment, and what one actor sees of the entities in it. */
export interface View {
  readonly model: Model;
  readonly sight: SqlSight;
}

/** Says of each request what it may see. */
export class Sights {
  readonly #memory: ModelMemory;
  readonly #guards = new WeakMap<Model, Guards>();

  constructor(memory: ModelMemory) {
    this.#memory = memory;
  }

  /** What an actor sees now. The caller is looked up (by `answers`) only where some policy speaks of them. */
  async of(actor: Actor, answers: Answers): Promise<View> {
    return this.#view(await this.#memory.current(), actor, answers);
  }

  /** The same, with this blueprint in it. @throws Refusal `not_found` */
  async having(blueprint: string, actor: Actor, answers: Answers): Promise<View> {
    return this.#view(await this.#memory.having(blueprint), actor, answers);
  }

  async #view(model: Model, actor: Actor, answers: Answers): Promise<View> {
    if (isAlmighty(actor)) return { model, sight: wholeSqlSight };
    const { blueprints, askForCaller } = this.#guardsOf(model);
    const caller = askForCaller ? await callerOf(actor, answers, model, wholeSqlSight) : null;
    return { model, sight: sqlSightOf(sightOf(actor, blueprints, { now: Date.now(), caller }), model) };
  }

  #guardsOf(model: Model): Guards {
    const known = this.#guards.get(model) ?? guardsOf(model);
    this.#guards.set(model, known);
    return known;
  }
}

interface Guards {
  readonly blueprints: readonly GuardedBlueprint[];
  /** Whether some policy speaks of the caller. */
  readonly askForCaller: boolean;
}

function guardsOf(model: Model): Guards {
  const blueprints = model.all.map((stored) => {
    const { identifier, definition } = stored;
    return { identifier, definition, permissions: grantsOf(stored) };
  });
  const policies = blueprints.flatMap(({ permissions }) => policiesIn(permissions));
  return { blueprints, askForCaller: policies.some(asksForCaller) };
}
