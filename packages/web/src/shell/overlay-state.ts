import { useSyncExternalStore } from 'react';

/** What may lie over the whole page, one at a time. */
export type OverlayName = 'palette' | 'shortcuts';

let current: OverlayName | undefined;
const watchers = new Set<() => void>();

function show(next: OverlayName | undefined): void {
  current = next;
  for (const watcher of watchers) watcher();
}

export const openOverlay = (name: OverlayName): void => show(name);
export const closeOverlay = (): void => show(undefined);

/** The overlay that is open. */
export function useOverlay(): OverlayName | undefined {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => current,
  );
}
