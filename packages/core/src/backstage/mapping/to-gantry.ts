import type { Blueprint } from '../../blueprint/blueprint.ts';
import { isPlainObject, own } from '../../json.ts';
import { prepareCheck } from '../../property/check-property.ts';
import type { ValueCheck } from '../../property/kind.ts';
import type { Property } from '../../property/property.ts';
import type { BackstageEntity } from '../entity/backstage-entity.ts';
import { compoundRefOf } from '../entity/entity-ref.ts';
import { commonFields, type FieldMapping, fieldsFor, fieldsOfKind, SOURCE_PROPERTY } from './fields.ts';
import { valueFor } from './infer-property.ts';
import { blueprintOfKind, identifierOf } from './names.ts';
import { customKey } from './needed-blueprints.ts';
import { findRelation, nameableReferences } from './relation-keys.ts';
import { sameValue } from './same-value.ts';

/** A Backstage entity as the store takes it. */
export interface MappedEntity {
  readonly blueprint: string;
  readonly identifier: string;
  readonly title: string;
  /** The owning groups, of a person the groups they are in: what `$team` asks for. Users who own something are in `relations` alone. */
  readonly team: string[];
  readonly properties: Record<string, unknown>;
  readonly relations: Record<string, string | string[]>;
}

/**
 * Lays an entity out over its blueprint. What a property shows exactly lives there alone; everything else, and what the
 * blueprint has no fitting place for, stays in the source property, so that `fromGantry` gives the document back whole.
 * The blueprint comes from `planBlueprints`.
 */
export function toGantry(entity: BackstageEntity, blueprint: Blueprint): MappedEntity {
  const source = structuredClone(entity) as unknown as Record<string, unknown>;
  const properties: Record<string, unknown> = {};
  const relations = relationsOf(entity, blueprint);
  for (const field of mappingsOf(entity)) {
    const shown = shownValue(field, valueAt(entity, field.path), blueprint);
    if (shown === undefined) continue;
    properties[field.key] = shown;
    if (sameValue(field.toBackstage?.(shown) ?? shown, valueAt(entity, field.path))) removeAt(source, field.path);
  }
  properties[SOURCE_PROPERTY] = source;
  return {
    blueprint: blueprintOfKind(entity.kind),
    identifier: identifierOf(compoundRefOf(entity)),
    title: titleOf(entity),
    team: teamsOf(entity),
    properties,
    relations,
  };
}

/** What people call it: its title, the display name of a person or team, or its name. */
export function titleOf({ metadata, spec }: BackstageEntity): string {
  const displayName = isPlainObject(spec?.profile) ? spec.profile.displayName : undefined;
  return metadata.title ?? (typeof displayName === 'string' ? displayName : metadata.name);
}

/** The mappings that count for an entity; those of a made-up kind follow from the fields it has. */
export function mappingsOf(entity: BackstageEntity): Pick<FieldMapping, 'key' | 'path' | 'toGantry' | 'toBackstage'>[] {
  const builtIn = fieldsOfKind(entity.kind);
  if (builtIn) return fieldsFor(builtIn, entity.spec?.type);
  const asRelation = new Set(nameableReferences(entity).map(({ field }) => field.field));
  const own = Object.keys(entity.spec ?? {}).flatMap((name) => {
    const key = customKey(name);
    return key === undefined || asRelation.has(name) ? [] : [{ key, path: ['spec', name] as [string, string] }];
  });
  return [...commonFields, ...own];
}

/** The value as the blueprint's property takes it; undefined when it does not. */
export function shownValue(
  field: Pick<FieldMapping, 'key' | 'toGantry'>,
  value: unknown,
  blueprint: Blueprint,
): unknown {
  const property = own(blueprint.schema.properties, field.key) as Property | undefined;
  if (!property || value === undefined || value === null) return undefined;
  const shown = valueFor(property, field.toGantry?.(value) ?? value);
  return shown !== undefined && checkOf(property)(shown).length === 0 ? shown : undefined;
}

const checks = new WeakMap<Property, ValueCheck>();

/** Preparing a check may compile a pattern; a walk checks the same property thousands of times. */
function checkOf(property: Property): ValueCheck {
  const known = checks.get(property);
  if (known) return known;
  const check = prepareCheck(property);
  checks.set(property, check);
  return check;
}

/** The relations of an entity by key. What the blueprint has no relation for is left to the source property. */
export function relationsOf(entity: BackstageEntity, blueprint: Blueprint): Record<string, string | string[]> {
  const relations: Record<string, string | string[]> = {};
  for (const { field, targets } of nameableReferences(entity)) {
    for (const target of targets) {
      const key = findRelation(blueprint, field, blueprintOfKind(target.kind));
      if (key === undefined) continue;
      const identifier = identifierOf(target);
      const before = relations[key] ?? [];
      if (!blueprint.relations[key]?.many) relations[key] = identifier;
      else if (Array.isArray(before) && !before.includes(identifier)) relations[key] = [...before, identifier];
    }
  }
  return relations;
}

function teamsOf(entity: BackstageEntity): string[] {
  const wanted = blueprintOfKind(entity.kind) === '_user' ? 'memberOf' : 'owner';
  const fields = nameableReferences(entity).filter(({ field }) => field.field === wanted);
  const groups = fields.flatMap(({ targets }) => targets).filter(({ kind }) => blueprintOfKind(kind) === '_team');
  return [...new Set(groups.map(identifierOf))];
}

export function valueAt(document: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isPlainObject(value) ? own(value, key) : undefined), document);
}

/** Removes a member; the mappings around it stay, empty or not. */
function removeAt(document: Record<string, unknown>, path: readonly string[]): void {
  const parent = valueAt(document, path.slice(0, -1)) as Record<string, unknown> | undefined;
  const last = path.at(-1);
  if (parent && last !== undefined) delete parent[last];
}
