import { isPlainObject } from '../../json.ts';
import type { Problem } from '../../problem.ts';
import { DOCUMENT_LIMITS, DocumentTooLarge, plainValue } from './plain-value.ts';
import { readSingleValue } from './read-documents.ts';
import type { IngestReader } from './reader.ts';
import { parseScmUrl } from './scm-url.ts';

export interface FilledPlaceholders {
  value: Record<string, unknown>;
  problems: Problem[];
  /** Every target that was read, so that a change of it can be noticed. */
  targets: string[];
}

/** Turns the text of a target into the value of a placeholder. Throws an Error whose message says what is wrong. */
type Interpretation = (text: string) => unknown;

const interpretations: Record<string, Interpretation> = {
  $text: (text) => text,
  $json: (text) => plainValue(JSON.parse(text)),
  $yaml: readSingleValue,
};

/**
 * Replaces `{$text: target}`, `{$json: target}` and `{$yaml: target}` anywhere in a document by what the target holds.
 * Any other key with a dollar sign, and a mapping that holds more than the one key, stays as it is.
 */
export async function fillPlaceholders(
  document: Record<string, unknown>,
  file: string,
  reader: IngestReader,
): Promise<FilledPlaceholders> {
  if (!holdsDollarKey(document)) return { value: document, problems: [], targets: [] };
  const problems: Problem[] = [];
  const targets: string[] = [];
  let characters = 0;

  const read = async (placeholder: Placeholder): Promise<unknown> => {
    const target = resolvePlaceholder(placeholder, file, reader);
    targets.push(target);
    const answer = await reader.read(target);
    if (!answer.ok)
      throw new PlaceholderFailure(`${placeholder.value} cannot be read: ${answer.message}`, answer.remedy);
    characters += answer.text.length;
    if (characters > DOCUMENT_LIMITS.characters) {
      throw new PlaceholderFailure(`the document would be larger than ${DOCUMENT_LIMITS.characters} characters`);
    }
    return interpret(placeholder, answer.text);
  };

  const fill = async (value: unknown, path: string): Promise<unknown> => {
    if (Array.isArray(value)) return inOrder(value, (member, position) => fill(member, `${path}.${position}`));
    if (!isPlainObject(value)) return value;
    const placeholder = placeholderOf(value);
    if (placeholder === 'none') {
      const members = await inOrder(Object.entries(value), async ([key, member]) => [
        key,
        await fill(member, `${path}.${key}`),
      ]);
      return Object.fromEntries(members as [string, unknown][]);
    }
    if (placeholder === 'unknown') return value;
    try {
      return await read(placeholder);
    } catch (error) {
      if (!(error instanceof PlaceholderFailure)) throw error;
      problems.push({ path, message: `${placeholder.key}: ${error.message}`, remedy: error.remedy });
      return value;
    }
  };

  // A document is never a placeholder as a whole: it would have no name to report a failure under.
  const members = await inOrder(Object.entries(document), async ([key, member]) => [key, await fill(member, key)]);
  return { value: Object.fromEntries(members as [string, unknown][]), problems, targets };
}

function holdsDollarKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsDollarKey);
  return Object.entries(value).some(([key, member]) => key.startsWith('$') || holdsDollarKey(member));
}

interface Placeholder {
  key: string;
  value: unknown;
}

class PlaceholderFailure extends Error {
  readonly remedy: string;

  constructor(message: string, remedy = 'Correct the placeholder, or write the value itself in its place.') {
    super(message);
    this.remedy = remedy;
  }
}

function placeholderOf(value: Record<string, unknown>): Placeholder | 'none' | 'unknown' {
  const keys = Object.keys(value);
  if (!keys.some((key) => key.startsWith('$'))) return 'none';
  const [key] = keys;
  if (keys.length !== 1 || key === undefined || !Object.hasOwn(interpretations, key)) return 'unknown';
  return { key, value: value[key] };
}

function resolvePlaceholder({ value }: Placeholder, file: string, reader: IngestReader): string {
  if (typeof value !== 'string') throw new PlaceholderFailure('its value must be a URL or a relative path');
  const resolved = reader.resolve(file, value);
  if (!resolved.ok) throw new PlaceholderFailure(resolved.message, resolved.remedy);
  refuseOtherRepository(urlIn(reader.locate(file)), urlIn(reader.locate(resolved.target)));
  return resolved.target;
}

/** A file may not lift the contents of another repository, which its readers may have no right to see. */
function refuseOtherRepository(base: string, target: string): void {
  const from = parseScmUrl(base);
  const to = parseScmUrl(target);
  if (from?.path && to?.path && from.repository !== to.repository) {
    const message = `it points into ${to.repository}, and may only point into its own repository ${from.repository}`;
    throw new PlaceholderFailure(message, 'Copy the file into the repository of the entity.');
  }
}

function urlIn(location: string): string {
  return location.replace(/^url:/, '');
}

function interpret({ key, value }: Placeholder, text: string): unknown {
  try {
    return interpretations[key]?.(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DocumentTooLarge || error instanceof RangeError) {
      throw new PlaceholderFailure(`${value} holds no usable value: ${error.message}`);
    }
    throw error;
  }
}

async function inOrder<T>(
  items: readonly T[],
  step: (item: T, position: number) => Promise<unknown>,
): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const [position, item] of items.entries()) results.push(await step(item, position));
  return results;
}
