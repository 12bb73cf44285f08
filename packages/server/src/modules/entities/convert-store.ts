import type { Queries } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';

/**
 * SQL that makes stored entities fit a changed blueprint: whole blueprints at a time, one statement for each kind of
 * change. Whatever an entity loses is in its history before it is lost.
 */

export interface Conversion {
  readonly blueprintId: number;
  readonly at: Date;
  readonly actor: string;
  readonly originId: number;
}

const dropProperties = statement(
  'convert.dropProperties',
  `with hit as (
     select id, identifier, properties from entity where blueprint_id = $1 and properties ?| $5
   ), history as (
     insert into change (at, entity_id, blueprint_id, identifier, action, actor, origin_id, diff)
     select $2, id, $1, identifier, 'updated', $3, $4, (
       select jsonb_agg(jsonb_build_object('path', 'properties.' || key, 'before', value) order by key collate "C")
       from jsonb_each(properties) where key = any($5)
     ) from hit
   )
   update entity set properties = entity.properties - $5, updated_at = $2, updated_by = $3,
          provenance = entity.provenance - (select array_agg('properties.' || key) from unnest($5) as key)
   from hit where entity.id = hit.id`,
);

export async function dropPropertyValues(
  trx: Queries,
  { blueprintId, at, actor, originId }: Conversion,
  keys: readonly string[],
): Promise<void> {
  await run(trx, dropProperties, [blueprintId, at, actor, originId, keys]);
}

const dropRelations = statement(
  'convert.dropRelations',
  `with hit as (
     select id, identifier, relations from entity where blueprint_id = $1 and relations ?| $5
   ), history as (
     insert into change (at, entity_id, blueprint_id, identifier, action, actor, origin_id, diff)
     select $2, id, $1, identifier, 'updated', $3, $4, (
       select jsonb_agg(jsonb_build_object('path', 'relations.' || key, 'before', value) order by key collate "C")
       from jsonb_each(relations) where key = any($5)
     ) from hit
   ), links as (
     delete from relation using hit where relation.source_id = hit.id and relation.name = any($5)
   )
   update entity set relations = entity.relations - $5, updated_at = $2, updated_by = $3,
          provenance = entity.provenance - (select array_agg('relations.' || key) from unnest($5) as key)
   from hit where entity.id = hit.id`,
);

export async function dropRelationValues(
  trx: Queries,
  { blueprintId, at, actor, originId }: Conversion,
  names: readonly string[],
): Promise<void> {
  await run(trx, dropRelations, [blueprintId, at, actor, originId, names]);
}

const widenRelations = statement(
  'convert.widenRelations',
  `update entity set relations = relations || (
     select coalesce(jsonb_object_agg(key, jsonb_build_array(value)), '{}')
     from jsonb_each(relations) where key = any($2) and jsonb_typeof(value) = 'string'
   )
   where blueprint_id = $1 and relations ?| $2`,
);

/** Single values become lists of one; nothing is lost, so history has nothing to tell. */
export async function widenRelationValues(
  trx: Queries,
  { blueprintId }: Conversion,
  names: readonly string[],
): Promise<void> {
  await run(trx, widenRelations, [blueprintId, names]);
}

const narrowRelations = statement(
  'convert.narrowRelations',
  `with hit as (
     select id, identifier, relations from entity where blueprint_id = $1 and relations ?| $5
   ), history as (
     insert into change (at, entity_id, blueprint_id, identifier, action, actor, origin_id, diff)
     select $2, id, $1, identifier, 'updated', $3, $4, (
       select jsonb_agg(jsonb_build_object('path', 'relations.' || key, 'before', value, 'after', value -> 0) order by key collate "C")
       from jsonb_each(relations) where key = any($5)
     ) from hit
   ), surplus as (
     delete from relation using hit
     where relation.source_id = hit.id and relation.name = any($5)
       and relation.target_identifier <> hit.relations -> relation.name ->> 0
   )
   update entity set updated_at = $2, updated_by = $3, relations = entity.relations || (
     select coalesce(jsonb_object_agg(key, value -> 0), '{}')
     from jsonb_each(entity.relations) where key = any($5) and jsonb_typeof(value) = 'array'
   )
   from hit where entity.id = hit.id`,
);

