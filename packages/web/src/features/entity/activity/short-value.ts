const LONGEST = 240;

/** A value of any kind as one piece of text; lists with commas, structures as JSON, long ones cut. */
export function shortValue(value: unknown): string {
  const text = asText(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  const flat = Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null);
  return flat ? value.map(String).join(', ') : JSON.stringify(value);
}
