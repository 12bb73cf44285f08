import { teamIdentifier } from '@gantry/core';
import SCIMMY from 'scimmy';
import type { Trx } from '../../db/pool.ts';
import type { EntityWrite } from '../entities/index.ts';
import { type ResourceKind, withoutKnown } from './resource.ts';
import { refuse } from './spoken.ts';
import { lockPeople } from './store.ts';

type Group = SCIMMY.Schemas.Group;

/** Groups are `_team` entities; their members are those whose `_user` entity has the team. */
export const groups: ResourceKind<Group> = {
  kind: '_team',
  naming: 'displayName',
  read: (body) => new SCIMMY.Schemas.Group(body, 'in'),
  present(row, base) {
    const data = {
      ...{ ...row.attributes, id: row.id, displayName: row.title ?? row.identifier },
      members: row.others.map(({ id, display }) => ({ value: id, display, $ref: `${base}/Users/${id}`, type: 'User' })),
      meta: { created: row.created_at, lastModified: row.updated_at },
    };
    return new SCIMMY.Schemas.Group(data, 'out', `${base}/Groups`);
  },
  async plan(trx, wanted, before) {
    const identifier = before?.identifier ?? teamIdentifier(wanted.displayName);
    const ids = (wanted.members ?? []).map(({ value }) => value);
    return {
      identifier,
      input: { identifier, title: wanted.displayName },
      attributes: withoutKnown(wanted, ['displayName', 'members']),
      others: await writeMembers(trx, identifier, ids),
    };
  },
  release: (trx, { identifier }) => writeMembers(trx, identifier, []),
};

async function writeMembers(trx: Trx, team: string, ids: readonly string[]): Promise<EntityWrite[]> {
  const wanted = new Set(ids);
  const people = await lockPeople(trx, team, ids);
  const known = new Set(people.map(({ id }) => id));
  const strangers = ids.filter((id) => !known.has(id));
  if (strangers.length > 0) throw refuse(`No user has the id ${strangers.join(', ')}.`, 'invalidValue');
  return people.flatMap(({ id, identifier, team: before }): EntityWrite[] => {
    if (before.includes(team) === wanted.has(id)) return [];
    const input = { team: wanted.has(id) ? [...before, team] : before.filter((one) => one !== team) };
    return [{ blueprint: '_user', at: identifier, mode: 'merge', mustExist: true, input }];
  });
}
