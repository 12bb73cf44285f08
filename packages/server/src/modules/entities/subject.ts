import { type Actor, type EntityDiff, isAlmighty, isSameJson, Refusal } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import { type Answers, answersOf } from '../../db/answers.ts';
import { asSql, type Condition } from '../../db/filter-to-sql/condition.ts';
import type { FilterScope } from '../../db/filter-to-sql/scope.ts';
import type { Queries } from '../../db/pool.ts';

/** An entity whose past somebody asks about, deleted or not, and how much of it they see. */
export interface Subject {
  readonly id: string;
  /** Whether what stands at a path of its content (`title`, `properties.tier`, `relations.owner`) is seen. */
  seesPath(path: string): boolean;
  /** Nothing of it is hidden, nor of what it names. */
  readonly isSeenWhole: boolean;
}

interface SubjectRow {
  readonly id: string;
  readonly hidden: string[];
  readonly is_whole: boolean;
}

/** A deleted entity still has its history, as long as it lies in the trash. @throws Refusal `not_found` */
export async function findSubject(db: Queries, scope: FilterScope, identifier: string, actor: Actor): Promise<Subject> {
  const answers = answersOf(db);
  const row = (await findLiving(answers, scope, identifier)) ?? (await findDeleted(answers, scope, identifier));
  if (!row) throw new Refusal('not_found', `There is no ${scope.blueprint.identifier} \`${identifier}\`.`);
  const hidden = new Set(row.hidden);
  // What a blueprint declares no longer nobody has been granted, and it may have been hidden from them.
  const isKnown = (path: string) => isAlmighty(actor) || !path.includes('.') || declaredPaths(scope).includes(path);
  return { id: row.id, seesPath: (path) => isKnown(path) && !hidden.has(path), isSeenWhole: row.is_whole };
}

async function findLiving(answers: Answers, scope: FilterScope, identifier: string): Promise<SubjectRow | undefined> {
  const { blueprint, sight } = scope;
  const hidden = guardedPaths(scope).map(
    ([path, isSeen]) => sql`case when ${asSql(isSeen)} then null else ${path} end`,
  );
  const [row] = await answers.rows<SubjectRow>(sql`
    select e.id, array_remove(array[${sql.join(hidden)}]::text[], null) as hidden, ${asSql(sight.scorecards(blueprint))} as is_whole
    from entity e
    where e.blueprint_id = ${blueprint.id} and e.identifier = ${identifier} and ${asSql(sight.rows(blueprint))}`);
  return row;
}

/** Of what is deleted only that is seen which is seen in every entity. */
async function findDeleted(answers: Answers, scope: FilterScope, identifier: string): Promise<SubjectRow | undefined> {
  const { blueprint, sight } = scope;
  const [row] = await answers.rows<{ id: string }>(sql`
    select id from ${sight.trash} as t where blueprint_id = ${blueprint.id} and identifier = ${identifier}
    order by deleted_at desc limit 1`);
  const hidden = guardedPaths(scope).map(([path]) => path);
  return row && { id: row.id, hidden, is_whole: sight.scorecards(blueprint) === true };
}

function declaredPaths({ blueprint: { definition } }: FilterScope): string[] {
  const properties = Object.keys(definition.schema.properties).map((key) => `properties.${key}`);
  return [...properties, ...Object.keys(definition.relations).map((key) => `relations.${key}`)];
}

/** Paths that are not seen in every entity, and where they are. */
function guardedPaths({ blueprint, sight }: FilterScope): (readonly [path: string, isSeen: Condition])[] {
  const { schema, relations } = blueprint.definition;
  const paths = [
    ...Object.keys(schema.properties).map((key) => [`properties.${key}`, sight.property(blueprint, key)] as const),
    ...Object.keys(relations).map((key) => [`relations.${key}`, sight.relation(blueprint, key)] as const),
  ];
  return paths.filter(([, isSeen]) => isSeen !== true);
}

/** A condition on changes `c`: something of them is seen. */
export function touchesSeen(scope: FilterScope, subject: Subject, actor: Actor): RawBuilder<unknown> {
  if (isAlmighty(actor)) return sql`true`;
  const known = declaredPaths(scope).filter((path) => subject.seesPath(path));
  return sql`exists (select from jsonb_array_elements(c.diff) as item
    where strpos(item ->> 'path', '.') = 0 or item ->> 'path' = any(${known}::text[]))`;
}

/** What is seen of these diffs: paths that are seen, and in relations the names of entities that are. */
export async function seenDiffs(
  db: Queries,
  scope: FilterScope,
  subject: Subject,
  diffs: readonly EntityDiff[],
): Promise<EntityDiff[]> {
  const shown = diffs.map((diff) => diff.filter(({ path }) => subject.seesPath(path)));
  const names = await seenNames(db, scope, shown.flat());
  return shown.map((diff) => diff.flatMap((change) => trimmed(change, names.get(change.path))));
}

type Change = EntityDiff[number];

/** Of relations that may name what is not seen: the names that are, by path. */
async function seenNames(
  db: Queries,
  { blueprint, model, sight }: FilterScope,
  changes: readonly Change[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const [key, { target }] of Object.entries(blueprint.definition.relations)) {
    const path = `relations.${key}`;
    const held = changes
      .filter((change) => change.path === path)
      .flatMap(({ before, after }) => namesIn(before, after));
    if (held.length === 0 || sight.target(blueprint, key) === true) continue;
    const rows = await answersOf(db).rows<{ identifier: string }>(sql`
      select identifier from ${sight.entities} as e
      where blueprint_id = ${model.find(target)?.id ?? 0} and identifier = any(${held}::text[])`);
    found.set(path, new Set(rows.map(({ identifier }) => identifier)));
  }
  return found;
}

const namesIn = (...values: readonly unknown[]) => values.flat().filter((value) => typeof value === 'string');

function trimmed(change: Change, names: ReadonlySet<string> | undefined): Change[] {
  if (!names) return [change];
  const side = (value: unknown) => (Array.isArray(value) ? value : [value]).filter((name) => names.has(String(name)));
  const sides = (['before', 'after'] as const).flatMap((name) => {
    const seen = side(change[name]);
    return seen.length === 0 ? [] : [[name, Array.isArray(change[name]) ? seen : seen[0]] as const];
  });
  const seen: Change = { path: change.path, ...Object.fromEntries(sides) };
  return isSameJson(seen.before ?? null, seen.after ?? null) ? [] : [seen];
}
