import { bindQuery, type QueryContext } from '../query/bind-query.ts';
import { parseQuery } from '../query/parse-query.ts';
import type { ParsedQuery } from '../query/parsed-query.ts';
import { type Actor, isAlmighty } from './can.ts';
import type { Grant } from './grant.ts';
import { anyOpening, type Opening, openingOf } from './opening.ts';
import { isModeratorOf } from './role.ts';

/** What a decision needs besides actor and grant: the blueprint, the moment, and the caller as policies see them. */
export interface DecisionContext extends QueryContext {
  readonly blueprint: string;
  /** Set for what only administrators may do, whatever is granted. */
  readonly isLocked?: boolean;
}

/** One of the ways to be granted something, and what it opens to this actor. */
export interface WeighedPart {
  readonly part: 'signedIn' | 'admin' | 'moderator' | 'users' | 'roles' | 'teams' | 'ownedByTeam' | 'policy';
  readonly opens: Opening;
}

export interface Weighed {
  readonly opens: Opening;
  readonly parts: readonly WeighedPart[];
}

/** What a grant opens to an actor, and by which of its parts: the one place that decides; explanations put it in words. */
export function weigh(actor: Actor | null, grant: Grant, context: DecisionContext): Weighed {
  if (!actor) return { opens: false, parts: [{ part: 'signedIn', opens: false }] };
  const admin: WeighedPart = { part: 'admin', opens: isAlmighty(actor) };
  const parts = context.isLocked ? [admin] : [admin, ...partsOf(actor, grant, context)];
  return { opens: anyOpening(parts.map(({ opens }) => opens)), parts };
}

/** Which entities of the context's blueprint a grant opens to an actor. */
export function decide(actor: Actor | null, grant: Grant, context: DecisionContext): Opening {
  return weigh(actor, grant, context).opens;
}

function partsOf(actor: Actor, grant: Grant, context: DecisionContext): WeighedPart[] {
  const { roles, teams } = actor;
  return [
    { part: 'moderator', opens: isModeratorOf(roles, context.blueprint) },
    { part: 'users', opens: isNamed(actor, grant.users) },
    { part: 'roles', opens: grant.roles.some((role) => roles.includes(role)) },
    { part: 'teams', opens: grant.teams.some((team) => teams.includes(team)) },
    { part: 'ownedByTeam', opens: grant.ownedByTeam && ownedBy(teams) },
    { part: 'policy', opens: policyOf(grant, context) },
  ];
}

/** A machine is not a person, whatever it is called. E-mail addresses are the same in small and capital letters. */
function isNamed({ kind, label }: Actor, users: readonly string[]): boolean {
  return kind === 'user' && users.some((user) => user.toLowerCase() === label.toLowerCase());
}

function ownedBy(teams: readonly string[]): Opening {
  if (teams.length === 0) return false;
  const test = { kind: 'oneOf', values: teams, instants: [] } as const;
  return { kind: 'rule', operand: { kind: 'meta', name: '$team' }, negated: false, test };
}

function policyOf(grant: Grant, context: DecisionContext): Opening {
  const query = parsedPolicy(grant);
  return query !== null && openingOf(bindQuery(query, context));
}

const parsedPolicies = new WeakMap<Grant, ParsedQuery | null>();

/** The policy of a grant; null where there is none, where it has no rule, and where it is no query. */
export function parsedPolicy(grant: Grant): ParsedQuery | null {
  const known = parsedPolicies.get(grant);
  if (known !== undefined) return known;
  const parsed = grant.policy === undefined ? undefined : parseQuery(grant.policy);
  const policy = parsed?.ok && hasRule(parsed.value) ? parsed.value : null;
  parsedPolicies.set(grant, policy);
  return policy;
}

/** To match everything, nobody writes an empty policy: clients send one where they mean none. */
function hasRule(query: ParsedQuery): boolean {
  if (query.kind === 'group') return query.nodes.some(hasRule);
  return query.kind === 'not' ? hasRule(query.node) : true;
}
