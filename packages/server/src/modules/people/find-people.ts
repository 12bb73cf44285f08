import { normalEmail, type Problem, Refusal } from '@gantry/core';
import type { Queries } from '../../db/pool.ts';
import { peopleCalled, teamsCalled } from './user-store.ts';

/** The identifier of the person called so. @throws Refusal `not_found` */
export async function personNamed(db: Queries, name: string): Promise<string> {
  const people = await peopleCalled(db, [name, normalEmail(name)]);
  const identifier = people.get(name) ?? people.get(normalEmail(name));
  if (identifier === undefined) throw new Refusal('not_found', `There is no user \`${name}\`.`);
  return identifier;
}

/** The identifier of the team called so. @throws Refusal `not_found` */
export async function teamNamed(db: Queries, name: string): Promise<string> {
  const identifier = (await teamsCalled(db, [name])).get(name);
  if (identifier === undefined) throw new Refusal('not_found', `There is no team \`${name}\`.`);
  return identifier;
}

/** Identifiers for a list of names, or what is wrong with it. */
export interface Found {
  readonly identifiers: readonly string[];
  readonly problems: readonly Problem[];
}

export async function findUsers(db: Queries, emails: readonly string[], path: string): Promise<Found> {
  const names = emails.map(normalEmail);
  return found(names, await peopleCalled(db, names), path, 'a user', 'invite them first');
}

export async function findTeams(db: Queries, names: readonly string[], path: string): Promise<Found> {
  return found(names, await teamsCalled(db, names), path, 'a team', 'make it first');
}

function found(
  names: readonly string[],
  known: Map<string, string>,
  path: string,
  what: string,
  remedy: string,
): Found {
  const problems = names.flatMap((name, index) =>
    known.has(name) ? [] : [{ path: `${path}.${index}`, message: `\`${name}\` is not ${what}`, remedy }],
  );
  return { identifiers: [...new Set(names.flatMap((name) => known.get(name) ?? []))], problems };
}
