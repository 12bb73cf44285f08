import type { Problem } from '../problem.ts';
import { PROPERTY_KEY, PROPERTY_KEY_MAX } from '../property/property.ts';

const pattern = new RegExp(PROPERTY_KEY);

/** The rule for keys of properties, relations and derived properties. */
export function checkKey(key: string, path: string): Problem[] {
  if (key.length > PROPERTY_KEY_MAX) {
    return [{ path, message: `The key is longer than ${PROPERTY_KEY_MAX} characters` }];
  }
  if (pattern.test(key)) return [];
  const remedy = 'Use letters, digits and @ _ = \\ -; what people read goes into `title`.';
  return [{ path, message: `\`${key}\` has characters a key cannot have`, remedy }];
}
