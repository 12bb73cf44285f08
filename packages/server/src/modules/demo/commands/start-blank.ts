import type { Actor } from '@gantry/core';
import { record } from '../../../audit/record.ts';
import { type Db, transaction } from '../../../db/pool.ts';

/** Ends the first run without bringing anything. */
export async function startBlank(db: Db, actor: Actor): Promise<void> {
  await transaction(db, async (trx) => {
    const started = await trx
      .updateTable('organization')
      .set({ set_up_at: new Date() })
      .where('set_up_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!started) return;
    const message = 'Started with an empty catalog.';
    await record(trx, actor, { action: 'UPDATE', resource: { type: 'organization', identifier: started.id }, message });
  });
}
