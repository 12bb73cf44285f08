import type { DatePreset, Range } from './parsed-query.ts';

const DAY = 86_400_000;

/** Calendar days, relative to today; midnight to midnight in the zone of the range, UTC unless it names one. */
const calendarDays: Partial<Record<DatePreset, number>> = { yesterday: -1, today: 0, tomorrow: 1 };

/** Windows ending (or, for the future, beginning) now, in days. A month is 30 days, a year 365. */
const rollingDays: Partial<Record<DatePreset, number>> = {
  lastDay: -1,
  lastWeek: -7,
  last2Weeks: -14,
  lastMonth: -30,
  last3Months: -90,
  last6Months: -180,
  last12Months: -365,
  last2Years: -730,
  last3Years: -1095,
  nextDay: 1,
  nextWeek: 7,
  next2Weeks: 14,
  nextMonth: 30,
  next3Months: 90,
  next6Months: 180,
  next12Months: 365,
  next2Years: 730,
  next3Years: 1095,
};

export type Bounds = Extract<Range, { readonly of: unknown }>;

/** The two ends of a range, both belonging to it, given the moment `now` (milliseconds since the epoch). */
export function rangeBounds(range: Range, now: number): Bounds {
  if (!('preset' in range)) return range;
  const days = rollingDays[range.preset];
  if (days !== undefined) {
    const other = now + days * DAY;
    return { of: 'instant', from: Math.min(now, other), to: Math.max(now, other) };
  }
  const offset = calendarDays[range.preset] ?? 0;
  const zone = range.timeZone ?? 'UTC';
  const [year, month, day] = dateIn(zone, now);
  const from = midnight(zone, year, month, day + offset);
  const to = midnight(zone, year, month, day + offset + 1) - 1;
  return { of: 'instant', from, to };
}

function dateIn(zone: string, moment: number): readonly [number, number, number] {
  const local = new Date(moment + zoneOffset(zone, moment));
  return [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
}

/** The moment a day begins in a zone. Twice, because the offset at midnight UTC may not be that at midnight there. */
function midnight(zone: string, year: number, month: number, day: number): number {
  const utc = Date.UTC(year, month, day);
  const guess = utc - zoneOffset(zone, utc);
  return utc - zoneOffset(zone, guess);
}

/** How many milliseconds the clocks of a zone are ahead of UTC at a moment. */
function zoneOffset(zone: string, moment: number): number {
  if (zone === 'UTC') return 0;
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment);
  const [year, month, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map((type) =>
    Number(parts.find((part) => part.type === type)?.value ?? 0),
  );
  const local = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  return local - Math.floor(moment / 1000) * 1000;
}
