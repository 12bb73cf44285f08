import { accepted, type Result, refused } from '../result.ts';

export const scimOperators = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr'] as const;
export type ScimOperator = (typeof scimOperators)[number];

/** A filter of SCIM (RFC 7644 §3.4.2.2). A path is a list of attribute names; an extension's URN is one of them. */
export type ScimFilter =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly ScimFilter[] }
  | { readonly kind: 'not'; readonly of: ScimFilter }
  | { readonly kind: 'holds'; readonly path: readonly string[]; readonly filter: ScimFilter }
  | {
      readonly kind: 'compare';
      readonly path: readonly string[];
      readonly operator: ScimOperator;
      readonly value: string | number | boolean | null;
    };

const token = /\s*("(?:[^"\\]|\\.)*"|[()[\]]|[^\s()[\]"]+)/y;
const DEEPEST = 50;

class Misread extends Error {}

/** Reads a filter, or says what in it cannot be understood. */
export function parseScimFilter(text: string): Result<ScimFilter> {
  try {
    const reader = new Reader(tokensOf(text));
    const filter = reader.either(0);
    reader.expectEnd();
    return accepted(filter);
  } catch (error) {
    if (!(error instanceof Misread)) throw error;
    return refused([{ path: 'filter', message: error.message }]);
  }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  const end = text.trimEnd().length;
  while (token.lastIndex < end) {
    const at = token.lastIndex;
    const found = token.exec(text)?.[1];
    if (found === undefined) throw new Misread(`cannot be read from character ${at + 1} on`);
    tokens.push(found);
  }
  return tokens;
}

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  /** `or` binds loosest, then `and`, then `not`. */
  either(depth: number): ScimFilter {
    if (depth > DEEPEST) throw new Misread(`is nested deeper than ${DEEPEST} levels`);
    return this.#list('or', () => this.#list('and', () => this.#one(depth)));
  }

  expectEnd(): void {
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw new Misread(`has ${rest} where it should end`);
  }

  #list(kind: 'and' | 'or', read: () => ScimFilter): ScimFilter {
    const first = read();
    const parts = [first];
    while (this.#takes(kind)) parts.push(read());
    return parts.length === 1 ? first : { kind, parts };
  }

  #one(depth: number): ScimFilter {
    if (this.#takes('not')) {
      this.#expect('(');
      return { kind: 'not', of: this.#upTo(')', depth) };
    }
    if (this.#takes('(')) return this.#upTo(')', depth);
    const path = pathOf(this.#next('an attribute'));
    if (this.#takes('[')) return { kind: 'holds', path, filter: this.#upTo(']', depth) };
    return this.#comparison(path);
  }

  #comparison(path: readonly string[]): ScimFilter {
    const word = this.#next('an operator').toLowerCase();
    const operator = scimOperators.find((one) => one === word);
    if (operator === undefined) throw new Misread(`has ${word} where one of ${scimOperators.join(', ')} should be`);
    if (operator === 'pr') return { kind: 'compare', path, operator, value: null };
    return { kind: 'compare', path, operator, value: literalOf(this.#next('a value')) };
  }

  #upTo(close: string, depth: number): ScimFilter {
    const inside = this.either(depth + 1);
    this.#expect(close);
    return inside;
  }

  #takes(word: string): boolean {
    if (this.#tokens[this.#at]?.toLowerCase() !== word) return false;
    this.#at++;
    return true;
  }

  #expect(word: string): void {
    if (!this.#takes(word)) throw new Misread(`lacks ${word}`);
  }

  #next(what: string): string {
    const found = this.#tokens[this.#at++];
    if (found === undefined) throw new Misread(`ends where ${what} should be`);
    return found;
  }
}

const inCore = /^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/i;
const inExtension = /^(urn:.+:[^:.]+):([^:]+)$/i;

function pathOf(text: string): string[] {
  const bare = text.replace(inCore, '');
  const extension = inExtension.exec(bare);
  const names = extension ? [extension[1] ?? '', ...(extension[2] ?? '').split('.')] : bare.split('.');
  const isPath = names.every((name, index) => /^[A-Za-z$][\w$-]*$/.test(name) || (extension !== null && index === 0));
  if (!isPath) throw new Misread(`has ${text} where an attribute should be`);
  return names;
}

function literalOf(text: string): string | number | boolean | null {
  try {
    const value: unknown = JSON.parse(text);
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as string;
  } catch {
    // Told below, like a value of another kind.
  }
  throw new Misread(`has ${text} where a text in quotes, a number, true, false or null should be`);
}
