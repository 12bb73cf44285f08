import { useEffect, useState } from 'react';
import { layOutInWorker } from './elk-worker.ts';
import type { Layout, LayoutRequest } from './layout.ts';

export interface LayoutState {
  /** The newest finished layout; while another is computed the old one stays. */
  layout: Layout | undefined;
  /** The engine gave up; whoever shows the canvas points at the list. */
  failed: boolean;
}

/** Lays boxes out in the worker whenever what decides the layout changes; without a request it does nothing. */
export function useLayout(request: LayoutRequest | undefined): LayoutState {
  const key = request && JSON.stringify(request);
  const [state, setState] = useState<LayoutState>({ layout: undefined, failed: false });
  useEffect(() => {
    if (key === undefined) return;
    let wanted = true;
    layOutInWorker(JSON.parse(key) as LayoutRequest).then(
      (layout) => wanted && setState({ layout, failed: false }),
      () => wanted && setState({ layout: undefined, failed: true }),
    );
    return () => {
      wanted = false;
    };
  }, [key]);
  return state;
}
