import { isPlainObject } from '../../json.ts';
import type { Property } from '../../property/property.ts';

type Scalar = 'string' | 'number' | 'boolean';
type Inferred = { type: Scalar | 'object' } | { type: 'array'; items?: { type: Scalar | 'object' } };

/** The type of property a value asks for; undefined for what no property can hold (null, lists of lists). */
export function inferProperty(value: unknown): Inferred | undefined {
  if (!Array.isArray(value)) {
    const type = plainType(value);
    return type && { type };
  }
  const items = value.map(plainType);
  const [first, ...others] = items.filter((type) => type !== undefined);
  if (first === undefined) return items.length === 0 ? { type: 'array' } : undefined;
  return { type: 'array', items: { type: others.reduce(widerType, first) } };
}

function plainType(value: unknown): Scalar | 'object' | undefined {
  if (isPlainObject(value)) return 'object';
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : undefined;
}

/**
 * The type that can show what both can: different scalars meet as text, a scalar and a list as a list. An object meets
 * nothing else; it wins, and the other values stay in the source document alone.
 */
export function widen(a: Inferred, b: Inferred): Inferred {
  if (a.type === 'array' || b.type === 'array') {
    const items = [itemsOf(a), itemsOf(b)].filter((type) => type !== undefined);
    const [first = 'string', second = first] = items;
    return items.length === 0 ? { type: 'array' } : { type: 'array', items: { type: widerType(first, second) } };
  }
  return { type: widerType(a.type, b.type) };
}

function itemsOf(inferred: Inferred): Scalar | 'object' | undefined {
  return inferred.type === 'array' ? inferred.items?.type : inferred.type;
}

function widerType(a: Scalar | 'object', b: Scalar | 'object'): Scalar | 'object' {
  if (a === b) return a;
  return a === 'object' || b === 'object' ? 'object' : 'string';
}

/**
 * A value as a property of this type can show it: scalars become text where text is wanted, one thing a list of one.
 * Undefined when it cannot be shown. Whether it also keeps the property's other rules is not asked here.
 */
export function valueFor(property: Pick<Property, 'type' | 'items'>, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (property.type === 'array') return listFor(property, Array.isArray(value) ? value : [value]);
  if (property.type === 'object') return isPlainObject(value) ? value : undefined;
  if (property.type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  const wanted = property.type === 'enum' ? ['string', 'number'] : [property.type];
  return wanted.includes(typeof value) ? value : undefined;
}

function listFor({ items }: Pick<Property, 'items'>, values: readonly unknown[]): unknown[] | undefined {
  const type = (items?.type ?? 'string') as Property['type'];
  const shown = values.map((value) => (Array.isArray(value) ? undefined : valueFor({ type }, value)));
  return shown.includes(undefined) ? undefined : shown;
}
