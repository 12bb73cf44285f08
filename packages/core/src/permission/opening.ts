import type { BoundQuery } from '../query/parsed-query.ts';

/** Which entities of a blueprint something is granted for: all, none, or those a query matches. */
export type Opening = boolean | BoundQuery;

/** Open where any part is open; none without parts. */
export function anyOpening(parts: readonly Opening[]): Opening {
  return joined(parts, 'or');
}

/** Open where every part is open; all without parts. */
export function everyOpening(parts: readonly Opening[]): Opening {
  return joined(parts, 'and');
}

function joined(parts: readonly Opening[], combinator: 'and' | 'or'): Opening {
  const decisive = combinator === 'or';
  if (parts.includes(decisive)) return decisive;
  const open = parts.filter((part): part is BoundQuery => typeof part !== 'boolean');
  const [first, ...others] = open;
  if (!first) return !decisive;
  return others.length === 0 ? first : { kind: 'group', combinator, nodes: open };
}

/** A query as an opening, with what is decided already folded away. Means the same as the query. */
export function openingOf(query: BoundQuery): Opening {
  switch (query.kind) {
    case 'constant':
      return query.value;
    case 'not': {
      const inner = openingOf(query.node);
      return typeof inner === 'boolean' ? !inner : { kind: 'not', node: inner };
    }
    case 'group':
      // Without rules a group matches everything, whatever its combinator.
      return query.nodes.length === 0 || joined(query.nodes.map(openingOf), query.combinator);
    default:
      return query;
  }
}
