import { useEffect, useRef, useState } from 'react';

/** How long a changed value stays highlighted, in milliseconds; `data-flash` in `theme/base.css` fades it. */
const FLASH = 600;

/** True for a moment after `value` changed while on screen: for updates that arrive by themselves. */
export function useFlash(value: unknown): true | undefined {
  const shown = useRef(value);
  const [flash, setFlash] = useState(false);
  useEffect(() => {
    if (Object.is(shown.current, value)) return;
    shown.current = value;
    setFlash(true);
    const timer = setTimeout(() => setFlash(false), FLASH);
    return () => clearTimeout(timer);
  }, [value]);
  return flash || undefined;
}
