import { Refusal, refuseInvalid, teamIdentifier } from '@gantry/core';
import type { Trx } from '../../db/pool.ts';
import { changeEntities, type EntityKit, type EntityWrite, type WriteContext } from '../entities/index.ts';
import { findUsers, teamNamed } from './find-people.ts';
import { lockMembers } from './team-store.ts';
import { teamsCalled } from './user-store.ts';

/** What is to be of a team; what is absent stays. */
export interface TeamChange {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  /** Addresses of everybody who shall be in it. */
  readonly users?: readonly string[] | undefined;
}

/** @returns its identifier @throws Refusal `already_exists`, `invalid_request` */
export async function createTeam(
  kit: EntityKit,
  change: TeamChange & { readonly name: string },
  context: WriteContext,
): Promise<string> {
  const at = teamIdentifier(change.name);
  return saveTeam(kit, change, context, async (trx) => {
    await refuseTaken(trx, change.name, null);
    return { at, mode: 'create' };
  });
}

/** @returns its identifier @throws Refusal `not_found`, `already_exists`, `invalid_request` */
export async function changeTeam(
  kit: EntityKit,
  name: string,
  change: TeamChange,
  context: WriteContext,
): Promise<string> {
  return saveTeam(kit, change, context, async (trx) => {
    const at = await teamNamed(trx, name);
    if (change.name !== undefined) await refuseTaken(trx, change.name, at);
    return { at, mode: 'merge' };
  });
}

interface Place {
  readonly at: string;
  readonly mode: 'create' | 'merge';
}

async function saveTeam(
  kit: EntityKit,
  change: TeamChange,
  context: WriteContext,
  placeIn: (trx: Trx) => Promise<Place>,
): Promise<string> {
  const writesIn = async (trx: Trx): Promise<EntityWrite[]> => {
    const { at, mode } = await placeIn(trx);
    const members = await writeMembers(trx, at, change.users);
    const { name, description } = change;
    const input = {
      identifier: at,
      ...(name === undefined ? {} : { title: name }),
      ...(description === undefined ? {} : { properties: { description } }),
    };
    return [{ blueprint: '_team', mode, input }, ...members];
  };
  const [team] = await changeEntities(kit, ['_team', '_user'], writesIn, context);
  if (!team) throw new Error('A team that was saved has an outcome.');
  return team.identifier;
}

/** Takes everybody out of a team. */
export async function emptyTeam(kit: EntityKit, team: string, context: WriteContext): Promise<void> {
  await changeEntities(kit, ['_user'], (trx) => writeMembers(trx, team, []), context);
}

/** Two teams of one name could not be told apart. */
async function refuseTaken(trx: Trx, name: string, except: string | null): Promise<void> {
  const holder = (await teamsCalled(trx, [name])).get(name);
  if (holder === undefined || holder === except) return;
  throw new Refusal('already_exists', `There is a team \`${name}\` already. Choose another name.`);
}

async function writeMembers(trx: Trx, team: string, users: TeamChange['users']): Promise<EntityWrite[]> {
  if (users === undefined) return [];
  const { identifiers, problems } = await findUsers(trx, users, 'users');
  if (problems.length > 0) throw refuseInvalid(problems);
  const wanted = new Set(identifiers);
  return (await lockMembers(trx, team, identifiers)).flatMap(({ identifier, team: before }): EntityWrite[] => {
    if (before.includes(team) === wanted.has(identifier)) return [];
    const input = { team: wanted.has(identifier) ? [...before, team] : before.filter((other) => other !== team) };
    return [{ blueprint: '_user', at: identifier, mode: 'merge', mustExist: true, input }];
  });
}
