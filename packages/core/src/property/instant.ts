const SHAPE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2})(?::?(\d{2}))?))?$/;
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * The moment a text names, in milliseconds since the epoch; undefined when it names none. Understood are RFC 3339 with
 * the two liberties real sources take (a space for the `T`; a zone as `+0000` or `+00`, which is what Jira sends), and a
 * bare date, which is its midnight in UTC. Digits beyond milliseconds are dropped. A leap second is the second after.
 */
export function parseInstant(text: string): number | undefined {
  const parts = SHAPE.exec(text);
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined;
  const clock = parts[4] === undefined ? 0 : clockMillis(parts);
  if (clock === undefined) return undefined;
  const midnight = new Date(0).setUTCFullYear(year, month - 1, day);
  return midnight + clock;
}

/** Whether a text is a date with a time and a zone: the `date-time` of JSON Schema, with the liberties named above. */
export function isDateTime(text: string): boolean {
  return text.length > 10 && parseInstant(text) !== undefined;
}

function daysOf(year: number, month: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return leap ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0);
}

function clockMillis(parts: RegExpExecArray): number | undefined {
  const [hour, minute, second] = [Number(parts[4]), Number(parts[5]), Number(parts[6])];
  const [zoneHour, zoneMinute] = [Number(parts[9] ?? 0), Number(parts[10] ?? 0)];
  // PostgreSQL knows zones up to 15:59; the widest in use is +14:00.
  if (hour > 23 || minute > 59 || second > 60 || zoneHour > 15 || zoneMinute > 59) return undefined;
  const millis = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const zone = (zoneHour * 60 + zoneMinute) * (parts[8] === '-' ? -60_000 : 60_000);
  return (hour * 3600 + minute * 60 + second) * 1000 + millis - zone;
}
