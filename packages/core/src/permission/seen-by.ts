import type { Blueprint } from '../blueprint/blueprint.ts';
import { own } from '../json.ts';
import { isMetaProperty } from '../property/meta.ts';
import { matches, type QueriedEntity, type QueryGraph } from '../query/evaluate.ts';
import { inputsOf, neighbourhoodOf } from './inputs.ts';
import type { Opening } from './opening.ts';
import type { Sight } from './sight.ts';

/** All entities as they are, and who looks at them. */
export interface LookedAt {
  readonly sight: Sight;
  readonly blueprints: readonly Blueprint[];
  readonly graph: QueryGraph;
  find(blueprint: string, identifier: string): QueriedEntity | undefined;
}

/**
 * An entity as somebody sees it, or null where they do not see it. This is what "may not be seen" means; SQL says the
 * same, and a property test holds the two together.
 *
 * - What is granted is weighed against the entity as it is, hidden parts included.
 * - A hidden property reads as unset. So does a derived one unless everything it is made of is seen.
 * - A relation holds only those of its names that are names of entities which are seen. A name that nothing has (yet) is
 *   held only where every entity it could ever be is seen: else it would tell, by going away, that one has come.
 * - Results of scorecards are seen where calculations are.
 */
export function seenBy(at: LookedAt, entity: QueriedEntity): QueriedEntity | null {
  if (at.sight.isWhole) return entity;
  const look = new Look(at);
  if (!look.isSeen(entity)) return null;
  const properties = Object.entries(entity.properties).filter(([key]) => look.seesProperty(entity, key));
  const relations = Object.keys(entity.relations).map((key) => [key, look.seenNames(entity, key)]);
  return {
    ...entity,
    properties: Object.fromEntries(properties),
    relations: Object.fromEntries(relations),
    scorecards: look.seesWhole(entity, []) ? (entity.scorecards ?? {}) : {},
  };
}

/** Derived values on the way to others: one that is made of itself is not seen. */
type Trail = readonly string[];

class Look {
  readonly #at: LookedAt;

  constructor(at: LookedAt) {
    this.#at = at;
  }

  isSeen(entity: QueriedEntity): boolean {
    return this.#opens(this.#at.sight.of(entity.blueprint).read, entity);
  }

  seenNames(entity: QueriedEntity, key: string): unknown {
    const held = own(entity.relations, key);
    if (!this.#seesRelation(entity, key)) return Array.isArray(held) ? [] : null;
    const isSeen = (name: unknown) => this.#isSeenName(entity, key, name);
    if (Array.isArray(held)) return held.filter(isSeen);
    return isSeen(held) ? held : null;
  }

  seesProperty(entity: QueriedEntity, key: string, trail: Trail = []): boolean {
    if (isMetaProperty(key)) return true;
    if (!this.#opens(this.#at.sight.of(entity.blueprint).property(key), entity)) return false;
    const definition = this.#definition(entity.blueprint);
    const inputs = definition ? inputsOf(definition, key) : null;
    const step = `${entity.blueprint}.${key}`;
    if (inputs === null || (inputs.kind !== 'itself' && trail.includes(step))) return false;
    switch (inputs.kind) {
      case 'itself':
        return true;
      case 'path':
        return this.#seesPath(entity, inputs.relations, inputs.property, [...trail, step]);
      case 'entity':
        return this.seesWhole(entity, [...trail, step]);
      case 'neighbourhood':
        return neighbourhoodOf(entity.blueprint, this.#at.blueprints).every((name) => this.#at.sight.of(name).isOpen);
    }
  }

  /** Everything that was written into an entity, and what is mirrored in it. */
  seesWhole(entity: QueriedEntity, trail: Trail): boolean {
    const definition = this.#definition(entity.blueprint);
    if (!definition) return false;
    const { schema, mirrorProperties, relations } = definition;
    return (
      Object.keys(schema.properties).every((key) => this.seesProperty(entity, key)) &&
      Object.keys(relations).every((key) => this.#seesRelation(entity, key) && this.#seesNames(entity, key)) &&
      Object.keys(mirrorProperties).every((key) => this.seesProperty(entity, key, trail))
    );
  }

  #seesPath(entity: QueriedEntity, relations: readonly string[], property: string, trail: Trail): boolean {
    const [relation, ...rest] = relations;
    if (relation === undefined) return this.seesProperty(entity, property, trail);
    if (!this.#seesRelation(entity, relation)) return false;
    const target = this.#targetOf(entity.blueprint, relation);
    return this.#names(entity, relation).every((name) => {
      const found = target === undefined ? undefined : this.#at.find(target, String(name));
      return !found || (this.isSeen(found) && this.#seesPath(found, rest, property, trail));
    });
  }

  #seesRelation(entity: QueriedEntity, key: string): boolean {
    return this.#opens(this.#at.sight.of(entity.blueprint).relation(key), entity);
  }

  #seesNames(entity: QueriedEntity, key: string): boolean {
    return this.#names(entity, key).every((name) => this.#isSeenName(entity, key, name));
  }

  #isSeenName({ blueprint }: QueriedEntity, key: string, name: unknown): boolean {
    const target = this.#targetOf(blueprint, key);
    if (target === undefined) return false;
    if (this.#at.sight.of(target).read === true) return true;
    const found = this.#at.find(target, String(name));
    return found !== undefined && this.isSeen(found);
  }

  #names(entity: QueriedEntity, key: string): readonly unknown[] {
    return [own(entity.relations, key) ?? []].flat();
  }

  #definition(blueprint: string): Blueprint | undefined {
    return this.#at.blueprints.find(({ identifier }) => identifier === blueprint);
  }

  #targetOf(blueprint: string, relation: string): string | undefined {
    return own(this.#definition(blueprint)?.relations ?? {}, relation)?.target;
  }

  #opens(opening: Opening, entity: QueriedEntity): boolean {
    return typeof opening === 'boolean' ? opening : matches(opening, entity, this.#at.graph);
  }
}
