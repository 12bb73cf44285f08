import { own } from '../json.ts';
import { kindOf } from '../property/kind.ts';
import type { Property } from '../property/property.ts';
import type { Blueprint, StoredRelation } from './blueprint.ts';
import type { BlueprintEffect } from './change-plan.ts';

/**
 * What replacing `before` by `after` does to stored entities, in the order of the blueprint. The server shows it when
 * asked for a plan, and carries it out when asked for the change. Renamed properties and relations cannot be told from
 * dropped ones here: renaming has commands of its own, see `rename.ts`.
 */
export function planChange(before: Blueprint, after: Blueprint): BlueprintEffect[] {
  return [
    ...planIdentifier(before, after),
    ...Object.entries(before.schema.properties).flatMap(([key, property]) =>
      planProperty(key, property, own(after.schema.properties, key)),
    ),
    ...planRequired(before, after),
    ...Object.entries(before.relations).flatMap(([key, relation]) => {
      return planRelation(key, relation, own(after.relations, key), before.identifier, after.identifier);
    }),
    ...planRequiredRelations(before, after),
  ];
}

function planIdentifier({ identifier: from }: Blueprint, { identifier: to }: Blueprint): BlueprintEffect[] {
  if (from === to) return [];
  const message = `The blueprint and all references to it change from \`${from}\` to \`${to}\``;
  return [{ kind: 'blueprint-renamed', path: 'identifier', from, to, message, destructive: false }];
}

function planProperty(key: string, before: Property, after: Property | undefined): BlueprintEffect[] {
  const path = `schema.properties.${key}`;
  if (!after) {
    const message = `All values of \`${key}\` are dropped`;
    return [{ kind: 'property-dropped', path, property: key, message, destructive: true }];
  }
  const [from, to] = [typeName(before), typeName(after)];
  if (from !== to) {
    const message = `All values of \`${key}\` are dropped, because ${from} cannot be read as ${to}`;
    return [{ kind: 'property-retyped', path, property: key, from, to, message, destructive: true }];
  }
  if (!isNarrower(before, after)) return [];
  const message = `Values of \`${key}\` that break the new rules stay until they are next written`;
  return [{ kind: 'property-narrowed', path, property: key, message, destructive: false }];
}

/** The type as far as it decides whether stored values still make sense. */
function typeName({ type, items }: Property): string {
  return type === 'array' ? `array of ${items?.type ?? 'string'}` : type;
}

function isNarrower(before: Property, after: Property): boolean {
  const [oldKind, newKind] = [kindOf(before), kindOf(after)];
  const members = new Set<unknown>(after.enum);
  return (
    (oldKind !== newKind && newKind !== 'string') ||
    (after.enum !== undefined && (before.enum === undefined || before.enum.some((member) => !members.has(member)))) ||
    (after.pattern !== undefined && after.pattern !== before.pattern) ||
    (['minLength', 'minimum', 'minItems'] as const).some(
      (key) => (after[key] ?? -Infinity) > (before[key] ?? -Infinity),
    ) ||
    (['maxLength', 'maximum', 'maxItems'] as const).some(
      (key) => (after[key] ?? Infinity) < (before[key] ?? Infinity),
    ) ||
    (after.type === 'array' && isNarrower(itemsOf(before), itemsOf(after)))
  );
}

function itemsOf(property: Property): Property {
  return { type: 'string', ...property.items };
}

function planRequired(before: Blueprint, after: Blueprint): BlueprintEffect[] {
  const added = after.schema.required.filter((key) => !before.schema.required.includes(key));
  return added.map((key) => ({
    kind: 'property-now-required',
    path: `schema.properties.${key}`,
    property: key,
    message: `Entities without \`${key}\` stay as they are until they are next written, and then need it`,
    destructive: false,
  }));
}

function planRelation(
  key: string,
  before: StoredRelation,
  after: StoredRelation | undefined,
  oldName: string,
  newName: string,
): BlueprintEffect[] {
  const path = `relations.${key}`;
  if (!after) {
    const message = `All values of the relation \`${key}\` are dropped`;
    return [{ kind: 'relation-dropped', path, relation: key, message, destructive: true }];
  }
  // A blueprint that renames itself takes the relations to itself along.
  const from = before.target === oldName ? newName : before.target;
  const to = after.target === oldName ? newName : after.target;
  if (from !== to) {
    const message = `All values of the relation \`${key}\` are dropped, because they name entities of \`${from}\``;
    return [{ kind: 'relation-retargeted', path, relation: key, from, to, message, destructive: true }];
  }
  if (before.many === after.many) return [];
  if (after.many) {
    const message = `Values of the relation \`${key}\` become lists of one`;
    return [{ kind: 'relation-widened', path, relation: key, message, destructive: false }];
  }
  const message = `Of each value of the relation \`${key}\` only the first entity stays`;
  return [{ kind: 'relation-narrowed', path, relation: key, message, destructive: true }];
}

function planRequiredRelations(before: Blueprint, after: Blueprint): BlueprintEffect[] {
  const added = Object.entries(after.relations).filter(([key, { required }]) => {
    return required && !own(before.relations, key)?.required;
  });
  return added.map(([key]) => ({
    kind: 'relation-now-required',
    path: `relations.${key}`,
    relation: key,
    message: `Entities without the relation \`${key}\` stay as they are until they are next written, and then need it`,
    destructive: false,
  }));
}
