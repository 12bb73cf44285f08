/** Entities looked at last on this device, newest first: what the palette offers before anything is typed. */
export interface Recent {
  readonly blueprint: string;
  readonly entity: string;
}

const STORAGE = 'gantry.recents';
const KEPT = 8;

export function recents(): Recent[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isRecent).slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

export function noteRecent(visited: Recent): void {
  const others = recents().filter(
    ({ blueprint, entity }) => blueprint !== visited.blueprint || entity !== visited.entity,
  );
  try {
    localStorage.setItem(STORAGE, JSON.stringify([visited, ...others].slice(0, KEPT)));
  } catch {
    // Storage can be switched off; then there are no recents.
  }
}

function isRecent(value: unknown): value is Recent {
  if (typeof value !== 'object' || value === null) return false;
  const { blueprint, entity } = value as Record<string, unknown>;
  return typeof blueprint === 'string' && typeof entity === 'string';
}
