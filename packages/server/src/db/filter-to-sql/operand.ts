import { type BoundTest, holds, type MetaProperty, type Operand, type PropertySchema } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import { allOf, anyOf, asSql, type Condition, testSeen } from './condition.ts';
import { testJson } from './json-value.ts';
import { testMoment } from './moment-value.ts';
import { testPath } from './path.ts';
import type { FilterScope, KnownBlueprint } from './scope.ts';
import { ofElement, testText, testTextElement, textsOf } from './text-value.ts';

/** Whether a test holds for what an operand looks at, in rows `e` of the scope's blueprint. */
export function testOperand(operand: Operand, test: BoundTest, scope: FilterScope): Condition {
  switch (operand.kind) {
    case 'meta':
      return testMeta(operand.name, test, scope.blueprint);
    case 'own':
      return testProperty(operand.key, test, scope);
    case 'relation':
      return testRelation(operand.relation, operand.target, test, scope);
    case 'path':
      return testPath(operand, test, scope);
    case 'schema':
      return anyOf(keysWithSchema(scope.blueprint, operand.schema).map((key) => testProperty(key, test, scope)));
    case 'scorecard':
      return testScorecard(operand.scorecard, operand.rule, test, scope);
  }
}

function testMeta(name: MetaProperty, test: BoundTest, blueprint: KnownBlueprint): Condition {
  switch (name) {
    case '$blueprint':
      return holds(test, blueprint.identifier);
    case '$identifier':
      return testText(sql`e.identifier`, test);
    case '$title':
      return testText(sql`coalesce(e.title, e.identifier)`, test);
    case '$icon':
      return testText(sql`e.icon`, test);
    case '$team':
      return testTeam(test);
    case '$createdAt':
      return testMoment(sql`e.created_at`, test);
    case '$updatedAt':
      return testMoment(sql`e.updated_at`, test);
    case '$createdBy':
      return testText(sql`e.created_by`, test);
    case '$updatedBy':
      return testText(sql`e.updated_by`, test);
    case '$datasource':
      return testText(sql`e.datasource`, test);
  }
}

function testTeam(test: BoundTest): Condition {
  switch (test.kind) {
    case 'empty':
      return sql`e.team = '{}'`;
    case 'oneOf':
    case 'contains': {
      const wanted = textsOf(test.kind === 'oneOf' ? test.values : [test.value]);
      return wanted.length > 0 && sql`e.team && ${wanted}::text[]`;
    }
    default: {
      const element = testTextElement(sql`team`, test);
      return element !== false && sql`exists (select from unnest(e.team) as team where ${element})`;
    }
  }
}

/** Own values and derived ones have a column each; a key of neither is null in every entity. */
function testProperty(key: string, test: BoundTest, { blueprint, sight }: FilterScope): Condition {
  const { definition } = blueprint;
  const property = Object.hasOwn(definition.schema.properties, key) ? definition.schema.properties[key] : undefined;
  if (!property && !isDerived(key, definition)) return holds(test, null);
  const shape = property ? (property.type === 'array' ? 'list' : 'one') : 'either';
  const column = property ? sql`e.properties` : sql`e.computed`;
  return testSeen(
    sight.property(blueprint, key),
    testJson({ column, key, shape, unset: 'null' }, test),
    holds(test, null),
  );
}

function isDerived(key: string, definition: KnownBlueprint['definition']): boolean {
  const { mirrorProperties, calculationProperties, aggregationProperties } = definition;
  return [mirrorProperties, calculationProperties, aggregationProperties].some((map) => Object.hasOwn(map, key));
}

function testRelation(
  name: string,
  target: '$identifier' | '$title',
  test: BoundTest,
  { blueprint, sight }: FilterScope,
): Condition {
  const { relations } = blueprint.definition;
  const relation = Object.hasOwn(relations, name) ? relations[name] : undefined;
  if (!relation) return holds(test, null);
  const isNamed = sight.target(blueprint, name);
  const values = sql`relation r where r.source_id = e.id and r.name = ${name} and ${asSql(isNamed)}`;
  const ofSeen =
    target === '$title'
      ? testTitles(values, relation.many, test)
      : testNames(name, values, relation.many, test, isNamed);
  return testSeen(sight.relation(blueprint, name), ofSeen, holds(test, relation.many ? [] : null));
}

/** Where only some names are seen those are looked at one by one, after the index has found who holds one of them. */
function testNames(
  name: string,
  values: RawBuilder<unknown>,
  isMany: boolean,
  test: BoundTest,
  isNamed: Condition,
): Condition {
  const [shape, unset] = isMany ? (['list', '[]'] as const) : (['one', 'null'] as const);
  const ofAll = testJson({ column: sql`e.relations`, key: name, shape, unset }, test);
  if (isNamed === true) return ofAll;
  const ofSeen = testValues(sql`r.target_identifier`, values, isMany, test);
  return holds(test, isMany ? [] : null) ? ofSeen : allOf([ofAll, ofSeen]);
}

/** Only entities that exist have a title: that of a single relation that is unset or dangling is null. */
function testTitles(values: RawBuilder<unknown>, isMany: boolean, test: BoundTest): Condition {
  const targets = sql`(select r.* from ${values}) as r join entity t on t.id = r.target_id`;
  return testValues(sql`coalesce(t.title, t.identifier)`, sql`${targets} where true`, isMany, test);
}

/** A test of what stands in the rows of a relation; `rows` is what follows `from`, and ends in a condition. */
function testValues(text: RawBuilder<unknown>, rows: RawBuilder<unknown>, isMany: boolean, test: BoundTest): Condition {
  if (!isMany) return testText(sql`(select ${text} from ${rows} limit 1)`, test);
  if (test.kind === 'empty') return sql`not exists (select from ${rows})`;
  const element = testTextElement(text, ofElement(test));
  return element !== false && sql`exists (select from ${rows} and ${asSql(element)})`;
}

/** The blueprint's own properties declared with this type and, where it is asked, this format. */
function keysWithSchema({ definition }: KnownBlueprint, { type, format }: PropertySchema): string[] {
  return Object.entries(definition.schema.properties).flatMap(([key, property]) =>
    property.type === type && (format === undefined || property.format === format) ? [key] : [],
  );
}

function testScorecard(
  scorecard: string,
  rule: string | undefined,
  test: BoundTest,
  { blueprint, sight }: FilterScope,
): Condition {
  const result = sql`e.levels -> ${scorecard}::text`;
  const rules = sql`jsonb_array_elements(${result} -> 'rules') as rule`;
  const text =
    rule === undefined
      ? sql`(${result} ->> 'level')`
      : sql`(select rule ->> 'status' from ${rules} where rule ->> 'identifier' = ${rule} limit 1)`;
  return testSeen(sight.scorecards(blueprint), testText(text, test), holds(test, null));
}
