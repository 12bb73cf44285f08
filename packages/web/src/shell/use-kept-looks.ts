import { useEffect, useRef } from 'react';
import { usePreference } from '../data/preferences.ts';
import { type Density, densityOf, setDensity, setTheme, type Theme, themeOf, useDensity, useTheme } from './theme.ts';

interface Looks {
  readonly theme: Theme;
  readonly density: Density;
}

function parseLooks(stored: unknown): Looks | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { theme, density } = stored as Record<string, unknown>;
  return { theme: themeOf(theme), density: densityOf(density) };
}

/**
 * Theme and density follow a person from device to device. The device remembers them too, because the theme must be
 * known before the first paint; what the server keeps wins when the page is opened, what is chosen afterwards is kept.
 */
export function useKeptLooks(): void {
  const [kept, keep, isLoaded] = usePreference('looks', parseLooks);
  const theme = useTheme();
  const density = useDensity();
  const taken = useRef(false);
  const keptTheme = kept?.theme;
  const keptDensity = kept?.density;
  useEffect(() => {
    if (!isLoaded) return;
    const isSame = keptTheme === theme && keptDensity === density;
    if (!taken.current) {
      taken.current = true;
      if (keptTheme) setTheme(keptTheme);
      if (keptDensity) setDensity(keptDensity);
    } else if (!isSame) {
      keep({ theme, density });
    }
  }, [isLoaded, keptTheme, keptDensity, theme, density, keep]);
}
