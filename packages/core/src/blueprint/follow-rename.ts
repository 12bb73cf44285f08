import { isPlainObject, own } from '../json.ts';
import { isMetaProperty } from '../property/meta.ts';
import type { Blueprint, StoredRelation } from './blueprint.ts';
import type { BlueprintLookup } from './mirror-path.ts';

/** One name that changes. `of` is the blueprint that has the property (own or derived) or the relation. */
export type Rename =
  | { readonly kind: 'blueprint'; readonly from: string; readonly to: string }
  | { readonly kind: 'property'; readonly of: string; readonly from: string; readonly to: string }
  | { readonly kind: 'relation'; readonly of: string; readonly from: string; readonly to: string };

/** The names of a path: relations, and perhaps a property at the end, each in the blueprint the last one led to. */
export function followPath(
  start: Blueprint,
  names: readonly string[],
  rename: Rename,
  lookup: BlueprintLookup,
): string[] {
  let at: Blueprint | undefined = start;
  return names.map((name) => {
    const here: Blueprint | undefined = at;
    const relation: StoredRelation | undefined = here && own(here.relations, name);
    at = relation && lookup(relation.target);
    if (!here || rename.kind === 'blueprint' || here.identifier !== rename.of || name !== rename.from) return name;
    return (rename.kind === 'relation') === (relation !== undefined) ? rename.to : name;
  });
}

type Json = Readonly<Record<string, unknown>>;

/** A stored query over entities of `target`, rule by rule. It was parsed when it was stored, so it is not too deep. */
export function followQuery(query: unknown, target: string, rename: Rename, lookup: BlueprintLookup): unknown {
  if (!isPlainObject(query)) return query;
  const follow = (inner: unknown) => followQuery(inner, target, rename, lookup);
  const entries = Object.entries(query).map(([key, value]) => {
    if ((key === 'rules' || key === 'conditions') && Array.isArray(value)) return [key, value.map(follow)];
    if (key === 'not') return [key, follow(value)];
    if (isPlainObject(value) && 'context' in value) return [key, followContext(value, rename)];
    if (key === 'property' && isPlainObject(value)) return [key, followOperand(value, target, rename, lookup)];
    if (rename.kind === 'blueprint') return [key, followName(key, value, query, rename)];
    const isMeant = rename.of === target && value === rename.from && key === rename.kind;
    return [key, isMeant && !isMetaProperty(rename.from) ? rename.to : value];
  });
  return Object.fromEntries(entries);
}

/** Blueprints are named by `relatedTo`, and by the values of rules about `$blueprint`. */
function followName(key: string, value: unknown, rule: Json, { from, to }: Rename): unknown {
  const namesBlueprint = key === 'blueprint' || (key === 'value' && rule.property === '$blueprint');
  if (!namesBlueprint) return value;
  if (Array.isArray(value)) return value.map((name) => (name === from ? to : name));
  return value === from ? to : value;
}

/** A property of the caller is one of `_user` or `_team`. */
function followContext(reference: Json, rename: Rename): Json {
  const of = reference.context === 'user' ? '_user' : '_team';
  const isMeant = rename.kind === 'property' && rename.of === of && reference.property === rename.from;
  return isMeant ? { ...reference, property: rename.to } : reference;
}

/** A path of relations as operand; `maxHops` steps keep their shape. */
function followOperand(operand: Json, target: string, rename: Rename, lookup: BlueprintLookup): unknown {
  const { path, fromBlueprint } = operand;
  if (!Array.isArray(path)) return operand;
  if (rename.kind === 'blueprint') {
    return fromBlueprint === rename.from ? { ...operand, fromBlueprint: rename.to } : operand;
  }
  const start = lookup(typeof fromBlueprint === 'string' ? fromBlueprint : target);
  if (!start) return operand;
  const names = path.map((step: unknown) => String(isPlainObject(step) ? step.relation : step));
  const followed = followPath(start, names, rename, lookup);
  const steps = path.map((step: unknown, index) => {
    return isPlainObject(step) ? { ...step, relation: followed[index] } : followed[index];
  });
  return { ...operand, path: steps };
}
