import { isPlainObject } from '../../json.ts';
import type { Property } from '../../property/property.ts';
import type { EntityLink } from '../entity/backstage-entity.ts';

/** One property of a blueprint and the place in the document it stands for. */
export interface FieldMapping {
  readonly key: string;
  readonly path: readonly [string, ...string[]];
  readonly property: Property;
  /** The mapping counts only for these values of `spec.type`; a mapping without it counts where no other does. */
  readonly types?: readonly string[];
  /** Where the two worlds write a value differently. */
  readonly toGantry?: (value: unknown) => unknown;
  readonly toBackstage?: (value: unknown) => unknown;
}

/** The property that keeps what no other property holds, so that the document can be written out again as it was. */
export const SOURCE_PROPERTY = 'backstage';

const text = (title: string, more: Partial<Property> = {}): Property => ({ type: 'string', title, ...more });
const texts = (title: string): Property => ({ type: 'array', title, items: { type: 'string' } });
const spec = (key: string, property: Property): FieldMapping => ({ key, path: ['spec', key], property });

const links: FieldMapping = {
  key: 'links',
  path: ['metadata', 'links'],
  property: { type: 'array', title: 'Links', items: { type: 'object', format: 'labeled-url' } },
  toGantry: (value) => mapEach(value, ({ title, ...link }) => ({ ...link, ...(title ? { displayText: title } : {}) })),
  toBackstage: (value) =>
    mapEach(value, ({ displayText, ...link }) => ({ ...link, ...(displayText ? { title: displayText } : {}) })),
};

type LinkLike = Partial<EntityLink> & Record<string, unknown>;

function mapEach(value: unknown, change: (link: LinkLike) => Record<string, unknown>): unknown {
  return Array.isArray(value) ? value.map((link) => (isPlainObject(link) ? change(link) : link)) : value;
}

/** What every kind has, whoever made it up. */
export const commonFields: readonly FieldMapping[] = [
  { key: 'description', path: ['metadata', 'description'], property: text('Description') },
  { key: 'tags', path: ['metadata', 'tags'], property: texts('Tags') },
  links,
  { key: 'labels', path: ['metadata', 'labels'], property: { type: 'object', title: 'Labels' } },
  { key: 'annotations', path: ['metadata', 'annotations'], property: { type: 'object', title: 'Annotations' } },
];

const type = spec('type', text('Type'));
const lifecycle = spec('lifecycle', text('Lifecycle'));
const version = spec('version', text('Version'));

const definition = (key: string, property: Property, types?: string[]): FieldMapping => ({
  key,
  path: ['spec', 'definition'],
  property,
  ...(types ? { types } : {}),
});

const profile = (key: string, property: Property): FieldMapping => ({ key, path: ['spec', 'profile', key], property });
const email = profile('email', text('E-mail', { format: 'email' }));
const picture = profile('picture', text('Picture', { format: 'url' }));

/** The properties of the built-in kinds besides the common ones, by kind in lower case. Relations are elsewhere. */
const ownFields: Record<string, readonly FieldMapping[]> = {
  component: [type, lifecycle],
  api: [
    type,
    lifecycle,
    definition('openapi', text('OpenAPI', { spec: 'open-api' }), ['openapi']),
    definition('asyncapi', text('AsyncAPI', { spec: 'async-api' }), ['asyncapi']),
    definition('definition', text('Definition')),
    spec('remotes', { type: 'array', title: 'Remotes', items: { type: 'object' } }),
  ],
  resource: [type],
  system: [type],
  domain: [type],
  group: [type, email, picture],
  user: [email, picture],
  location: [
    type,
    spec('target', text('Target')),
    spec('targets', texts('Targets')),
    spec('presence', text('Presence')),
  ],
  template: [type, lifecycle],
  airesource: [
    type,
    lifecycle,
    spec('disciplines', texts('Disciplines')),
    spec('categories', texts('Categories')),
    spec('agents', texts('Agents')),
    spec('allowedTools', text('Allowed tools')),
    spec('license', text('License')),
    spec('compatibility', text('Compatibility')),
    spec('category', text('Category')),
    spec('rationale', text('Rationale')),
    version,
  ],
};

/** Every mapping of a built-in kind; undefined for kinds somebody made up. */
export function fieldsOfKind(kind: string): readonly FieldMapping[] | undefined {
  const own = ownFields[kind.toLowerCase()];
  return own ? [...own, ...commonFields] : undefined;
}

/** The mappings that count for this `spec`. Of several for one place, the one made for its type is taken. */
export function fieldsFor(fields: readonly FieldMapping[], specType: unknown): FieldMapping[] {
  const made = fields.filter(({ types }) => types?.some((candidate) => candidate === specType));
  const taken = new Set(made.map(({ path }) => path.join('.')));
  return fields.filter((field) => made.includes(field) || (!field.types && !taken.has(field.path.join('.'))));
}
