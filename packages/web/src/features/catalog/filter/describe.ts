import type { Field } from '../fields.ts';
import { messages } from '../messages.ts';
import { needsNoValue, presetWords, wordsOf } from './operators.ts';
import type { FilterNode, FilterRule } from './rule.ts';

/** A filter in words, for pills and screen readers: "Tier is any of 1, 2". */
export function describeNode(node: FilterNode, fields: readonly Field[]): string {
  switch (node.kind) {
    case 'other':
      return messages.customRule;
    case 'group':
      return node.nodes.map((inner) => bracketed(inner, fields)).join(` ${messages[node.combinator]} `);
    case 'rule':
      return describeRule(node, fields);
  }
}

function bracketed(node: FilterNode, fields: readonly Field[]): string {
  const words = describeNode(node, fields);
  return node.kind === 'group' && node.nodes.length > 1 ? `(${words})` : words;
}

function describeRule(rule: FilterRule, fields: readonly Field[]): string {
  const field = fields.find(({ id }) => id === rule.field);
  const head = `${field?.title ?? rule.field} ${wordsOf(rule.operator, field)}`;
  return needsNoValue(rule.operator) ? head : `${head} ${describeValue(rule.value)}`;
}

function describeValue(value: unknown): string {
  if (value === true) return messages.yes.toLowerCase();
  if (value === false) return messages.no.toLowerCase();
  if (value === null || value === undefined || value === '') return '…';
  if (Array.isArray(value)) return value.length === 0 ? '…' : value.map(describeValue).join(', ');
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return new Date(value).toLocaleDateString();
  if (typeof value !== 'object') return String(value);
  const { preset, from, to } = value as { preset?: unknown; from?: unknown; to?: unknown };
  if (typeof preset === 'string')
    return preset in presetWords ? presetWords[preset as keyof typeof presetWords] : preset;
  return `${from === undefined ? '…' : describeValue(from)} – ${to === undefined ? '…' : describeValue(to)}`;
}
