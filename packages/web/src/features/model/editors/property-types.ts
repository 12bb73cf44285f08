import { type KindName, kindOf, type Property } from '@gantry/core';
import {
  IconAt,
  IconBlockquote,
  IconBraces,
  IconCalendarTime,
  IconCheckbox,
  IconCode,
  IconHash,
  IconHourglass,
  IconLink,
  IconList,
  IconListDetails,
  IconNetwork,
  IconPlugConnected,
  IconSchema,
  IconTag,
  IconTypography,
  IconUser,
  IconUsers,
  IconWorld,
} from '../../../ui/icons.ts';

/** What a person chooses as the type of a property: type, format and spec together, and the choice of values. */
export interface TypeChoice {
  value: TypeName;
  label: string;
  icon: typeof IconTag;
  /** The keys of the definition that make it this type. */
  keys: Pick<Property, 'type' | 'format' | 'spec'>;
  /** A value to show what cells look like. */
  sample: unknown;
}

/** Kinds by their core name, and `choice` for one of listed values, which core tells by `enum`. */
export type TypeName = Exclude<KindName, 'enum' | 'idn-email'> | 'choice' | 'number-choice';

const text = (format?: string): TypeChoice['keys'] => ({ type: 'string', ...(format ? { format } : {}) });

export const typeChoices: readonly TypeChoice[] = [
  { value: 'string', label: 'Text', icon: IconTypography, keys: text(), sample: 'Plain text' },
  { value: 'choice', label: 'Choice', icon: IconTag, keys: text(), sample: 'Production' },
  { value: 'number-choice', label: 'Choice of numbers', icon: IconTag, keys: { type: 'number' }, sample: 1 },
  { value: 'number', label: 'Number', icon: IconHash, keys: { type: 'number' }, sample: 1284 },
  { value: 'boolean', label: 'Yes or no', icon: IconCheckbox, keys: { type: 'boolean' }, sample: true },
  {
    value: 'date-time',
    label: 'Date and time',
    icon: IconCalendarTime,
    keys: text('date-time'),
    sample: '2026-03-14T09:26:53Z',
  },
  { value: 'timer', label: 'Timer', icon: IconHourglass, keys: text('timer'), sample: '2030-01-01T00:00:00Z' },
  { value: 'url', label: 'URL', icon: IconLink, keys: text('url'), sample: 'https://example.com/runbook' },
  {
    value: 'labeled-url',
    label: 'URL with a label',
    icon: IconLink,
    keys: { type: 'object', format: 'labeled-url' },
    sample: { url: 'https://example.com/runbook', displayText: 'Runbook' },
  },
  { value: 'email', label: 'E-mail address', icon: IconAt, keys: text('email'), sample: 'dana@example.com' },
  { value: 'user', label: 'User', icon: IconUser, keys: text('user'), sample: 'dana@example.com' },
  { value: 'team', label: 'Team', icon: IconUsers, keys: text('team'), sample: 'platform' },
  { value: 'array', label: 'List', icon: IconList, keys: { type: 'array' }, sample: ['online', 'gdpr'] },
  { value: 'markdown', label: 'Markdown', icon: IconBlockquote, keys: text('markdown'), sample: '# Runbook' },
  { value: 'object', label: 'JSON object', icon: IconBraces, keys: { type: 'object' }, sample: { replicas: 3 } },
  { value: 'yaml', label: 'YAML', icon: IconCode, keys: text('yaml'), sample: 'replicas: 3' },
  { value: 'proto', label: 'Protocol buffers', icon: IconCode, keys: text('proto'), sample: 'message Order {}' },
  {
    value: 'open-api',
    label: 'OpenAPI description',
    icon: IconPlugConnected,
    keys: { type: 'string', spec: 'open-api' },
    sample: 'openapi: 3.1.0',
  },
  {
    value: 'async-api',
    label: 'AsyncAPI description',
    icon: IconPlugConnected,
    keys: { type: 'string', spec: 'async-api' },
    sample: 'asyncapi: 3.0.0',
  },
  {
    value: 'embedded-url',
    label: 'Embedded page',
    icon: IconWorld,
    keys: { type: 'string', format: 'url', spec: 'embedded-url' },
    sample: 'https://example.com/dashboard',
  },
  { value: 'ipv4', label: 'IPv4 address', icon: IconNetwork, keys: text('ipv4'), sample: '192.0.2.1' },
  { value: 'ipv6', label: 'IPv6 address', icon: IconNetwork, keys: text('ipv6'), sample: '2001:db8::1' },
  { value: 'blueprints', label: 'Blueprint', icon: IconSchema, keys: text('blueprints'), sample: 'service' },
];

const fallback: TypeChoice = { value: 'string', label: 'Text', icon: IconListDetails, keys: text(), sample: '' };

function typeNameOf(property: Property): TypeName {
  const kind = kindOf(property);
  if (kind === 'enum' || (property.enum && kind === 'string')) return 'choice';
  if (property.enum && kind === 'number') return 'number-choice';
  return kind === 'idn-email' ? 'email' : kind;
}

/** The choice a definition stands for. */
export function choiceOf(property: Property): TypeChoice {
  const name = typeNameOf(property);
  return typeChoices.find(({ value }) => value === name) ?? fallback;
}

/** What other keys mean something for a type; the rest is dropped when the type changes. */
const constraints: Partial<Record<TypeName, readonly (keyof Property)[]>> = {
  string: ['pattern', 'minLength', 'maxLength'],
  choice: ['enum', 'enumColors'],
  'number-choice': ['enum', 'enumColors'],
  number: ['minimum', 'maximum'],
  array: ['items', 'minItems', 'maxItems'],
};

export function constraintsOf(name: TypeName): readonly (keyof Property)[] {
  return constraints[name] ?? [];
}

const typed: readonly (keyof Property)[] = [
  'type',
  'format',
  'spec',
  'default',
  ...new Set(Object.values(constraints).flat()),
];

/** The same property as another type: titles and unknown keys stay, what only the old type understood goes. */
export function withType(property: Property, name: TypeName): Property {
  const choice = typeChoices.find(({ value }) => value === name) ?? fallback;
  if (choiceOf(property).value === choice.value) return property;
  const kept = Object.entries(property).filter(([key]) => {
    const shared = typed.find((each) => each === key);
    return shared === undefined || constraintsOf(choice.value).includes(shared);
  });
  const isChoice = choice.value === 'choice' || choice.value === 'number-choice';
  return { ...choice.keys, ...Object.fromEntries(kept), ...(isChoice ? { enum: [] } : {}) };
}
