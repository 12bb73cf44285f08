import { lazy, Suspense, useEffect } from 'react';
import { closeOverlay, type OverlayName, openOverlay, useOverlay } from './overlay-state.ts';
import { startShortcuts } from './shortcuts.ts';

/** Their code is loaded when first opened. */
const overlays = {
  palette: lazy(async () => ({ default: (await import('../features/palette/palette.tsx')).Palette })),
  shortcuts: lazy(async () => ({ default: (await import('./shortcut-sheet.tsx')).ShortcutSheet })),
} as const satisfies Record<OverlayName, unknown>;

export function Overlays({ onToggleSidebar }: { onToggleSidebar: () => void }) {
  const name = useOverlay();
  useEffect(() => startShortcuts({ openOverlay, toggleSidebar: onToggleSidebar }), [onToggleSidebar]);
  if (!name) return null;
  const Overlay = overlays[name];
  return (
    <Suspense>
      <Overlay onClose={closeOverlay} />
    </Suspense>
  );
}
