const DAY = 24 * 60;

/**
 * Minutes until a location is read again. After a failure soon, then after twice as long each time, at most a day:
 * a hiccup is over in a minute, and what is gone for good is not worth asking every hour.
 */
export function refreshPause(failures: number, refreshMinutes: number): number {
  return failures === 0 ? refreshMinutes : Math.min(2 ** (failures - 1), Math.max(refreshMinutes, DAY));
}
