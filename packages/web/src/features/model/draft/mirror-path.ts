import { metaProperties } from '@gantry/core';
import { type Draft, roomOf } from './draft.ts';

/** What can follow a path: a relation leads on, anything else ends it. */
export interface PathOption {
  key: string;
  title: string;
  kind: 'relation' | 'property' | 'mirror' | 'calculation' | 'meta';
  /** Where a relation leads. */
  target?: string;
}

export interface PathStep {
  /** Blueprint the step starts from; absent when a relation before it leads nowhere known. */
  blueprint: string | undefined;
  options: PathOption[];
  chosen: string | undefined;
}

/** The document of a blueprint by identifier, the edited one included as it stands in the editor. */
export type Lookup = (identifier: string) => Draft | undefined;

const metaTitles: Partial<Record<string, string>> = {
  $identifier: 'Identifier',
  $title: 'Title',
  $icon: 'Icon',
  $team: 'Team',
  $createdAt: 'Created',
  $updatedAt: 'Updated',
  $createdBy: 'Created by',
  $updatedBy: 'Updated by',
};

function relationOptions(draft: Draft): PathOption[] {
  return Object.entries(roomOf(draft, 'relations')).map(([key, { title, target }]) => ({
    key,
    title: title || key,
    kind: 'relation',
    target,
  }));
}

function endOptions(draft: Draft): PathOption[] {
  const options = (room: 'properties' | 'mirrorProperties' | 'calculationProperties', kind: PathOption['kind']) =>
    Object.entries(roomOf(draft, room)).map(([key, { title }]) => ({ key, title: title || key, kind }));
  return [
    ...options('properties', 'property'),
    ...options('mirrorProperties', 'mirror'),
    ...options('calculationProperties', 'calculation'),
    ...metaProperties.map((key): PathOption => ({ key, title: metaTitles[key] ?? key, kind: 'meta' })),
  ];
}

/**
 * A mirror path as a row of choices. The first is a relation of the blueprint itself; after each relation comes one
 * more choice, until something that is not a relation ends the path.
 */
export function pathSteps(start: Draft, path: string, lookup: Lookup): PathStep[] {
  const keys = path === '' ? [] : path.split('.');
  const steps: PathStep[] = [];
  let here: Draft | undefined = start;
  for (let index = 0; ; index++) {
    const options: PathOption[] = here ? [...relationOptions(here), ...(index > 0 ? endOptions(here) : [])] : [];
    const chosen = keys[index];
    steps.push({ blueprint: here?.identifier, options, chosen });
    const relation: PathOption | undefined = options.find(({ key, kind }) => key === chosen && kind === 'relation');
    const leadsOn = chosen !== undefined && (relation !== undefined || index < keys.length - 1);
    if (!leadsOn) return steps;
    here = relation?.target === undefined ? undefined : lookup(relation.target);
  }
}

/** The path after choosing `key` at `step`; what came after it is gone. */
export function choose(path: string, step: number, key: string): string {
  return [...path.split('.').slice(0, step), key].filter((part) => part !== '').join('.');
}

/** Why a path is not a mirror yet, in words; undefined when it is one. */
export function pathProblem(start: Draft, path: string, lookup: Lookup): string | undefined {
  const steps = pathSteps(start, path, lookup);
  for (const { blueprint, options, chosen } of steps) {
    if (chosen === undefined) {
      return steps.length === 1
        ? 'Choose the relation to follow.'
        : `Choose what to show of ${blueprint ?? 'the target'}.`;
    }
    if (!options.some(({ key }) => key === chosen)) return `${blueprint ?? 'The target'} has no "${chosen}".`;
  }
  return undefined;
}

/** A chain of relations that joins a blueprint with another, as aggregations name it. */
export interface RelationPath {
  fromBlueprint: string;
  path: string[];
}

/**
 * Chains of at most `longest` relations from `from` to `to`, shortest first. No blueprint is passed twice, so
 * circles end; at most 50 chains, which is more than anyone reads.
 */
export function relationPaths(from: string, to: string, lookup: Lookup, longest = 3): RelationPath[] {
  const found: RelationPath[] = [];
  let frontier: { blueprint: string; path: string[]; seen: string[] }[] = [{ blueprint: from, path: [], seen: [from] }];
  for (let length = 1; length <= longest && found.length < 50; length++) {
    const next: typeof frontier = [];
    for (const { blueprint, path, seen } of frontier) {
      const draft = lookup(blueprint);
      for (const { key, target } of draft ? relationOptions(draft) : []) {
        if (target === to) found.push({ fromBlueprint: from, path: [...path, key] });
        else if (target && !seen.includes(target)) {
          next.push({ blueprint: target, path: [...path, key], seen: [...seen, target] });
        }
      }
    }
    frontier = next;
  }
  return found.slice(0, 50);
}
