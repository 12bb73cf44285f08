import type { Property } from '@gantry/core';

/** The definition of a list's items; texts where the list does not say. */
export function itemOf(property: Property): Property {
  return { type: 'string', ...property.items } as Property;
}
