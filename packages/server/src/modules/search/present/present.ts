import type { CompiledBlueprint } from '@gantry/core';
import { createQueryId, PostgresQueryCompiler, type RawBuilder, type RootOperationNode, sql } from 'kysely';
import { asSql } from '../../../db/filter-to-sql/condition.ts';
import type { FilterScope } from '../../../db/filter-to-sql/scope.ts';
import { wholeSqlSight } from '../../../db/filter-to-sql/whole-sight.ts';
import { seenDerived, seenProperty, seenRelation } from '../seen-value.ts';
import { type ReadShape, wantedMembers, wantsPart, wholeEntity } from './read-shape.ts';
import { relationsWithTitles } from './relation-titles.ts';
import { titleMirrors } from './title-mirrors.ts';

type Text = RawBuilder<string>;
type Json = RawBuilder<unknown>;

/**
 * The SQL expression that writes a row `e` of a blueprint as the JSON text of the API, so that the server only passes
 * it on. It writes what core's `presentEntity` gives. Text is put together member by member: laying the object over one
 * of nulls, or PostgreSQL's own JSON functions, take a third longer over a page. Names of the model stand in the
 * statement as they are; they change no more often than the statement itself.
 */
export function presentSql(compiled: CompiledBlueprint, shape: ReadShape, scope: FilterScope): Text {
  if (shape !== wholeEntity || scope.sight !== wholeSqlSight) return writePresent(compiled, shape, scope);
  const known = wholeTexts.get(compiled) ?? asText(writePresent(compiled, shape, scope));
  wholeTexts.set(compiled, known);
  return known;
}

/** Entities are nearly always read whole, and mostly by those who see all of them: that expression is put together once for each revision of a blueprint. */
const wholeTexts = new WeakMap<CompiledBlueprint, Text>();

/** An expression without parameters as one piece of text, which costs nothing to compile again. */
function asText(expression: Text): Text {
  const { sql: text, parameters } = new PostgresQueryCompiler().compileQuery(
    expression.toOperationNode() as RootOperationNode,
    createQueryId(),
  );
  return parameters.length === 0 ? sql.raw(text) : expression;
}

function writePresent(compiled: CompiledBlueprint, shape: ReadShape, scope: FilterScope): Text {
  const head = `{"blueprint":${JSON.stringify(compiled.blueprint.identifier)},"identifier":`;
  const parts: Text[] = [sql`${sql.lit(head)} || to_json(e.identifier)::text`];
  const add = (name: string, value: Text | null) => {
    if (value !== null) parts.push(sql`(${sql.lit(`,"${name}":`)} || ${value})`);
  };
  const column = (name: string, value: Text) => add(name, wantsPart(shape, name) ? value : null);
  column('title', sql`to_json(coalesce(e.title, e.identifier))::text`);
  if (wantsPart(shape, 'icon')) parts.push(sql`coalesce(',"icon":' || to_json(e.icon)::text, '')`);
  column('team', sql`array_to_json(e.team)::text`);
  add('properties', presentProperties(compiled, shape, scope));
  add('relations', presentRelations(compiled, shape, scope));
  const scorecards = presentScorecards(shape, scope);
  if (scorecards) parts.push(scorecards);
  column('createdAt', sql`'"' || rfc3339(e.created_at) || '"'`);
  column('createdBy', sql`to_json(e.created_by)::text`);
  column('updatedAt', sql`'"' || rfc3339(e.updated_at) || '"'`);
  column('updatedBy', sql`to_json(e.updated_by)::text`);
  return sql`(${sql.join(parts, sql` || `)} || '}')`;
}

