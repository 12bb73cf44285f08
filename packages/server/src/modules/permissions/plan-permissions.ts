import {
  type Actor,
  type EntityQuestion,
  type Grant,
  grantBlocks,
  grantMaps,
  isSameJson,
  moderatorOf,
  type Opening,
  type OwnPermissions,
} from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import { allOf, complement } from '../../db/filter-to-sql/condition.ts';
import { grantsOf, Model, readPermissions, type StoredBlueprint } from '../blueprints/index.ts';
import { conditionOn, type Judgment, judgmentOfSomebody } from './judgment.ts';
import type { PermissionKit } from './kit.ts';

/** Whom a change is counted for. */
interface Principal {
  readonly kind: 'role' | 'team' | 'user';
  readonly name: string;
}

interface Difference extends Principal {
  readonly path: string;
  readonly before: Opening;
  readonly after: Opening;
}

export interface PermissionPlan {
  readonly entities: number;
  readonly changes: (Principal & { readonly path: string; readonly gained: number; readonly lost: number })[];
  readonly more: boolean;
}

/** How many teams that own something are looked at, and how many differences are counted. */
const MOST_OWNERS = 100;
const MOST_DIFFERENCES = 200;

/**
 * Who would gain and lose what: every role, team and person that is named before or after, and the teams that own
 * something. Each is asked about by the decision that would then hold, and counted in one statement. Administrators and
 * moderators may do everything either way. @throws Refusal `not_found`, `invalid_request`
 */
export async function planPermissions(
  kit: PermissionKit,
  at: string,
  input: unknown,
  caller: Actor,
): Promise<PermissionPlan> {
  const model = await kit.memory.having(at);
  const before = model.get(at);
  const after = { ...before, permissions: readPermissions(before, input, caller) };
  const changed = new Model(model.all.map((one) => (one.id === before.id ? after : one)));
  const questions = questionsAbout(before.permissions, after.permissions);
  const differences: Difference[] = [];
  for (const principal of await principalsOf(kit, before, after)) {
    const judgmentIn = await judgmentsFor(kit, principal);
    const then = (await judgmentIn(model)).judge(before);
    const now = (await judgmentIn(changed)).judge(after);
    for (const [path, question] of questions) {
      const difference = { before: then.verdict(question).opens, after: now.verdict(question).opens };
      if (!isSameJson(difference.before, difference.after)) differences.push({ ...principal, path, ...difference });
    }
  }
  const counted = differences.slice(0, MOST_DIFFERENCES);
  return { ...(await count(kit, model, before, counted)), more: counted.length < differences.length };
}

const actions = {
  updateProperties: 'updateProperty',
  updateRelations: 'updateRelation',
  readProperties: 'readProperty',
  readRelations: 'readRelation',
} as const;

function questionsAbout(before: OwnPermissions, after: OwnPermissions): [string, EntityQuestion][] {
  const members = grantMaps.flatMap((map) => {
    const keys = new Set([before, after].flatMap(({ entities }) => Object.keys(entities[map] ?? {})));
    const action = actions[map];
    return [...keys].map((key): [string, EntityQuestion] => [`${map}.${key}`, { action, key }]);
  });
  const blocks = grantBlocks.map((action): [string, EntityQuestion] => [action, { action }]);
  return [...blocks, ...members];
}

async function principalsOf(
  { db }: PermissionKit,
  before: StoredBlueprint,
  after: StoredBlueprint,
): Promise<Principal[]> {
  const grants = [before, after].flatMap((blueprint) => {
    const { entities } = grantsOf(blueprint);
    return [
      ...grantBlocks.map((block) => entities[block]),
      ...grantMaps.flatMap((map) => Object.values(entities[map])),
    ];
  });
  const named = (part: (grant: Grant) => readonly string[]) => [...new Set(grants.flatMap(part))];
  const mighty = ['Admin', moderatorOf(before.identifier)];
  const owners = grants.some(({ ownedByTeam }) => ownedByTeam) ? await readOwners(db, before) : [];
  return [
    ...named(({ roles }) => roles)
      .filter((name) => !mighty.includes(name))
      .map((name) => ({ kind: 'role', name }) as const),
    ...[...new Set([...named(({ teams }) => teams), ...owners])].map((name) => ({ kind: 'team', name }) as const),
    ...named(({ users }) => users).map((name) => ({ kind: 'user', name }) as const),
  ];
}

async function readOwners(db: PermissionKit['db'], { id }: StoredBlueprint): Promise<string[]> {
  const { rows } = await sql<{ team: string }>`
    select owner as team from entity e, unnest(e.team) as owner where e.blueprint_id = ${id}
    group by owner order by count(*) desc, owner limit ${MOST_OWNERS}`.execute(db);
  return rows.map(({ team }) => team);
}

/** Of somebody with this role alone, of a member of this team alone, or of the person as they are. */
async function judgmentsFor(
  { db, judgmentFor, personCalled }: PermissionKit,
  { kind, name }: Principal,
): Promise<(model: Model) => Judgment | Promise<Judgment>> {
  const somebody = { kind: 'user', id: '', label: '', roles: ['Member'], teams: [] } as const;
  if (kind === 'role') return (model) => judgmentOfSomebody(model, { ...somebody, roles: [name] });
  if (kind === 'team') return (model) => judgmentOfSomebody(model, { ...somebody, teams: [name] });
  const person = (await personCalled(name)) ?? { ...somebody, label: name };
  return (model) => judgmentFor(db, model, person);
}

async function count(
  { db }: PermissionKit,
  model: Model,
  blueprint: StoredBlueprint,
  differences: readonly Difference[],
): Promise<Pick<PermissionPlan, 'entities' | 'changes'>> {
  const figures = differences.flatMap(({ before, after }) => {
    const [then, now] = [before, after].map((opening) => conditionOn(opening, blueprint, model));
    return [allOf([now ?? false, complement(then ?? false)]), allOf([then ?? false, complement(now ?? false)])];
  });
  const filters = [true, ...figures].map((condition): RawBuilder<unknown> => {
    return sql`count(*) filter (where ${typeof condition === 'boolean' ? sql.lit(condition) : condition})`;
  });
  const { rows } = await sql<{ counts: string[] }>`
    select array[${sql.join(filters)}]::text[] as counts from entity e where e.blueprint_id = ${blueprint.id}`.execute(
    db,
  );
  const [entities = 0, ...counts] = (rows[0]?.counts ?? []).map(Number);
  const changes = differences.map(({ path, kind, name }, index) => {
    return { path, kind, name, gained: counts[2 * index] ?? 0, lost: counts[2 * index + 1] ?? 0 };
  });
  return { entities, changes: changes.filter(({ gained, lost }) => gained + lost > 0) };
}
