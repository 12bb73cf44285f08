import {
  type Actor,
  type EntityContent,
  isAlmighty,
  type Provenance,
  parseEntity,
  Refusal,
  refuseInvalid,
} from '@gantry/core';
import { type Trx, transaction } from '../../../db/pool.ts';
import { compiledOf, type Model, type StoredBlueprint } from '../../blueprints/index.ts';
import type { Judgment } from '../../permissions/index.ts';
import type { EntityWrite, WriteContext } from '../entity-write.ts';
import type { EntityKit } from '../kit.ts';
import type { Origin } from '../origins.ts';
import { factsAbout } from '../put/facts.ts';
import { refuseRegistering } from '../put/refusals.ts';
import { type Holder, readHolders, reinsert, type TrashedEntity, takeFromTrash } from '../restore-store.ts';
import { keyText, readCurrent, readTargets, record } from '../store.ts';
import { putInTransaction } from './put-entities.ts';

/**
 * Puts a deleted entity back as it was, under its old name and with its history; what no longer fits its blueprint is
 * left out. Who had named it names it again, unless somebody has put another in its place. It takes what registering it
 * takes.
 * @returns the entity as it is read, as JSON text
 * @throws Refusal `not_found`, `already_exists`, `invalid_request`, `forbidden`
 */
export async function restoreEntity(kit: EntityKit, trashId: string, actor: Actor, origin: Origin): Promise<string> {
  const [originId = 0] = await kit.origins.idsOf(kit.db, [origin]);
  const model = await kit.memory.current();
  const document = await transaction(kit.db, async (trx) => {
    const trashed = await takeFromTrash(trx, trashId);
    if (!trashed) throw refuseAbsent();
    const stored = model.byId(trashed.blueprintId);
    const judgment = isAlmighty(actor) ? null : await kit.judgmentFor(trx, model, actor);
    if (!stored) throw judgment ? refuseAbsent() : refuseHomeless(trashed);
    const content = await hidingReasons(judgment, stored, async () => {
      const fitting = fit(stored, trashed);
      await putBack(trx, model, stored, { ...trashed, content: fitting }, { at: new Date(), actor, originId });
      return fitting;
    });
    if (judgment) await refuseUngranted(judgment, trx, stored, { ...trashed, content });
    await reconnect(kit, trx, model, stored, trashed, { actor, origin, originId });
    const restored = { id: trashed.id, blueprint: stored.identifier, before: null, after: content };
    if (kit.rules.watches.has(stored.identifier)) await kit.rules.written(trx, [restored]);
    const documents = await kit.present(trx, [trashed.id], actor);
    return documents.get(trashed.id) ?? '';
  });
  kit.announcer.announce();
  return document;
}

const refuseAbsent = () => new Refusal('not_found', 'There is no such entity in the trash. It was restored or purged.');

function refuseHomeless({ identifier, blueprint }: TrashedEntity): Refusal {
  const message = `${identifier} cannot be restored: its blueprint ${blueprint} is gone. Declare it again and create the entity anew.`;
  return new Refusal('not_found', message);
}

/** Why something cannot be put back is told to who sees everything of its kind; to others it may not be there at all. */
async function hidingReasons<T>(
  judgment: Judgment | null,
  stored: StoredBlueprint,
  work: () => Promise<T>,
): Promise<T> {
  const isOpen = !judgment || judgment.judge(stored).verdict({ action: 'read' }).opens === true;
  try {
    return await work();
  } catch (error) {
    throw error instanceof Refusal && !isOpen ? refuseAbsent() : error;
  }
}

/** Known for certain once it is back; a refusal takes it away again. */
async function refuseUngranted(
  judgment: Judgment,
  trx: Trx,
  stored: StoredBlueprint,
  { id, content }: TrashedEntity,
): Promise<void> {
  const subject = { id, blueprintId: stored.id };
  const findings = await judgment.examine(trx, [subject]);
  if (!findings.allows(subject, { action: 'read' })) throw refuseAbsent();
  if (findings.allows(subject, { action: 'register' })) return;
  throw refuseRegistering({ stored, key: { blueprintId: stored.id, identifier: content.identifier } });
}

