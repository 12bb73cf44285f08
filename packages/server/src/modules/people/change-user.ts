import { type PersonStatus, parseRoles, refuseInvalid } from '@gantry/core';
import type { Trx } from '../../db/pool.ts';
import { changeEntities, type EntityKit, type EntityWrite, type WriteContext } from '../entities/index.ts';
import { findTeams, personNamed } from './find-people.ts';

/** What is to be of a person; what is absent stays. */
export interface UserChange {
  readonly roles?: readonly string[] | undefined;
  /** Names of their teams. */
  readonly teams?: readonly string[] | undefined;
  readonly status?: PersonStatus | undefined;
}

/** @returns the identifier of the person @throws Refusal `not_found`, `invalid_request`, `forbidden` */
export async function changeUser(
  kit: EntityKit,
  name: string,
  change: UserChange,
  context: WriteContext,
): Promise<string> {
  const writesIn = async (trx: Trx): Promise<EntityWrite[]> => {
    const at = await personNamed(trx, name);
    const input = await inputOf(trx, change, '');
    return [{ blueprint: '_user', at, mode: 'merge', mustExist: true, input }];
  };
  const [user] = await changeEntities(kit, ['_user'], writesIn, context);
  if (!user) throw new Error('A person who was changed has an outcome.');
  return user.identifier;
}

/** The change as the entity takes it. `path` leads to it, for the problems. @throws Refusal `invalid_request` */
export async function inputOf(trx: Trx, { roles, teams, status }: UserChange, path: string) {
  const parsed = roles && parseRoles(roles, `${path}roles`);
  const found = teams && (await findTeams(trx, teams, `${path}teams`));
  const problems = [...(parsed && !parsed.ok ? parsed.problems : []), ...(found?.problems ?? [])];
  if (problems.length > 0) throw refuseInvalid(problems);
  return {
    ...(found ? { team: found.identifiers } : {}),
    properties: { ...(parsed?.ok ? parsed.value : {}), ...(status ? { status } : {}) },
  };
}
