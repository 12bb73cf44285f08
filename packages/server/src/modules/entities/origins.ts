import type { Queries } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';

/**
 * Where values come from. `kind` and `key` name it for good (`user` and an id, `machine` and a User-Agent, `file` and
 * a path in a root); `label`, `url` and `record` are what is shown and may change, for instance a line number.
 */
export interface Origin {
  readonly kind: string;
  readonly key: string;
  readonly label: string;
  readonly url?: string | undefined;
  readonly record?: Readonly<Record<string, unknown>> | undefined;
}

const MAX_REMEMBERED = 20_000;

const put = statement<{ id: number; kind: string; key: string }>(
  'origin.put',
  `with given as (
     select distinct on (kind, key) * from json_to_recordset($1::json)
     as given (kind text, key text, label text, url text, record jsonb)
   ), made as (
     insert into origin (kind, key, label, url, record) select kind, key, label, url, record from given
     order by kind, key
     on conflict (kind, key) do update set label = excluded.label, url = excluded.url, record = excluded.record
     where (origin.label, origin.url, origin.record) is distinct from (excluded.label, excluded.url, excluded.record)
     returning id, kind, key
   )
   select id, kind, key from made
   union all
   select origin.id, origin.kind, origin.key from given join origin using (kind, key)
   where not exists (select from made where made.kind = given.kind and made.key = given.key)`,
);

/** Numbers for origins, so that provenance can name one with a few digits. Known ones cost nothing. */
export class Origins {
  readonly #known = new Map<string, number>();

  /** Ids in the order asked for. */
  async idsOf(db: Queries, origins: readonly Origin[]): Promise<number[]> {
    const texts = origins.map((origin) => JSON.stringify(origin));
    const isNew = (_: Origin, index: number) => !this.#known.has(texts[index] ?? '');
    const unknown = origins.filter(isNew);
    const made = unknown.length > 0 ? await run(db, put, [JSON.stringify(unknown)]) : [];
    const ids = new Map(made.map(({ id, kind, key }) => [JSON.stringify([kind, key]), id]));
    const found = origins.map((origin, index) => {
      const id = this.#known.get(texts[index] ?? '') ?? ids.get(JSON.stringify([origin.kind, origin.key]));
      if (id === undefined) throw new Error(`PostgreSQL gave origin ${origin.kind} ${origin.key} no id.`);
      return id;
    });
    if (this.#known.size > MAX_REMEMBERED) this.#known.clear();
    for (const [index, text] of texts.entries()) this.#known.set(text, found[index] ?? 0);
    return found;
  }
}
