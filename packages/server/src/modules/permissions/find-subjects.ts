import type { Queries } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';
import type { StoredBlueprint } from '../blueprints/index.ts';
import type { Subject } from './judgment.ts';

const find = statement<{ id: string; identifier: string }>(
  'permission.findSubjects',
  'select id, identifier from entity where blueprint_id = $1 and identifier = any($2::text[]) order by identifier',
);

/** The entities of a blueprint with these names, as far as they exist. */
export async function findSubjects(
  db: Queries,
  { id: blueprintId }: StoredBlueprint,
  identifiers: readonly string[],
): Promise<(Subject & { readonly identifier: string })[]> {
  const rows = await run(db, find, [blueprintId, identifiers]);
  return rows.map(({ id, identifier }) => ({ id, identifier, blueprintId }));
}