/** What the blueprint has dropped meanwhile stays away; what it has come to require must be there. */
function fit(stored: StoredBlueprint, { identifier, content }: TrashedEntity): EntityContent {
  const parsed = parseEntity(compiledOf(stored), { identifier }, content, 'merge');
  if (!parsed.ok) throw refuseInvalid(parsed.problems);
  return { ...parsed.value.content, identifier };
}

interface Restoring {
  readonly at: Date;
  readonly actor: Actor;
  readonly originId: number;
}

async function putBack(
  trx: Trx,
  model: Model,
  stored: StoredBlueprint,
  trashed: TrashedEntity & { provenance: Provenance },
  { at, actor, originId }: Restoring,
): Promise<void> {
  const { id, content } = trashed;
  const isBack = await reinsert(trx, stored.id, trashed, { at, actor: actor.id });
  if (!isBack) {
    const message = `There is another ${stored.identifier} \`${content.identifier}\` now. Rename or delete that one first.`;
    throw new Refusal('already_exists', message);
  }
  await readCurrent(trx, [], blueprintsAround(model, stored));
  const wanted = [...compiledOf(stored).relations.values()].flatMap(({ key, target }) => {
    const aim = model.find(target);
    const identifiers = [content.relations[key] ?? []].flat();
    return aim
      ? identifiers.map((identifier, position) => ({ name: key, position, blueprintId: aim.id, identifier }))
      : [];
  });
  const targets = wanted.length > 0 ? await readTargets(trx, wanted) : new Map<string, string>();
  const links = wanted.map(({ name, position, blueprintId, identifier }) => ({
    ...{ sourceId: id, name, position, targetBlueprintId: blueprintId, targetIdentifier: identifier },
    targetId: targets.get(keyText({ blueprintId, identifier })) ?? null,
  }));
  const key = { blueprintId: stored.id, identifier: content.identifier };
  const diff = [{ path: 'identifier', after: content.identifier }];
  const change = { ...key, entityId: id, action: 'restored' as const, originId, diff };
  const facts = factsAbout('entities.restored', [{ blueprint: stored.identifier, identifier: content.identifier }]);
  await record(trx, { relations: links, changes: [change], facts }, { at, actor: actor.id });
}

/** The blueprints written to and those pointed at, to be shared while that happens. */
function blueprintsAround(model: Model, { id, definition }: StoredBlueprint): number[] {
  return [id, ...Object.values(definition.relations).flatMap(({ target }) => model.find(target)?.id ?? [])];
}

/** Writes the name back into those that held it, the ordinary way: each gets its history. */
async function reconnect(
  kit: EntityKit,
  trx: Trx,
  model: Model,
  stored: StoredBlueprint,
  { incoming, identifier }: TrashedEntity,
  { actor, origin, originId }: { actor: Actor; origin: Origin; originId: number },
): Promise<void> {
  const holders = incoming.length > 0 ? await readHolders(trx, incoming) : [];
  const writes = holders.flatMap((holder) => reconnection(model, stored, identifier, holder));
  if (writes.length === 0) return;
  const context: WriteContext = { actor, origin, datasource: '', dangling: 'allow', isConsequence: true };
  await putInTransaction(
    kit,
    trx,
    model,
    writes,
    writes.map(() => originId),
    context,
  );
}

function reconnection(
  model: Model,
  { identifier: target }: StoredBlueprint,
  identifier: string,
  { blueprintId, identifier: at, name, value }: Holder,
): EntityWrite[] {
  const blueprint = model.byId(blueprintId);
  const relation = blueprint?.definition.relations[name];
  if (!blueprint || relation?.target !== target) return [];
  const held = [value ?? []].flat();
  if (held.includes(identifier) || (!relation.many && held.length > 0)) return [];
  const input = { relations: { [name]: relation.many ? [...held, identifier] : identifier } };
  return [{ blueprint: blueprint.identifier, at, mode: 'merge', mustExist: true, input }];
}
