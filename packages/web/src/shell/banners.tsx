import { useSyncExternalStore } from 'react';
import { useLivePaused } from '../data/live.ts';
import { IconRefresh, IconWifiOff } from '../ui/icons.ts';
import { Notice } from '../ui/states.tsx';
import styles from './banners.module.css';
import { messages } from './messages.ts';

/** What concerns every page: no network, no live updates. Takes no room when there is nothing to say. */
export function Banners() {
  const online = useOnline();
  const paused = useLivePaused();
  if (online && !paused) return null;
  return (
    <div className={styles.banners}>
      {online ? (
        <Notice tone="warning" icon={<IconRefresh size={16} />}>
          {messages.livePaused}
        </Notice>
      ) : (
        <Notice tone="warning" icon={<IconWifiOff size={16} />}>
          {messages.offline}
        </Notice>
      )}
    </div>
  );
}

function useOnline(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      addEventListener('online', watcher);
      addEventListener('offline', watcher);
      return () => {
        removeEventListener('online', watcher);
        removeEventListener('offline', watcher);
      };
    },
    () => navigator.onLine,
  );
}
