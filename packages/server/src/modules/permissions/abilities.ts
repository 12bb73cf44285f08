import { type Actor, can, type EntityQuestion, grantedMeta } from '@gantry/core';
import { grantsOf, type StoredBlueprint } from '../blueprints/index.ts';
import { findSubjects } from './find-subjects.ts';
import type { PermissionKit } from './kit.ts';

type IsOpen = (question: EntityQuestion) => boolean;

/**
 * What an actor may do with a blueprint and with the named entities of it. Those they may not see are left out like those
 * that do not exist. @throws Refusal `not_found` for the blueprint
 */
export async function abilitiesOf(kit: PermissionKit, actor: Actor, at: string, identifiers: readonly string[]) {
  const model = await kit.memory.having(at);
  const blueprint = model.get(at);
  const judgment = await kit.judgmentFor(kit.db, model, actor);
  const judge = judgment.judge(blueprint);
  const subjects = identifiers.length > 0 ? await findSubjects(kit.db, blueprint, identifiers) : [];
  const findings = await judgment.examine(kit.db, subjects);
  const seen = subjects.filter((subject) => findings.allows(subject, { action: 'read' }));
  const mayWrite = can(actor, 'entity:write').allowed;
  const registering = mayWrite && judge.verdict({ action: 'register' }).opens;
  const isPossible: IsOpen = (question) => judge.verdict(question).opens !== false;
  return {
    blueprint: can(actor, 'blueprint:write', { blueprint: at }).allowed,
    register: registering === false ? 'never' : registering === true ? 'always' : 'sometimes',
    registering: registering === false ? { properties: [], relations: [] } : registrable(blueprint, isPossible),
    entities: seen.map((subject) => {
      const isOpen: IsOpen = (question) => mayWrite && findings.allows(subject, question);
      const unregister = isOpen({ action: 'unregister' });
      return { identifier: subject.identifier, unregister, ...writable(blueprint, isOpen) };
    }),
  } as const;
}

function writable({ definition }: StoredBlueprint, isOpen: IsOpen) {
  const properties = [...Object.keys(definition.schema.properties), ...grantedMeta];
  return {
    properties: properties.filter((key) => isOpen({ action: 'updateProperty', key })),
    relations: Object.keys(definition.relations).filter((key) => isOpen({ action: 'updateRelation', key })),
  };
}

/** A new entity may be given everything that has no grant of its own. */
function registrable(blueprint: StoredBlueprint, isOpen: IsOpen) {
  const { updateProperties, updateRelations } = grantsOf(blueprint).entities;
  const all = writable(blueprint, () => true);
  const own = writable(blueprint, isOpen);
  return {
    properties: all.properties
      .filter((key) => key !== '$identifier')
      .filter((key) => !Object.hasOwn(updateProperties, key) || own.properties.includes(key)),
    relations: all.relations.filter((key) => !Object.hasOwn(updateRelations, key) || own.relations.includes(key)),
  };
}
