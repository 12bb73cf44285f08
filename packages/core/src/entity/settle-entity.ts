import type { Problem } from '../problem.ts';
import { accepted, type Result, refused } from '../result.ts';
import type { CompiledBlueprint } from './compiled-blueprint.ts';
import { missing } from './parse-entity.ts';
import type { ParsedEntity, Unresolved } from './parsed-entity.ts';

/** How many entities a search may put into a many relation. */
export const SEARCHED_RELATION_LIMIT = 100;

/**
 * Puts what the searches found into a parsed entity. `found` gives the identifiers a search matched, in order. A search
 * for the entity itself must match exactly one: nothing is ever created from it. Source: port-api.md §4.4.
 */
export function settleEntity(
  compiled: CompiledBlueprint,
  parsed: ParsedEntity,
  found: (unresolved: Unresolved) => readonly string[],
): Result<ParsedEntity> {
  if (parsed.unresolved.length === 0) return accepted(parsed);
  const content = { ...parsed.content, relations: { ...parsed.content.relations } };
  const problems: Problem[] = [];
  for (const unresolved of parsed.unresolved) {
    const identifiers = found(unresolved);
    const [first] = identifiers;
    if (unresolved.kind === 'team') content.team = [...new Set(identifiers)];
    else if (unresolved.kind === 'identifier') {
      content.identifier = first;
      if (identifiers.length !== 1) problems.push(notOne(identifiers.length));
    } else if (first !== undefined) {
      const { relation, many } = unresolved;
      content.relations[relation] = many ? [...new Set(identifiers)].slice(0, SEARCHED_RELATION_LIMIT) : first;
    } else if (compiled.relations.get(unresolved.relation)?.required) {
      problems.push({ ...missing(unresolved.path), message: 'is required, but the search for it found nothing' });
    }
  }
  return problems.length > 0 ? refused(problems) : accepted({ content, unresolved: [] });
}

function notOne(count: number): Problem {
  const message = count === 0 ? 'The search for the entity found nothing' : `The search for the entity found ${count}`;
  return { path: 'identifier', message, remedy: 'Search by what exactly one entity has.' };
}
