import { type BoundQuery, type BoundRule, type BoundTest, metaProperties, type Operand } from '@gantry/core';
import fc from 'fast-check';
import { service, someInstant, someNumber, someText } from './random-catalog.ts';

const relationName = fc.constantFrom('owner', 'parent', 'uses', 'nothing');
const name = fc.constantFrom('a', 'b', 'c', 'zzz');
export const scalar = fc.oneof(
  someText,
  someInstant,
  someNumber,
  fc.boolean(),
  fc.constant(null),
  name,
  fc.constant('Gold'),
);
const instant = fc.constantFrom(Date.parse('2024-05-01T10:00:00Z'), Date.parse('2024-05-01'), 1_700_000_000_001);

const step = fc.record({ relation: relationName, maxHops: fc.constantFrom(1, 1, 3) });
const operand: fc.Arbitrary<Operand> = fc.oneof(
  fc.record({ kind: fc.constant('meta' as const), name: fc.constantFrom(...metaProperties) }),
  fc.record({
    kind: fc.constant('own' as const),
    key: fc.constantFrom(...Object.keys(service.schema.properties), 'mirrored', 'counted', 'unknown', 'constructor'),
  }),
  fc.record({
    kind: fc.constant('relation' as const),
    relation: relationName,
    target: fc.constantFrom('$identifier' as const, '$title' as const),
  }),
  fc.record({ kind: fc.constant('path' as const), steps: fc.array(step, { minLength: 1, maxLength: 3 }) }),
  fc.record({
    kind: fc.constant('path' as const),
    steps: fc.array(step, { minLength: 1, maxLength: 3 }),
    fromBlueprint: fc.constantFrom('service', 'team', 'nowhere'),
  }),
  fc.record({
    kind: fc.constant('schema' as const),
    schema: fc.constantFrom({ type: 'string' }, { type: 'string', format: 'date-time' }, { type: 'array' }),
  }),
  fc.constantFrom<Operand[]>(
    { kind: 'scorecard', scorecard: 'Ready' },
    { kind: 'scorecard', scorecard: 'Ready', rule: 'a' },
    { kind: 'scorecard', scorecard: 'Other' },
  ),
);

const end = fc.record({
  from: fc.option(someNumber, { nil: undefined }),
  to: fc.option(someNumber, { nil: undefined }),
});
const moments = fc.record({ from: fc.option(instant, { nil: undefined }), to: fc.option(instant, { nil: undefined }) });
const orderOperator = fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const);
const aTest: fc.Arbitrary<BoundTest> = fc.oneof(
  fc.record({
    kind: fc.constant('oneOf' as const),
    values: fc.array(scalar, { maxLength: 3 }),
    instants: fc.array(instant, { maxLength: 2 }),
  }),
  fc.record({ kind: fc.constant('contains' as const), value: scalar }),
  fc.record({
    kind: fc.constant('order' as const),
    operator: orderOperator,
    of: fc.constant('number' as const),
    than: someNumber,
  }),
  fc.record({
    kind: fc.constant('order' as const),
    operator: orderOperator,
    of: fc.constant('instant' as const),
    than: instant,
  }),
  fc.record({
    kind: fc.constant('text' as const),
    operator: fc.constantFrom('beginsWith' as const, 'endsWith' as const),
    text: someText,
  }),
  end.map((bounds) => ({ kind: 'between' as const, of: 'number' as const, ...defined(bounds) })),
  moments.map((bounds) => ({ kind: 'between' as const, of: 'instant' as const, ...defined(bounds) })),
  fc.constant({ kind: 'empty' as const }),
);

function defined<T extends object>(bounds: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** Only operands that keep moments are ever asked for them (see `bindQuery`). */
function keepsMoments(asked: Operand): boolean {
  const isMoment = asked.kind === 'meta' && (asked.name === '$createdAt' || asked.name === '$updatedAt');
  return asked.kind === 'own' || asked.kind === 'schema' || isMoment;
}

/** As `bindQuery` makes them: every full date-time among the values is among the moments as well. */
export function bound(rule: { operand: Operand; negated: boolean; test: BoundTest }): BoundRule {
  const { operand: asked, test: given, negated } = rule;
  if (given.kind !== 'oneOf') return { kind: 'rule', operand: asked, negated, test: given };
  const written = given.values.flatMap((value) =>
    typeof value === 'string' && value.length > 10 && !Number.isNaN(Date.parse(value)) ? [Date.parse(value)] : [],
  );
  const instants = keepsMoments(asked) ? [...given.instants, ...written] : [];
  return { kind: 'rule', operand: asked, negated, test: { ...given, instants } };
}

const rule = fc.record({ operand, negated: fc.boolean(), test: aTest }).map(bound);
const relatedTo = fc
  .record({
    blueprint: fc.constantFrom('service', 'team', 'nowhere'),
    identifiers: fc.array(name, { maxLength: 2 }),
    direction: fc.constantFrom('upstream' as const, 'downstream' as const, 'both' as const),
    required: fc.option(fc.boolean(), { nil: undefined }),
  })
  .map(
    ({ required, ...rest }): BoundQuery => ({
      kind: 'relatedTo',
      relatedTo: required === undefined ? rest : { ...rest, required },
    }),
  );

/** Random queries over the random catalog: every operand, every test, groups and complements. */
export const query = fc.letrec<{ query: BoundQuery; group: BoundQuery; not: BoundQuery }>((tie) => ({
  query: fc.oneof({ maxDepth: 3, withCrossShrink: true }, rule, relatedTo, tie('group'), tie('not')),
  group: fc.record({
    kind: fc.constant('group' as const),
    combinator: fc.constantFrom('and' as const, 'or' as const),
    nodes: fc.array(tie('query'), { maxLength: 3 }),
  }),
  not: tie('query').map((node): BoundQuery => ({ kind: 'not', node })),
})).query;
