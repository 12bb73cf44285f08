import { joinPath, type Problem, under } from '../../problem.ts';
import type { Kind, KindHint, ValueCheck } from '../kind.ts';
import type { Property, PropertyType } from '../property.ts';
import { VALUE_PROBLEM_LIMIT } from '../storable.ts';
import { checkOrder, describe, fine, notOfType } from './check.ts';

const itemTypes: ReadonlySet<unknown> = new Set<PropertyType>(['string', 'number', 'boolean', 'object']);

/**
 * A list. Without `items`, or without a type in it, the elements are texts. What the elements must be is asked of their
 * own kind, which `kindFor` finds.
 */
export function arrayKind(kindFor: (hint: KindHint) => Kind): Kind {
  return {
    valueClass: 'list',
    checkDefinition: (property) => checkArrayDefinition(property, kindFor),
    prepareCheck: (property) => prepareArrayCheck(property, kindFor),
  };
}

function checkArrayDefinition(property: Property, kindFor: (hint: KindHint) => Kind): readonly Problem[] {
  const problems = checkOrder(property, 'minItems', 'maxItems');
  const type = property.items?.type;
  if (type !== undefined && !itemTypes.has(type)) {
    const wanted = 'string, number, boolean or object';
    return [...problems, { path: 'items.type', message: `must be ${wanted}, not ${describe(type)}` }];
  }
  const item = itemProperty(property);
  return [...problems, ...under('items', kindFor(item).checkDefinition(item))];
}

function prepareArrayCheck(property: Property, kindFor: (hint: KindHint) => Kind): ValueCheck {
  const item = itemProperty(property);
  const checkItem = kindFor(item).prepareCheck(item);
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = property;
  return (value) => {
    if (!Array.isArray(value)) return notOfType('a list', value);
    if (value.length < minItems) return [{ path: '', message: `must have at least ${minItems} items` }];
    if (value.length > maxItems) return [{ path: '', message: `must have at most ${maxItems} items` }];
    return checkItems(value, checkItem);
  };
}

function itemProperty(property: Property): Property {
  return { type: 'string', ...property.items } as Property;
}

function checkItems(items: readonly unknown[], checkItem: ValueCheck): readonly Problem[] {
  let problems: Problem[] | undefined;
  for (let index = 0; index < items.length; index += 1) {
    const found = checkItem(items[index]);
    if (found.length === 0) continue;
    problems ??= [];
    if (problems.length >= VALUE_PROBLEM_LIMIT)
      return [...problems, { path: '', message: 'has further problems like these' }];
    for (const problem of found) problems.push({ ...problem, path: joinPath(String(index), problem.path) });
  }
  return problems ?? fine;
}
