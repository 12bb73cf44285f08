import type { Provider } from '../../data/sign-in.ts';

const KEY = 'gantry.provider';

/** Whom this browser signed in with last stands first; the others keep their order. */
export function lastUsedFirst(providers: readonly Provider[]): readonly Provider[] {
  const last = localStorage.getItem(KEY);
  return [...providers].sort((one, other) => Number(other.id === last) - Number(one.id === last));
}

export function noteLastUsed(id: string): void {
  localStorage.setItem(KEY, id);
}
