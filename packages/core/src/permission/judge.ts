import { own } from '../json.ts';
import type { QueryContext } from '../query/bind-query.ts';
import type { BoundQuery, ParsedQuery } from '../query/parsed-query.ts';
import type { Actor } from './can.ts';
import {
  type BlueprintPermissions,
  type Grant,
  type GrantBlock,
  type GrantMap,
  type GrantsByKey,
  grantBlocks,
  grantMaps,
} from './grant.ts';
import { everyOpening, type Opening } from './opening.ts';
import { parsedPolicy, type Weighed, type WeighedPart, weigh } from './weigh.ts';

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

/** Whether a query holds for the entity a question is about. */
export type Holds = (query: BoundQuery) => boolean;

/** Answers questions about the entities of one blueprint for one actor; each grant is weighed once. */
export class EntityJudge {
  readonly #weighed = new Map<Grant, Weighed>();
  readonly #actor: Actor | null;
  readonly #blueprint: string;
  readonly #permissions: BlueprintPermissions;
  readonly #context: QueryContext;

  constructor(actor: Actor | null, blueprint: string, permissions: BlueprintPermissions, context: QueryContext) {
    this.#actor = actor;
    this.#blueprint = blueprint;
    this.#permissions = permissions;
    this.#context = context;
  }

  /** What has to be granted for it, and what each of these opens to the actor. */
  verdict(question: EntityQuestion): Verdict {
    const requirements = requirementsOf(this.#blueprint, this.#permissions, question);
    const chain = requirements.map((requirement) => ({ ...requirement, ...this.#weigh(requirement) }));
    return { opens: everyOpening(chain.map(({ opens }) => opens)), chain };
  }

  /** The answer for one entity, about which `holds` knows the queries of the verdict. */
  allows(question: EntityQuestion, holds: Holds): boolean {
    return this.verdict(question).chain.every(({ opens }) => (typeof opens === 'boolean' ? opens : holds(opens)));
  }

  /** Every query that any answer may depend on, each once. */
  queries(): BoundQuery[] {
    const openings = grantsIn(this.#permissions).map(
      (grant) => this.#weigh({ path: '', grant, isLocked: false }).opens,
    );
    return queriesAmong(openings);
  }

  #weigh({ grant, isLocked }: Requirement): Weighed {
    const context = { ...this.#context, blueprint: this.#blueprint, isLocked };
    if (isLocked) return weigh(this.#actor, grant, context);
    const known = this.#weighed.get(grant) ?? weigh(this.#actor, grant, context);
    this.#weighed.set(grant, known);
    return known;
  }
}

function grantsIn({ entities }: BlueprintPermissions): Grant[] {
  const members = grantMaps.flatMap((map) => Object.values(entities[map]));
  return [...grantBlocks.map((block) => entities[block]), ...members];
}

/** The policies of a blueprint: what decides whether the caller has to be known. */
export function policiesIn(permissions: BlueprintPermissions): ParsedQuery[] {
  return grantsIn(permissions).flatMap((grant) => parsedPolicy(grant) ?? []);
}

/** The queries among openings, each once: what has to be asked about an entity before they are answered for it. */
export function queriesAmong(openings: readonly Opening[]): BoundQuery[] {
  return [...new Set(openings.filter((opening): opening is BoundQuery => typeof opening !== 'boolean'))];
}
