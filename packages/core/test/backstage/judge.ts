import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  domainEntityV1alpha1Validator,
  type Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  getCompoundEntityRef,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  parseEntityRef,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import {
  aiResourceEntityV1alpha1Validator,
  marketplaceAiResourceEntityV1alpha1Validator,
  mcpServerApiEntityValidator,
  pluginAiResourceEntityV1alpha1Validator,
  ruleAiResourceEntityV1alpha1Validator,
  skillAiResourceEntityV1alpha1Validator,
} from '@backstage/catalog-model/alpha';
import type { EntityRelation } from '../../src/backstage/entity/relations.ts';

/**
 * Backstage's verdict, by its own model package: its policies, its validators, and the relation rules of its catalog
 * written out a second time.
 */
const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

const validators = [
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
];
const aiValidators: Record<string, typeof aiResourceEntityV1alpha1Validator> = {
  skill: skillAiResourceEntityV1alpha1Validator,
  rule: ruleAiResourceEntityV1alpha1Validator,
  plugin: pluginAiResourceEntityV1alpha1Validator,
  marketplace: marketplaceAiResourceEntityV1alpha1Validator,
};
const builtIn = /^(api|component|resource|group|location|user|system|domain|template|airesource)$/i;

/** The entity as Backstage would take it; throws where Backstage refuses. `$text` is read below `folder`. */
export async function judge(raw: unknown, folder = ''): Promise<Entity> {
  const entity = await policy.enforce(emitted(substitute(raw, folder) as Entity));
  if (!entity) throw new Error('no policy answered');
  edges(entity);
  if (!builtIn.test(entity.kind)) return entity;
  if (entity.kind === 'Template' && entity.apiVersion === 'scaffolder.backstage.io/v1beta3') {
    if (typeof entity.spec?.type === 'string' && Array.isArray(entity.spec.steps)) return entity;
    throw new Error('not a template');
  }
  if (entity.kind === 'API' && entity.spec?.type === 'mcp-server') {
    // Stock backends ask for a definition; those with the newer model ask for remotes. Either will do.
    const remotes = await mcpServerApiEntityValidator.check(entity).catch(() => false);
    if (remotes) return entity;
  }
  const special = aiValidators[String(entity.spec?.type)] ?? aiResourceEntityV1alpha1Validator;
  for (const validator of entity.kind === 'AiResource' ? [special] : validators) {
    if (await validator.check(entity)) return entity;
  }
  throw new Error('No processor recognized the entity');
}

/** Backstage writes its own annotations into each entity it reads, which makes an empty `annotations:` a mapping. */
function emitted(entity: Entity): Entity {
  const annotations: unknown = entity.metadata.annotations || {};
  if (typeof annotations !== 'object' || Array.isArray(annotations)) throw new Error('annotations must be an object');
  return { ...entity, metadata: { ...entity.metadata, annotations: annotations as Record<string, string> } };
}

function substitute(value: unknown, folder: string): unknown {
  if (Array.isArray(value)) return value.map((member) => substitute(member, folder));
  if (typeof value !== 'object' || value === null) return value;
  const [entry] = Object.entries(value);
  if (entry?.[0] === '$text') {
    const path = join(folder, String(entry[1]));
    if (!existsSync(path)) throw new Error('not read');
    return readFileSync(path, 'utf8');
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, substitute(member, folder)]));
}

/** kind → field → [type, reverse, default kind] */
const rules: Record<string, Record<string, [string, string, string?]>> = {
  Component: {
    owner: ['ownedBy', 'ownerOf', 'Group'],
    subcomponentOf: ['partOf', 'hasPart', 'Component'],
    providesApis: ['providesApi', 'apiProvidedBy', 'API'],
    consumesApis: ['consumesApi', 'apiConsumedBy', 'API'],
    dependsOn: ['dependsOn', 'dependencyOf'],
    dependencyOf: ['dependencyOf', 'dependsOn'],
    system: ['partOf', 'hasPart', 'System'],
  },
  API: { owner: ['ownedBy', 'ownerOf', 'Group'], system: ['partOf', 'hasPart', 'System'] },
  Resource: {
    owner: ['ownedBy', 'ownerOf', 'Group'],
    dependsOn: ['dependsOn', 'dependencyOf'],
    dependencyOf: ['dependencyOf', 'dependsOn'],
    system: ['partOf', 'hasPart', 'System'],
  },
  User: { memberOf: ['memberOf', 'hasMember', 'Group'] },
  Group: {
    parent: ['childOf', 'parentOf', 'Group'],
    children: ['parentOf', 'childOf', 'Group'],
    members: ['hasMember', 'memberOf', 'User'],
  },
  System: { owner: ['ownedBy', 'ownerOf', 'Group'], domain: ['partOf', 'hasPart', 'Domain'] },
  Domain: { owner: ['ownedBy', 'ownerOf', 'Group'], subdomainOf: ['partOf', 'hasPart', 'Domain'] },
  Template: { owner: ['ownedBy', 'ownerOf', 'Group'] },
  'AiResource skill': { dependsOn: ['dependsOn', 'dependencyOf', 'AiResource'] },
  'AiResource plugin': { skills: ['hasPart', 'partOf', 'AiResource'] },
  'AiResource marketplace': { plugins: ['hasPart', 'partOf', 'AiResource'] },
  AiResource: { owner: ['ownedBy', 'ownerOf', 'Group'], system: ['partOf', 'hasPart', 'System'] },
};

function edges(entity: Entity): [string, EntityRelation][] {
  const spec = entity.spec ?? {};
  const self = stringifyEntityRef(getCompoundEntityRef(entity));
  const defaultNamespace = getCompoundEntityRef(entity).namespace;
  const fields = Object.entries({ ...rules[entity.kind], ...rules[`${entity.kind} ${spec.type}`] });
  return fields.flatMap(([field, [type, reverse, defaultKind]]) =>
    [spec[field] || []].flat().flatMap((value): [string, EntityRelation][] => {
      const context = { defaultNamespace, ...(defaultKind ? { defaultKind } : {}) };
      const target = stringifyEntityRef(parseEntityRef(value as string, context));
      return [
        [self, { type, targetRef: target }],
        [target, { type: reverse, targetRef: self }],
      ];
    }),
  );
}

/** Every relation that the entities give rise to, by ref. */
export function judgeRelations(entities: Entity[]): Record<string, EntityRelation[]> {
  const seen = new Set<string>();
  const relations: Record<string, EntityRelation[]> = {};
  for (const [ref, relation] of entities.filter(isFirst).flatMap(edges)) {
    const key = JSON.stringify([ref, relation]);
    if (!seen.has(key)) relations[ref] = [...(relations[ref] ?? []), relation];
    seen.add(key);
  }
  for (const list of Object.values(relations)) {
    list.sort((a, b) => (`${a.type} ${a.targetRef}` < `${b.type} ${b.targetRef}` ? -1 : 1));
  }
  return relations;
}

function isFirst(entity: Entity, position: number, all: Entity[]): boolean {
  return all.findIndex((other) => stringifyEntityRef(other) === stringifyEntityRef(entity)) === position;
}
