import type { Property } from '@gantry/core';
import type { ComponentType } from 'react';

/** What a cell draws: one line, cut when too long. `property` is the definition (of the item, inside lists). */
export interface CellProps {
  value: unknown;
  property: Property;
}

/** A form control for one value. `undefined` and `null` both mean unset. */
export interface InputProps {
  property: Property;
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
  onBlur?: () => void;
  error?: string | undefined;
  required?: boolean;
  disabled?: boolean;
}

/** How the value of a filter rule is entered, and with it which comparisons are offered. */
export type FilterShape = 'text' | 'options' | 'number' | 'instant' | 'boolean' | 'list' | 'presence' | 'timer';

/** How a kind of property looks: in a table cell, with room on a page, in a form and in a filter. */
export interface KindLook {
  readonly Cell: ComponentType<CellProps>;
  /** With room for it (details of an entity); the cell where there is nothing more to show. */
  readonly Detail?: ComponentType<CellProps>;
  readonly Input: ComponentType<InputProps>;
  readonly filter: FilterShape;
  /** Numbers stand right. */
  readonly align?: 'end';
  /** A column's width in pixels before anybody changes it. */
  readonly width: number;
  /** Long text and structures: sorting by them says nothing. */
  readonly unsortable?: true;
}
