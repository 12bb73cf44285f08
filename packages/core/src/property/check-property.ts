import { Type } from 'typebox';
import { joinPath, type Problem, under } from '../problem.ts';
import { checkShape } from '../shape.ts';
import { kindOf, type ValueCheck, type ValueClass } from './kind.ts';
import { kinds } from './kinds/index.ts';
import { Property } from './property.ts';
import { findUnstorable } from './storable.ts';

const Items = Type.Partial(Property);

/**
 * Everything wrong with the definition of a property: its shape, what its kind asks, and a `default` its own rules would
 * refuse. Formats and keys we do not know are fine, they are kept for whoever does.
 */
export function checkDefinition(definition: unknown, path: string): Problem[] {
  const unfit = [...checkShape(Property, definition, path), ...checkItemsShape(definition, path)];
  if (unfit.length > 0) return unfit;
  const property = definition as Property;
  const problems = [...findUnstorable(property), ...kinds[kindOf(property)].checkDefinition(property)];
  if (problems.length > 0 || property.default === undefined || property.default === null) return under(path, problems);
  return under(joinPath(path, 'default'), prepareCheck(property)(property.default));
}

function checkItemsShape(definition: unknown, path: string): Problem[] {
  const items =
    typeof definition === 'object' && definition !== null && 'items' in definition ? definition.items : undefined;
  const isObject = typeof items === 'object' && items !== null && !Array.isArray(items);
  return isObject ? checkShape(Items, items, joinPath(path, 'items')) : [];
}

/** The check of a property's values with everything prepared, for whoever checks many. The definition must be sound. */
export function prepareCheck(property: Property): ValueCheck {
  return kinds[kindOf(property)].prepareCheck(property);
}

/** What is wrong with one value. Whether the property is required is the entity's question, not asked here. */
export function checkValue(property: Property, value: unknown, path: string): Problem[] {
  return under(path, prepareCheck(property)(value));
}

export function valueClassOf(property: Property): ValueClass {
  return kinds[kindOf(property)].valueClass;
}
