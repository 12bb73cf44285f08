import type { BoundQuery, Scalar } from '@gantry/core';
import { sql } from 'kysely';
import type { Condition } from './condition.ts';
import type { FilterScope } from './scope.ts';

/**
 * Of rules that must all hold, those that ask single own values to equal something, as one condition: one look into the
 * document instead of several, and one search of the inverted index. `rest` are the others.
 */
export function equalValues(
  rules: readonly BoundQuery[],
  scope: FilterScope,
): { readonly together: Condition; readonly rest: readonly BoundQuery[] } {
  const values = new Map<string, Scalar>();
  const rest = rules.filter((rule) => {
    const equality = equalityOf(rule, scope);
    // A second value for a key says something else, which one document cannot.
    if (!equality || values.has(equality.key)) return true;
    values.set(equality.key, equality.value);
    return false;
  });
  const document = JSON.stringify(Object.fromEntries(values));
  return { together: values.size === 0 || sql`e.properties @> ${document}::jsonb`, rest };
}

function equalityOf(rule: BoundQuery, { blueprint, sight }: FilterScope): { key: string; value: Scalar } | undefined {
  if (rule.kind !== 'rule' || rule.negated || rule.operand.kind !== 'own' || rule.test.kind !== 'oneOf')
    return undefined;
  const { key } = rule.operand;
  const [value = null, ...others] = rule.test.values;
  const isSingle = value !== null && others.length === 0 && rule.test.instants.length === 0;
  const { properties } = blueprint.definition.schema;
  const isOwn = Object.hasOwn(properties, key) && properties[key]?.type !== 'array';
  return isSingle && isOwn && sight.property(blueprint, key) === true ? { key, value } : undefined;
}
