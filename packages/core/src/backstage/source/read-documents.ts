import { Composer, type CST, type Document, isNode, isScalar, LineCounter, Parser, visit } from 'yaml';
import { isPlainObject } from '../../json.ts';
import { DOCUMENT_LIMITS, DocumentTooLarge, plainValue } from './plain-value.ts';

/** Characters of one file of entities. Descriptions of APIs are pulled in by placeholders and have their own limit. */
export const FILE_LIMIT = 2_000_000;

/** One document of a file: either a mapping, or the reason it is none. `index` and `line` count from 1. */
export type ReadDocument = ReadMapping | BrokenDocument;

export interface ReadMapping {
  readonly ok: true;
  readonly index: number;
  readonly line: number;
  readonly value: Record<string, unknown>;
  /** The line of a field, or of the nearest thing around it that is written down. */
  lineOf(path: readonly (string | number)[]): number;
}

export interface BrokenDocument {
  readonly ok: false;
  readonly index: number;
  readonly line: number;
  readonly code: 'invalid_yaml' | 'not_an_entity' | 'limit_reached';
  readonly message: string;
  readonly remedy: string;
}

// Aliases of one anchor, times the aliases inside it: the parser's own bound against exponential expansion.
const MAX_ALIASES = 100;

/**
 * Splits the text of one file into its documents, by YAML 1.2's core schema and without merge keys, as Backstage
 * reads it. Documents without content are passed over. Every document stands alone: a broken one is answered as such,
 * and its neighbours are read.
 */
export function readDocuments(text: string): ReadDocument[] {
  if (text.length > FILE_LIMIT) {
    return [
      broken(1, 1, 'limit_reached', `the file is larger than ${FILE_LIMIT} characters`, 'Split it into several.'),
    ];
  }
  const stream = composeStream(text);
  return stream.flatMap(({ document, lineAt }, position) => {
    const read = readDocument(document, position + 1, lineAt);
    return read ? [read] : [];
  });
}

/** The value of a file that holds exactly one document, whatever its kind. Throws a SyntaxError that says what is amiss. */
export function readSingleValue(text: string): unknown {
  const stream = composeStream(text);
  const [only] = stream;
  if (!only || stream.length !== 1) throw new SyntaxError(`it must hold one YAML document, and holds ${stream.length}`);
  const { document, lineAt } = only;
  if ('tooDeep' in document) throw new SyntaxError(`it is nested more than ${DOCUMENT_LIMITS.depth} levels deep`);
  const [error] = document.errors;
  if (error) throw new SyntaxError(`${error.message} in line ${lineAt(error.pos[0])}`);
  const repeated = findRepeatedKey(document);
  if (repeated) throw new SyntaxError(`the key ${JSON.stringify(repeated.key)} is given twice`);
  try {
    return plainValue(document.toJS({ maxAliasCount: MAX_ALIASES }));
  } catch (problem) {
    throw problem instanceof ReferenceError ? new SyntaxError(problem.message) : problem;
  }
}

type LineAt = (offset: number) => number;
type Composed = Document.Parsed | { tooDeep: true; offset: number };

/**
 * Composes the whole text at once. Nesting such as `- - - -` exhausts the stack of the parser itself; then the text is
 * cut at its document markers, which YAML allows nowhere else at the start of a line, and each piece is tried alone.
 */
