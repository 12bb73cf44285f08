import type { Queries } from '../../db/pool.ts';

/** A value all processes share, made by the first that asks. */
export async function sharedSecret(db: Queries, name: string, make: () => string): Promise<string> {
  await db
    .insertInto('instance_secret')
    .values({ name, value: make() })
    .onConflict((at) => at.column('name').doNothing())
    .execute();
  const row = await db.selectFrom('instance_secret').select('value').where('name', '=', name).executeTakeFirstOrThrow();
  return row.value;
}
