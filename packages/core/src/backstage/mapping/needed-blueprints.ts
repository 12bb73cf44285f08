import type { Property } from '../../property/property.ts';
import { PROPERTY_KEY, PROPERTY_KEY_MAX } from '../../property/property.ts';
import type { BackstageEntity } from '../entity/backstage-entity.ts';
import { kindRow, type RelationField } from '../entity/kinds.ts';
import { commonFields, fieldsOfKind, SOURCE_PROPERTY } from './fields.ts';
import { inferProperty, widen } from './infer-property.ts';
import { blueprintOfKind, humanize, kindOfBlueprint, titleOfKind } from './names.ts';
import { nameableReferences, relationKeys, usualTarget } from './relation-keys.ts';

/** What a set of entities asks of the model, before it is laid beside what is already there. */
export interface NeededBlueprint {
  readonly identifier: string;
  readonly title: string;
  readonly icon: string;
  readonly description?: string;
  readonly properties: Map<string, Property>;
  /** By preferred key. */
  readonly relations: Map<string, { readonly field: RelationField; readonly target: string }>;
}

/** The kinds that make up a software catalog, present together as soon as one entity is. */
const coreKinds = ['Component', 'API', 'Resource', 'System', 'Domain', 'Group', 'User'];

const looks: Record<string, { icon: string; description?: string }> = {
  component: { icon: 'Microservice', description: 'A piece of software: a service, a website, a library' },
  api: { icon: 'Api', description: 'An interface that components provide and consume' },
  resource: { icon: 'Server', description: 'What software needs to run: databases, buckets, topics' },
  system: { icon: 'Package', description: 'Components and resources that together offer something' },
  domain: { icon: 'Organization', description: 'Systems that belong to one part of the business' },
  _team: { icon: 'Team' },
  _user: { icon: 'User' },
  location: { icon: 'Link', description: 'A file that points at other catalog files' },
  template: { icon: 'Template', description: 'A recipe that makes new software' },
  airesource: { icon: 'Book', description: 'What AI tools are given to know: skills, rules, plugins' },
};

/**
 * The blueprints, properties and relations that a set of entities needs: those of the built-in kinds, whatever kinds
 * somebody made up with the fields seen on them, and one relation for each kind a field is seen to point at. The kinds
 * that are only pointed at become blueprints too, so that the relation has a place to wait.
 */
export function neededBlueprints(entities: readonly BackstageEntity[]): NeededBlueprint[] {
  const needs = new Needs();
  // Kinds first: a reference knows them in lower case only, and a title wants them as their authors write them.
  if (entities.length > 0) needs.addKinds([...coreKinds, ...entities.map(({ kind }) => kind)]);
  for (const entity of entities) needs.addEntity(entity);
  return needs.all();
}

class Needs {
  readonly #blueprints = new Map<string, NeededBlueprint>();
  readonly #inferred = new Map<string, Map<string, ReturnType<typeof inferProperty>>>();

  addKinds(kinds: Iterable<string>): void {
    for (const kind of new Set(kinds)) this.#blueprint(kind);
  }

  addEntity(entity: BackstageEntity): void {
    const blueprint = this.#blueprint(entity.kind);
    const asRelation = new Set<string>();
    for (const { field, targets } of nameableReferences(entity)) {
      asRelation.add(field.field);
      for (const target of targets) this.#relate(blueprint, field, target.kind);
    }
    if (kindRow(entity.kind)) return;
    for (const [name, value] of Object.entries(entity.spec ?? {})) {
      if (!asRelation.has(name)) this.#infer(blueprint.identifier, name, value);
    }
  }

  all(): NeededBlueprint[] {
    for (const [identifier, properties] of this.#inferred) {
      const blueprint = this.#blueprints.get(identifier);
      for (const [key, inferred] of properties) {
        if (inferred) blueprint?.properties.set(key, { ...inferred, title: humanize(key.replace(/^spec_/, '')) });
      }
    }
    return [...this.#blueprints.values()];
  }

  #blueprint(kind: string): NeededBlueprint {
    const identifier = blueprintOfKind(kind);
    const known = this.#blueprints.get(identifier);
    if (known) return known;
    const added = emptyBlueprint(identifier, kind);
    this.#blueprints.set(identifier, added);
    for (const field of kindRow(kind)?.relations ?? []) this.#relate(added, field, kindOfBlueprint(usualTarget(field)));
    return added;
  }

  #relate(blueprint: NeededBlueprint, field: RelationField, targetKind: string): void {
    const target = this.#blueprint(targetKind).identifier;
    const [key = field.field] = relationKeys(field, target);
    blueprint.relations.set(key, { field, target });
  }

  #infer(identifier: string, name: string, value: unknown): void {
    const key = customKey(name);
    const inferred = inferProperty(value);
    if (key === undefined || inferred === undefined) return;
    const properties = this.#inferred.get(identifier) ?? new Map<string, ReturnType<typeof inferProperty>>();
    const before = properties.get(key);
    this.#inferred.set(identifier, properties.set(key, before ? widen(before, inferred) : inferred));
  }
}

function emptyBlueprint(identifier: string, kind: string): NeededBlueprint {
  const fields = fieldsOfKind(kind) ?? commonFields;
  const source: Property = {
    type: 'object',
    title: 'Backstage source',
    description: 'What the entity file says beyond the other properties; kept so that Backstage tools read it back',
  };
  return {
    identifier,
    title: titleOfKind(kind),
    ...(looks[identifier] ?? { icon: 'Box' }),
    properties: new Map<string, Property>([
      ...fields.map(({ key, property }) => [key, property] as const),
      [SOURCE_PROPERTY, source],
    ]),
    relations: new Map(),
  };
}

const taken = new Set([...commonFields.map(({ key }) => key), SOURCE_PROPERTY]);
const keyPattern = new RegExp(PROPERTY_KEY);

/** The property of a made-up kind that shows a field of `spec`; undefined when no property can be called so. */
export function customKey(name: string): string | undefined {
  const key = taken.has(name) || name.startsWith('spec_') ? `spec_${name}` : name;
  return keyPattern.test(key) && key.length <= PROPERTY_KEY_MAX ? key : undefined;
}

/** The field of `spec` that a property of a made-up kind shows. */
export function customField(key: string): string {
  return key.startsWith('spec_') ? key.slice('spec_'.length) : key;
}
