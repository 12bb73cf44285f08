import type { Property } from '@gantry/core';
import type { KindLook } from './kind.ts';
import { list } from './list.tsx';
import { lookOfOne } from './look-of-one.ts';

/** The look of a property: of a list, or of a single value. */
export function lookOf(property: Property): KindLook {
  return lookOfOne(property) ?? list;
}
