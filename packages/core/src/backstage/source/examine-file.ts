import { isPlainObject } from '../../json.ts';
import type { Problem } from '../../problem.ts';
import type { BackstageEntity } from '../entity/backstage-entity.ts';
import { refOf, stringifyEntityRef } from '../entity/entity-ref.ts';
import { validateEntity } from '../entity/validate-entity.ts';
import { annotate } from './annotate.ts';
import type { IngestProblem, IngestProblemCode, SourcePlace } from './ingest-problem.ts';
import { fillPlaceholders } from './placeholders.ts';
import { type ReadMapping, readDocuments } from './read-documents.ts';
import type { IngestReader } from './reader.ts';

/** One entity taken. `entity` has its namespace, its placeholders filled and the location annotations set. */
export interface IngestedEntity {
  readonly ref: string;
  readonly entity: BackstageEntity;
  readonly place: SourcePlace;
}

export interface ExaminedEntity extends IngestedEntity {
  lineOf(path: readonly (string | number)[]): number;
}

export interface ExaminedFile {
  readonly documents: number;
  readonly entities: readonly ExaminedEntity[];
  readonly problems: readonly IngestProblem[];
  /** Documents that may be broken versions of entities, and whose name is not known. */
  readonly nameless: number;
}

/** Reads the entities of one file: parse, fill the placeholders, annotate, validate. */
export async function examineFile(
  text: string,
  file: string,
  origin: string,
  reader: IngestReader,
): Promise<ExaminedFile> {
  const entities: ExaminedEntity[] = [];
  const problems: IngestProblem[] = [];
  const documents = readDocuments(text);
  for (const document of documents) {
    if (!document.ok) {
      const { index, line, code, message, remedy } = document;
      problems.push({ code, file, document: index, line, message, remedy });
      continue;
    }
    const examined = await examineDocument(document, file, origin, reader);
    if (examined.entity) entities.push(examined.entity);
    problems.push(...examined.problems);
  }
  const nameless = problems.filter(({ entityRef, code }) => !entityRef && code !== 'not_an_entity');
  return {
    documents: documents.length,
    entities,
    problems,
    nameless: new Set(nameless.map((problem) => problem.document)).size,
  };
}

interface Examined {
  entity?: ExaminedEntity;
  problems: readonly IngestProblem[];
}

async function examineDocument(
  document: ReadMapping,
  file: string,
  origin: string,
  reader: IngestReader,
): Promise<Examined> {
  const filled = await fillPlaceholders(document.value, file, reader);
  const verdict = validateEntity(annotate(filled.value, reader.locate(file), origin));
  const describe = (code: IngestProblemCode, problems: readonly Problem[]) =>
    describeProblems(code, problems, document, file);
  const unfilled = describe('placeholder_failed', filled.problems);
  if (!verdict.ok) {
    const refused = withoutEchoes(verdict.problems, filled.problems, document.value);
    return { problems: [...unfilled, ...describe(verdict.code, refused)] };
  }
  if (unfilled.length > 0) return { problems: unfilled };

  const { entity } = verdict;
  const place = { file, document: document.index, line: document.line };
  return { entity: { ref: refOf(entity), entity, place, lineOf: document.lineOf }, problems: [] };
}

/**
 * The validator's problems without those that only repeat that a placeholder was not filled; and with a word on
 * placeholders that nobody here knows, where one stands in the way.
 */
function withoutEchoes(problems: readonly Problem[], unfilled: readonly Problem[], document: unknown): Problem[] {
  return problems
    .filter(({ path }) => !unfilled.some((failed) => path === failed.path || path.startsWith(`${failed.path}.`)))
    .map((problem) => {
      const key = onlyKey(valueAtParts(document, pathParts(problem.path, document)));
      if (!key?.startsWith('$')) return problem;
      const remedy = `The placeholder ${key} is not known here; $text, $json and $yaml are.`;
      return { ...problem, remedy };
    });
}

function onlyKey(value: unknown): string | undefined {
  const keys = isPlainObject(value) ? Object.keys(value) : [];
  return keys.length === 1 ? keys[0] : undefined;
}

const MOST_PROBLEMS = 50;

function describeProblems(
  code: IngestProblemCode,
  problems: readonly Problem[],
  document: ReadMapping,
  file: string,
): IngestProblem[] {
  const entityRef = nameOf(document.value);
  return problems.slice(0, MOST_PROBLEMS).map(({ path, message, remedy }, position) => {
    const more = position === MOST_PROBLEMS - 1 ? problems.length - MOST_PROBLEMS : 0;
    return {
      code,
      file,
      document: document.index,
      line: document.lineOf(pathParts(path, document.value)),
      ...(entityRef ? { entityRef } : {}),
      message: `${path ? `${shorten(path)}: ` : ''}${message}${more > 0 ? ` (and ${more} more problems)` : ''}`,
      ...(remedy ? { remedy } : {}),
    };
  });
}

function shorten(path: string): string {
  return path.length > 200 ? `${path.slice(0, 199)}…` : path;
}

function nameOf({ kind, metadata }: Record<string, unknown>): string | undefined {
  const { name, namespace = 'default' } = isPlainObject(metadata) ? metadata : {};
  // Longer than any name may be, and no name of an earlier version either.
  if (![kind, name, namespace].every((part) => typeof part === 'string' && part !== '' && part.length < 300)) {
    return undefined;
  }
  return stringifyEntityRef({ kind: String(kind), namespace: String(namespace), name: String(name) });
}

/** Dotted paths are for people; keys may hold dots themselves, so the document decides where each part ends. */
function pathParts(path: string, document: unknown): (string | number)[] {
  const parts: (string | number)[] = [];
  let rest = path;
  let value = document;
  while (rest !== '' && typeof value === 'object' && value !== null) {
    const key = longestKey(value, rest);
    if (key === undefined) break;
    parts.push(Array.isArray(value) ? Number(key) : key);
    rest = rest.slice(key.length + 1);
    value = (value as Record<string, unknown>)[key];
  }
  return parts;
}

function longestKey(value: object, path: string): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    if (Object.hasOwn(value, path.slice(0, end))) return path.slice(0, end);
  }
  return undefined;
}

function valueAtParts(document: unknown, parts: readonly (string | number)[]): unknown {
  return parts.reduce<unknown>((value, part) => (value as Record<string | number, unknown>)[part], document);
}
