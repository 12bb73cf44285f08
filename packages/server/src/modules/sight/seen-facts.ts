import { type Actor, can, type Fact } from '@gantry/core';
import { sql } from 'kysely';
import type { Answers } from '../../db/answers.ts';
import type { DeliveredFact } from '../module.ts';
import type { View } from './sights.ts';

/**
 * Facts as somebody may be told of them: entities they do not see are not named, and where none is left nothing is told.
 * Of what was deleted those are told who saw it; of sources, those who may read about sources.
 */
export async function seenFacts(
  { model, sight }: View,
  actor: Actor,
  answers: Answers,
  facts: readonly DeliveredFact[],
): Promise<readonly DeliveredFact[]> {
  const readsSources = can(actor, 'source:read').allowed;
  const told = facts.filter(({ blueprint }) => blueprint !== undefined || readsSources);
  const isGuarded = ({ kind, blueprint = '' }: Fact) => {
    const known = model.find(blueprint);
    return kind.startsWith('entities.') && (known === undefined ? !readsSources : sight.rows(known) !== true);
  };
  const guarded = told.filter(isGuarded);
  if (guarded.length === 0) return told;
  const isDeletion = ({ kind }: Fact) => kind === 'entities.deleted';
  const named = (those: readonly Fact[]) =>
    those.flatMap(({ blueprint = '', entities = [] }) => {
      const id = model.find(blueprint)?.id;
      return id === undefined ? [] : entities.map((identifier) => ({ id, identifier }));
    });
  const [there, gone] = await Promise.all([
    seenNames(answers, sql`${sight.entities} as e`, named(guarded.filter((fact) => !isDeletion(fact)))),
    seenNames(answers, sql`${newest(sight.trash)} as e`, named(guarded.filter(isDeletion))),
  ]);
  return told.flatMap((fact) => {
    if (!isGuarded(fact)) return [fact];
    const id = model.find(fact.blueprint ?? '')?.id;
    const seen = isDeletion(fact) ? gone : there;
    return narrowed(fact, (identifier) => seen.has(`${id} ${identifier}`));
  });
}

/** Of each name that was deleted, the last that had it. */
function newest(trash: View['sight']['trash']) {
  return sql`(
    select seen.blueprint_id, seen.identifier from ${trash} as seen
    where seen.id = (select t.id from trash t where t.blueprint_id = seen.blueprint_id and t.identifier = seen.identifier
                     order by t.deleted_at desc, t.id desc limit 1))`;
}

async function seenNames(
  answers: Answers,
  source: ReturnType<typeof newest>,
  names: readonly { id: number; identifier: string }[],
): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set();
  const rows = await answers.rows<{ name: string }>(sql`
    select e.blueprint_id || ' ' || e.identifier as name
    from unnest(${names.map(({ id }) => id)}::int[], ${names.map(({ identifier }) => identifier)}::text[])
      as told(blueprint_id, identifier)
      join ${source} on e.blueprint_id = told.blueprint_id and e.identifier = told.identifier`);
  return new Set(rows.map(({ name }) => name));
}

function narrowed(fact: DeliveredFact, isSeen: (identifier: string) => boolean): DeliveredFact[] {
  const entities = (fact.entities ?? []).filter(isSeen);
  if (entities.length === 0) return [];
  const { formerIdentifiers, ...detail } = fact.detail ?? {};
  const former = Object.entries(formerIdentifiers ?? {}).filter(([identifier]) => isSeen(identifier));
  const left = { ...detail, ...(former.length > 0 && { formerIdentifiers: Object.fromEntries(former) }) };
  const { detail: _, ...rest } = fact;
  return [{ ...rest, entities, ...(Object.keys(left).length > 0 && { detail: left }) }];
}
