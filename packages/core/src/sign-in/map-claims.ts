import { isEntityIdentifier } from '../entity/identifier.ts';
import { normalEmail } from '../people/person.ts';
import { type Claims, claimAt, listClaim, textClaim } from './claim-at.ts';
import type { ClaimMapping } from './claim-mapping.ts';

/** A person as the claims describe them. */
export interface MappedPerson {
  /** In lower case: the identifier of their `_user` entity. */
  readonly email: string;
  readonly name: string | null;
  /** Identifiers of their teams; null when the mapping leaves teams alone. */
  readonly teams: readonly string[] | null;
  /** Null when the mapping leaves roles alone. */
  readonly role: 'Admin' | 'Member' | null;
}

/** Why somebody is not let in, in words they can pass on: the claim it is about, and what is wrong with it. */
export interface ClaimProblem {
  readonly claim: string;
  readonly message: string;
}

export type MappedClaims =
  | { readonly allowed: true; readonly person: MappedPerson }
  | { readonly allowed: false; readonly problems: readonly ClaimProblem[] };

/**
 * What the claims of a provider make of a person: who they are, or every reason why they are not let in. The reasons
 * name claims and what would be needed, never what else the claims hold, for they are shown to whoever tried.
 */
export function mapClaims(mapping: ClaimMapping, claims: Claims): MappedClaims {
  const address = textClaim(claims, mapping.email);
  const email = address === undefined ? undefined : normalEmail(address);
  const problems = [...checkEmail(mapping, claims, email), ...checkGroups(mapping, claims)];
  if (email === undefined || problems.length > 0) return { allowed: false, problems };
  const groups = listClaim(claims, mapping.groups) ?? [];
  const name = textClaim(claims, mapping.name) ?? null;
  return { allowed: true, person: { email, name, teams: teamsOf(mapping, groups), role: roleOf(mapping, groups) } };
}

function checkEmail(mapping: ClaimMapping, claims: Claims, email: string | undefined): ClaimProblem[] {
  const claim = mapping.email;
  if (email === undefined) return [{ claim, message: 'is missing: it must hold your e-mail address' }];
  if (!/^[^\s@]+@[^\s@]+$/.test(email) || !isEntityIdentifier(email)) {
    return [{ claim, message: 'does not hold an e-mail address that can be used here' }];
  }
  const problems: ClaimProblem[] = [];
  if (!mapping.acceptUnverifiedEmail && isUnverified(claims)) {
    problems.push({ claim: 'email_verified', message: 'says that your e-mail address has not been verified' });
  }
  const domain = email.slice(email.indexOf('@') + 1);
  if (mapping.emailDomains.length > 0 && !mapping.emailDomains.some((one) => one.toLowerCase() === domain)) {
    problems.push({ claim, message: `must be an address of ${mapping.emailDomains.join(' or ')}` });
  }
  return problems;
}

/** Many providers leave the claim out, because they know no other addresses than verified ones. Some send a text. */
function isUnverified(claims: Claims): boolean {
  const verified = claimAt(claims, 'email_verified');
  return verified !== undefined && verified !== true && verified !== 'true';
}

function checkGroups({ groups: claim, requiredGroups }: ClaimMapping, claims: Claims): ClaimProblem[] {
  if (requiredGroups.length === 0) return [];
  const groups = listClaim(claims, claim);
  const needed = requiredGroups.join(' or ');
  if (!groups) return [{ claim, message: `is missing: it must hold ${needed}` }];
  return requiredGroups.some((group) => groups.includes(group)) ? [] : [{ claim, message: `does not hold ${needed}` }];
}

function roleOf({ adminGroups }: ClaimMapping, groups: readonly string[]): MappedPerson['role'] {
  if (adminGroups.length === 0) return null;
  return adminGroups.some((group) => groups.includes(group)) ? 'Admin' : 'Member';
}

/** What `*` stands for in each group that has the form; groups that could name no team are passed over. */
function teamsOf({ teams: form }: ClaimMapping, groups: readonly string[]): readonly string[] | null {
  if (form === null) return null;
  const [before = '', after = ''] = form.split('*', 2);
  const found = groups
    .filter((group) => group.startsWith(before) && group.endsWith(after))
    .map((group) => group.slice(before.length, group.length - after.length))
    .filter((team) => isEntityIdentifier(team));
  return [...new Set(found)];
}
