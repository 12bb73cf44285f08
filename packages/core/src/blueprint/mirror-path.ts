import { own } from '../json.ts';
import { didYouMean } from '../nearest.ts';
import { isMetaProperty } from '../property/meta.ts';
import type { Blueprint } from './blueprint.ts';

/** Finds a blueprint by identifier. */
export type BlueprintLookup = (identifier: string) => Blueprint | undefined;

/** Where a path of relations leads. `many`: some relation on the way holds several entities. */
export type RelationWalk =
  | { readonly ok: true; readonly end: Blueprint; readonly many: boolean }
  /** `unknown`: a blueprint on the way does not exist (yet), so nothing can be said about the rest. */
  | { readonly ok: false; readonly unknown: true }
  | { readonly ok: false; readonly unknown: false; readonly message: string; readonly remedy?: string };

export function walkRelations(start: Blueprint, relations: readonly string[], lookup: BlueprintLookup): RelationWalk {
  let end = start;
  let many = false;
  for (const key of relations) {
    const relation = own(end.relations, key);
    if (!relation) {
      const message = `\`${key}\` is not a relation of blueprint \`${end.identifier}\``;
      return { ok: false, unknown: false, message, ...didYouMean(key, Object.keys(end.relations)) };
    }
    const next = relation.target === start.identifier ? start : lookup(relation.target);
    if (!next) return { ok: false, unknown: true };
    many ||= relation.many;
    end = next;
  }
  return { ok: true, end, many };
}

/** `a.b.title` is the relations `a`, `b` and the property `title`. */
export function splitMirrorPath(path: string): { readonly relations: string[]; readonly property: string } {
  const names = path.split('.');
  return { relations: names.slice(0, -1), property: names.at(-1) ?? '' };
}

/** Everything a bare key can name in a blueprint: own and derived properties. */
export function propertyKeys(blueprint: Blueprint): string[] {
  return [
    blueprint.schema.properties,
    blueprint.mirrorProperties,
    blueprint.calculationProperties,
    blueprint.aggregationProperties,
  ].flatMap((map) => Object.keys(map));
}

export function hasProperty(blueprint: Blueprint, name: string): boolean {
  return isMetaProperty(name) || propertyKeys(blueprint).includes(name);
}
