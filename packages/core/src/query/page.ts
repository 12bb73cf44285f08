import { isPlainObject } from '../json.ts';
import { isStorableText } from '../property/storable.ts';
import { accepted, type Result, refused } from '../result.ts';
import type { Scalar } from './parsed-query.ts';

/** Where a page ended: the values its last entity is ordered by, and what breaks ties between equals. */
export interface PagePosition {
  readonly values: readonly Scalar[];
  /** The identifier, preceded by the blueprint where a page spans several. */
  readonly tie: readonly string[];
}

/** How much a cursor may hold, in characters; titles and identifiers are at most a few thousand. */
const CURSOR_LIMIT = 32_768;

const foreign = refused([
  {
    path: 'from',
    message: 'is not the cursor of a page of this query',
    remedy: 'Send back `next` of the page before, with the same query and sort; leave `from` out for the first page.',
  },
]);

/**
 * The cursor after which the next page begins: opaque, URL-safe text. `asked` is what decides the order and content of
 * the pages (parsed query, sort, search): a cursor goes only with the question it came from.
 */
export function encodeCursor(position: PagePosition, asked: unknown): string {
  const { values, tie } = position;
  const bytes = new TextEncoder().encode(JSON.stringify([fingerprint(asked, values, tie), values, tie]));
  const binary = String.fromCharCode(...bytes);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Reads a cursor back; refuses what is damaged, changed, or of another question. `terms` is how many values it has. */
export function decodeCursor(cursor: string, asked: unknown, terms: number): Result<PagePosition> {
  const [mark, values, tie] = decodeList(cursor);
  if (!Array.isArray(values) || values.length !== terms || !values.every(isScalar)) return foreign;
  if (
    !Array.isArray(tie) ||
    tie.length === 0 ||
    !tie.every((part) => typeof part === 'string' && isStorableText(part))
  ) {
    return foreign;
  }
  return mark === fingerprint(asked, values, tie) ? accepted({ values, tie }) : foreign;
}

function decodeList(cursor: string): readonly unknown[] {
  if (cursor.length > CURSOR_LIMIT) return [];
  try {
    const binary = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    const list: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

function isScalar(value: unknown): value is Scalar {
  if (typeof value === 'string') return isStorableText(value);
  return value === null || typeof value === 'boolean' || Number.isFinite(value);
}

/** 53 bits of a mixing hash over canonical JSON. It tells questions apart and finds damage; it keeps no secrets. */
function fingerprint(...parts: readonly unknown[]): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  const text = JSON.stringify(inOrder(parts));
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}

/** The same value with keys in order, so that equal questions are equal texts. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isPlainObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, inOrder(value[key])]));
}
