import { useEffect, useRef } from 'react';
import { isPlainKey } from './shortcuts.ts';

/** Keys of the page on screen: `e`, `1`, `Shift C`. */
export function useLetterKeys(keys: Readonly<Record<string, () => void>>): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const key = /^\p{Lu}$/u.test(event.key) ? `Shift ${event.key}` : event.key;
      const run = Object.hasOwn(current.current, key) ? current.current[key] : undefined;
      if (!run || event.defaultPrevented || !isPlainKey(event)) return;
      event.preventDefault();
      run();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
