import type { Kind } from '../kind.ts';
import { fine, notOfType } from './check.ts';

export const boolean: Kind = {
  valueClass: 'boolean',
  checkDefinition: () => fine,
  prepareCheck: () => (value) => (typeof value === 'boolean' ? fine : notOfType('true or false', value)),
};
