import { Refusal } from '@gantry/core';
import type { Db } from '../../db/pool.ts';
import { MODEL_CHANNEL, type Notifications } from '../../events/notifications.ts';
import { readBlueprints } from './store.ts';
import type { StoredBlueprint } from './stored-blueprint.ts';

/** All blueprints at one moment. */
export class Model {
  readonly #byIdentifier: ReadonlyMap<string, StoredBlueprint>;
  readonly #byId: ReadonlyMap<number, StoredBlueprint>;

  constructor(blueprints: readonly StoredBlueprint[]) {
    this.#byIdentifier = new Map(blueprints.map((stored) => [stored.identifier, stored]));
    this.#byId = new Map(blueprints.map((stored) => [stored.id, stored]));
  }

  get all(): readonly StoredBlueprint[] {
    return [...this.#byId.values()];
  }

  find(identifier: string): StoredBlueprint | undefined {
    return this.#byIdentifier.get(identifier);
  }

  byId(id: number): StoredBlueprint | undefined {
    return this.#byId.get(id);
  }

  /** @throws Refusal `not_found` */
  get(identifier: string): StoredBlueprint {
    const stored = this.find(identifier);
    if (stored) return stored;
    throw new Refusal('not_found', `There is no blueprint \`${identifier}\`. Create it first, or check its spelling.`);
  }
}

/**
 * The model as this process remembers it, read anew after each change made by any process. Between a change elsewhere
 * and the word of it lie milliseconds; writers of entities therefore compare revisions inside their transaction.
 */
export class ModelMemory {
  readonly #db: Db;
  #current: Promise<Model> | undefined;

  constructor(db: Db, notifications: Notifications) {
    this.#db = db;
    notifications.on(MODEL_CHANNEL, () => this.forget());
  }

  current(): Promise<Model> {
    this.#current ??= this.#read();
    return this.#current;
  }

  /**
   * The model with this blueprint. One that is not remembered may have been declared by another process a moment ago,
   * so the database is asked before it is called unknown. @throws Refusal `not_found`
   */
  async having(identifier: string): Promise<Model> {
    if (!(await this.current()).find(identifier)) this.forget();
    const model = await this.current();
    model.get(identifier);
    return model;
  }

  /** The next `current()` reads the database. */
  forget(): void {
    this.#current = undefined;
  }

  #read(): Promise<Model> {
    const reading = readBlueprints(this.#db).then((blueprints) => new Model(blueprints));
    reading.catch(() => {
      // A failed read must not be remembered; its callers have been told.
      if (this.#current === reading) this.forget();
    });
    return reading;
  }
}
