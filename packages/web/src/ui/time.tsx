import { useSyncExternalStore } from 'react';

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'long' });
const dateOnly = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

const steps: readonly [limit: number, unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  [45, 'second', 1],
  [45 * 60, 'minute', 60],
  [22 * 3600, 'hour', 3600],
  [7 * 86_400, 'day', 86_400],
];

/** "3 hours ago" within seven days, else the local date. Both directions of time. */
export function describeTime(moment: Date, now: Date): string {
  const seconds = (moment.getTime() - now.getTime()) / 1000;
  const step = steps.find(([limit]) => Math.abs(seconds) < limit);
  if (!step) return dateOnly.format(moment);
  const [, unit, size] = step;
  return unit === 'second' ? 'just now' : relative.format(Math.round(seconds / size), unit);
}

/** A moment: relative while it is near, with the local and UTC time on hover. `at` is RFC 3339. */
export function Time({ at }: { at: string }) {
  const now = useMinute();
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return <span>{at}</span>;
  return (
    <time dateTime={at} title={`${exact.format(moment)}\n${moment.toISOString()}`}>
      {describeTime(moment, new Date(now))}
    </time>
  );
}

let minute = Date.now();
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** The present, to the minute: one clock for all times on the page. */
function useMinute(): number {
  return useSyncExternalStore(subscribe, () => minute);
}

function subscribe(watcher: () => void): () => void {
  if (watchers.size === 0) {
    minute = Date.now();
    timer = setInterval(() => {
      minute = Date.now();
      for (const each of watchers) each();
    }, 60_000);
  }
  watchers.add(watcher);
  return () => {
    watchers.delete(watcher);
    if (watchers.size === 0) clearInterval(timer);
  };
}
