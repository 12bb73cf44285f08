import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useLiveUpdates } from '../data/live.ts';
import { useSession } from '../data/session.ts';
import { Banners } from './banners.tsx';
import { PanelSlot } from './context-panel.tsx';
import { messages } from './messages.ts';
import { Overlays } from './overlays.tsx';
import styles from './shell.module.css';
import { Sidebar } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';
import { useKeptLooks } from './use-kept-looks.ts';

const SessionEnded = lazy(async () => ({
  default: (await import('../features/sign-in/session-ended.tsx')).SessionEnded,
}));

/** The frame of every signed-in page: top bar, sidebar, content, context panel. Only the content scrolls. */
export function Shell() {
  useLiveUpdates();
  useKeptLooks();
  const { actor } = useSession();
  const [drawer, setDrawer] = useState(false);
  const [sidebar, setSidebar] = useState(true);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving somewhere closes the drawer.
  useEffect(() => setDrawer(false), [path]);

  return (
    <PanelSlot value={slot}>
      <a className={styles.skip} href="#content">
        {messages.skipToContent}
      </a>
      <a className={styles.skip} href="#search-trigger">
        {messages.skipToSearch}
      </a>
      <div className={styles.frame} data-sidebar={sidebar}>
        <TopBar onOpenDrawer={() => setDrawer(true)} />
        <Sidebar drawer={drawer} onCloseDrawer={() => setDrawer(false)} />
        <div className={styles.middle}>
          <Banners />
          <main id="content" className={styles.content} tabIndex={-1}>
            <Outlet />
          </main>
        </div>
        <div ref={setSlot} className={styles.panel} />
      </div>
      {!actor && (
        <Suspense>
          <SessionEnded />
        </Suspense>
      )}
      <Overlays onToggleSidebar={() => setSidebar((shown) => !shown)} />
    </PanelSlot>
  );
}
