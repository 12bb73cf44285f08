import { isPlainObject } from '../json.ts';
import { didYouMean } from '../nearest.ts';
import { joinPath, type Problem } from '../problem.ts';
import { isMetaProperty, type MetaProperty, metaProperties } from '../property/meta.ts';
import { isStorableText } from '../property/storable.ts';
import { accepted, type Result, refused } from '../result.ts';

/** One thing to order by: a meta property, or a property by key. */
export interface SortTerm {
  readonly by: { readonly kind: 'meta'; readonly name: MetaProperty } | { readonly kind: 'own'; readonly key: string };
  readonly order: 'asc' | 'desc';
}

/**
 * The order of a page: term by term, what has no value last whichever way the order goes, and what is equal in every
 * term by identifier, ascending. So the order is total, and a page can go on where the last one ended.
 */
export type Sort = readonly SortTerm[];

/** How many terms a sort may have. */
const TERM_LIMIT = 5;

/** Reads `[{property, order?}]`; the order is ascending unless said. A property named twice counts where it comes first. */
export function parseSort(input: unknown): Result<Sort> {
  if (input === undefined || input === null) return accepted([]);
  if (!Array.isArray(input)) return refused([{ path: '', message: 'must be a list like [{"property": "$title"}]' }]);
  if (input.length > TERM_LIMIT) return refused([{ path: '', message: `must have at most ${TERM_LIMIT} terms` }]);
  const terms = new Map<string, SortTerm>();
  const problems: Problem[] = [];
  for (const [index, element] of input.entries()) {
    const found = checkTerm(element, String(index));
    problems.push(...found);
    if (found.length > 0) continue;
    const { property, order } = element as { property: string; order?: 'asc' | 'desc' };
    if (!terms.has(property)) terms.set(property, { by: sortable(property), order: order ?? 'asc' });
  }
  return problems.length > 0 ? refused(problems) : accepted([...terms.values()]);
}

function sortable(property: string): SortTerm['by'] {
  return isMetaProperty(property) ? { kind: 'meta', name: property } : { kind: 'own', key: property };
}

function checkTerm(term: unknown, path: string): Problem[] {
  if (!isPlainObject(term)) return [{ path, message: 'must be an object like {"property": "$title", "order": "asc"}' }];
  const { property, order } = term;
  const problems: Problem[] = [];
  if (typeof property !== 'string' || property === '' || !isStorableText(property)) {
    problems.push({ path: joinPath(path, 'property'), message: 'must be the key of a property' });
  } else if (property.startsWith('$') && !isMetaProperty(property)) {
    const message = `\`${property.slice(0, 40)}\` is not a meta property`;
    problems.push({ path: joinPath(path, 'property'), message, ...didYouMean(property, metaProperties) });
  }
  if (order !== undefined && order !== null && order !== 'asc' && order !== 'desc') {
    problems.push({ path: joinPath(path, 'order'), message: 'must be `asc` or `desc`' });
  }
  return problems;
}
