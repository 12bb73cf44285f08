import type { Answer, getModel } from '@gantry/contract';
import type { Actor } from '@gantry/core';
import { sql } from 'kysely';
import { presentBlueprint } from '../blueprints/index.ts';
import type { SearchKit } from './kit.ts';

interface Figures {
  readonly blueprint_id: number;
  readonly count: number;
  readonly stale: number;
  readonly last: Date;
}

/** Every blueprint, with how much of it is seen and how much of that no source knows any more. */
export async function modelOverview(kit: SearchKit, actor: Actor): Promise<Answer<typeof getModel>['blueprints']> {
  const { model, sight } = await kit.sights.of(actor, kit.reader);
  const rows = await kit.reader.rows<Figures>(sql`
    with missing as (
      select e.blueprint_id, count(*)::int as stale
      from ${sight.entities} as e
      where exists (select from sighting s where s.entity_id = e.id and s.missing_since is not null)
        and not exists (select from sighting s where s.entity_id = e.id and s.missing_since is null)
      group by e.blueprint_id
    ), known as (
      select blueprint_id, count(*)::int as count, max(updated_at) as last from ${sight.entities} as e group by blueprint_id
    )
    select known.*, coalesce(missing.stale, 0) as stale from known left join missing using (blueprint_id)`);
  const figures = new Map(rows.map((row) => [row.blueprint_id, row]));
  return model.all.map((stored) => {
    const known = figures.get(stored.id);
    return {
      ...presentBlueprint(stored),
      entityCount: known?.count ?? 0,
      staleCount: known?.stale ?? 0,
      system: stored.isSystem,
      lastUpdatedAt: known?.last.toISOString() ?? null,
    };
  });
}
