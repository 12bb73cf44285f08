import type { Queries } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';
import type { Key } from './store.ts';

export interface Renamed {
  readonly id: string;
  readonly blueprintId: number;
  readonly from: string;
  readonly to: string;
}

const follow = statement<{ blueprint_id: number; identifier: string }>(
  'entity.followRename',
  `with renamed as (
     select * from json_to_recordset($1::json) as renamed (id bigint, b int, f text, t text)
   ), links as (
     update relation set target_identifier = renamed.t from renamed where relation.target_id = renamed.id
     returning relation.source_id, relation.name, renamed.f, renamed.t
   ), arrived as (
     update relation set target_id = renamed.id from renamed
     where relation.target_id is null and relation.target_blueprint_id = renamed.b
       and relation.target_identifier = renamed.t
   ), redirect as (
     insert into former_identifier (blueprint_id, identifier, entity_id) select b, f, id from renamed
     on conflict (blueprint_id, identifier) do update set entity_id = excluded.entity_id
   ), retaken as (
     delete from former_identifier using renamed
     where former_identifier.blueprint_id = renamed.b and former_identifier.identifier = renamed.t
   ), held as (
     select links.source_id, links.name, entity.relations -> links.name as value
     from links join entity on entity.id = links.source_id group by links.source_id, links.name, value
   ), patch as (
     select source_id, jsonb_object_agg(name, case jsonb_typeof(value)
       when 'array' then (
         select jsonb_agg(coalesce(links.t, item) order by place)
         from jsonb_array_elements_text(value) with ordinality as items (item, place)
         left join links on links.source_id = held.source_id and links.name = held.name and links.f = item
       )
       else (select to_jsonb(t) from links where links.source_id = held.source_id and links.name = held.name limit 1)
     end) as relations
     from held group by source_id
   )
   update entity set relations = entity.relations || patch.relations from patch where entity.id = patch.source_id
   returning entity.blueprint_id, entity.identifier`,
);

/**
 * Lets everything follow entities that have a new identifier: relations of others, relations that waited for the new
 * name, and a redirect from the old one. Holders do not count as changed: they mean the same entities as before.
 * @returns the holders
 */
export async function followRenames(trx: Queries, renamed: readonly Renamed[]): Promise<Key[]> {
  const rows = renamed.map(({ id, blueprintId, from, to }) => ({ id, b: blueprintId, f: from, t: to }));
  const holders = await run(trx, follow, [JSON.stringify(rows)]);
  return holders.map((row) => ({ blueprintId: row.blueprint_id, identifier: row.identifier }));
}
