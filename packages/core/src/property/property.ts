import { type Static, Type } from 'typebox';

/** Keys of properties, relations and derived properties. */
export const PROPERTY_KEY = '^[A-Za-z0-9@_=\\\\-]+$';
export const PROPERTY_KEY_MAX = 100;

/** `enum` is not JSON Schema, but Port's own exporters ship blueprints with it: a string or number out of `enum`. */
export const propertyTypes = ['string', 'number', 'boolean', 'object', 'array', 'enum'] as const;
export type PropertyType = (typeof propertyTypes)[number];

/** A scalar, object or array property. Which keys matter depends on `type`; `property/kinds` says which and how. */
export const Property = Type.Object(
  {
    type: Type.Enum([...propertyTypes]),
    title: Type.Optional(Type.String({ maxLength: 100 })),
    description: Type.Optional(Type.String()),
    icon: Type.Optional(Type.String()),
    format: Type.Optional(Type.String()),
    spec: Type.Optional(Type.String()),
    default: Type.Optional(Type.Unknown()),
    enum: Type.Optional(Type.Array(Type.Union([Type.String(), Type.Number()]))),
    enumColors: Type.Optional(Type.Record(Type.String(), Type.String())),
    pattern: Type.Optional(Type.String()),
    minLength: Type.Optional(Type.Integer({ minimum: 0 })),
    maxLength: Type.Optional(Type.Integer({ minimum: 0 })),
    minimum: Type.Optional(Type.Number()),
    maximum: Type.Optional(Type.Number()),
    minItems: Type.Optional(Type.Integer({ minimum: 0 })),
    maxItems: Type.Optional(Type.Integer({ minimum: 0 })),
    items: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { additionalProperties: true },
);
export type Property = Static<typeof Property>;
