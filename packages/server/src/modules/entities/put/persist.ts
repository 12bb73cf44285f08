import { diffEntity, type EntityContent, type Fact, stampProvenance } from '@gantry/core';
import pg from 'pg';
import type { Trx } from '../../../db/pool.ts';
import { writeFacts } from '../../../events/outbox.ts';
import type { Model } from '../../blueprints/index.ts';
import type { WriteContext } from '../entity-write.ts';
import { Overtaken } from '../overtaken.ts';
import { followRenames, type Renamed } from '../rename-store.ts';
import * as store from '../store.ts';
import { factsAbout } from './facts.ts';
import { type Item, isPlanned } from './item.ts';
import type { ChangedRelation, SettledRelations } from './settle-relations.ts';

type Ready = Item & { content: EntityContent };

/**
 * Writes what is left of a batch, one statement for each table.
 * @returns the items whose names somebody else took since they were looked up; nothing of them is written
 */
export async function persist(
  trx: Trx,
  model: Model,
  items: readonly Item[],
  relations: SettledRelations,
  context: WriteContext,
  at: Date,
): Promise<Item[]> {
  const planned = items.filter(isPlanned);
  for (const item of planned) item.diff = diffEntity(item.existing, item.content);
  const stamp: store.Stamp = { at, actor: context.actor.id, datasource: context.datasource };
  const isNew = ({ existing }: Item) => existing === null;
  const made = await insertAll(trx, planned.filter(isNew), relations, stamp);
  const isLate = (item: Item) => isNew(item) && !made.has(store.keyText(item.key));
  const late = planned.filter(isLate);
  const stubs = relations.stubs.filter((stub) => made.has(store.keyText(stub)));
  const ids = new Map([...made, ...(await idsOfOthers(trx, late, relations, stubs))]);
  const ready = planned.filter((item) => !isLate(item));
  for (const item of ready) item.id = item.existing?.id ?? idOf(ids, item.key);
  const settled = { ...relations, stubs, changed: relations.changed.filter(({ item }) => !isLate(item)) };
  await writeAll(trx, model, ready, settled, ids, context, stamp);
  return late;
}

async function writeAll(
  trx: Trx,
  model: Model,
  ready: readonly Ready[],
  relations: SettledRelations,
  ids: ReadonlyMap<string, string>,
  context: WriteContext,
  stamp: store.Stamp,
): Promise<void> {
  const created = ready.filter(({ existing }) => existing === null);
  const updated = ready.filter(({ existing, diff }) => existing !== null && diff !== null);
  await updateAll(trx, updated, relations.changed, stamp);
  await renew(trx, ready, context, stamp.at);
  const links = linksOf(relations, ids);
  const isDangling = links.some(({ targetId }) => targetId === null);
  const changes = historyOf([...created, ...updated], relations, ids);
  const facts = factsOf(model, { created, updated, stubs: relations.stubs, isDangling });
  if (changes.length > 0) await store.record(trx, { relations: links, changes, facts }, stamp);
  const holders = await renameAll(trx, updated);
  await writeFacts(trx, factsAbout('entities.updated', holders.map(namesIn(model))));
}

const idOf = (ids: ReadonlyMap<string, string>, key: store.Key) => ids.get(store.keyText(key)) ?? null;

const bare = (identifier: string): EntityContent => {
  return { identifier, title: null, icon: null, team: [], properties: {}, relations: {} };
};

async function insertAll(
  trx: Trx,
  created: readonly Ready[],
  { stubs }: SettledRelations,
  stamp: store.Stamp,
): Promise<ReadonlyMap<string, string>> {
  const origin = created[0]?.originId ?? 0;
  const provenance = (originId: number) => stampProvenance(null, [], originId, stamp.at.getTime());
  const rows: store.NewEntity[] = [
    ...created.map(({ key, content, originId }) => ({ ...key, content, provenance: provenance(originId) })),
    ...stubs.map((key) => ({ ...key, content: bare(key.identifier), provenance: provenance(origin) })),
  ];
  if (rows.length === 0) return new Map();
  return store.insertEntities(trx, rows, stamp);
}

/** What another writer made at the same moment can be pointed at as well. */
async function idsOfOthers(
  trx: Trx,
  late: readonly Ready[],
  { stubs }: SettledRelations,
  made: SettledRelations['stubs'],
): Promise<ReadonlyMap<string, string>> {
  const others = [...late.map(({ key }) => key), ...stubs.filter((stub) => !made.includes(stub))];
  return others.length > 0 ? store.readTargets(trx, others) : new Map();
}

