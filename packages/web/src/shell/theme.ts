import { useSyncExternalStore } from 'react';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
export const densities = ['compact', 'default', 'cosy'] as const;
export type Density = (typeof densities)[number];

/** Looks are kept on the device as well, because `/theme.js` must know the theme before the first paint. */
const storage = {
  theme: 'gantry.theme',
  density: 'gantry.density',
} as const;

const system = matchMedia('(prefers-color-scheme: dark)');
const watchers = new Set<() => void>();

export function themeOf(value: unknown): Theme {
  return themes.find((theme) => theme === value) ?? 'system';
}

export function densityOf(value: unknown): Density {
  return densities.find((density) => density === value) ?? 'default';
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage can be switched off; the choice then lasts until the page is left.
  }
}

let theme = themeOf(stored(storage.theme));
let density = densityOf(stored(storage.density));

function apply(): void {
  const root = document.documentElement;
  root.dataset.theme = theme === 'dark' || (theme === 'system' && system.matches) ? 'dark' : 'light';
  root.dataset.mantineColorScheme = root.dataset.theme;
  root.dataset.density = density;
  for (const watcher of watchers) watcher();
}

system.addEventListener('change', apply);
apply();

export function setTheme(next: Theme): void {
  theme = next;
  store(storage.theme, next);
  apply();
}

export function setDensity(next: Density): void {
  density = next;
  store(storage.density, next);
  apply();
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, () => theme);
export const useDensity = (): Density => useSyncExternalStore(subscribe, () => density);

/** The height of a table row in pixels, as `--row-height` says in each density. */
export const rowHeights = { compact: 32, default: 40, cosy: 52 } as const satisfies Record<Density, number>;

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
