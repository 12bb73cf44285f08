import type { Property } from '@gantry/core';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { lookOf } from './look.ts';

export interface ValueProps {
  value: unknown;
  property: Property;
}

/** True when there is nothing to show. */
export function isUnset(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** A value as it stands in a table cell; nothing when unset. A value that does not fit its kind is shown raw. */
export function CellValue({ value, property }: ValueProps) {
  if (isUnset(value)) return null;
  const { Cell } = lookOf(property);
  return fits(value, property) ? <Cell value={value} property={property} /> : JSON.stringify(value);
}

/** A value with room for it, as on the page of an entity. */
export function DetailValue({ value, property }: ValueProps) {
  if (isUnset(value)) return null;
  const { Detail, Cell } = lookOf(property);
  if (!fits(value, property)) return JSON.stringify(value);
  const Look = Detail ?? Cell;
  return (
    <ErrorBoundary fallback={JSON.stringify(value)}>
      <Look value={value} property={property} />
    </ErrorBoundary>
  );
}

/** Values of computed properties may be of another type than declared; mirrors through many are lists. */
function fits(value: unknown, { type }: Property): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object';
  return typeof value !== 'object';
}
