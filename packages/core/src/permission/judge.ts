import { own } from '../json.ts';
import type { QueryContext } from '../query/bind-query.ts';
import type { Actor } from './can.ts';
import type { BlueprintPermissions, Grant, GrantBlock, GrantMap, GrantsByKey } from './grant.ts';
import { everyOpening, type Opening } from './opening.ts';
import { type WeighedPart, weigh } from './weigh.ts';

/** What may be asked about an entity: as a whole, or about one of its properties (`$title` and such too) or relations. */
export type EntityQuestion =
  | { readonly action: GrantBlock }
  | { readonly action: 'readProperty' | 'readRelation' | 'updateProperty' | 'updateRelation'; readonly key: string };

/** One grant that has to be open; all of them together answer a question. */
export interface Requirement {
  /** Where it is written in the permissions, e.g. `read` or `updateProperties.language`. */
  readonly path: string;
  readonly grant: Grant;
  readonly isLocked: boolean;
}

/** A requirement weighed for an actor. */
export interface WeighedRequirement extends Requirement {
  readonly opens: Opening;
  readonly parts: readonly WeighedPart[];
}

export interface Verdict {
  readonly opens: Opening;
  readonly chain: readonly WeighedRequirement[];
}

/** Changing these of a person is giving out power, so it stays with administrators whatever anybody grants. */
const lockedOfPeople: ReadonlySet<string> = new Set([
  'register',
  ...['port_role', 'moderated_blueprints', 'status', '$team', '$identifier'].map((key) => `updateProperties.${key}`),
]);

/**
 * What has to be granted. Whoever writes must be able to read what they write, and whoever reads a property its entity.
 * A property or relation with a grant of its own is decided by that grant alone, in place of `update`.
 */
export function requirementsOf(
  blueprint: string,
  permissions: BlueprintPermissions,
  question: EntityQuestion,
): Requirement[] {
  return pathsOf(permissions, question).map(([path, grant]) => {
    return { path, grant, isLocked: blueprint === '_user' && lockedOfPeople.has(path) };
  });
}

type Path = readonly [path: string, grant: Grant];

function pathsOf({ entities }: BlueprintPermissions, question: EntityQuestion): Path[] {
  const read: Path = ['read', entities.read];
  switch (question.action) {
    case 'read':
      return [read];
    case 'register':
    case 'unregister':
    case 'update':
      return [read, [question.action, entities[question.action]]];
    case 'readProperty':
      return [read, ...ownPath(entities, 'readProperties', question.key)];
    case 'readRelation':
      return [read, ...ownPath(entities, 'readRelations', question.key)];
    case 'updateProperty':
      return [
        read,
        ...ownPath(entities, 'readProperties', question.key),
        updating(entities, 'updateProperties', question.key),
      ];
    case 'updateRelation':
      return [
        read,
        ...ownPath(entities, 'readRelations', question.key),
        updating(entities, 'updateRelations', question.key),
      ];
  }
}

function ownPath(entities: BlueprintPermissions['entities'], map: GrantMap, key: string): Path[] {
  const grants: GrantsByKey = entities[map];
  const grant = own(grants, key);
  return grant ? [[`${map}.${key}`, grant]] : [];
}

/** Named after the key even where `update` decides, since some keys are locked. */
function updating(entities: BlueprintPermissions['entities'], map: GrantMap, key: string): Path {
  return [`${map}.${key}`, own(entities[map], key) ?? entities.update];
}

/** Weighs every requirement; open where all of them are. */
export function judge(
  actor: Actor | null,
  blueprint: string,
  requirements: readonly Requirement[],
  context: QueryContext,
): Verdict {
  const chain = requirements.map((requirement) => ({
    ...requirement,
    ...weigh(actor, requirement.grant, { ...context, blueprint, isLocked: requirement.isLocked }),
  }));
  return { opens: everyOpening(chain.map(({ opens }) => opens)), chain };
}
