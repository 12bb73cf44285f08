import { useSyncExternalStore } from 'react';

const narrow = matchMedia('(max-width: 767px)');

/** True where tables and canvases have no room: under 768 pixels. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      narrow.addEventListener('change', watcher);
      return () => narrow.removeEventListener('change', watcher);
    },
    () => narrow.matches,
  );
}
