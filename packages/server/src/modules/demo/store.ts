import type { Queries } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';

/**
 * A change counts as somebody's own unless it only took a name away because its holder was deleted: that is recorded at
 * the same moment, by the same actor, as the deletion.
 */
const selectTouched = statement<{ entity_id: string }>(
  'demo.touched',
  `select distinct c.entity_id
   from change c join origin o on o.id = c.origin_id
   where c.entity_id = any($1::bigint[]) and o.kind <> 'demo'
     and not exists (
       select from change deletion
       where deletion.action = 'deleted' and deletion.at = c.at and deletion.actor = c.actor
     )`,
);

/** Those of these entities that somebody besides the demo has changed. */
export async function touchedEntities(db: Queries, ids: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await run(db, selectTouched, [ids])).map((row) => row.entity_id));
}

const selectNeeded = statement<{ entity_id: string }>(
  'demo.needed',
  `select distinct r.target_id as entity_id
   from relation r join entity s on s.id = r.source_id join blueprint b on b.id = s.blueprint_id
   where r.target_id = any($1::bigint[]) and s.id <> all($1::bigint[])
     and (b.definition #>> array['relations', r.name, 'required']) = 'true'`,
);

/** Those of these entities that an entity outside of them cannot be without. */
export async function neededEntities(db: Queries, ids: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await run(db, selectNeeded, [ids])).map((row) => row.entity_id));
}

const purge = statement('demo.purge', 'delete from trash where id = any($1::bigint[])');

/** The demo leaves nothing in the trash: it can be loaded again. */
export async function purgeTrash(db: Queries, ids: readonly string[]): Promise<void> {
  await run(db, purge, [ids]);
}

const selectUsed = statement<{ key: string }>(
  'demo.usedKeys',
  `select distinct used.key from entity e join blueprint b on b.id = e.blueprint_id,
     lateral (
       select 'properties.' || key as key from jsonb_object_keys(e.properties) as key
       union all select 'relations.' || key from jsonb_object_keys(e.relations) as key
     ) as used
   where b.identifier = $1`,
);

/** `properties.<key>` and `relations.<key>` for which any entity of a blueprint has a value. */
export async function usedKeys(db: Queries, blueprint: string): Promise<ReadonlySet<string>> {
  return new Set((await run(db, selectUsed, [blueprint])).map(({ key }) => key));
}
