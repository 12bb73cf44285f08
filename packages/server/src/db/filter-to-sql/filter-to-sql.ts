import type { BoundQuery } from '@gantry/core';
import { allOf, anyOf, type Condition, complement } from './condition.ts';
import { equalValues } from './equal-values.ts';
import { testOperand } from './operand.ts';
import { isRelated } from './related-to.ts';
import type { FilterScope } from './scope.ts';

/**
 * The condition a query puts on rows `e` of `entity` that belong to the scope's blueprint. It translates core's
 * `matches`, which says what each part means; a property test holds the two together. What the blueprint alone decides
 * (its name, properties it does not have) is folded away; hidden values read as unset, hidden entities are not there: `false` means that no entity of it can match. Values travel
 * as parameters, never as SQL.
 */
export function filterToSql(query: BoundQuery, scope: FilterScope): Condition {
  switch (query.kind) {
    case 'group': {
      if (query.nodes.length === 0) return true;
      if (query.combinator === 'or') return anyOf(query.nodes.map((node) => filterToSql(node, scope)));
      const { together, rest } = equalValues(query.nodes, scope);
      return allOf([together, ...rest.map((node) => filterToSql(node, scope))]);
    }
    case 'not':
      return complement(filterToSql(query.node, scope));
    case 'relatedTo':
      return isRelated(query.relatedTo, scope);
    case 'constant':
      return query.value;
    case 'rule': {
      const condition = testOperand(query.operand, query.test, scope);
      return query.negated ? complement(condition) : condition;
    }
  }
}