function composeStream(text: string): { document: Composed; lineAt: LineAt }[] {
  try {
    return composePiece(text, 0);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  let line = 0;
  return text.split(/^(?=---(?:\s|$))/m).flatMap((piece) => {
    const start = line;
    line += piece.split('\n').length - 1;
    try {
      return composePiece(piece, start);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return [{ document: { tooDeep: true, offset: 0 } as const, lineAt: () => start + 1 }];
    }
  });
}

function composePiece(text: string, linesBefore: number): { document: Composed; lineAt: LineAt }[] {
  const lines = new LineCounter();
  const composed = composeEach(text, lines);
  const lineAt = (offset: number) => linesBefore + Math.max(1, lines.linePos(offset).line);
  return composed.map((document) => ({ document, lineAt }));
}

/**
 * Composes document by document, so that one too deep for the stack costs nobody else. Depth is measured on the flat
 * token tree, which the parser builds without recursion.
 */
function composeEach(text: string, lines: LineCounter): Composed[] {
  // Repeated keys are looked for below, in linear time; the library compares every pair.
  const composer = new Composer({ uniqueKeys: false, logLevel: 'error' });
  const composed: Composed[] = [];
  let afterTooDeep = false;
  for (const token of new Parser(lines.addNewLine).parse(text)) {
    if (token.type === 'document') afterTooDeep = isTooDeep(token);
    if (token.type === 'document' && afterTooDeep) {
      composed.push(...composer.end(), { tooDeep: true, offset: token.value?.offset ?? token.offset });
    } else if (!afterTooDeep || token.type === 'directive') {
      composed.push(...composer.next(token));
    }
  }
  return [...composed, ...composer.end()];
}

function isTooDeep(document: CST.Document): boolean {
  let level: CST.Token[] = document.value ? [document.value] : [];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DOCUMENT_LIMITS.depth) return true;
    level = level.flatMap((token) =>
      'items' in token ? token.items.flatMap((item) => [item.key ?? [], item.value ?? []].flat()) : [],
    );
  }
  return false;
}

function readDocument(document: Composed, index: number, lineAt: LineAt): ReadDocument | undefined {
  if ('tooDeep' in document) {
    const message = `the document is nested more than ${DOCUMENT_LIMITS.depth} levels deep`;
    return broken(index, lineAt(document.offset), 'limit_reached', message, 'Flatten the document.');
  }
  const line = lineAt(document.contents?.range?.[0] ?? document.range[0]);
  const [error] = document.errors;
  if (error) {
    const more = document.errors.length > 1 ? ` (and ${document.errors.length - 1} more)` : '';
    return broken(index, lineAt(error.pos[0]), 'invalid_yaml', `not valid YAML: ${error.message}${more}`, FIX_YAML);
  }
  const repeated = findRepeatedKey(document);
  if (repeated) {
    const message = `not valid YAML: the key ${JSON.stringify(repeated.key)} is given twice in one mapping`;
    return broken(index, lineAt(repeated.offset), 'invalid_yaml', message, 'Remove one of the two.');
  }
  return readValue(document, index, line, lineAt);
}

const FIX_YAML = 'Correct the document there; the other documents of the file are read without it.';

function readValue(document: Document.Parsed, index: number, line: number, lineAt: LineAt): ReadDocument | undefined {
  let value: unknown;
  try {
    value = plainValue(document.toJS({ maxAliasCount: MAX_ALIASES }));
  } catch (error) {
    return unexpandable(error, index, line);
  }
  if (value === null) return undefined;
  if (!isPlainObject(value)) {
    const found = Array.isArray(value) ? 'a list' : `a ${typeof value}`;
    const message = `the document is ${found}, and an entity is a mapping of apiVersion, kind, metadata and spec`;
    return broken(index, line, 'not_an_entity', message, 'Leave the file out, or write each entity as a mapping.');
  }
  const lineOf = (path: readonly (string | number)[]) => lineAt(offsetOf(document, path));
  return { ok: true, index, line, value, lineOf };
}

function unexpandable(error: unknown, index: number, line: number): BrokenDocument {
  if (error instanceof DocumentTooLarge) {
    return broken(index, line, 'limit_reached', `the document cannot be taken: ${error.message}`, 'Make it smaller.');
  }
  // The library throws a ReferenceError both for too many aliases and for aliases without an anchor.
  if (error instanceof ReferenceError || error instanceof RangeError) {
    const code = error.message.startsWith('Unresolved') ? 'invalid_yaml' : 'limit_reached';
    return broken(index, line, code, `its aliases cannot be expanded: ${error.message}`, 'Write the values out.');
  }
  throw error;
}

function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.range[0];
}

function findRepeatedKey(document: Document.Parsed): { key: unknown; offset: number } | undefined {
  const repeated: { key: unknown; offset: number }[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) repeated.push({ key: key.value, offset: key.range?.[0] ?? 0 });
        seen.add(key.value);
      }
    },
  });
  return repeated[0];
}

function broken(index: number, line: number, code: BrokenDocument['code'], message: string, remedy: string) {
  return { ok: false, index, line, code, message, remedy } as const;
}