/** Lists become their first element. */
export async function narrowRelationValues(
  trx: Queries,
  { blueprintId, at, actor, originId }: Conversion,
  names: readonly string[],
): Promise<void> {
  await run(trx, narrowRelations, [blueprintId, at, actor, originId, names]);
}

const renameProperty = statement(
  'convert.renameProperty',
  `update entity set
     properties = case when properties ? $2 then properties - $2 || jsonb_build_object($3::text, properties -> $2) else properties end,
     computed = case when computed ? $2 then computed - $2 || jsonb_build_object($3::text, computed -> $2) else computed end,
     provenance = case when provenance ? ('properties.' || $2)
       then provenance - ('properties.' || $2) || jsonb_build_object('properties.' || $3, provenance -> ('properties.' || $2))
       else provenance end
   where blueprint_id = $1
     and (properties ? $2 or computed ? $2 or provenance ? ('properties.' || $2))`,
);

/** The values stay what they are; only their name changes, so entities do not count as changed. */
export async function renamePropertyValues(
  trx: Queries,
  { blueprintId }: Conversion,
  from: string,
  to: string,
): Promise<void> {
  await run(trx, renameProperty, [blueprintId, from, to]);
}

const renameRelation = statement(
  'convert.renameRelation',
  `with links as (
     update relation set name = $3 from entity
     where relation.source_id = entity.id and entity.blueprint_id = $1 and relation.name = $2
   )
   update entity set
     relations = case when relations ? $2 then relations - $2 || jsonb_build_object($3::text, relations -> $2) else relations end,
     provenance = case when provenance ? ('relations.' || $2)
       then provenance - ('relations.' || $2) || jsonb_build_object('relations.' || $3, provenance -> ('relations.' || $2))
       else provenance end
   where blueprint_id = $1 and (relations ? $2 or provenance ? ('relations.' || $2))`,
);

/** Like a renamed property. */
export async function renameRelationValues(
  trx: Queries,
  { blueprintId }: Conversion,
  from: string,
  to: string,
): Promise<void> {
  await run(trx, renameRelation, [blueprintId, from, to]);
}

const followName = statement(
  'convert.followBlueprintName',
  `with hit as (
     select e.id, e.identifier, e.properties, (
       select jsonb_object_agg(key, case jsonb_typeof(value)
         when 'string' then to_jsonb($7::text)
         else (select jsonb_agg(case when name = to_jsonb($6::text) then to_jsonb($7::text) else name end order by place)
               from jsonb_array_elements(value) with ordinality as element (name, place)) end)
       from jsonb_each(e.properties) where key = any($5) and value ? $6
     ) as followed
     from entity e where e.blueprint_id = $1 and exists (select from unnest($5::text[]) as key where e.properties -> key ? $6)
   ), history as (
     insert into change (at, entity_id, blueprint_id, identifier, action, actor, origin_id, diff)
     select $2, id, $1, identifier, 'updated', $3, $4, (
       select jsonb_agg(jsonb_build_object('path', 'properties.' || key, 'before', properties -> key, 'after', value)
                        order by key collate "C")
       from jsonb_each(followed)
     ) from hit
   )
   update entity set properties = entity.properties || followed, updated_at = $2, updated_by = $3
   from hit where entity.id = hit.id`,
);

/** Values of these properties that name a blueprint, alone or in a list, name it by its new name. */
export async function followBlueprintName(
  trx: Queries,
  { blueprintId, at, actor, originId }: Conversion,
  keys: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await run(trx, followName, [blueprintId, at, actor, originId, keys, from, to]);
}

const countHolders = statement<{ held: number; lacking: number }>(
  'convert.countHolders',
  `select count(*) filter (where properties ? $2 or relations ? $3)::int as held,
          count(*) filter (where not (properties ? $2 or relations ? $3))::int as lacking
   from entity where blueprint_id = $1`,
);

/** How many entities have a value for a property or a relation, and how many have none. An empty name is nobody's. */
export async function countValues(
  db: Queries,
  blueprintId: number,
  property: string,
  relation: string,
): Promise<{ held: number; lacking: number }> {
  const [counts] = await run(db, countHolders, [blueprintId, property, relation]);
  return counts ?? { held: 0, lacking: 0 };
}
