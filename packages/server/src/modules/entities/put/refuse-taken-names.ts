import { Refusal } from '@gantry/core';
import type { Trx } from '../../../db/pool.ts';
import type { Model } from '../../blueprints/index.ts';
import { keyText, readTargets } from '../store.ts';
import { type Item, isPlanned, type PlannedItem } from './item.ts';
import { refuseChanging } from './refusals.ts';
import { seenAmong } from './seen-targets.ts';
import type { WriteGuard } from './write-guard.ts';

/** An entity can only be renamed to what no other is called, hidden ones too, and only when it exists. */
export async function refuseTakenNames(
  trx: Trx,
  model: Model,
  items: readonly Item[],
  guard: WriteGuard | null,
): Promise<void> {
  const renamed = items.filter(isPlanned).filter(({ key, content }) => content.identifier !== key.identifier);
  if (renamed.length === 0) return;
  const newKey = ({ key, content }: PlannedItem) => ({ ...key, identifier: content.identifier });
  const taken = await readTargets(trx, renamed.map(newKey));
  const isSeen = guard && (await seenAmong(guard.judgment, trx, model, taken, renamed.map(newKey)));
  for (const item of renamed) {
    const { stored, key, content } = item;
    const name = `${stored.identifier} \`${key.identifier}\``;
    if (!item.existing) {
      item.refusal = new Refusal('not_found', `There is no ${name} to rename to \`${content.identifier}\`.`);
    } else if (taken.has(keyText(newKey(item))) && isSeen?.(newKey(item)) === false) {
      item.refusal = refuseChanging(item, ['identifier']);
    } else if (taken.has(keyText(newKey(item)))) {
      const message = `${name} cannot be renamed: there is a \`${content.identifier}\` already. Choose another name.`;
      item.refusal = new Refusal('already_exists', message);
    }
  }
}
