import type { Route } from '@gantry/contract';
import { type Problem, refuseInvalid } from '@gantry/core';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';

type Part = 'params' | 'query' | 'body';

/**
 * Checks the outside of a call against its declaration, all mistakes at once. Compiled at the first call of a route,
 * so that a start pays for none of them.
 */
export class EnvelopeCheck {
  readonly #ajv = new Ajv({ allErrors: true, strict: false, verbose: true, validateFormats: false });
  readonly #compiled = new Map<string, ValidateFunction>();

  /** @throws Refusal `invalid_request` */
  check(route: Route, part: Part, value: unknown): void {
    const schema = route[part];
    if (!schema) return;
    const key = `${route.id} ${part}`;
    let validate = this.#compiled.get(key);
    if (!validate) {
      validate = this.#ajv.compile(schema);
      this.#compiled.set(key, validate);
    }
    if (!validate(value)) throw refuseInvalid(problemsOf(validate.errors ?? []));
  }
}

/**
 * One problem for each mistake. Of a failed choice only the choice itself is told, unless the value came close to one
 * of the alternatives: what each alternative minded would be noise.
 */
export function problemsOf(errors: readonly ErrorObject[]): Problem[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  const isInside = (error: ErrorObject) =>
    choices.some((choice) => error !== choice && error.schemaPath.startsWith(`${choice.schemaPath}/`));
  const problems = errors.filter((error) => !isInside(error)).map(toProblem);
  const seen = new Set<string>();
  return problems.filter(({ path, message }) => {
    const key = `${path}\n${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

function toProblem(error: ErrorObject): Problem {
  const path = error.instancePath.slice(1).split('/').map(unescapePointer).join('.');
  const inside = (key: string) => (path === '' ? key : `${path}.${key}`);
  const { params } = error;
  switch (error.keyword) {
    case 'required':
      return { path: inside(params.missingProperty), message: 'is missing', remedy: 'add it' };
    case 'additionalProperties':
      return { path: inside(params.additionalProperty), message: 'is not known here', remedy: 'remove it' };
    case 'type':
      return { path, message: `must be ${named(params.type)}, not ${nameOf(error.data)}` };
    case 'anyOf':
    case 'oneOf':
      return { path, message: `must be ${alternatives(error)}, not ${nameOf(error.data)}` };
    case 'const':
    case 'enum':
      return { path, message: `must be one of ${[params.allowedValues ?? params.allowedValue].flat().join(', ')}` };
    case 'maxItems':
      return { path, message: `must have at most ${params.limit} items`, remedy: 'send it in smaller parts' };
    default:
      return { path, message: error.message ?? 'is not valid' };
  }
}

const unescapePointer = (token: string) => token.replaceAll('~1', '/').replaceAll('~0', '~');

interface Alternative {
  readonly const?: unknown;
  readonly type?: string;
  readonly required?: readonly string[];
}

function alternatives(error: ErrorObject): string {
  const described = (error.schema as readonly Alternative[]).map((one) => {
    if (one.const !== undefined) return JSON.stringify(one.const);
    if (one.required?.length) return `an object with ${one.required.join(' and ')}`;
    return one.type ? named(one.type) : 'another form';
  });
  return [...new Set(described)].join(' or ');
}

function named(types: string | readonly string[]): string {
  return [types]
    .flat()
    .map((type) => (type === 'null' ? 'null' : /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`))
    .join(' or ');
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return named(typeof value);
}
