import SCIMMY from 'scimmy';
import { changeEntities, deleteEntities, type EntityKit, type WriteContext } from '../entities/index.ts';
import type { Resource, ResourceKind } from './resource.ts';
import { refuseUnknown, spoken } from './spoken.ts';
import { findRow, lockRow, putAttributes, type Row } from './store.ts';

const both = ['_user', '_team'];

/** Writes resources of one kind, each in one transaction with all that follows from it. */
export class Directory<T extends Resource> {
  readonly #kit: EntityKit;
  readonly #kind: ResourceKind<T>;

  constructor(kit: EntityKit, kind: ResourceKind<T>) {
    this.#kit = kit;
    this.#kind = kind;
  }

  /** @throws Refusal `not_found` */
  async find(id: string, base: string): Promise<T> {
    const row = (await findRow(this.#kit.db, this.#kind.kind, id)) ?? refuseUnknown(id);
    return this.#kind.present(row, base);
  }

  /** @returns its id @throws Refusal `already_exists`, `malformed_request`, `invalid_request` */
  async create(body: unknown, context: WriteContext): Promise<string> {
    const wanted = await spoken(() => this.#kind.read(body));
    let attributes = {};
    const [made] = await changeEntities(
      this.#kit,
      both,
      async (trx) => {
        const plan = await this.#kind.plan(trx, wanted, null);
        attributes = plan.attributes;
        return [{ blueprint: this.#kind.kind, mode: 'create', input: plan.input }, ...plan.others];
      },
      context,
    );
    if (!made) throw new Error('A resource that was made has an outcome.');
    // Its id is known from here on only. Were it lost in between, the directory finds the resource by its name.
    await putAttributes(this.#kit.db, made.id, attributes);
    return made.id;
  }

  /** @throws Refusal `not_found`, `already_exists`, `malformed_request`, `invalid_request` */
  async replace(id: string, body: unknown, context: WriteContext): Promise<void> {
    const wanted = await spoken(() => this.#kind.read(body));
    await this.#change(id, context, async () => wanted);
  }

  /** @throws Refusal `not_found`, `already_exists`, `malformed_request`, `invalid_request` */
  async patch(id: string, body: object, base: string, context: WriteContext): Promise<void> {
    await this.#change(id, context, (row) =>
      spoken(async () => {
        const resource = this.#kind.present(row, base);
        let patched: unknown = resource;
        const operations = new SCIMMY.Messages.PatchOp(
          body as ConstructorParameters<typeof SCIMMY.Messages.PatchOp>[0],
        );
        await operations.apply(resource, async (result) => {
          patched = result;
          return result;
        });
        return this.#kind.read(JSON.parse(JSON.stringify(patched)));
      }),
    );
  }

  /** @throws Refusal `not_found` */
  async remove(id: string, context: WriteContext): Promise<void> {
    const { kind } = this.#kind;
    const { identifier } = (await findRow(this.#kit.db, kind, id)) ?? refuseUnknown(id);
    await changeEntities(
      this.#kit,
      both,
      async (trx) => this.#kind.release(trx, (await lockRow(trx, kind, id)) ?? refuseUnknown(id)),
      context,
    );
    const { actor, origin } = context;
    const options = { actor, origin, dependents: false, references: 'clear' } as const;
    await deleteEntities(this.#kit, [{ blueprint: kind, identifier }], options);
  }

  async #change(id: string, context: WriteContext, wantedOf: (row: Row) => Promise<T>): Promise<void> {
    const { kind } = this.#kind;
    await changeEntities(
      this.#kit,
      both,
      async (trx) => {
        const row = (await lockRow(trx, kind, id)) ?? refuseUnknown(id);
        const { input, attributes, others } = await this.#kind.plan(trx, await wantedOf(row), row);
        await putAttributes(trx, id, attributes);
        return [{ blueprint: kind, at: row.identifier, mode: 'merge', mustExist: true, input }, ...others];
      },
      context,
    );
  }
}
