import { describe, expect, it } from 'vitest';
import { titleFromKey } from './title-from-key.ts';

describe('titleFromKey', () => {
  it.each([
    ['open_bugs', 'Open bugs'],
    ['deployedAt', 'Deployed at'],
    ['on-call', 'On call'],
    ['API_url', 'API url'],
    ['_', '_'],
  ])('%s reads %s', (key, title) => expect(titleFromKey(key)).toBe(title));
});
