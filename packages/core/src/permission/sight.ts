import type { Blueprint } from '../blueprint/blueprint.ts';
import { own } from '../json.ts';
import type { QueryContext } from '../query/bind-query.ts';
import { type Actor, isAlmighty } from './can.ts';
import type { BlueprintPermissions, Grant } from './grant.ts';
import type { Opening } from './opening.ts';
import { decide } from './weigh.ts';

/** A blueprint with the permissions that hold for its entities. */
export interface GuardedBlueprint {
  readonly identifier: string;
  readonly definition: Blueprint;
  readonly permissions: BlueprintPermissions;
}

/** What somebody may see of the entities of one blueprint, as far as grants say; see `seenBy` for what follows from it. */
export interface BlueprintSight {
  /** Which entities are seen at all. */
  readonly read: Opening;
  /** With which of those a property is seen, own or derived. */
  property(key: string): Opening;
  relation(key: string): Opening;
  /** Every entity, with all its properties and relations. */
  readonly isOpen: boolean;
}

/** What somebody may see of all entities. Decisions are made when they are asked for, and once. */
export interface Sight {
  /** Everything of everything: nothing has to be asked any more. */
  readonly isWhole: boolean;
  of(blueprint: string): BlueprintSight;
}

const open: BlueprintSight = { read: true, property: () => true, relation: () => true, isOpen: true };
const closed: BlueprintSight = { read: false, property: () => false, relation: () => false, isOpen: false };

/** The sight of administrators, and of Gantry itself. */
export const wholeSight: Sight = { isWhole: true, of: () => open };

/** What an actor sees. Of a blueprint nobody has declared they see nothing. */
export function sightOf(actor: Actor | null, blueprints: readonly GuardedBlueprint[], context: QueryContext): Sight {
  if (actor && isAlmighty(actor)) return wholeSight;
  const known = new Map(blueprints.map((blueprint) => [blueprint.identifier, blueprint]));
  const seen = new Map<string, BlueprintSight>();
  const look = (identifier: string) => {
    const blueprint = known.get(identifier);
    const sight = blueprint ? sightOfBlueprint(actor, blueprint, context) : closed;
    seen.set(identifier, sight);
    return sight;
  };
  const of = (identifier: string) => seen.get(identifier) ?? look(identifier);
  let isWhole: boolean | undefined;
  return {
    of,
    get isWhole() {
      isWhole ??= blueprints.every(({ identifier }) => of(identifier).isOpen);
      return isWhole;
    },
  };
}

function sightOfBlueprint(
  actor: Actor | null,
  { identifier, permissions: { entities } }: GuardedBlueprint,
  context: QueryContext,
): BlueprintSight {
  const opens = (grant: Grant) => decide(actor, grant, { ...context, blueprint: identifier });
  const openings = (grants: Readonly<Record<string, Grant>>) =>
    Object.fromEntries(Object.entries(grants).map(([key, grant]) => [key, opens(grant)]));
  const read = opens(entities.read);
  const properties = openings(entities.readProperties);
  const relations = openings(entities.readRelations);
  const openingsOf = [read, ...Object.values(properties), ...Object.values(relations)];
  return {
    read,
    property: (key) => own(properties, key) ?? true,
    relation: (key) => own(relations, key) ?? true,
    isOpen: openingsOf.every((opening) => opening === true),
  };
}
