import type { Problem } from '../../problem.ts';
import type { Kind } from '../kind.ts';
import { findUnstorable } from '../storable.ts';
import { fine, notOfType } from './check.ts';

/** Any JSON object; what is inside is the author's business as long as it can be stored. */
export const object: Kind = {
  valueClass: 'json',
  checkDefinition: () => fine,
  prepareCheck: () => checkObject,
};

export function checkObject(value: unknown): readonly Problem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return notOfType('an object', value);
  return findUnstorable(value);
}
