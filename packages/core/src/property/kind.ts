import type { Problem } from '../problem.ts';
import type { Property } from './property.ts';

/**
 * Every kind of property there is. A kind is what a reader recognises ("a URL", "a list"), chosen by `type`, `format`
 * and `spec` together. Rules (here), drawing (web) and SQL (server) each keep a table typed by this list, so adding a
 * name makes the compiler point at every room that has not heard of it.
 */
export const kindNames = [
  'string',
  'url',
  'email',
  'idn-email',
  'ipv4',
  'ipv6',
  'date-time',
  'timer',
  'user',
  'team',
  'blueprints',
  'markdown',
  'yaml',
  'proto',
  'embedded-url',
  'open-api',
  'async-api',
  'number',
  'boolean',
  'object',
  'labeled-url',
  'array',
  'enum',
] as const;
export type KindName = (typeof kindNames)[number];

/** How values of a kind compare, sort and filter; decides which operators make sense. `instant` is RFC 3339 text. */
export type ValueClass = 'text' | 'number' | 'boolean' | 'instant' | 'list' | 'json';

/** Says what is wrong with one value; nothing wrong is the empty list. Paths are relative to the value: '' is itself. */
export type ValueCheck = (value: unknown) => readonly Problem[];

/** The questions every kind answers for itself. */
export interface Kind {
  readonly valueClass: ValueClass;
  /** What is wrong with a definition of this kind beyond its shape; paths are relative to the definition. */
  checkDefinition(property: Property): readonly Problem[];
  /** Prepares the check of values, once per blueprint. The definition must have passed `checkDefinition`. */
  prepareCheck(property: Property): ValueCheck;
}

/** The definition of a property or of an array's items, as far as it decides the kind. */
export interface KindHint {
  readonly type?: unknown;
  readonly format?: unknown;
  readonly spec?: unknown;
}

const stringKinds: ReadonlySet<unknown> = new Set<KindName>([
  'url',
  'email',
  'idn-email',
  'ipv4',
  'ipv6',
  'date-time',
  'timer',
  'user',
  'team',
  'blueprints',
  'markdown',
  'yaml',
  'proto',
]);

/** The kind of a definition. An unknown format or spec falls back to the bare type; no type at all means text. */
export function kindOf(hint: KindHint): KindName {
  switch (hint.type) {
    case 'number':
    case 'boolean':
    case 'array':
    case 'enum':
      return hint.type;
    case 'object':
      if (hint.format === 'labeled-url') return 'labeled-url';
      return apiSpec(hint.spec) ?? 'object';
    default:
      if (hint.spec === 'embedded-url') return 'embedded-url';
      return apiSpec(hint.spec) ?? (stringKinds.has(hint.format) ? (hint.format as KindName) : 'string');
  }
}

function apiSpec(spec: unknown): KindName | undefined {
  return spec === 'open-api' || spec === 'async-api' ? spec : undefined;
}
