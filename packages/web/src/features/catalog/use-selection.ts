import { useCallback, useMemo, useRef, useState } from 'react';
import type { Entity } from '../../data/entities.ts';
import type { GridSelection } from '../../ui/grid/index.ts';

export interface Selection extends GridSelection<Entity> {
  /** `matching`: all that the filter lets through, wherever they are; else these identifiers. */
  readonly chosen: 'matching' | ReadonlySet<string>;
  readonly count: number;
  chooseMatching(): void;
  clear(): void;
}

const nobody: ReadonlySet<string> = new Set();

/**
 * Which rows are selected, by identifier, so that scrolling, refreshes and edits elsewhere do not lose it. `rowAt` is
 * needed for ranges; what of a range is not loaded is left out.
 */
export function useSelection(total: number, rowAt: (index: number) => Entity | undefined): Selection {
  const [chosen, setChosen] = useState<'matching' | ReadonlySet<string>>(nobody);
  const last = useRef(0);
  const find = useRef(rowAt);
  find.current = rowAt;

  const toggle = useCallback((row: Entity, index: number, range: boolean) => {
    const from = range ? Math.min(last.current, index) : index;
    const to = range ? Math.max(last.current, index) : index;
    last.current = index;
    setChosen((before) => {
      const next = new Set(before === 'matching' ? [] : before);
      if (!range && next.delete(row.identifier)) return next;
      for (let at = from; at <= to; at += 1) {
        const found = at === index ? row : find.current(at);
        if (found) next.add(found.identifier);
      }
      return next;
    });
  }, []);

  return useMemo(() => {
    const all = chosen === 'matching' || (total > 0 && chosen.size === total);
    const count = chosen === 'matching' ? total : chosen.size;
    return {
      chosen,
      count,
      all,
      some: count > 0,
      isSelected: (row) => chosen === 'matching' || chosen.has(row.identifier),
      toggle,
      toggleAll: () => setChosen(count > 0 ? nobody : 'matching'),
      chooseMatching: () => setChosen('matching'),
      clear: () => setChosen(nobody),
    };
  }, [chosen, total, toggle]);
}
