import { lazy } from 'react';

/**
 * The form controls of all kinds. Loaded when a form is first drawn: a table shows values without knowing how they are
 * entered.
 */
export const TextInput = lazy(async () => ({ default: (await import('./text-input.tsx')).TextInput }));
export const LongTextInput = lazy(async () => ({ default: (await import('./text-input.tsx')).LongTextInput }));
export const CodeInput = lazy(async () => ({ default: (await import('./code-input.tsx')).CodeInput }));
export const NumberInput = lazy(async () => ({ default: (await import('./number-input.tsx')).NumberInput }));
export const BooleanInput = lazy(async () => ({ default: (await import('./choice-input.tsx')).BooleanInput }));
export const EnumInput = lazy(async () => ({ default: (await import('./choice-input.tsx')).EnumInput }));
export const DateTimeInput = lazy(async () => ({ default: (await import('./date-time-input.tsx')).DateTimeInput }));
export const EntityNameInput = lazy(async () => ({ default: (await import('./name-input.tsx')).EntityNameInput }));
export const ListInput = lazy(async () => ({ default: (await import('./list-input.tsx')).ListInput }));
export const LabeledUrlInput = lazy(async () => ({
  default: (await import('./labeled-url-input.tsx')).LabeledUrlInput,
}));
