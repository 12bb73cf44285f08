import { type Actor, parseSort } from '@gantry/core';
import type pg from 'pg';
import { type Answers, answersOf } from '../packages/server/src/db/answers.ts';
import { wholeSqlSight } from '../packages/server/src/db/filter-to-sql/whole-sight.ts';
import { createKysely } from '../packages/server/src/db/pool.ts';
import { compiledOf, Model } from '../packages/server/src/modules/blueprints/index.ts';
import { readBlueprints } from '../packages/server/src/modules/blueprints/store.ts';
import {
  type FoundRow,
  findAlongOrder,
  findBySorting,
  type PageQuestion,
} from '../packages/server/src/modules/search/page/find-page.ts';
import { sortKeysOf } from '../packages/server/src/modules/search/page/sort-keys.ts';
import { presentSql } from '../packages/server/src/modules/search/present/present.ts';
import { wholeEntity } from '../packages/server/src/modules/search/present/read-shape.ts';
import { accept, bind, conditionOf, parseRunnable } from '../packages/server/src/modules/search/question.ts';
import type { PageRequest } from './page-requests.ts';

const nobody: Actor = { kind: 'system', id: 'bench', label: 'bench', roles: [], teams: [] };

/** The one SQL statement that answers a page, with its values in place, so that another program can run the same. */
export async function statementOf(pool: pg.Pool, { blueprint: name, body }: PageRequest): Promise<string> {
  const db = createKysely(pool);
  const model = new Model(await readBlueprints(db));
  const blueprint = model.get(name);
  const scope = { blueprint, model, sight: wholeSqlSight };
  const ran: string[] = [];
  const answers: Answers = {
    rows: (query) => {
      const { sql: text, parameters } = query.compile(db);
      ran.push(
        withoutColons(text).replaceAll(/\$(\d+)/g, (_, place: string) => literal(parameters[Number(place) - 1])),
      );
      return answersOf(db).rows(query);
    },
  };
  const query = await bind(accept(parseRunnable(body.query)), nobody, answers, scope);
  const question: PageQuestion = {
    blueprint,
    filter: conditionOf(query, '', scope),
    keys: sortKeysOf(accept(parseSort(body.sort)), scope),
    after: null,
    offset: 0,
    limit: body.limit + 1,
    present: presentSql(compiledOf(blueprint), wholeEntity, scope),
  };
  const found: FoundRow[] | null = await findAlongOrder(question, answers);
  if (found?.length === question.limit) return ran[0] ?? '';
  ran.length = 0;
  await findBySorting(question, answers);
  return ran[0] ?? '';
}

/** pgbench takes a colon for the beginning of a variable, in texts as well. */
function withoutColons(text: string): string {
  return text.replaceAll(/'((?:[^']|'')*)'/g, (quoted, inner: string) =>
    inner.includes(':') ? `E'${inner.replaceAll('\\', '\\\\').replaceAll(':', '\\x3A')}'` : quoted,
  );
}

function literal(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = Array.isArray(value) ? `{${value.map((element) => JSON.stringify(element)).join(',')}}` : String(value);
  return `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll(':', '\\x3A')}'`;
}
