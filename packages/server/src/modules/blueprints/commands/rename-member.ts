import {
  type Actor,
  type BlueprintEffect,
  followPermissions,
  followRename,
  Refusal,
  type Rename,
  refuseInvalid,
  renameMember,
  systemStructure,
} from '@gantry/core';
import { writeFacts } from '../../../events/outbox.ts';
import { lockBlueprint, updateBlueprint } from '../store.ts';
import type { StoredBlueprint } from '../stored-blueprint.ts';
import { type BlueprintKit, changeModel, followInOthers } from './change-model.ts';
import { changeFact } from './save-blueprint.ts';

export type MemberKind = 'property' | 'mirror' | 'relation';

/**
 * Gives a property, mirror property or relation another name; values, mirrors, aggregations and queries follow, in
 * every blueprint. @throws Refusal `not_found`, `already_exists`, `invalid_request`, `forbidden`
 */
export async function renameBlueprintMember(
  kit: BlueprintKit,
  at: { blueprint: string; kind: MemberKind; from: string; to: string },
  actor: Actor,
): Promise<StoredBlueprint> {
  return changeModel(kit.db, async (trx, model) => {
    const before = model.get(at.blueprint);
    refuseAbsent(before, at);
    if (at.from === at.to) return before;
    const kind = at.kind === 'relation' ? 'relation' : 'property';
    const rename = { kind, of: before.identifier, from: at.from, to: at.to } as const satisfies Rename;
    const renamed = renameMember(before.definition, rename);
    if (!renamed.ok) throw refuseRename(renamed.problems, before, at);
    const lookup = (identifier: string) => model.find(identifier)?.definition;
    // References are followed in the old text, where they can still be found; the new name comes after.
    const definition = renameMember(followRename(before.definition, rename, lookup), rename);
    if (!definition.ok) throw refuseInvalid(definition.problems);
    await lockBlueprint(trx, before.id);
    const permissions = followPermissions(before.permissions, before.identifier, rename, lookup);
    const change = { definition: definition.value, permissions, at: new Date(), actor };
    const stored = await updateBlueprint(trx, before, change);
    await kit.keeper.convert(trx, stored, [effectOf(rename)], actor);
    const others = await followInOthers(trx, model, stored, rename, actor);
    await writeFacts(trx, [changeFact(stored, before.identifier), ...others]);
    return stored;
  });
}

function refuseAbsent({ identifier, definition }: StoredBlueprint, { kind, from }: { kind: MemberKind; from: string }) {
  const members = {
    property: definition.schema.properties,
    mirror: definition.mirrorProperties,
    relation: definition.relations,
  }[kind];
  if (!Object.hasOwn(members, from)) {
    throw new Refusal('not_found', `Blueprint \`${identifier}\` has no ${nounOf(kind)} \`${from}\`.`);
  }
  const structure = systemStructure(identifier);
  if (structure && (Object.hasOwn(structure.schema.properties, from) || Object.hasOwn(structure.relations, from))) {
    throw new Refusal(
      'forbidden',
      `The ${nounOf(kind)} \`${from}\` of \`${identifier}\` is built in and keeps its name.`,
    );
  }
}

const nounOf = (kind: MemberKind) => (kind === 'mirror' ? 'mirror property' : kind);

function refuseRename(
  problems: Parameters<typeof refuseInvalid>[0],
  { identifier }: StoredBlueprint,
  { kind, to }: { kind: MemberKind; to: string },
): Refusal {
  const isTaken = problems.some(({ message }) => message.endsWith('already'));
  if (!isTaken) return refuseInvalid(problems);
  return new Refusal(
    'already_exists',
    `Blueprint \`${identifier}\` has a ${nounOf(kind)} \`${to}\` already. Choose another name.`,
  );
}

function effectOf({ kind, from, to }: { kind: 'property' | 'relation'; from: string; to: string }): BlueprintEffect {
  return {
    kind: kind === 'property' ? 'property-renamed' : 'relation-renamed',
    path: kind === 'property' ? `schema.properties.${from}` : `relations.${from}`,
    message: `\`${from}\` becomes \`${to}\``,
    destructive: false,
    ...{ from, to },
  };
}