async function updateAll(
  trx: Trx,
  updated: readonly Ready[],
  changed: readonly ChangedRelation[],
  stamp: store.Stamp,
): Promise<void> {
  if (updated.length === 0) return;
  const rows = updated.map(({ existing, content, diff, originId }) => ({
    id: existing?.id ?? '',
    content,
    provenance: stampProvenance(existing?.provenance ?? null, diff ?? [], originId, stamp.at.getTime()),
  }));
  await store.updateEntities(trx, rows, stamp).catch(refuseTakenName);
  const old = changed.flatMap(({ item, name }) => {
    const held = [item.existing?.relations[name] ?? []].flat();
    return item.existing && held.length > 0 ? [{ sourceId: item.existing.id, name }] : [];
  });
  if (old.length > 0) await store.deleteRelations(trx, old);
}

const UNIQUE_VIOLATION = '23505';

/** @throws Overtaken: the new name of a renamed entity was free when it was looked up */
function refuseTakenName(error: unknown): never {
  if (error instanceof pg.DatabaseError && error.code === UNIQUE_VIOLATION) throw new Overtaken();
  throw error;
}

/** What a write renews even when it says nothing new: who wrote last, and who vouches for the entity. */
async function renew(trx: Trx, ready: readonly Ready[], context: WriteContext, at: Date): Promise<void> {
  const stale = ready.filter(
    ({ existing, diff, isSilent }) =>
      existing && diff === null && !isSilent && existing.datasource !== context.datasource,
  );
  const ids = (items: readonly Ready[]) => items.flatMap(({ id }) => id ?? []);
  if (stale.length > 0) await store.renewDatasources(trx, ids(stale), context.datasource);
  if (context.sourceId === undefined || ready.length === 0) return;
  const seen = ready.map(({ id, write }) => ({ entityId: id ?? '', seenAs: write.seenAs }));
  await store.recordSightings(trx, context.sourceId, seen, at);
}

/** Of a creation only the name is kept as a difference: the rest is found by undoing what came after it. */
function historyOf(
  written: readonly Ready[],
  { stubs }: SettledRelations,
  ids: ReadonlyMap<string, string>,
): store.ChangeRow[] {
  const originId = written[0]?.originId ?? 0;
  const create = (key: store.Key, entityId: string, origin: number): store.ChangeRow => ({
    ...{ blueprintId: key.blueprintId, identifier: key.identifier },
    ...{ entityId, action: 'created', originId: origin },
    diff: [{ path: 'identifier', after: key.identifier }],
  });
  return [
    ...written.map((item) => (item.existing ? changeOf(item) : create(item.key, item.id ?? '', item.originId))),
    ...stubs.map((stub) => create(stub, idOf(ids, stub) ?? '', originId)),
  ];
}

function linksOf({ changed, targets }: SettledRelations, ids: ReadonlyMap<string, string>): store.RelationRow[] {
  return changed.flatMap(({ item, name, target, identifiers }) =>
    identifiers.map((identifier, position) => {
      const key = { blueprintId: target.id, identifier };
      const targetId = targets.get(store.keyText(key)) ?? idOf(ids, key);
      const place = { sourceId: item.id ?? '', name, position };
      return { ...place, targetBlueprintId: target.id, targetIdentifier: identifier, targetId };
    }),
  );
}

function changeOf({ id, stored, content, diff, originId }: Ready): store.ChangeRow {
  const isRename = diff?.some(({ path }) => path === 'identifier') ?? false;
  return {
    entityId: id ?? '',
    blueprintId: stored.id,
    identifier: content.identifier,
    action: isRename ? 'renamed' : 'updated',
    originId,
    diff: diff ?? [],
  };
}

/** @returns who holds relations to the renamed */
async function renameAll(trx: Trx, updated: readonly Ready[]): Promise<store.Key[]> {
  const renamed = updated.flatMap(({ existing, content }): Renamed[] => {
    if (!existing || existing.identifier === content.identifier) return [];
    const { id, blueprintId, identifier: from } = existing;
    return [{ id, blueprintId, from, to: content.identifier }];
  });
  return renamed.length > 0 ? followRenames(trx, renamed) : [];
}

interface Told {
  readonly created: readonly Ready[];
  readonly updated: readonly Ready[];
  readonly stubs: SettledRelations['stubs'];
  readonly isDangling: boolean;
}

const namesIn =
  (model: Model) =>
  ({ blueprintId, identifier }: store.Key) => ({
    blueprint: model.byId(blueprintId)?.identifier ?? String(blueprintId),
    identifier,
  });

/** Renamed entities are told under their new name, with the old one beside it. */
function factsOf(model: Model, { created, updated, stubs, isDangling }: Told): Fact[] {
  const name = namesIn(model);
  const now = ({ key, content }: Ready) => name({ ...key, identifier: content.identifier });
  const former = updated.flatMap(({ key, content }) => {
    return content.identifier === key.identifier ? [] : [[content.identifier, key.identifier]];
  });
  const detail = {
    ...(former.length > 0 ? { formerIdentifiers: Object.fromEntries(former) } : {}),
    ...(isDangling ? { dangling: true } : {}),
  };
  return [
    ...factsAbout('entities.created', [...created.map(now), ...stubs.map(name)], detail),
    ...factsAbout('entities.updated', updated.map(now), detail),
  ];
}
