import { type RefObject, useLayoutEffect } from 'react';

/**
 * Pinned cells are sticky only while the grid is scrolled sideways: hundreds of sticky cells are more than a browser moves within a
 * frame. Before that, the first ones are at their place anyway, and the last ones are told how far beyond the edge they lie.
 */
export function useSideways(scroller: RefObject<HTMLDivElement | null>): void {
  useLayoutEffect(() => {
    const grid = scroller.current;
    if (!grid) return;
    const onScroll = () => grid.toggleAttribute('data-sideways', grid.scrollLeft > 0);
    const measure = () => grid.style.setProperty('--grid-beyond', `${grid.scrollWidth - grid.clientWidth}px`);
    const observer = new ResizeObserver(measure);
    for (const sized of [grid, ...grid.children]) observer.observe(sized);
    grid.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      grid.removeEventListener('scroll', onScroll);
    };
  }, [scroller]);
}
