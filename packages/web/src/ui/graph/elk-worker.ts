import ELK, { type ELK as Elk } from 'elkjs/lib/elk-api';
// The layout engine stays the unmodified file of its authors (EPL-2.0), loaded as a worker only where a graph is shown.
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';
import { type Layout, type LayoutRequest, layOut } from './layout.ts';

let engine: Elk | undefined;

/** Starts the worker, which is kept; called early where a layout is sure to be wanted, because it takes a while. */
export function startEngine(): Elk {
  engine ??= new ELK({ workerUrl });
  return engine;
}

/** Lays a graph out off the main thread. */
export function layOutInWorker(request: LayoutRequest): Promise<Layout> {
  return layOut(startEngine(), request);
}
