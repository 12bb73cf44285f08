import type { Answer } from '@gantry/contract';
import { liveStream } from '@gantry/contract';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { keys } from './keys.ts';

export type LiveMessage = Answer<typeof liveStream>;

/** Which cached answers a fact makes stale. Everything a fact can be has its line here; the compiler sees to it. */
const staleBy: Record<LiveMessage['kind'], (message: LiveMessage) => QueryKey[]> = {
  'blueprint.created': () => [keys.model],
  'blueprint.updated': blueprintChanged,
  'blueprint.deleted': blueprintChanged,
  'entities.created': entitiesChanged,
  'entities.updated': entitiesChanged,
  'entities.deleted': (message) => [...entitiesChanged(message), keys.trash],
  'entities.restored': (message) => [...entitiesChanged(message), keys.trash],
  'import.finished': () => [keys.imports, keys.locations, keys.model, keys.demo, keys.session],
  'location.refreshed': () => [keys.imports, keys.locations, keys.model],
  resync: () => [[]],
};

function blueprintChanged({ blueprint }: LiveMessage): QueryKey[] {
  return blueprint ? [keys.model, keys.entities(blueprint), keys.entitiesOf(blueprint), keys.graphs] : [[]];
}

function entitiesChanged({ blueprint, entities }: LiveMessage): QueryKey[] {
  if (!blueprint) return [[]];
  const touched = entities?.map((entity) => keys.entity(blueprint, entity)) ?? [keys.entitiesOf(blueprint)];
  return [keys.entities(blueprint), ...touched, keys.neighbours, keys.model, keys.graphs, keys.searches, keys.unowned];
}

/** Facts come in bursts: they are gathered this long (ms) and refresh each answer once. */
const GATHER = 200;
/** While they go on coming, as in an import, answers are refreshed this often (ms), so that each refresh can finish. */
const PACE = 1_000;
/** Without a connection for this long (ms), the page says that live updates are paused. */
const PATIENCE = 30_000;

let paused = false;
const pauseWatchers = new Set<() => void>();
const listeners = new Set<(message: LiveMessage) => void>();

/**
 * Listens to the server's facts and refreshes what they make stale. The browser reconnects by itself and says where it
 * stopped; a server that cannot replay from there says `resync`, and everything on screen is read again.
 */
export function startLive(client: QueryClient): () => void {
  let waiting: LiveMessage[] = [];
  let flushedAt = Number.NEGATIVE_INFINITY;
  let gather: ReturnType<typeof setTimeout> | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource;

  const flush = () => {
    gather = undefined;
    flushedAt = performance.now();
    const messages = waiting;
    waiting = [];
    for (const message of messages) for (const listener of listeners) listener(message);
    const stale = new Map(messages.flatMap(staleKeys).map((key) => [JSON.stringify(key), key]));
    for (const queryKey of stale.values()) void client.invalidateQueries({ queryKey });
  };
  const connect = () => {
    source = new EventSource(liveStream.path);
    source.onopen = () => {
      clearTimeout(patience);
      patience = undefined;
      if (paused) void client.invalidateQueries();
      setPaused(false);
    };
    source.onmessage = (event: MessageEvent<string>) => {
      waiting.push(JSON.parse(event.data) as LiveMessage);
      gather ??= setTimeout(flush, Math.max(GATHER, flushedAt + PACE - performance.now()));
    };
    source.onerror = () => {
      patience ??= setTimeout(() => setPaused(true), PATIENCE);
      if (source.readyState === EventSource.CLOSED) retry = setTimeout(connect, 3_000);
    };
  };

  connect();
  return () => {
    source.close();
    for (const timer of [gather, patience, retry]) clearTimeout(timer);
  };
}

function staleKeys(message: LiveMessage): QueryKey[] {
  return staleBy[message.kind]?.(message) ?? [];
}

function setPaused(next: boolean): void {
  paused = next;
  for (const watcher of pauseWatchers) watcher();
}

/** Keeps the live stream open while the calling component is on screen. */
export function useLiveUpdates(): void {
  const client = useQueryClient();
  useEffect(() => startLive(client), [client]);
}

/** Hands each message to `listener`, before the refresh: for the brief highlight of rows that change. */
export function useLiveMessages(listener: (message: LiveMessage) => void): void {
  useEffect(() => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [listener]);
}

/** True after 30 s without a connection to the live stream. */
export function useLivePaused(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      pauseWatchers.add(watcher);
      return () => pauseWatchers.delete(watcher);
    },
    () => paused,
  );
}
