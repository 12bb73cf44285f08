import pg from 'pg';
import { connectionOf } from '../running-gantry.ts';
import { editionIn } from './edition.ts';

export async function open(dataDir: string): Promise<pg.Client> {
  const client = new pg.Client(connectionOf(dataDir));
  client.on('error', () => {});
  await client.connect();
  return client;
}

export async function ask<Row extends pg.QueryResultRow>(dataDir: string, text: string): Promise<Row[]> {
  const client = await open(dataDir);
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

interface StoredEdition {
  readonly name: string;
  readonly title: number;
  readonly description: number;
}

/** The administrator is there from the first second. */
const fromFiles = 'not exists (select from account where account.entity_id = e.id)';

/** Which edition of each entity is stored, by its title and by its description. */
export async function storedEditions(dataDir: string): Promise<StoredEdition[]> {
  const rows = await ask<{ name: string; title: string | null; description: string | null }>(
    dataDir,
    `select b.identifier || ' ' || e.identifier as name, e.title, e.properties->>'description' as description
     from entity e join blueprint b on b.id = e.blueprint_id where ${fromFiles}`,
  );
  return rows.map(({ name, title, description }) => {
    return { name, title: editionIn(title), description: editionIn(description) };
  });
}

/** Each query finds what must not be; all of them are about things that are written together or not at all. */
const neverHalf = {
  'relations that an entity says and the relation rows do not, or the other way round': `
    with said as (
      select e.id as source_id, r.key as name, t.position::int - 1 as position, t.value as target_identifier
      from entity e, jsonb_each(e.relations) r,
        jsonb_array_elements_text(case jsonb_typeof(r.value) when 'array' then r.value else jsonb_build_array(r.value) end)
          with ordinality t (value, position)
    ), kept as (select source_id, name, position, target_identifier from relation)
    (select * from said except select * from kept) union all (select * from kept except select * from said)`,
  'relations that do not lead to their target although it is there': `
    select r.* from relation r
    left join entity t on t.blueprint_id = r.target_blueprint_id and t.identifier = r.target_identifier
    where r.target_id is distinct from t.id`,
  'entities that nobody vouches for, although files brought them': `
    select e.identifier from entity e
    where ${fromFiles} and exists (select from source) and not exists (select from sighting s where s.entity_id = e.id)`,
  'entities without exactly one creation in their history': `
    select e.identifier from entity e
    where (select count(*) from change c where c.entity_id = e.id and c.action = 'created') <> 1`,
  'entities whose last change is not the one they are dated by': `
    select e.identifier from entity e
    where e.updated_at <> (select max(c.at) from change c where c.entity_id = e.id)`,
  'changes that were not told as facts, or facts without a change': `
    with told as (
      select fact->>'blueprint' as blueprint, identifier, count(*)
      from outbox, jsonb_array_elements_text(fact->'entities') as identifier
      where fact->>'kind' in ('entities.created', 'entities.updated') and fact->'detail'->'derived' is null group by 1, 2
    ), changed as (
      select b.identifier as blueprint, c.identifier, count(*)
      from change c join blueprint b on b.id = c.blueprint_id group by 1, 2
    )
    (select * from told except select * from changed) union all (select * from changed except select * from told)`,
} as const;

/** @returns what is wrong with what is stored, in words, with examples; nothing when all is well */
export async function halves(dataDir: string): Promise<string[]> {
  const found: string[] = [];
  for (const [what, query] of Object.entries(neverHalf)) {
    const rows = await ask(dataDir, query);
    if (rows.length > 0) found.push(`${rows.length} ${what}, for instance ${JSON.stringify(rows[0])}`);
  }
  return found;
}

/** A fingerprint of the catalog and its history: the same as long as nothing has been written. */
export async function traces(dataDir: string): Promise<unknown> {
  const [row] = await ask(
    dataDir,
    `select (select count(*) from change) as changes, (select count(*) from relation) as relations,
            (select md5(string_agg(e::text, ',' order by id)) from entity e) as entities,
            (select count(*) from outbox where fact->>'kind' like 'entities.%') as facts`,
  );
  return row;
}
