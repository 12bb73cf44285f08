import type { Problem } from '../problem.ts';

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 256;

/** What is wrong with a password somebody wants to have. Length is what counts; which characters is their own affair. */
export function checkPassword(password: string): Problem[] {
  const { length } = [...password.normalize('NFKC')];
  if (length >= PASSWORD_MIN && length <= PASSWORD_MAX) return [];
  const message = length < PASSWORD_MIN ? `has ${length} characters` : 'is too long';
  return [{ path: 'password', message, remedy: `choose one of ${PASSWORD_MIN} to ${PASSWORD_MAX} characters` }];
}