function presentProperties(compiled: CompiledBlueprint, shape: ReadShape, scope: FilterScope): Text | null {
  const own = [...compiled.properties.keys()];
  const derived = shape.derived ? compiled.derived : [];
  const keys = wantedMembers(shape, 'properties', [...own, ...derived]);
  if (keys === null) return null;
  const { blueprint, sight } = scope;
  const isPlain = keys.every((key) => sight.property(blueprint, key) === true);
  if (isPlain && keys.length === own.length && own.every((key, index) => key === keys[index])) {
    return wholeColumn(sql`e.properties`, compiled.emptyProperties);
  }
  const titled = shape.titleMirrors ? titleMirrors(keys, scope) : new Map<string, Json>();
  return objectOf(keys, (key) => {
    const seen = compiled.properties.has(key) ? seenProperty : seenDerived;
    return sql`coalesce((${titled.get(key) ?? seen(key, scope, sql.lit(key))})::text, 'null')`;
  });
}

function presentRelations(compiled: CompiledBlueprint, shape: ReadShape, scope: FilterScope): Text | null {
  const keys = wantedMembers(shape, 'relations', [...compiled.relations.keys()]);
  if (keys === null) return null;
  if (shape.relationTitles) {
    const unset = Object.fromEntries(keys.map((key) => [key, compiled.emptyRelations[key]]));
    return sql`(${JSON.stringify(unset)}::jsonb || ${relationsWithTitles(compiled, keys, scope)})::text`;
  }
  const { blueprint, sight } = scope;
  const isPlain = keys.every((key) => sight.relation(blueprint, key) === true && sight.target(blueprint, key) === true);
  if (isPlain && keys.length === compiled.relations.size) return wholeColumn(sql`e.relations`, compiled.emptyRelations);
  return objectOf(keys, (key) => {
    const unset = JSON.stringify(compiled.emptyRelations[key]);
    return sql`coalesce((${seenRelation(key, scope, sql.lit(key))})::text, ${sql.lit(unset)})`;
  });
}

/** Everything a column holds, and what it does not hold as `unset` has it: to ask for a key costs a tenth of reading it. */
function wholeColumn(column: Json, unset: Readonly<Record<string, unknown>>): Text {
  const added = Object.entries(unset).map(([key, value]) => {
    const member = `${JSON.stringify(key)}:${JSON.stringify(value)},`;
    return sql`case when ${column} ? ${sql.lit(key)} then '' else ${sql.lit(member)} end`;
  });
  if (added.length === 0) return sql`${column}::text`;
  return sql`case ${column} when '{}' then ${sql.lit(JSON.stringify(unset))}
    else '{' || (${sql.join(added, sql` || `)}) || right(${column}::text, -1) end`;
}

function objectOf(keys: readonly string[], valueOfKey: (key: string) => Text): Text {
  if (keys.length === 0) return sql`'{}'`;
  const members = keys.map((key, index) => {
    const name = `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`;
    return sql`${sql.lit(name)} || ${valueOfKey(key)}`;
  });
  return sql`${sql.join(members, sql` || `)} || '}'`;
}

/** The whole member: which scorecards an entity has is its own affair, and one asked for by name may not be there. */
function presentScorecards({ include, exclude }: ReadShape, { blueprint, sight }: FilterScope): Text | null {
  if (exclude.has('scorecards')) return null;
  const asked = scorecardsIn(include ?? []);
  const hidden = scorecardsIn(exclude);
  const isWhole = include === null || include.has('scorecards');
  const isSeen = sight.scorecards(blueprint);
  const levels =
    isSeen === true ? sql`e.levels` : sql`case when e.levels <> '{}' and ${asSql(isSeen)} then e.levels else '{}' end`;
  if (isWhole && hidden.length === 0) return sql`',"scorecards":' || ${levels}::text`;
  if (!isWhole && asked.length === 0) return null;
  return sql`(
    select case when ${isWhole} or count(*) > 0 then ',"scorecards":' ||
      coalesce(jsonb_object_agg(key, value) filter (where key <> all(${hidden}::text[])), '{}')::text else '' end
    from jsonb_each(${levels}) where ${isWhole} or key = any(${asked}::text[]))`;
}

function scorecardsIn(names: Iterable<string>): string[] {
  const prefix = 'scorecards.';
  return [...names].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}
