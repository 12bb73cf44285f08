import { isPlainObject } from '../../json.ts';
import type { Problem } from '../../problem.ts';
import type { BackstageEntity } from './backstage-entity.ts';
import { type CompoundRef, compoundRefOf, parseEntityRef, refOf, stringifyEntityRef } from './entity-ref.ts';
import { kindRow, type RelationField, relationFields } from './kinds.ts';

/** One direction of a relation. Refs are canonical (`entity-ref.ts`). */
export interface RelationEdge {
  readonly source: string;
  readonly type: string;
  readonly target: string;
}

/** A relation as it stands on an entity. */
export interface EntityRelation {
  readonly type: string;
  readonly targetRef: string;
}

/** The entities one field points at, in the order written. */
export interface FieldReferences {
  readonly field: RelationField;
  readonly targets: readonly CompoundRef[];
}

/**
 * Resolves the relation fields of an entity. A value without a namespace belongs to the namespace of the entity that
 * holds it. Kinds without a row in `kinds.ts` have no relations: nobody has said what their fields mean.
 */
export function referencesOf(
  entity: BackstageEntity,
  fields: readonly RelationField[] = fieldsOf(entity),
): { references: FieldReferences[]; problems: Problem[] } {
  const spec = entity.spec ?? {};
  const problems: Problem[] = [];
  const references = fields.flatMap((field) => {
    const targets = readReferences(spec[field.field], field, compoundRefOf(entity).namespace, problems);
    return targets.length > 0 ? [{ field, targets }] : [];
  });
  return { references, problems };
}

function fieldsOf({ kind, spec = {} }: BackstageEntity): readonly RelationField[] {
  const row = kindRow(kind);
  return row ? relationFields(row, spec) : [];
}

function readReferences(value: unknown, field: RelationField, namespace: string, problems: Problem[]): CompoundRef[] {
  if (!value) return [];
  const isList = Array.isArray(value);
  const members: readonly unknown[] = isList ? value : [value];
  return members.flatMap((member, position) => {
    try {
      const target = readReference(member, { kind: field.defaultKind, namespace });
      return isAllowed(target, field) ? [target] : [];
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      const remedy = `Write it as ${field.defaultKind ? '' : 'kind:'}name or kind:namespace/name.`;
      problems.push({
        path: `spec.${field.field}${isList ? `.${position}` : ''}`,
        message: `must point at an entity: ${error.message}`,
        remedy,
      });
      return [];
    }
  });
}

/** Text, or the `{kind?, namespace?, name}` form that Backstage reads in the one field it does not check. */
function readReference(value: unknown, defaults: { kind: string | undefined; namespace: string }): CompoundRef {
  if (typeof value === 'string' && value !== '') return parseEntityRef(value, defaults);
  const { kind = defaults.kind, namespace = defaults.namespace, name } = isPlainObject(value) ? value : {};
  if (![kind, namespace, name].every((part) => typeof part === 'string' && part !== '')) {
    throw new TypeError(`${JSON.stringify(value)} is not an entity reference`);
  }
  return { kind: String(kind), namespace: String(namespace), name: String(name) };
}

function isAllowed(target: CompoundRef, { allowedKinds }: RelationField): boolean {
  return !allowedKinds || allowedKinds.some((kind) => kind.toLowerCase() === target.kind.toLowerCase());
}

/** Every edge that this entity gives rise to: its own, and the reverse ones of the entities it points at. */
export function edgesOf(entity: BackstageEntity): RelationEdge[] {
  const self = refOf(entity);
  return referencesOf(entity).references.flatMap(({ field, targets }) =>
    targets.map(stringifyEntityRef).flatMap((target) => [
      { source: self, type: field.type, target },
      { source: target, type: field.reverse, target: self },
    ]),
  );
}

/**
 * Joins the edges of many entities: for each ref, existing or not, its relations sorted by type and target, each once.
 */
export function stitchRelations(entities: Iterable<BackstageEntity>): Map<string, EntityRelation[]> {
  const found = new Map<string, Map<string, EntityRelation>>();
  for (const entity of entities) {
    for (const { source, type, target } of edgesOf(entity)) {
      const relations = found.get(source) ?? new Map<string, EntityRelation>();
      found.set(source, relations.set(`${type} ${target}`, { type, targetRef: target }));
    }
  }
  return new Map([...found].map(([ref, relations]) => [ref, [...relations.values()].sort(byTypeAndTarget)]));
}

function byTypeAndTarget(a: EntityRelation, b: EntityRelation): number {
  return compare(a.type, b.type) || compare(a.targetRef, b.targetRef);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
