import { diffEntity, type EntityQuestion, isAlmighty, type Opening, Refusal } from '@gantry/core';
import type { Trx } from '../../../db/pool.ts';
import { grantsOf, type Model } from '../../blueprints/index.ts';
import type { Findings, Judgment, Subject } from '../../permissions/index.ts';
import type { WriteContext } from '../entity-write.ts';
import type { EntityKit } from '../kit.ts';
import { type Item, isPlanned, isSearched, type PlannedItem } from './item.ts';
import { refuseChanging, refuseRegistering, refuseSearch } from './refusals.ts';

type Existing = Item & { existing: NonNullable<Item['existing']> };
const isExisting = (item: Item): item is Existing => item.existing !== null;

/**
 * Holds a batch of writes against what its actor is granted. An entity must be theirs to change as it was and as it
 * becomes, so that nobody takes one over or gives one away against the rule. What they may not see does not exist for
 * them. Null for those who may do everything.
 */
export async function writeGuardFor(
  kit: EntityKit,
  trx: Trx,
  model: Model,
  { actor, isConsequence }: WriteContext,
): Promise<WriteGuard | null> {
  if (isAlmighty(actor) || isConsequence) return null;
  return new WriteGuard(trx, await kit.judgmentFor(trx, model, actor));
}

export class WriteGuard {
  readonly judgment: Judgment;
  readonly #trx: Trx;
  #before: Findings | undefined;

  constructor(trx: Trx, judgment: Judgment) {
    this.#trx = trx;
    this.judgment = judgment;
  }

  /** Looks at what is stored before the batch, and refuses to write over what the actor may not see. */
  async look(items: readonly Item[]): Promise<void> {
    const existing = items.filter(isExisting);
    this.#before = await this.judgment.examine(
      this.#trx,
      existing.map((item) => item.existing),
    );
    for (const item of existing) {
      if (!this.#allowed(item.existing, { action: 'read' })) item.refusal = refuseUnseen(item);
    }
  }

  /** Own properties of the stored entity that the actor may not see. */
  hiddenProperties(item: Item): string[] {
    return this.#hidden(item, item.compiled.properties.keys(), 'readProperty');
  }

  hiddenRelations(item: Item): string[] {
    return this.#hidden(item, item.compiled.relations.keys(), 'readRelation');
  }

  /** Refuses what the actor could do to no such entity, or not to this one as it was. */
  refuseUngranted(items: readonly Item[]): void {
    for (const item of items.filter(isPlanned)) {
      const { existing } = item;
      const isOpen = existing
        ? (question: EntityQuestion) => this.#allowed(existing, question)
        : (question: EntityQuestion) => this.#opening(item, question) !== false;
      item.refusal = this.#refusalUnless(item, isOpen);
      item.isSilent = existing !== null && !this.#allowed(existing, { action: 'update' });
    }
  }

  /** Whether some answer depends on what the entities become. */
  hasToLookAgain(items: readonly Item[]): boolean {
    return items.filter(isPlanned).some((item) => {
      return questionsOf(item).some(({ question }) => typeof this.#opening(item, question) !== 'boolean');
    });
  }

  /** Looks at what the batch has written. @returns whether everything is as the actor may have it; else they are refused */
  async lookAgain(items: readonly Item[]): Promise<boolean> {
    const written = items.filter(isPlanned).flatMap((item) => {
      return item.id === null ? [] : [{ item, subject: { id: item.id, blueprintId: item.stored.id } }];
    });
    const after = await this.judgment.examine(
      this.#trx,
      written.map(({ subject }) => subject),
    );
    for (const { item, subject } of written) {
      item.refusal = this.#refusalUnless(item, (question) => after.allows(subject, question));
    }
    return written.every(({ item }) => item.refusal === null);
  }

  #refusalUnless(item: PlannedItem, isOpen: (question: EntityQuestion) => boolean): Refusal | null {
    const closed = questionsOf(item).filter(({ question }) => !isOpen(question));
    if (closed.length === 0) return null;
    if (closed.some(({ question }) => question.action === 'register')) return refuseRegistering(item);
    return refuseChanging(
      item,
      closed.map(({ path }) => path),
    );
  }

  #hidden(item: Item, keys: Iterable<string>, action: 'readProperty' | 'readRelation'): string[] {
    const { existing } = item;
    if (!existing) return [];
    return [...keys].filter((key) => !this.#allowed(existing, { action, key }));
  }

  #allowed(subject: Subject, question: EntityQuestion): boolean {
    return this.#before?.allows(subject, question) ?? false;
  }

  #opening({ stored }: Item, question: EntityQuestion): Opening {
    return this.judgment.judge(stored).verdict(question).opens;
  }
}

interface AskedPath {
  readonly path: string;
  readonly question: EntityQuestion;
}

/** What a write needs to be granted: each change of what is stored; or to register, and whatever has a grant of its own. */
function questionsOf(item: PlannedItem): AskedPath[] {
  const { existing, content, stored } = item;
  if (existing) return (diffEntity(existing, content) ?? []).map(({ path }) => ({ path, question: changing(path) }));
  const { updateProperties, updateRelations } = grantsOf(stored).entities;
  const isGiven = ({ path }: AskedPath) => isGivenAtFirst(item, path);
  const own = [
    ...Object.keys(updateProperties).map((key) => (key.startsWith('$') ? key.slice(1) : `properties.${key}`)),
    ...Object.keys(updateRelations).map((key) => `relations.${key}`),
  ].map((path) => ({ path, question: changing(path) }));
  return [{ path: '', question: { action: 'register' } }, ...own.filter(isGiven)];
}

/** Without a name nothing can be registered, and a value that the blueprint gives is nobody's doing. */
function isGivenAtFirst({ content, compiled }: PlannedItem, path: string): boolean {
  if (path === 'identifier') return false;
  const change = diffEntity(null, content)?.find((one) => one.path === path);
  const isDefault = compiled.defaulted.some((one) => one.path === path && one.default === change?.after);
  return change !== undefined && !isDefault;
}

/** The question behind a path of a difference, like `team` or `properties.tier`. */
function changing(path: string): EntityQuestion {
  const [section = '', ...rest] = path.split('.');
  const key = rest.join('.');
  if (key === '') return { action: 'updateProperty', key: `$${section}` };
  return { action: section === 'relations' ? 'updateRelation' : 'updateProperty', key };
}

/** To the one who may not see it, it is not there; where one would be made of it, its name cannot be had. */
function refuseUnseen(item: Item): Refusal {
  const { write, stored, key } = item;
  if (isSearched(item)) return refuseSearch(stored, 0);
  if (!write.mustExist) return refuseRegistering(item);
  return new Refusal('not_found', `There is no ${stored.identifier} \`${key.identifier}\`.`);
}
