import type { Problem } from '../../problem.ts';
import type { Kind } from '../kind.ts';
import { checkEnum, fine, memberTest, notOfType } from './check.ts';
import { checkMember } from './text.ts';

/** `type: enum`, as some of Port's own exporters write it: a text or number out of `enum`. */
export const enumeration: Kind = {
  valueClass: 'text',
  checkDefinition(property): readonly Problem[] {
    if (!property.enum)
      return [{ path: 'enum', message: 'is missing', remedy: 'List the values the property may have.' }];
    return checkEnum(property, 'string', 'number');
  },
  prepareCheck(property) {
    const member = memberTest(property);
    return (value) => {
      if (typeof value !== 'string' && typeof value !== 'number') return notOfType('a text or a number', value);
      const stranger = member && checkMember(value, member);
      return stranger ? [stranger] : fine;
    };
  },
};
