import type pg from 'pg';
import { type GeneratedEntity, generateEntities } from './generate.ts';
import { TEAMS } from './member.ts';

const BATCH = 5000;

/**
 * Writes a catalog of this size straight into the tables, as the API would have: a million entities are there in
 * minutes, for benches that measure reading. The model must have been declared. P1 measures ingestion.
 */
export async function loadCatalog(pool: pg.Pool, total: number): Promise<void> {
  let batch: GeneratedEntity[] = [];
  for (const entity of generateEntities(total)) {
    batch.push(entity);
    if (batch.length < BATCH) continue;
    await pool.query(insertEntities, [JSON.stringify(batch)]);
    batch = [];
  }
  if (batch.length > 0) await pool.query(insertEntities, [JSON.stringify(batch)]);
  await pool.query('analyze entity');
  await pool.query(insertRelations);
  await pool.query('vacuum analyze entity, relation');
  await pool.query('checkpoint');
}

/** Moments are spread over some months, by name. */
const insertEntities = `
  insert into entity (blueprint_id, identifier, title, team, properties, relations, provenance, datasource,
                      created_at, created_by, updated_at, updated_by)
  select place.id, made.identifier, made.title, array['owners-' || (hashtext(made.identifier) & 1073741823) % ${TEAMS}], made.properties,
         (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(made.relations) where value <> '[]'),
         '{"*":[1,0]}', 'gantry-bench/1', moment, 'bench', moment, 'bench'
  from json_to_recordset($1::json) as made (blueprint text, identifier text, title text, properties jsonb, relations jsonb)
  join blueprint place on place.identifier = made.blueprint
  cross join lateral (
    select timestamptz '2026-01-01' + (hashtext(made.identifier) & 8388607) * interval '1 second'
  ) as spread (moment)`;

const insertRelations = `
  with declared as materialized (
    select holder.id as holder_id, relation.key as name, target.id as target_id
    from blueprint holder
    cross join lateral json_each(holder.definition -> 'relations') as relation
    join blueprint target on target.identifier = relation.value ->> 'target'
  )
  insert into relation (source_id, name, position, target_blueprint_id, target_identifier, target_id)
  select source.id, held.key, named.position - 1, declared.target_id, named.identifier, target.id
  from entity source
  cross join lateral jsonb_each(source.relations) as held
  cross join lateral jsonb_array_elements_text(
    case jsonb_typeof(held.value) when 'array' then held.value else jsonb_build_array(held.value) end
  ) with ordinality as named (identifier, position)
  join declared on declared.holder_id = source.blueprint_id and declared.name = held.key
  left join entity target on target.blueprint_id = declared.target_id and target.identifier = named.identifier`;
