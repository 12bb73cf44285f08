import type { Actor } from './can.ts';
import type { EntityQuestion, Holds, Verdict, WeighedRequirement } from './judge.ts';
import { moderatorOf } from './role.ts';
import type { WeighedPart } from './weigh.ts';

/** `depends` where the answer differs from entity to entity and none was named. */
export type Answer = 'yes' | 'no' | 'depends';

/** One way to be granted something, and why it did or did not. Names nobody but the actor and what is theirs. */
export interface ExplainedPart {
  readonly part: WeighedPart['part'];
  readonly granted: Answer;
  readonly reason: string;
}

/** One thing that has to be granted; all of the chain together make the decision. */
export interface ExplainedRequirement {
  /** Where it is written in the permissions of the blueprint. */
  readonly path: string;
  readonly granted: Answer;
  readonly parts: readonly ExplainedPart[];
}

export interface Explanation {
  readonly decision: Answer;
  readonly chain: readonly ExplainedRequirement[];
  /** Roles that can change the outcome. */
  readonly grantedBy: readonly string[];
}

/**
 * A verdict in words: it explains what was weighed, and decides nothing itself. With an entity, `holds` knows the
 * queries of the verdict.
 */
export function explain(actor: Actor | null, blueprint: string, verdict: Verdict, holds: Holds | null): Explanation {
  const answer = (opens: WeighedPart['opens']): Answer => {
    if (typeof opens === 'boolean') return opens ? 'yes' : 'no';
    return holds ? answer(holds(opens)) : 'depends';
  };
  const chain = verdict.chain.map((requirement) => ({
    path: requirement.path,
    granted: answer(requirement.opens),
    parts: requirement.parts.map(({ part, opens }) => {
      return { part, granted: answer(opens), reason: reasonOf(part, answer(opens), requirement, actor, blueprint) };
    }),
  }));
  const isLocked = verdict.chain.some((requirement) => requirement.isLocked);
  const answers = chain.map(({ granted }) => granted);
  return {
    decision: answers.includes('no') ? 'no' : answers.includes('depends') ? 'depends' : 'yes',
    chain,
    grantedBy: isLocked ? ['Admin'] : ['Admin', moderatorOf(blueprint)],
  };
}

function reasonOf(
  part: WeighedPart['part'],
  granted: Answer,
  { grant, isLocked }: WeighedRequirement,
  actor: Actor | null,
  blueprint: string,
): string {
  const isGranted = granted === 'yes';
  switch (part) {
    case 'signedIn':
      return 'Nobody is signed in.';
    case 'admin':
      if (isGranted) return 'Administrators may do everything.';
      return isLocked ? 'Only an administrator may, whatever is granted.' : 'Not an administrator.';
    case 'moderator':
      return `${isGranted ? 'Is' : 'Is not'} a moderator of ${blueprint}.`;
    case 'users':
      return isGranted ? 'Is named.' : 'Is not among the users named.';
    case 'roles':
      return compared('roles', grant.roles, actor?.roles ?? []);
    case 'teams':
      return compared('teams', grant.teams, actor?.teams ?? []);
    case 'ownedByTeam':
      return reasonOfOwnership(granted, grant.ownedByTeam, actor?.teams ?? []);
    case 'policy':
      return reasonOfPolicy(granted, grant.policy !== undefined);
  }
}

function compared(noun: string, granted: readonly string[], held: readonly string[]): string {
  const common = granted.filter((name) => held.includes(name));
  if (common.length > 0) return `Is granted to ${noun} they have: ${common.join(', ')}.`;
  return granted.length === 0 ? `Is granted to no ${noun}.` : `Is granted to ${noun} they do not have.`;
}

function reasonOfOwnership(granted: Answer, isAsked: boolean, teams: readonly string[]): string {
  if (!isAsked) return 'Is not granted to owning teams.';
  if (teams.length === 0) return 'Is granted to owning teams, and belongs to no team.';
  if (granted === 'depends') return `Is granted where one of these teams owns the entity: ${teams.join(', ')}.`;
  return granted === 'yes' ? 'One of their teams owns the entity.' : 'None of their teams owns the entity.';
}

function reasonOfPolicy(granted: Answer, isThere: boolean): string {
  if (!isThere) return 'Has no policy.';
  if (granted === 'depends') return 'Is granted where the policy matches the entity.';
  return granted === 'yes' ? 'The policy matches.' : 'The policy does not match.';
}

/** What can be asked to be explained, by name. */
export const explainedActions = [
  'read',
  'register',
  'update',
  'unregister',
  'readProperty',
  'readRelation',
  'updateProperty',
  'updateRelation',
] as const;

/** The question behind an action and, where it is about one, a property or relation; null when that is missing. */
export function questionOf(action: string, key: string | undefined): EntityQuestion | null {
  switch (action) {
    case 'read':
    case 'register':
    case 'update':
    case 'unregister':
      return { action };
    case 'readProperty':
    case 'readRelation':
    case 'updateProperty':
    case 'updateRelation':
      return key ? { action, key } : null;
    default:
      return null;
  }
}
