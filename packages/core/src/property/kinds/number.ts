import type { Problem } from '../../problem.ts';
import type { Kind } from '../kind.ts';
import { checkEnum, checkOrder, fine, memberTest, notOfType, refusal } from './check.ts';
import { checkMember } from './text.ts';

export const number: Kind = {
  valueClass: 'number',
  checkDefinition: (property) => [...checkOrder(property, 'minimum', 'maximum'), ...checkEnum(property, 'number')],
  prepareCheck(property) {
    const member = memberTest(property);
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = property;
    return (value) => {
      if (typeof value !== 'number') return notOfType('a number', value);
      if (!Number.isFinite(value)) return refusal('is a number too large to be stored');
      const problems: Problem[] = [];
      if (value < minimum) problems.push({ path: '', message: `${value} is less than the minimum ${minimum}` });
      if (value > maximum) problems.push({ path: '', message: `${value} is greater than the maximum ${maximum}` });
      const stranger = member && checkMember(value, member);
      if (stranger) problems.push(stranger);
      return problems.length === 0 ? fine : problems;
    };
  },
};
