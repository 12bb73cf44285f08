import { type BlueprintSight, inputsOf, isMetaProperty, neighbourhoodOf, type Opening, type Sight } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import { allOf, anyOf, asSql, type Condition, complement } from '../filter-to-sql/condition.ts';
import { filterToSql } from '../filter-to-sql/filter-to-sql.ts';
import type { KnownBlueprint, KnownModel, SqlSight } from '../filter-to-sql/scope.ts';
import { wholeSqlSight } from '../filter-to-sql/whole-sight.ts';

/** What somebody sees, as SQL: the tables themselves for whoever sees everything. It says what core's `seenBy` says. */
export function sqlSightOf(sight: Sight, model: KnownModel): SqlSight {
  return sight.isWhole ? wholeSqlSight : new RestrictedSight(sight, model);
}

/** Derived values on the way to others: one that is made of itself is not seen. */
type Trail = readonly string[];

class RestrictedSight implements SqlSight {
  readonly #sight: Sight;
  readonly #model: KnownModel;
  #entities: RawBuilder<unknown> | undefined;
  #relations: RawBuilder<unknown> | undefined;

  constructor(sight: Sight, model: KnownModel) {
    this.#sight = sight;
    this.#model = model;
  }

  rows(blueprint: KnownBlueprint): Condition {
    return this.#opens(this.#of(blueprint).read, blueprint);
  }

  property(blueprint: KnownBlueprint, key: string, trail: Trail = []): Condition {
    if (isMetaProperty(key)) return true;
    const granted = this.#opens(this.#of(blueprint).property(key), blueprint);
    return granted === false ? false : allOf([granted, this.#inputsSeen(blueprint, key, trail)]);
  }

  relation(blueprint: KnownBlueprint, key: string): Condition {
    return this.#opens(this.#of(blueprint).relation(key), blueprint);
  }

  target(blueprint: KnownBlueprint, key: string): Condition {
    const target = this.#targetOf(blueprint, key);
    if (target && this.#of(target).read === true) return true;
    const seen = target ? this.rows(target) : false;
    return seen !== false && sql`exists (select from entity e where e.id = r.target_id and ${asSql(seen)})`;
  }

  scorecards(blueprint: KnownBlueprint): Condition {
    return this.#whole(blueprint, []);
  }

  get entities(): RawBuilder<unknown> {
    this.#entities ??= sql`(
      select e.id, e.blueprint_id, e.identifier, e.title, e.icon, e.team, e.datasource, e.updated_at
      from entity e where ${asSql(this.#anyRow(() => true))})`;
    return this.#entities;
  }

  get relations(): RawBuilder<unknown> {
    this.#relations ??= this.#seenRelations();
    return this.#relations;
  }

  get trash(): RawBuilder<unknown> {
    const isSeen = this.#anyRow((blueprint) => !looksAround(this.#of(blueprint).read));
    return sql`(
      select t.* from trash t cross join lateral jsonb_populate_record(null::entity, t.snapshot -> 'entity') as e
      where ${asSql(isSeen)})`;
  }

  #inputsSeen(blueprint: KnownBlueprint, key: string, trail: Trail): Condition {
    const inputs = inputsOf(blueprint.definition, key);
    const step = `${blueprint.identifier}.${key}`;
    if (inputs.kind === 'itself') return true;
    if (trail.includes(step)) return false;
    switch (inputs.kind) {
      case 'path':
        return this.#path(blueprint, inputs.relations, inputs.property, [...trail, step]);
      case 'entity':
        return this.#whole(blueprint, [...trail, step]);
      case 'neighbourhood':
        return this.#isNeighbourhoodOpen(blueprint);
    }
  }

  /** Everything on a path is seen, and the property of whatever it leads to. */
  #path(blueprint: KnownBlueprint, relations: readonly string[], property: string, trail: Trail): Condition {
    const [relation, ...rest] = relations;
    if (relation === undefined) return this.property(blueprint, property, trail);
    const target = this.#targetOf(blueprint, relation);
    const isEndSeen = target ? allOf([this.rows(target), this.#path(target, rest, property, trail)]) : true;
    return allOf([this.relation(blueprint, relation), everyTarget(relation, isEndSeen)]);
  }

  /** Everything that was written into an entity, and what is mirrored in it. */
  #whole(blueprint: KnownBlueprint, trail: Trail): Condition {
    const { schema, mirrorProperties, relations } = blueprint.definition;
    return allOf([
      ...Object.keys(schema.properties).map((key) => this.property(blueprint, key)),
      ...Object.keys(relations).flatMap((key) => [
        this.relation(blueprint, key),
        everyValue(key, this.target(blueprint, key)),
      ]),
      ...Object.keys(mirrorProperties).map((key) => this.property(blueprint, key, trail)),
    ]);
  }

  #isNeighbourhoodOpen({ identifier }: KnownBlueprint): boolean {
    const definitions = this.#model.all.map(({ definition }) => definition);
    return neighbourhoodOf(identifier, definitions).every((name) => this.#sight.of(name).isOpen);
  }

  /** Rows `e` of any blueprint that are seen, and of which something more holds. Blueprints alike share a condition. */
  #anyRow(more: (blueprint: KnownBlueprint) => Condition): Condition {
    const all = this.#model.all.map(
      (blueprint) => [blueprint, allOf([this.rows(blueprint), more(blueprint)])] as const,
    );
    const open = all.flatMap(([{ id }, condition]) => (condition === true ? [id] : []));
    const some = all.filter(([, condition]) => typeof condition !== 'boolean');
    return anyOf([
      open.length > 0 && sql`e.blueprint_id = any(${open}::int[])`,
      ...some.map(([{ id }, condition]) => allOf([sql`e.blueprint_id = ${id}`, condition])),
    ]);
  }

  #seenRelations(): RawBuilder<unknown> {
    const source = this.#anyRow((blueprint) => this.#shownNames(blueprint));
    const target = this.#anyRow(() => true);
    const open = this.#model.all.flatMap((blueprint) => (this.#of(blueprint).read === true ? [blueprint.id] : []));
    return sql`(
      select r.* from relation r
      where exists (select from entity e where e.id = r.source_id and ${asSql(source)})
        and (r.target_blueprint_id = any(${open}::int[])
          or exists (select from entity e where e.id = r.target_id and ${asSql(target)})))`;
  }

  /** Where the relation that row `r` belongs to is seen in row `e`. */
  #shownNames(blueprint: KnownBlueprint): Condition {
    const hidden = Object.keys(blueprint.definition.relations).flatMap((key) => {
      const seen = this.relation(blueprint, key);
      return seen === true ? [] : [{ key, seen }];
    });
    return allOf(hidden.map(({ key, seen }) => anyOf([sql`r.name <> ${key}`, seen])));
  }

