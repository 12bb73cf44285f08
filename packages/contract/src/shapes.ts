import { AggregationProperty, CalculationProperty, MirrorProperty, Property } from '@gantry/core';
import { type TProperties, Type } from 'typebox';

/** Success envelope: `{ok: true, …}`, on every answer, because Port's clients check it. */
export const ok = <const T extends TProperties>(properties: T) =>
  Type.Object({ ok: Type.Literal(true), ...properties }, { additionalProperties: true });

/**
 * Booleans of query strings. Clients send nonsense here (a formatted pointer, for one): only `true` and `1` are true,
 * nothing is refused.
 */
export const Flag = Type.Optional(Type.String({ description: '`true` or `1`; anything else is false' }));
export function isSet(flag: string | undefined): boolean {
  return flag === 'true' || flag === '1';
}

/** `include=a&include=b` and `include=a,b` are the same list. */
export const NameList = Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())]));
export function namesOf(list: string | string[] | undefined): string[] {
  return [list ?? []]
    .flat()
    .flatMap((entry) => entry.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

const time = Type.String({ format: 'date-time' });
const stamps = { createdAt: time, createdBy: Type.String(), updatedAt: time, updatedBy: Type.String() };
const record = Type.Record(Type.String(), Type.Unknown());

export const BlueprintShape = Type.Object(
  {
    identifier: Type.String(),
    title: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    icon: Type.Optional(Type.String()),
    schema: Type.Object({
      properties: Type.Record(Type.String(), Property),
      required: Type.Array(Type.String()),
    }),
    relations: Type.Record(
      Type.String(),
      Type.Object(
        {
          target: Type.String(),
          title: Type.Optional(Type.String()),
          description: Type.Optional(Type.String()),
          many: Type.Boolean(),
          required: Type.Boolean(),
        },
        { additionalProperties: true },
      ),
    ),
    mirrorProperties: Type.Record(Type.String(), MirrorProperty),
    calculationProperties: Type.Record(Type.String(), CalculationProperty),
    aggregationProperties: Type.Record(Type.String(), AggregationProperty),
    ...stamps,
  },
  { additionalProperties: true },
);

export const EntityShape = Type.Object(
  {
    identifier: Type.String(),
    title: Type.String(),
    blueprint: Type.String(),
    icon: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    team: Type.Array(Type.String()),
    properties: record,
    relations: record,
    scorecards: Type.Optional(record),
    ...stamps,
  },
  { additionalProperties: true },
);

/** An entity named from outside its blueprint. */
export const EntityRef = Type.Object({
  blueprint: Type.String(),
  identifier: Type.String(),
  title: Type.String(),
  icon: Type.Optional(Type.Union([Type.String(), Type.Null()])),
});

export const blueprintParam = Type.Object({ blueprint: Type.String() });
export const entityParams = Type.Object({ blueprint: Type.String(), entity: Type.String() });
export { time };
