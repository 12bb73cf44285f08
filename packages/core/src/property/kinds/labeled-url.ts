import { type Problem, under } from '../../problem.ts';
import type { Kind } from '../kind.ts';

import { fine, refusal } from './check.ts';
import { urlFormat } from './formats.ts';
import { checkObject } from './object.ts';
import { prepareTextCheck } from './text.ts';

const checkUrl = prepareTextCheck({ type: 'string' }, urlFormat);
const checkText = prepareTextCheck({ type: 'string' });

/** A link with a name to show: `{url, displayText?}`. */
export const labeledUrl: Kind = {
  valueClass: 'json',
  checkDefinition: () => fine,
  prepareCheck: () => (value) => {
    const unfit = checkObject(value);
    if (unfit !== fine && unfit.length > 0) return unfit;
    const { url, displayText } = value as { readonly url?: unknown; readonly displayText?: unknown };
    if (url === undefined)
      return refusal('has no `url`', 'Send an object like {"url": "https://…", "displayText": "…"}.');
    const problems: Problem[] = under('url', checkUrl(url));
    if (displayText !== undefined && displayText !== null)
      problems.push(...under('displayText', checkText(displayText)));
    return problems;
  },
};
