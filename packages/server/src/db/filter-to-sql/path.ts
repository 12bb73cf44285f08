import type { BoundTest, PathOperand, PathStep } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import { type Condition, complement } from './condition.ts';
import type { FilterScope, KnownBlueprint, KnownModel, SqlSight } from './scope.ts';
import { type ElementTest, ofElement, testTextElement, textsOf } from './text-value.ts';

/** A query for ids of entities. */
type Ids = RawBuilder<unknown>;
type Passing = ElementTest | 'any';

/**
 * A test of the identifiers at the far end of a path. It is answered for all entities at once and from that end: what
 * passes there leads back, step by step, to the entities the query is about.
 */
export function testPath(path: PathOperand, test: BoundTest, scope: FilterScope): Condition {
  if (test.kind === 'empty') return complement(reachesSome(path, 'any', scope));
  return reachesSome(path, ofElement(test), scope);
}

function reachesSome(path: PathOperand, passing: Passing, scope: FilterScope): Condition {
  const ids = path.fromBlueprint === undefined ? leadingTo(passing, path, scope) : ledTo(passing, path, scope);
  return ids !== null && sql`e.id in (${ids})`;
}

/** Entities from where the steps lead to something that passes. */
function leadingTo(passing: Passing, { steps }: PathOperand, scope: FilterScope): Ids | null {
  const last = steps.at(-1);
  const ends = endsOf(steps, scope);
  if (!last || ends.length === 0) return null;
  const holders = holdersOf(last.relation, passing, ends, scope.sight);
  if (!holders) return null;
  return steps.slice(0, -1).reduceRight<Ids>(
    (ids, step) => {
      const before = sql`select source_id from ${scope.sight.relations} as r where name = ${step.relation} and target_id in (${ids})`;
      return repeated(step, before, 'backwards', scope.sight);
    },
    repeated(last, holders, 'backwards', scope.sight),
  );
}

/** Entities where the steps end that begin at entities of `fromBlueprint` which pass. */
function ledTo(passing: Passing, { steps, fromBlueprint = '' }: PathOperand, scope: FilterScope): Ids | null {
  const first = scope.model.find(fromBlueprint);
  const passes = passing === 'any' ? sql`true` : testTextElement(sql`identifier`, passing);
  if (!first || passes === false) return null;
  return steps.reduce<Ids>((ids, step) => {
    const after = sql`select target_id from ${scope.sight.relations} as r where name = ${step.relation} and source_id in (${ids})`;
    return repeated(step, sql`${after} and target_id is not null`, 'forwards', scope.sight);
  }, sql`select id from ${scope.sight.entities} as e where blueprint_id = ${first.id} and ${passes}`);
}

/** Numbers of the blueprints in which following the steps can end. */
function endsOf(steps: readonly PathStep[], { blueprint, model }: FilterScope): number[] {
  const ends = steps.reduce<ReadonlySet<KnownBlueprint>>(
    (places, { relation, maxHops }) => {
      const reached = new Set<KnownBlueprint>();
      let frontier = places;
      for (let hop = 0; hop < maxHops && frontier.size > 0; hop++) {
        frontier = new Set([...frontier].flatMap((place) => targetOf(place, relation, model) ?? []));
        for (const place of frontier) reached.add(place);
      }
      return reached;
    },
    new Set([blueprint]),
  );
  return [...ends].map(({ id }) => id);
}

function targetOf({ definition }: KnownBlueprint, relation: string, model: KnownModel) {
  const found = Object.hasOwn(definition.relations, relation) ? definition.relations[relation] : undefined;
  return found && model.find(found.target);
}

/** Entities whose relation names a passing target, existing or not. Exact names find it by index. */
function holdersOf(relation: string, passing: Passing, ends: readonly number[], sight: SqlSight): Ids | null {
  const holders = sql`select source_id from ${sight.relations} as r where name = ${relation}`;
  if (passing === 'any') return holders;
  if (passing.kind !== 'oneOf') {
    const passes = testTextElement(sql`target_identifier`, passing);
    return passes === false ? null : sql`${holders} and ${passes}`;
  }
  const names = sql`any(${textsOf(passing.values)}::text[])`;
  const places = sql`any(${ends}::int[])`;
  const existing = sql`select id from ${sight.entities} as e where blueprint_id = ${places} and identifier = ${names}`;
  const dangling = sql`target_id is null and target_blueprint_id = ${places} and target_identifier = ${names}`;
  return sql`${holders} and target_id in (${existing}) union all ${holders} and ${dangling}`;
}

/** What `hop` leads to, together with what up to `maxHops` hops along the same relation lead to. */
function repeated(
  { relation, maxHops }: PathStep,
  hop: Ids,
  direction: 'forwards' | 'backwards',
  sight: SqlSight,
): Ids {
  if (maxHops === 1) return hop;
  const [from, to] = direction === 'forwards' ? ['source_id', 'target_id'] : ['target_id', 'source_id'];
  const next = sql`select r.${sql.id(to)}, walk.hop + 1 from walk join ${sight.relations} as r on r.${sql.id(from)} = walk.id
    where r.name = ${relation} and walk.hop < ${maxHops} and r.${sql.id(to)} is not null`;
  return sql`with recursive first(id) as (${hop}), walk(id, hop) as (select id, 1 from first union ${next})
    select id from walk`;
}
