import type { Db } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';
import type { DeliveredFact, Listener } from '../module.ts';

/**
 * Both ask name by name, each time by the index that knows it: joined freely, PostgreSQL may read all entities of a
 * blueprint for a handful of names.
 */
const named =
  'unnest($1::text[], $2::text[]) as named (blueprint, identifier) join blueprint b on b.identifier = named.blueprint';
const target = `select id from entity
   where blueprint_id = waiting.target_blueprint_id and identifier = waiting.target_identifier limit 1`;
const connectFound = `
   update relation set target_id = found.id from found
   where relation.source_id = found.source_id and relation.name = found.name and relation.position = found.position
     and relation.target_id is null`;

const connectArrived = statement(
  'relation.connectArrived',
  `with found as materialized (
     select waiting.source_id, waiting.name, waiting.position, target.id
     from ${named}
     cross join lateral (
       select * from relation
       where target_id is null and target_blueprint_id = b.id and target_identifier = named.identifier offset 0
     ) as waiting
     cross join lateral (${target}) as target
   )${connectFound}`,
);

const connectWaiting = statement(
  'relation.connectWaiting',
  `with found as materialized (
     select waiting.source_id, waiting.name, waiting.position, target.id
     from ${named}
     cross join lateral (
       select id from entity where blueprint_id = b.id and identifier = named.identifier limit 1
     ) as source
     cross join lateral (select * from relation where source_id = source.id and target_id is null offset 0) as waiting
     cross join lateral (${target}) as target
   )${connectFound}`,
);

/**
 * Connects what missed each other: of two transactions at the same moment, one may name an entity that the other one
 * is just creating, and neither sees the other. After both, this does.
 */
export function connectListener(db: Db): Listener {
  const connect = async (sql: typeof connectArrived, facts: readonly DeliveredFact[]) => {
    const names = facts.flatMap(({ blueprint, entities = [] }) => entities.map((name) => [blueprint, name] as const));
    if (names.length === 0) return;
    await run(db, sql, [names.map(([blueprint]) => blueprint), names.map(([, name]) => name)]);
  };
  return {
    name: 'entities.connect',
    hears: ['entities.created', 'entities.updated', 'entities.restored'],
    handle: async (facts) => {
      const isNewName = ({ kind, detail }: DeliveredFact) =>
        kind !== 'entities.updated' || detail?.formerIdentifiers !== undefined;
      await connect(connectArrived, facts.filter(isNewName));
      await connect(
        connectWaiting,
        facts.filter(({ detail }) => detail?.dangling === true),
      );
    },
  };
}
