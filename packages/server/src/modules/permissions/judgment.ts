import {
  type Actor,
  type BoundQuery,
  type Caller,
  EntityJudge,
  type EntityQuestion,
  type Holds,
  type Opening,
  type ParsedQuery,
  policiesIn,
  type QueryContext,
} from '@gantry/core';
import { sql } from 'kysely';
import type { Condition } from '../../db/filter-to-sql/condition.ts';
import { filterToSql } from '../../db/filter-to-sql/filter-to-sql.ts';
import { wholeSqlSight } from '../../db/filter-to-sql/whole-sight.ts';
import type { Queries } from '../../db/pool.ts';
import { grantsOf, type Model, type StoredBlueprint } from '../blueprints/index.ts';

/** The caller as these queries see them; null when none of them speaks of the caller. */
export type CallerFor = (
  db: Queries,
  model: Model,
  actor: Actor,
  asked: readonly ParsedQuery[],
) => Promise<Caller | null>;

/** An entity that is stored. */
export interface Subject {
  readonly id: string;
  readonly blueprintId: number;
}

/** What an actor is granted at one moment; asked about stored entities many at a time. */
export interface Judgment {
  judge(blueprint: StoredBlueprint): EntityJudge;
  /** Looks at these entities as they are now: one statement for each blueprint, none where no grant depends on them. */
  examine(db: Queries, subjects: readonly Subject[]): Promise<Findings>;
}

/** What is known of the entities that were examined. */
export interface Findings {
  allows(subject: Subject, question: EntityQuestion): boolean;
  holdsFor(subject: Subject): Holds;
}

export type JudgmentFor = (db: Queries, model: Model, actor: Actor) => Promise<Judgment>;

/** Decides by the permissions of the model, with the caller put into policies that speak of them. */
export function judgmentBy(callerFor: CallerFor): JudgmentFor {
  return async (db, model, actor) => {
    const policies = model.all.flatMap((blueprint) => policiesIn(grantsOf(blueprint)));
    const caller = policies.length > 0 ? await callerFor(db, model, actor, policies) : null;
    return new ModelJudgment(model, actor, { now: Date.now(), caller });
  };
}

/** Decides for somebody of a kind, and nobody in particular: policies that speak of the caller find nothing there. */
export function judgmentOfSomebody(model: Model, actor: Actor): Judgment {
  return new ModelJudgment(model, actor, { now: Date.now(), caller: null });
}

class ModelJudgment implements Judgment {
  readonly #model: Model;
  readonly #actor: Actor;
  readonly #context: QueryContext;
  readonly #judges = new Map<number, EntityJudge>();

  constructor(model: Model, actor: Actor, context: QueryContext) {
    this.#model = model;
    this.#actor = actor;
    this.#context = context;
  }

  judge(blueprint: StoredBlueprint): EntityJudge {
    const { id, identifier } = blueprint;
    const judge = this.#judges.get(id) ?? new EntityJudge(this.#actor, identifier, grantsOf(blueprint), this.#context);
    this.#judges.set(id, judge);
    return judge;
  }

  async examine(db: Queries, subjects: readonly Subject[]): Promise<Findings> {
    const held = new Map<string, ReadonlySet<BoundQuery>>();
    for (const [blueprintId, members] of Map.groupBy(subjects, (subject) => subject.blueprintId)) {
      const blueprint = this.#model.byId(blueprintId);
      const queries = blueprint ? this.judge(blueprint).queries() : [];
      if (!blueprint || queries.length === 0) continue;
      const ids = members.map(({ id }) => id);
      for (const [id, set] of await readHeld(db, this.#model, blueprint, ids, queries)) held.set(id, set);
    }
    const holdsFor = ({ id }: Subject): Holds => {
      const known = held.get(id);
      return (query) => known?.has(query) ?? false;
    };
    return {
      holdsFor,
      allows: (subject, question) => {
        const blueprint = this.#model.byId(subject.blueprintId);
        return blueprint !== undefined && this.judge(blueprint).allows(question, holdsFor(subject));
      },
    };
  }
}

/** An opening as a condition on rows `e` of the blueprint; grants look at entities as they are, whoever asks. */
export function conditionOn(opening: Opening, blueprint: StoredBlueprint, model: Model): Condition {
  return typeof opening === 'boolean' ? opening : filterToSql(opening, { blueprint, model, sight: wholeSqlSight });
}

/** Which of the queries hold for each of these entities of one blueprint. */
async function readHeld(
  db: Queries,
  model: Model,
  blueprint: StoredBlueprint,
  ids: readonly string[],
  queries: readonly BoundQuery[],
): Promise<Map<string, ReadonlySet<BoundQuery>>> {
  const conditions = queries.map((query) => {
    const condition = conditionOn(query, blueprint, model);
    return typeof condition === 'boolean' ? sql.lit(condition) : sql`(${condition}) is true`;
  });
  const { rows } = await sql<{ id: string; held: boolean[] }>`
    select e.id, array[${sql.join(conditions)}] as held from entity e
    where e.blueprint_id = ${blueprint.id} and e.id = any(${ids}::bigint[])`.execute(db);
  return new Map(rows.map(({ id, held }) => [id, new Set(queries.filter((_, index) => held[index]))]));
}
