import type { Blueprint } from '../../blueprint/blueprint.ts';
import { own } from '../../json.ts';
import type { BackstageEntity } from '../entity/backstage-entity.ts';
import { kindRow, type RelationField } from '../entity/kinds.ts';
import { type FieldReferences, referencesOf } from '../entity/relations.ts';
import { blueprintOfKind, humanize, isNameable, kindOfBlueprint } from './names.ts';

/**
 * Backstage's fields may point at any kind, a relation points at one blueprint. So a field becomes several relations:
 * one of its own name for its usual kind, and `<field>_<kind>` for every other kind it is seen to point at.
 */
const usualKinds: Record<string, string> = { dependsOn: 'Component', dependencyOf: 'Component' };

export function usualTarget({ field, defaultKind }: RelationField): string {
  return blueprintOfKind(defaultKind ?? usualKinds[field] ?? 'Component');
}

/** Keys a field may have for a target, the preferred first. The long one also serves when somebody uses the short. */
export function relationKeys(field: RelationField, target: string): string[] {
  const long = `${field.field}_${kindOfBlueprint(target)}`;
  return target === usualTarget(field) ? [field.field, long] : [long];
}

/** The relation of a blueprint that stands for a field and a target. */
export function findRelation(blueprint: Blueprint, field: RelationField, target: string): string | undefined {
  return relationKeys(field, target).find((key) => {
    const relation = own(blueprint.relations, key) as Blueprint['relations'][string] | undefined;
    return relation?.target === target && (relation.many || !field.many);
  });
}

const titles: Record<string, string> = {
  subcomponentOf: 'Part of component',
  subdomainOf: 'Part of domain',
  providesApis: 'Provides APIs',
  consumesApis: 'Consumes APIs',
  memberOf: 'Member of',
  parent: 'Parent team',
  children: 'Child teams',
};

export function relationTitle(field: RelationField, target: string): string {
  const title = titles[field.field] ?? humanize(field.field);
  return target === usualTarget(field) ? title : `${title} (${humanize(kindOfBlueprint(target)).toLowerCase()})`;
}

/**
 * The fields that mean the same in the kinds people make up as in those of Backstage. Backstage itself computes no
 * relation from them, so its face shows none.
 */
export const customRelations: readonly RelationField[] = [
  { field: 'owner', type: 'ownedBy', reverse: 'ownerOf', defaultKind: 'Group', many: false },
  { field: 'system', type: 'partOf', reverse: 'hasPart', defaultKind: 'System', many: false },
  { field: 'dependsOn', type: 'dependsOn', reverse: 'dependencyOf', many: true },
];

/** The references of an entity that can be relations: what no entity could be called is left out. */
export function nameableReferences(entity: BackstageEntity): FieldReferences[] {
  if (kindRow(entity.kind)) {
    return referencesOf(entity).references.map(({ field, targets }) => ({
      field,
      targets: targets.filter(isNameable),
    }));
  }
  // Nobody promised that these fields of a made-up kind hold references: they do when all of the field does.
  return customRelations.flatMap((field) => {
    const { references, problems } = referencesOf(entity, [field]);
    const sound = problems.length === 0 && references.every(({ targets }) => targets.every(isNameable));
    return sound ? references : [];
  });
}
