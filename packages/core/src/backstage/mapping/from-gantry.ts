import type { Blueprint } from '../../blueprint/blueprint.ts';
import { isPlainObject, own } from '../../json.ts';
import { type BackstageEntity, DEFAULT_NAMESPACE } from '../entity/backstage-entity.ts';
import { compoundRefOf, stringifyEntityRef } from '../entity/entity-ref.ts';
import { kindRow, type RelationField, relationFields } from '../entity/kinds.ts';
import { commonFields, type FieldMapping, fieldsFor, fieldsOfKind, SOURCE_PROPERTY } from './fields.ts';
import { identifierOf, kindOfBlueprint, nameOfIdentifier } from './names.ts';
import { customField } from './needed-blueprints.ts';
import { customRelations, nameableReferences, relationKeys } from './relation-keys.ts';
import { sameValue } from './same-value.ts';
import { relationsOf, shownValue, titleOf, valueAt } from './to-gantry.ts';

/** The parts of a stored entity this needs. Unset values may be absent or null. */
export interface StoredEntity {
  readonly identifier: string;
  readonly title?: string | null;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly relations: Readonly<Record<string, unknown>>;
}

/**
 * The Backstage entity of a stored one, undefined when it did not come from Backstage. As long as nobody changed it, it
 * equals the document it came from; what was changed since, in properties, relations, title or name, is changed in it.
 */
export function fromGantry(stored: StoredEntity, blueprint: Blueprint): BackstageEntity | undefined {
  const source = own(stored.properties, SOURCE_PROPERTY);
  if (!isPlainObject(source) || typeof source.kind !== 'string' || !isPlainObject(source.metadata)) return undefined;
  const entity = structuredClone(source) as unknown as BackstageEntity;
  restoreProperties(entity, stored, blueprint);
  restoreName(entity, stored.identifier);
  restoreTitle(entity, stored.title);
  restoreRelations(entity, stored, blueprint);
  return entity;
}

function restoreProperties(entity: BackstageEntity, { properties }: StoredEntity, blueprint: Blueprint): void {
  // The type is a property itself, and decides which others count.
  const type = own(properties, 'type') ?? entity.spec?.type;
  for (const field of fieldsBack(entity, type, blueprint)) {
    const current = own(properties, field.key) ?? namesake(field, entity, properties);
    const written = valueAt(entity, field.path);
    const shown = shownValue(field, written, blueprint);
    if (sameValue(current, shown)) continue;
    setAt(entity, field.path, current === undefined ? undefined : (field.toBackstage?.(current) ?? current));
  }
}

/** Whoever changes only the type of an API leaves its definition in the property made for the old one. */
function namesake(field: Field, { kind }: BackstageEntity, properties: StoredEntity['properties']): unknown {
  const place = field.path.join('.');
  return (fieldsOfKind(kind) ?? [])
    .filter(({ path }) => path.join('.') === place)
    .map(({ key }) => own(properties, key) ?? undefined)
    .find((value) => value !== undefined);
}

type Field = Pick<FieldMapping, 'key' | 'path' | 'toGantry' | 'toBackstage'>;

function fieldsBack(entity: BackstageEntity, type: unknown, blueprint: Blueprint): readonly Field[] {
  const builtIn = fieldsOfKind(entity.kind);
  if (builtIn) return fieldsFor(builtIn, type);
  const elsewhere = new Set([
    ...commonFields.map(({ key }) => key),
    ...nameableReferences(entity).map(({ field }) => field.field),
    SOURCE_PROPERTY,
  ]);
  const own = Object.keys(blueprint.schema.properties)
    .filter((key) => !elsewhere.has(key))
    .map((key): Field => ({ key, path: ['spec', customField(key)] }));
  return [...commonFields, ...own];
}

/** Sets or, with undefined, removes a member; makes the mappings on the way when there is something to put in. */
function setAt(entity: BackstageEntity, path: readonly string[], value: unknown): void {
  let parent = entity as unknown as Record<string, unknown>;
  for (const key of path.slice(0, -1)) {
    if (!isPlainObject(parent[key])) {
      if (value === undefined) return;
      parent[key] = {};
    }
    parent = parent[key] as Record<string, unknown>;
  }
  const last = path.at(-1);
  if (last === undefined) return;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
}

function restoreName(entity: BackstageEntity, identifier: string): void {
  if (identifierOf(compoundRefOf(entity)) === identifier) return;
  const { namespace, name } = nameOfIdentifier(identifier);
  entity.metadata.name = name;
  if (namespace !== (entity.metadata.namespace ?? DEFAULT_NAMESPACE)) entity.metadata.namespace = namespace;
}

function restoreTitle(entity: BackstageEntity, title: string | null | undefined): void {
  if (title && title !== titleOf(entity)) entity.metadata.title = title;
}

function restoreRelations(entity: BackstageEntity, { relations }: StoredEntity, blueprint: Blueprint): void {
  const written = relationsOf(entity, blueprint);
  const row = kindRow(entity.kind);
  for (const field of row ? relationFields(row, entity.spec ?? {}) : customRelations) {
    const keys = keysOfField(field, blueprint);
    const same = keys.every((key) => sameValue(identifiers(relations[key]), identifiers(written[key])));
    if (same) continue;
    const refs = keys.flatMap((key) =>
      identifiers(relations[key]).map((identifier) => refTo(key, identifier, blueprint)),
    );
    setAt(entity, ['spec', field.field], field.many ? refs : refs[0]);
  }
}

function keysOfField(field: RelationField, blueprint: Blueprint): string[] {
  return Object.entries(blueprint.relations)
    .filter(([key, { target }]) => relationKeys(field, target).includes(key))
    .map(([key]) => key);
}

function identifiers(value: unknown): string[] {
  return [value ?? []].flat().filter((identifier) => typeof identifier === 'string');
}

function refTo(key: string, identifier: string, blueprint: Blueprint): string {
  const kind = kindOfBlueprint(blueprint.relations[key]?.target ?? '');
  return stringifyEntityRef({ kind, ...nameOfIdentifier(identifier) });
}
