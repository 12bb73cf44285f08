import type { Answer, globalSearch } from '@gantry/contract';
import type { Actor } from '@gantry/core';
import { type RawBuilder, sql } from 'kysely';
import type { StoredBlueprint } from '../blueprints/index.ts';
import type { SearchKit } from './kit.ts';

type Results = Answer<typeof globalSearch>['results'];

/** How many rows are looked at closely, of however many that hold the words. */
const CANDIDATES = 1000;
const MOST_WORDS = 8;
/** Words with letters, of this length and more, may hold one typing error. A wrong number is another number. */
const FORGIVING_LENGTH = 5;
/** Beyond it the ways to have mistyped a word grow too many. */
const LONGEST_FORGIVEN = 30;

export interface WordQuestion {
  readonly words: string;
  /** Only this blueprint; all that take part in global search unless said. */
  readonly blueprint: string | undefined;
  readonly limit: number;
}

/**
 * Entities by words of their title and identifier, best first. Every word must occur: longer ones anywhere, short ones
 * at the beginning of a word. When that finds nothing, words that occur nowhere stand for what is one typing error away:
 * a letter wrong, missing, too many, or two swapped.
 */
export async function searchGlobally(kit: SearchKit, question: WordQuestion, actor: Actor): Promise<Results> {
  const { model, sight } = await kit.sights.of(actor, kit.reader);
  const { entities } = sight;
  const searched = model.all.filter(({ identifier, definition }) =>
    question.blueprint === undefined ? definition.includeInGlobalSearch !== false : identifier === question.blueprint,
  );
  const words = wordsOf(question.words);
  if (words.length === 0 || searched.length === 0) return [];
  const ids = searched.map(({ id }) => id);
  const exact = await kit.reader.rows(ranked(entities, question, words, ids, words.map(holds)));
  if (exact.length > 0 || !words.some(isForgiven)) return present(exact, searched);
  const strange = await unknownWords(kit, entities, words);
  // Each word occurs somewhere, but no entity has them all: then any of them may be meant otherwise.
  const doubted = strange.length > 0 ? strange : words;
  const conditions = words.map((word) => (doubted.includes(word) ? holdsAlmost(word) : holds(word)));
  return present(await kit.reader.rows(ranked(entities, question, words, ids, conditions)), searched);
}

/** Those that occur in no entity that is seen. */
async function unknownWords(
  kit: SearchKit,
  entities: RawBuilder<unknown>,
  words: readonly string[],
): Promise<readonly string[]> {
  const found = sql.join(words.map((word) => sql`exists (select from ${entities} as e where ${holds(word)})`));
  const [row] = await kit.reader.rows<{ found: boolean[] }>(sql`select array[${found}] as found`);
  return words.filter((_, index) => row?.found[index] === false);
}

interface Hit {
  readonly id: string;
  readonly blueprint_id: number;
  readonly identifier: string;
  readonly title: string | null;
  readonly icon: string | null;
  readonly team: string[];
  readonly score: number;
}

const haystack = sql`search_words(coalesce(title, '') || ' ' || identifier)`;

/**
 * Three ways lead to candidates, because the best must be among them even where thousands hold the words: the very
 * identifier, titles that begin so, and the words. The score says how well: the whole title, its beginning, the
 * beginning of a word in it; a title counts more than an identifier.
 */
function ranked(
  entities: RawBuilder<unknown>,
  { words: phrase, limit }: WordQuestion,
  words: readonly string[],
  ids: readonly number[],
  conditions: readonly RawBuilder<unknown>[],
): RawBuilder<Hit> {
  const typed = phrase.trim().toLowerCase();
  const starts = words.map((word) => `% ${escaped(word)}%`);
  return sql<Hit>`
    with candidate as (
      (select id from ${entities} as e where blueprint_id = any(${ids}::int[]) and identifier = ${phrase.trim()})
      union
      (select titled.id from unnest(${ids}::int[]) as searched (id) cross join lateral (
        select e.id from ${entities} as e
        where e.blueprint_id = searched.id and sort_text(coalesce(title, identifier)) collate "C" between ${typed} and ${`${typed}\u{10ffff}`}
        order by sort_text(coalesce(title, identifier)) collate "C" limit ${limit}
      ) as titled)
      union
      (select id from ${entities} as e where blueprint_id = any(${ids}::int[]) and ${sql.join(conditions, sql` and `)}
       limit ${CANDIDATES})
    ), scored as (
      select e.id, e.blueprint_id, e.identifier, e.title, e.icon, e.team, coalesce(e.title, e.identifier) as shown,
        case
          when small_title = ${typed} then 1
          when small_name = ${typed} then 0.95
          when starts_with(small_title, ${typed}) then 0.9
          when starts_with(small_name, ${typed}) then 0.8
          when search_words(coalesce(e.title, e.identifier)) like all(${starts}::text[]) then 0.7
          when search_words(e.identifier) like all(${starts}::text[]) then 0.6
          else 0.4
        end::float8 as score
      from candidate join entity e on e.id = candidate.id
      -- Names are of collation "C", which knows the small letters of ASCII only.
      cross join lateral (select lower(coalesce(e.title, e.identifier) collate "default") as small_title,
                                 lower(e.identifier collate "default") as small_name) as small
    )
    select id, blueprint_id, identifier, title, icon, team, score from scored
    order by score desc, length(shown), shown, id limit ${limit}`;
}

/** As `search_words` of the database parts them. */
function wordsOf(phrase: string): string[] {
  const words = phrase
    .toLowerCase()
    .split(/[\s\-_./:@+=\\]+/u)
    .filter((word) => word !== '');
  return [...new Set(words)].slice(0, MOST_WORDS);
}

function holds(word: string): RawBuilder<unknown> {
  return sql`${haystack} like ${word.length < 3 ? `% ${escaped(word)}%` : `%${escaped(word)}%`}`;
}

function holdsAlmost(word: string): RawBuilder<unknown> {
  if (!isForgiven(word)) return holds(word);
  const patterns = misspellings(word).map((pattern) => `% ${pattern}%`);
  return sql`${haystack} like any(${[`%${escaped(word)}%`, ...patterns]}::text[])`;
}

function isForgiven(word: string): boolean {
  return word.length >= FORGIVING_LENGTH && word.length <= LONGEST_FORGIVEN && /\p{L}/u.test(word);
}

/** Patterns of everything that is one typing error away from a word. */
function misspellings(word: string): string[] {
  const letters = [...word].map(escaped);
  const patterns = letters.flatMap((letter, index) => {
    const before = letters.slice(0, index).join('');
    const after = letters.slice(index + 1).join('');
    const [next = '', ...rest] = letters.slice(index + 1);
    return [
      `${before}_${after}`,
      `${before}${after}`,
      `${before}_${letter}${after}`,
      `${before}${next}${letter}${rest.join('')}`,
    ];
  });
  return [...new Set(patterns)];
}

function escaped(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}

function present(hits: readonly Hit[], searched: readonly StoredBlueprint[]): Results {
  const blueprints = new Map(searched.map((stored) => [stored.id, stored]));
  return hits.flatMap(({ blueprint_id, identifier, title, icon, team, score }) => {
    const blueprint = blueprints.get(blueprint_id);
    if (!blueprint) return [];
    return [
      {
        blueprint: blueprint.identifier,
        blueprintTitle: blueprint.definition.title ?? blueprint.identifier,
        identifier,
        title: title ?? identifier,
        icon,
        team,
        score,
      },
    ];
  });
}
