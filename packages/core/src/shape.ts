import type { TSchema } from 'typebox';
import { Settings } from 'typebox/system';
import { Value } from 'typebox/value';
import type { Problem } from './problem.ts';

type ShapeError = ReturnType<typeof Value.Errors>[number];

/** How many problems of shape one document may report. */
const MOST = 200;

/** Everything in which `value` differs from the shape `schema` declares, in words for people; `path` is put before. */
export function checkShape(schema: TSchema, value: unknown, path = ''): Problem[] {
  if (Value.Check(schema, value)) return [];
  const alternatives = new Map<string, string[]>();
  const problems: Problem[] = [];
  for (const error of everyError(schema, value)) {
    const place = dotted(path, error.instancePath);
    if (/\/anyOf\/\d+$/.test(error.schemaPath)) {
      alternatives.set(place, [...(alternatives.get(place) ?? []), inWords(error)]);
    } else if (error.keyword === 'anyOf') {
      problems.push({ path: place, message: (alternatives.get(place) ?? ['has the wrong type']).join(', or ') });
    } else if (error.keyword === 'required') {
      problems.push(
        ...error.params.requiredProperties.map((key) => ({ path: dotted(place, key), message: 'is missing' })),
      );
    } else {
      problems.push({ path: place, message: inWords(error) });
    }
  }
  return problems;
}

/** The library stops at eight unless told otherwise, and can be told only for everybody: so it is told and untold. */
function everyError(schema: TSchema, value: unknown): ShapeError[] {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: MOST });
  try {
    return Value.Errors(schema, value);
  } finally {
    Settings.Set({ maxErrors });
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

function inWords(error: ShapeError): string {
  switch (error.keyword) {
    case 'type':
      return `must be ${[error.params.type]
        .flat()
        .map((type) => typeWords[type] ?? type)
        .join(' or ')}`;
    case 'enum':
      return `must be one of ${error.params.allowedValues.map((allowed) => JSON.stringify(allowed)).join(', ')}`;
    case 'const':
      return `must be ${JSON.stringify(error.params.allowedValue)}`;
    case 'maxLength':
      return `must have at most ${error.params.limit} characters`;
    case 'minLength':
      return error.params.limit === 1 ? 'must not be empty' : `must have at least ${error.params.limit} characters`;
    case 'maxItems':
      return `must have at most ${error.params.limit} items`;
    case 'minimum':
      return `must be at least ${error.params.limit}`;
    default:
      return error.message;
  }
}

/** A JSON pointer below a dotted path, as a dotted path. */
function dotted(path: string, pointer: string): string {
  const inner = pointer.split('/').filter((part) => part !== '');
  const names = inner.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return [path, ...names].filter((part) => part !== '').join('.');
}
