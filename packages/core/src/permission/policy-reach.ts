import type { Blueprint } from '../blueprint/blueprint.ts';
import { isSameJson } from '../json.ts';
import type { Problem } from '../problem.ts';
import type { ParsedQuery } from '../query/parsed-query.ts';
import { type Grant, grantBlocks, grantMaps, type OwnPermissions } from './grant.ts';
import { parsedPolicy } from './weigh.ts';

/**
 * New policies that look past the entities of their own blueprint. Grants are weighed against entities as they are, so
 * whoever sets such a policy could find out by its effects what they may not see; those who see everything may.
 */
export function checkPolicyReach(blueprint: Blueprint, before: OwnPermissions, after: OwnPermissions): Problem[] {
  const known = new Map(policiesOf(before).map(([path, grant]) => [path, grant.policy]));
  return policiesOf(after).flatMap(([path, grant]) => {
    const query = parsedPolicy(grant);
    if (!query || isSameJson(known.get(path), grant.policy) || !reachesOut(query, blueprint)) return [];
    const message = 'looks at other entities: by relations, paths, `relatedTo`, derived properties or scorecards';
    return [
      { path, message, remedy: 'Ask an administrator to set it, or look only at what is written into the entity.' },
    ];
  });
}

function policiesOf({ entities }: OwnPermissions): [path: string, grant: Grant][] {
  const blocks = grantBlocks.flatMap((block): [string, Grant][] => {
    const grant = entities[block];
    return grant ? [[`entities.${block}.policy`, grant]] : [];
  });
  const members = grantMaps.flatMap((map) => {
    return Object.entries(entities[map] ?? {}).map(([key, grant]): [string, Grant] => {
      return [`entities.${map}.${key}.policy`, grant];
    });
  });
  return [...blocks, ...members];
}

function reachesOut(query: ParsedQuery, blueprint: Blueprint): boolean {
  switch (query.kind) {
    case 'group':
      return query.nodes.some((node) => reachesOut(node, blueprint));
    case 'not':
      return reachesOut(query.node, blueprint);
    case 'relatedTo':
      return true;
    case 'rule':
      switch (query.operand.kind) {
        case 'relation':
        case 'path':
        case 'scorecard':
          return true;
        case 'own':
          return !Object.hasOwn(blueprint.schema.properties, query.operand.key);
        case 'meta':
        case 'schema':
        case 'context':
        case 'ownedByTeam':
          return false;
      }
  }
}
