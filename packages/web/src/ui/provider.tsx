import './theme/index.ts';
import { createTheme, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { Toasts } from './toast.tsx';

const theme = createTheme({ cursorType: 'pointer', focusRing: 'auto', respectReducedMotion: true });

/**
 * What the kit needs around an application. Its own colour-scheme handling and style elements are off: the theme is an
 * attribute of `<html>`, written before the first paint by `/theme.js` and later by `shell/theme.ts`.
 */
export function UiProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      withCssVariables={false}
      withGlobalClasses={false}
      withStaticClasses={false}
      getRootElement={() => undefined}
    >
      {children}
      <Toasts />
    </MantineProvider>
  );
}
