import type { OverlayName } from './overlay-state.ts';

export interface ShortcutTargets {
  openOverlay: (name: OverlayName) => void;
  toggleSidebar: () => void;
}

/** Where `G` followed by a letter goes. */
const places: Readonly<Record<string, string>> = { h: '/', c: '/catalog', b: '/build/model', s: '/build/sources' };

/** The places are told to the router through this event, so that keys need no router. */
export const goEvent = 'gantry:go';

/**
 * The global keys. Single letters never fire while something is typed into, and can be switched off, as WCAG 2.1.4 asks. Answers how to stop.
 */
export function startShortcuts({ openOverlay, toggleSidebar }: ShortcutTargets): () => void {
  let leader = 0;
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      openOverlay('palette');
      return;
    }
    if (!isPlainKey(event)) return;
    const key = event.key.toLowerCase();
    const target = places[key];
    if (Date.now() - leader < 1_000 && target) {
      leader = 0;
      dispatchEvent(new CustomEvent(goEvent, { detail: target }));
      return;
    }
    leader = key === 'g' ? Date.now() : 0;
    if (key === '?') openOverlay('shortcuts');
    else if (key === '[') toggleSidebar();
    else if (key === '/') focusPageSearch(event);
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}

/** A key by itself, pressed where nothing is typed into and where single letters are shortcuts. */
export function isPlainKey(event: KeyboardEvent): boolean {
  if (event.metaKey || event.ctrlKey || event.altKey) return false;
  return !isTyping(event.target) && lettersAllowed();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], dialog') !== null;
}

const LETTERS = 'gantry.keys';

/** Whether single letters are shortcuts on this device. */
export function lettersAllowed(): boolean {
  try {
    return localStorage.getItem(LETTERS) !== 'off';
  } catch {
    return true;
  }
}

export function setLettersAllowed(allowed: boolean): void {
  try {
    localStorage.setItem(LETTERS, allowed ? 'on' : 'off');
  } catch {
    // Storage can be switched off; letters then stay shortcuts.
  }
}

function focusPageSearch(event: KeyboardEvent): void {
  const field = document.querySelector<HTMLInputElement>('#content input[type="search"]');
  if (!field) return;
  event.preventDefault();
  field.focus();
}
