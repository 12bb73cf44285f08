import * as contract from '@gantry/contract';
import { isSet, problemStatus } from '@gantry/contract';
import { Refusal } from '@gantry/core';
import { answer, type CallContext, type Reply, type ServedRoute, serve } from '../../http/serve.ts';
import { type DeleteContext, deleteEntities } from './commands/delete-entities.ts';
import { putEntities } from './commands/put-entities.ts';
import type { EntityWrite, WriteContext, WriteOutcome } from './entity-write.ts';
import type { EntityKit } from './kit.ts';
import { originOfCall } from './origin-of-call.ts';

type WriteQuery = contract.QueryOf<typeof contract.createEntity>;
type OneEntity = Reply<typeof contract.createEntity>;

/** The endpoints that write entities. */
export function writeRoutes(kit: EntityKit): ServedRoute[] {
  return [
    serve(
      contract.createEntity,
      async (call) => {
        const mode = modeOf(call.query);
        return putOne(kit, { blueprint: call.params.blueprint, input: call.body, mode }, contextOf(call, call.query));
      },
      { checksBody: true },
    ),
    serve(
      contract.putEntity,
      async (call) => {
        const { blueprint, entity: at } = call.params;
        return putOne(kit, { blueprint, at, input: call.body, mode: 'replace' }, contextOf(call, call.query));
      },
      { checksBody: true },
    ),
    serve(
      contract.patchEntity,
      async (call) => {
        const { blueprint, entity: at } = call.params;
        const write: EntityWrite = { blueprint, at, input: call.body, mode: 'merge', mustExist: true };
        return putOne(kit, write, contextOf(call, call.query));
      },
      { checksBody: true },
    ),
    serve(contract.bulkUpsertEntities, async (call) => {
      const { blueprint } = call.params;
      const mode = isSet(call.query.merge) ? 'merge' : 'replace';
      const writes = call.body.entities.map((input): EntityWrite => ({ blueprint, input, mode }));
      return reportBulk(await putEntities(kit, writes, contextOf(call, call.query)));
    }),
    serve(contract.deleteEntity, async (call) => {
      const { blueprint, entity: identifier } = call.params;
      await kit.memory.having(blueprint);
      const deleted = await deleteEntities(kit, [{ blueprint, identifier }], deletionBy(call, call.query));
      if (deleted.length === 0) throw new Refusal('not_found', `There is no ${blueprint} \`${identifier}\`.`);
      return answer({});
    }),
    serve(contract.bulkDeleteEntities, async (call) => {
      const { blueprint } = call.params;
      await kit.memory.having(blueprint);
      const names = call.body.entities.map((identifier) => ({ blueprint, identifier }));
      const deleted = await deleteEntities(kit, names, deletionBy(call, call.query));
      const gone = new Set(deleted.filter((one) => one.blueprint === blueprint).map(({ identifier }) => identifier));
      return answer({ deletedEntities: [...new Set(call.body.entities)].filter((identifier) => gone.has(identifier)) });
    }),
  ];
}

/** `merge` without `upsert` means nothing: the entity is created or refused. */
function modeOf({ upsert, merge }: WriteQuery): EntityWrite['mode'] {
  if (!isSet(upsert)) return 'create';
  return isSet(merge) ? 'merge' : 'replace';
}

function contextOf(call: CallContext, query: WriteQuery): WriteContext {
  return {
    actor: call.actor,
    origin: originOfCall(call),
    datasource: call.userAgent,
    dangling: 'refuse',
    createMissing: isSet(query.create_missing_related_entities),
    validationOnly: isSet(query.validation_only),
  };
}

function deletionBy(call: CallContext, query: { delete_dependents?: string }): DeleteContext {
  return {
    actor: call.actor,
    origin: originOfCall(call),
    dependents: isSet(query.delete_dependents),
    references: 'clear',
  };
}

async function putOne(kit: EntityKit, write: EntityWrite, context: WriteContext): Promise<OneEntity> {
  const [outcome] = await putEntities(kit, [write], { ...context, withDocuments: true });
  if (!outcome) throw new Error('One write has one outcome.');
  if (!outcome.ok) throw outcome.refusal;
  return { json: `{"ok":true,"entity":${outcome.document}}`, status: outcome.created ? 201 : 200 };
}

/** 200 when all is well, 207 when something is not; both lists are always there, with places in the request. */
function reportBulk(outcomes: readonly WriteOutcome[]): Reply<typeof contract.bulkUpsertEntities> {
  const entities = outcomes.flatMap((outcome, index) =>
    outcome.ok ? [{ identifier: outcome.identifier, index, created: outcome.created }] : [],
  );
  const errors = outcomes.flatMap((outcome, index) =>
    outcome.ok ? [] : [{ identifier: outcome.identifier, index, ...describe(outcome.refusal) }],
  );
  return answer({ entities, errors }, { status: errors.length > 0 ? 207 : 200, refused: deniedAmong(outcomes) });
}

/** Those of many that the caller may not write, as one refusal. */
function deniedAmong(outcomes: readonly WriteOutcome[]): Refusal | undefined {
  const denied = outcomes.flatMap((outcome) =>
    !outcome.ok && outcome.refusal.code === 'forbidden' ? [outcome.refusal.message] : [],
  );
  if (denied.length === 0) return undefined;
  return new Refusal(
    'forbidden',
    `${denied.length} of ${outcomes.length} entities were refused. The first: ${denied[0]}`,
  );
}

function describe({ code, message }: Refusal) {
  return { statusCode: problemStatus[code], error: code, message };
}
