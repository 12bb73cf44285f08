import { type BoundTest, holds, type MetaProperty, type Operand, type PropertySchema } from '@gantry/core';
import { sql } from 'kysely';
import { anyOf, type Condition } from './condition.ts';
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
      return testProperty(operand.key, test, scope.blueprint);
    case 'relation':
      return testRelation(operand.relation, operand.target, test, scope.blueprint);
    case 'path':
      return testPath(operand, test, scope);
    case 'schema':
      return anyOf(
        keysWithSchema(scope.blueprint, operand.schema).map((key) => testProperty(key, test, scope.blueprint)),
      );
    case 'scorecard':
      return testScorecard(operand.scorecard, operand.rule, test);
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
function testProperty(key: string, test: BoundTest, { definition }: KnownBlueprint): Condition {
  const property = Object.hasOwn(definition.schema.properties, key) ? definition.schema.properties[key] : undefined;
  if (property) {
    const shape = property.type === 'array' ? 'list' : 'one';
    return testJson({ column: sql`e.properties`, key, shape, unset: 'null' }, test);
  }
  if (isDerived(key, definition))
    return testJson({ column: sql`e.computed`, key, shape: 'either', unset: 'null' }, test);
  return holds(test, null);
}

function isDerived(key: string, definition: KnownBlueprint['definition']): boolean {
  const { mirrorProperties, calculationProperties, aggregationProperties } = definition;
  return [mirrorProperties, calculationProperties, aggregationProperties].some((map) => Object.hasOwn(map, key));
}

function testRelation(
  name: string,
  target: '$identifier' | '$title',
  test: BoundTest,
  { definition }: KnownBlueprint,
): Condition {
  const relation = Object.hasOwn(definition.relations, name) ? definition.relations[name] : undefined;
  if (!relation) return holds(test, null);
  if (target === '$title') return testTitles(name, relation.many, test);
  const [shape, unset] = relation.many ? (['list', '[]'] as const) : (['one', 'null'] as const);
  return testJson({ column: sql`e.relations`, key: name, shape, unset }, test);
}

/** Only entities that exist have a title: that of a single relation that is unset or dangling is null. */
function testTitles(relation: string, isMany: boolean, test: BoundTest): Condition {
  const title = sql`coalesce(t.title, t.identifier)`;
  const targets = sql`relation r join entity t on t.id = r.target_id where r.source_id = e.id and r.name = ${relation}`;
  if (!isMany) return testText(sql`(select ${title} from ${targets} limit 1)`, test);
  if (test.kind === 'empty') return sql`not exists (select from ${targets})`;
  const element = testTextElement(title, ofElement(test));
  return element !== false && sql`exists (select from ${targets} and ${element})`;
}

/** The blueprint's own properties declared with this type and, where it is asked, this format. */
function keysWithSchema({ definition }: KnownBlueprint, { type, format }: PropertySchema): string[] {
  return Object.entries(definition.schema.properties).flatMap(([key, property]) =>
    property.type === type && (format === undefined || property.format === format) ? [key] : [],
  );
}

function testScorecard(scorecard: string, rule: string | undefined, test: BoundTest): Condition {
  const result = sql`e.levels -> ${scorecard}::text`;
  if (rule === undefined) return testText(sql`(${result} ->> 'level')`, test);
  const rules = sql`jsonb_array_elements(${result} -> 'rules') as rule`;
  return testText(sql`(select rule ->> 'status' from ${rules} where rule ->> 'identifier' = ${rule} limit 1)`, test);
}
