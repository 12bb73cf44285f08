/**
 * Bounds of one document once its aliases are expanded. YAML can say a gigabyte in a kilobyte, so size is counted on
 * the way out, where sharing has become copying. The depth stays below what a property may hold.
 */
export const DOCUMENT_LIMITS = { depth: 60, nodes: 200_000, characters: 5_000_000 };
export type DocumentLimits = typeof DOCUMENT_LIMITS;

export class DocumentTooLarge extends Error {}

/**
 * Copies a parsed value into plain JSON: no shared or cyclic parts, no numbers JSON cannot say (they become null, as
 * they do when Backstage stores them), nothing that is not data. Throws `DocumentTooLarge` at a limit.
 */
export function plainValue(source: unknown, limits: DocumentLimits = DOCUMENT_LIMITS): unknown {
  const path = new Set<object>();
  let nodes = 0;
  let characters = 0;

  const countText = (text: string) => {
    characters += text.length;
    if (characters > limits.characters) {
      throw new DocumentTooLarge(`it holds more than ${limits.characters} characters once its aliases are expanded`);
    }
    return text;
  };

  const copyMembers = (value: object): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [countText(key), copy(member)]));
  };

  const copy = (value: unknown): unknown => {
    nodes += 1;
    if (nodes > limits.nodes) {
      throw new DocumentTooLarge(`it holds more than ${limits.nodes} values once its aliases are expanded`);
    }
    if (typeof value === 'string') return countText(value);
    if (typeof value === 'number') return Number.isFinite(value) ? value : null;
    if (typeof value === 'boolean') return value;
    if (typeof value === 'bigint') return Number(value);
    if (value instanceof Date) return value.toJSON();
    if (typeof value !== 'object' || value === null) return null;

    if (path.has(value)) throw new DocumentTooLarge('an anchor contains an alias to itself');
    if (path.size >= limits.depth) throw new DocumentTooLarge(`it is nested more than ${limits.depth} levels deep`);
    path.add(value);
    const members = copyMembers(value);
    path.delete(value);
    return members;
  };

  return copy(source);
}
