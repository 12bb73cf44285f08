import type { Db } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';
import type { DeliveredFact, Listener } from '../module.ts';

const connectArrived = statement(
  'relation.connectArrived',
  `update relation set target_id = e.id
   from blueprint b, entity e
   where b.identifier = $1 and relation.target_blueprint_id = b.id and relation.target_id is null
     and relation.target_identifier = any($2)
     and e.blueprint_id = b.id and e.identifier = relation.target_identifier`,
);

const connectWaiting = statement(
  'relation.connectWaiting',
  `update relation set target_id = target.id
   from blueprint b
   join entity source on source.blueprint_id = b.id and source.identifier = any($2)
   join relation waiting on waiting.source_id = source.id and waiting.target_id is null
   join entity target on target.blueprint_id = waiting.target_blueprint_id and target.identifier = waiting.target_identifier
   where b.identifier = $1 and relation.source_id = waiting.source_id and relation.name = waiting.name
     and relation.position = waiting.position and relation.target_id is null`,
);

/**
 * Connects what missed each other: of two transactions at the same moment, one may name an entity that the other one
 * is just creating, and neither sees the other. After both, this does.
 */
export function connectListener(db: Db): Listener {
  const connect = async (sql: typeof connectArrived, facts: readonly DeliveredFact[]) => {
    for (const [blueprint, members] of Map.groupBy(facts, (fact) => fact.blueprint)) {
      const names = new Set(members.flatMap(({ entities }) => entities ?? []));
      await run(db, sql, [blueprint, [...names]]);
    }
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
