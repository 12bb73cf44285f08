import { type Operator, operators, type Query } from '@gantry/core';
import type { Field } from '../fields.ts';

/** A filter as the form edits it. What the form cannot say stays as it is, in `other`, and survives a round trip. */
export type FilterNode = FilterRule | FilterGroup | { readonly kind: 'other'; readonly raw: unknown };

export interface FilterRule {
  readonly kind: 'rule';
  /** Id of a field. */
  readonly field: string;
  readonly operator: Operator;
  readonly value?: unknown;
}

export interface FilterGroup {
  readonly kind: 'group';
  readonly combinator: 'and' | 'or';
  readonly nodes: readonly FilterNode[];
}

export const noFilter: FilterGroup = { kind: 'group', combinator: 'and', nodes: [] };

/** Reads a query of the search language. */
export function parseFilter(query: Query | undefined): FilterGroup {
  if (!query) return noFilter;
  const node = parseNode(query);
  return node.kind === 'group' ? node : { ...noFilter, nodes: [node] };
}

function parseNode(raw: unknown): FilterNode {
  if (typeof raw !== 'object' || raw === null) return { kind: 'other', raw };
  const {
    combinator = 'and',
    rules,
    property,
    relation,
    targetProperty,
    operator,
    value,
    ...rest
  } = raw as Record<string, unknown>;
  if (Array.isArray(rules) && (combinator === 'and' || combinator === 'or') && operator === undefined) {
    return Object.keys(rest).length === 0
      ? { kind: 'group', combinator, nodes: rules.map(parseNode) }
      : { kind: 'other', raw };
  }
  const known = operators.find((name) => name === operator);
  const field = fieldId(property, relation, targetProperty);
  if (!known || !field || Object.keys(rest).length > 0) return { kind: 'other', raw };
  return { kind: 'rule', field, operator: known, ...(value === undefined ? {} : { value }) };
}

function fieldId(property: unknown, relation: unknown, targetProperty: unknown): string | undefined {
  if (typeof property === 'string') return property;
  const isPlain = targetProperty === undefined || targetProperty === '$identifier';
  return typeof relation === 'string' && isPlain ? `relations.${relation}` : undefined;
}

/** The query of a filter; undefined when it lets everything through. */
export function printFilter(group: FilterGroup): Query | undefined {
  return group.nodes.length === 0 ? undefined : (printNode(group) as Query);
}

function printNode(node: FilterNode): unknown {
  switch (node.kind) {
    case 'other':
      return node.raw;
    case 'group':
      return { combinator: node.combinator, rules: node.nodes.map(printNode) };
    case 'rule':
      return printRule(node);
  }
}

function printRule({ field, operator, value }: FilterRule): unknown {
  const place = field.startsWith('relations.')
    ? { relation: field.slice('relations.'.length), targetProperty: '$identifier' }
    : { property: field };
  return { ...place, operator, ...(value === undefined ? {} : { value }) };
}

/** Both filters must let a row through. */
export function bothFilters(one: Query | undefined, other: Query | undefined): Query | undefined {
  if (!one || !other) return one ?? other;
  return { combinator: 'and', rules: [one, other] };
}

/** The rule that a value of a field equals: what a click on a group, a bar or "filter by this" adds. */
export function equalsRule(field: Field, value: unknown): FilterRule {
  if (value === null || value === undefined) return { kind: 'rule', field: field.id, operator: 'isEmpty' };
  const isList = field.property.type === 'array' && !field.relation;
  return { kind: 'rule', field: field.id, operator: isList ? 'contains' : '=', value };
}

/** Adds a rule to a filter; a filter of alternatives becomes one side of an "and". */
export function withRule(group: FilterGroup, rule: FilterNode): FilterGroup {
  if (group.combinator === 'and') return { ...group, nodes: [...group.nodes, rule] };
  return { kind: 'group', combinator: 'and', nodes: group.nodes.length > 0 ? [group, rule] : [rule] };
}
