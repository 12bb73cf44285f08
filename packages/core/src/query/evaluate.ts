import { own } from '../json.ts';
import type { MetaProperty } from '../property/meta.ts';
import { holds } from './holds.ts';
import type { BoundQuery, BoundRule, Operand, PathOperand, PropertySchema, RelatedTo } from './parsed-query.ts';

/** An entity as queries see it: as it is read, so with mirror and calculation values among its properties. */
export interface QueriedEntity {
  readonly blueprint: string;
  readonly identifier: string;
  readonly title?: string | null;
  readonly icon?: string | null;
  readonly team: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly relations: Readonly<Record<string, unknown>>;
  readonly scorecards?: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
  readonly datasource?: string | null;
}

/** What a query asks of the entities around the one it looks at, and of its blueprint. */
export interface QueryGraph {
  /** Identifiers at the other end of a path; a target that does not exist yet counts when it is the last. */
  reached(entity: QueriedEntity, path: PathOperand): readonly string[];
  /** Titles of the entities a relation names, those without one under their identifier; absent ones are left out. */
  titles(entity: QueriedEntity, relation: string): readonly string[];
  /** Whether one hop or more leads from the named entities to this one, in the asked direction. */
  isRelated(entity: QueriedEntity, relatedTo: RelatedTo): boolean;
  /** Keys of the blueprint's properties with this type and, where the schema has one, this format. */
  keysWithSchema(blueprint: string, schema: PropertySchema): readonly string[];
}

/**
 * Whether an entity matches a query. This is the meaning of the query language; the SQL of the server is a translation
 * of it and is tested against it. A test looks at one value, as JSON, where what is absent counts as null:
 *
 * | test     | holds when the value is                                                                             |
 * | -------- | --------------------------------------------------------------------------------------------------- |
 * | oneOf    | equal to one of the values: same JSON type, exact text, numeric number; or, where moments are kept    |
 * |          | (own properties, `$createdAt`, `$updatedAt`) and the value asked for is a full date-time, the same moment |
 * | contains | a text with the given text as a part                                                                |
 * | order    | a number (or a text that names a moment) that compares so with the given number (or moment)         |
 * | text     | a text that begins or ends so; case counts, as everywhere                                           |
 * | between  | a number or moment from `from` to `to`, both included                                               |
 * | empty    | null, `""`, `[]` or `{}`                                                                            |
 *
 * - A list satisfies a test when one of its elements does; `contains` wants an element equal to the value, and `empty`
 *   asks about the list itself.
 * - A value of another type than the test is about does not satisfy it; nothing is converted, nothing fails.
 * - Negative operators are exact complements of the positive ones: `!=`, `notIn`, `doesNotContains`, `notBetween`,
 *   `isNotExpired`, … match null, and match values of other types.
 * - `=` with null asks for null; `$title` is the identifier where there is no title, as it is read.
 * - A property the blueprint does not have is null; so is an unset relation, while an unset list relation is `[]`.
 * - A schema operand holds when the test holds for one of the properties with that schema.
 * - A path that reaches nothing is the empty list.
 * - A group without rules matches everything, whatever its combinator.
 */
export function matches(query: BoundQuery, entity: QueriedEntity, graph: QueryGraph): boolean {
  switch (query.kind) {
    case 'group':
      return query.combinator === 'and'
        ? query.nodes.every((node) => matches(node, entity, graph))
        : query.nodes.length === 0 || query.nodes.some((node) => matches(node, entity, graph));
    case 'not':
      return !matches(query.node, entity, graph);
    case 'relatedTo':
      return graph.isRelated(entity, query.relatedTo);
    case 'constant':
      return query.value;
    case 'rule':
      return matchesRule(query, entity, graph) !== query.negated;
  }
}

function matchesRule(rule: Extract<BoundRule, { kind: 'rule' }>, entity: QueriedEntity, graph: QueryGraph): boolean {
  const { operand, test } = rule;
  if (operand.kind !== 'schema') return holds(test, lookAt(operand, entity, graph));
  const keys = graph.keysWithSchema(entity.blueprint, operand.schema);
  return keys.some((key) => holds(test, own(entity.properties, key)));
}

function lookAt(operand: Exclude<Operand, { kind: 'schema' }>, entity: QueriedEntity, graph: QueryGraph): unknown {
  switch (operand.kind) {
    case 'meta':
      return metaValue(entity, operand.name);
    case 'own':
      return own(entity.properties, operand.key);
    case 'path':
      return graph.reached(entity, operand);
    case 'relation': {
      const held = own(entity.relations, operand.relation);
      if (operand.target === '$identifier') return held;
      const titles = graph.titles(entity, operand.relation);
      return Array.isArray(held) ? titles : titles[0];
    }
    case 'scorecard':
      return scorecardValue(entity, operand.scorecard, operand.rule);
  }
}

function metaValue(entity: QueriedEntity, name: MetaProperty): unknown {
  switch (name) {
    case '$identifier':
      return entity.identifier;
    case '$title':
      return entity.title ?? entity.identifier;
    case '$icon':
      return entity.icon;
    case '$team':
      return entity.team;
    case '$blueprint':
      return entity.blueprint;
    case '$createdAt':
      return entity.createdAt;
    case '$updatedAt':
      return entity.updatedAt;
    case '$createdBy':
      return entity.createdBy;
    case '$updatedBy':
      return entity.updatedBy;
    case '$datasource':
      return entity.datasource;
  }
}

interface ScorecardResult {
  readonly level?: unknown;
  readonly rules?: readonly { readonly identifier?: unknown; readonly status?: unknown }[];
}

function scorecardValue(entity: QueriedEntity, scorecard: string, rule: string | undefined): unknown {
  const result = own(entity.scorecards ?? {}, scorecard) as ScorecardResult | undefined;
  if (rule === undefined) return result?.level;
  return result?.rules?.find((candidate) => candidate.identifier === rule)?.status;
}