  /** What is granted is weighed against entities as they are, hidden parts included. */
  #opens(opening: Opening, blueprint: KnownBlueprint): Condition {
    if (typeof opening === 'boolean') return opening;
    return filterToSql(opening, { blueprint, model: this.#model, sight: wholeSqlSight });
  }

  #of({ identifier }: KnownBlueprint): BlueprintSight {
    return this.#sight.of(identifier);
  }

  #targetOf({ definition }: KnownBlueprint, key: string): KnownBlueprint | undefined {
    const relation = Object.hasOwn(definition.relations, key) ? definition.relations[key] : undefined;
    return relation && this.#model.find(relation.target);
  }
}

/** Whether it depends on other entities than the one it is about. */
function looksAround(opening: Opening): boolean {
  if (typeof opening === 'boolean') return false;
  switch (opening.kind) {
    case 'group':
      return opening.nodes.some(looksAround);
    case 'not':
      return looksAround(opening.node);
    case 'relatedTo':
      return true;
    case 'constant':
      return false;
    case 'rule':
      return (
        opening.operand.kind === 'path' || (opening.operand.kind === 'relation' && opening.operand.target === '$title')
      );
  }
}

/** Whether a condition holds for every entity that a relation of row `e` leads to. It takes their rows for its `e`. */
function everyTarget(relation: string, condition: Condition): Condition {
  if (condition === true) return true;
  // Written first, the inner selection still means the outer `e`.
  return sql`not exists (
    select from (select r.target_id from relation r where r.source_id = e.id and r.name = ${relation}) as held
      join entity e on e.id = held.target_id where ${asSql(complement(condition))})`;
}

/** Whether a condition on `r` holds for every value of a relation of row `e`, dangling names included. */
function everyValue(relation: string, condition: Condition): Condition {
  if (condition === true) return true;
  return sql`not exists (
    select from relation r where r.source_id = e.id and r.name = ${relation} and ${asSql(complement(condition))})`;
}
