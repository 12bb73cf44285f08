import { operators } from '@gantry/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bothFilters, equalsRule, type FilterNode, parseFilter, printFilter, withRule } from './rule.ts';

const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string()));
const rule: fc.Arbitrary<FilterNode> = fc.record({
  kind: fc.constant('rule' as const),
  field: fc.oneof(fc.constantFrom('$team', 'tier', 'relations.system')),
  operator: fc.constantFrom(...operators),
  value,
});
const { group } = fc.letrec<{ node: FilterNode; group: Extract<FilterNode, { kind: 'group' }> }>((tie) => ({
  node: fc.oneof({ maxDepth: 3 }, rule, tie('group')),
  group: fc.record({
    kind: fc.constant('group' as const),
    combinator: fc.constantFrom('and' as const, 'or' as const),
    nodes: fc.array(tie('node'), { minLength: 1, maxLength: 4 }),
  }),
}));

test('what the form edits comes back from the query it makes', () => {
  fc.assert(
    fc.property(group, (filter) => {
      expect(parseFilter(printFilter(filter))).toEqual(filter);
    }),
  );
});

test('what the form cannot say survives a round trip', () => {
  const query = {
    combinator: 'and' as const,
    rules: [
      { operator: 'relatedTo', blueprint: 'service', value: 'checkout' },
      { property: { path: ['system'] }, operator: 'matchAny', value: 'shop' },
      { property: 'tier', operator: '=', value: 'gold', note: 'kept' },
    ],
  };
  expect(printFilter(parseFilter(query))).toEqual(query);
});

test('an empty filter is no query', () => {
  expect(printFilter(parseFilter(undefined))).toBeUndefined();
  expect(printFilter(parseFilter({ combinator: 'and', rules: [] }))).toBeUndefined();
});

test('adding a rule to alternatives narrows them', () => {
  const either = parseFilter({ combinator: 'or', rules: [{ property: 'tier', operator: '=', value: 'gold' }] });
  const added = withRule(either, { kind: 'rule', field: 'critical', operator: '=', value: true });
  expect(added.combinator).toBe('and');
  expect(added.nodes).toHaveLength(2);
});

test('two filters must both hold; none is the other', () => {
  const one = { combinator: 'and' as const, rules: [] };
  expect(bothFilters(one, undefined)).toBe(one);
  expect(bothFilters(one, one)).toEqual({ combinator: 'and', rules: [one, one] });
});

test('a value of a list is looked for inside it, an absent one is empty', () => {
  const base = { title: 'Tags', filter: 'list', sortable: false, groupable: true, width: 100 } as const;
  const list = { ...base, id: 'tags', property: { type: 'array' as const } };
  expect(equalsRule(list, 'pci').operator).toBe('contains');
  expect(equalsRule(list, null)).toEqual({ kind: 'rule', field: 'tags', operator: 'isEmpty' });
});
