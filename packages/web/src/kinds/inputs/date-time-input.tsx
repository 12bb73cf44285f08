import { TextField } from '../../ui/fields.tsx';
import type { InputProps } from '../kind.ts';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A moment, entered in local time and stored as RFC 3339 in UTC. */
export function DateTimeInput({ property, value, onChange, ...field }: InputProps) {
  return (
    <TextField
      {...field}
      type="datetime-local"
      description={[property.description, `Time zone: ${zone}`].filter(Boolean).join(' · ')}
      value={typeof value === 'string' ? toLocal(value) : ''}
      onChange={(next) => onChange(next === '' ? null : new Date(next).toISOString())}
    />
  );
}

/** RFC 3339 to what `datetime-local` holds: local wall time to the minute; empty when it is no moment. */
export function toLocal(at: string): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return '';
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
