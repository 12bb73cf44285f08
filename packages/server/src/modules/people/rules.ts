import { isActiveAdmin, Refusal } from '@gantry/core';
import type { Trx } from '../../db/pool.ts';
import { run, statement } from '../../db/statement.ts';
import type { EntityChange, EntityRules } from '../entities/index.ts';
import { followPeople, followTeams } from './follow-renames.ts';
import { countMembers, teamsOfDeleted } from './team-sizes.ts';

/** What holds for people and teams, whichever door a write came by. */
export const peopleRules: EntityRules = {
  watches: new Set(['_user', '_team']),
  async written(trx, changes) {
    const people = changes.filter(({ blueprint }) => blueprint === '_user');
    const teams = changes.filter(({ blueprint }) => blueprint === '_team');
    await followPeople(trx, people);
    await followTeams(trx, teams);
    if (people.some(isDemotion)) await refuseWithoutAdmin(trx);
    await countMembers(trx, [...people.flatMap(teamsTouched), ...teams.map(({ after }) => after.identifier)]);
  },
  async deleted(trx, entities) {
    const people = entities.filter(({ blueprint }) => blueprint === '_user');
    if (people.length === 0) return;
    await refuseWithoutAdmin(trx);
    const ids = people.map(({ id }) => id);
    await countMembers(trx, await teamsOfDeleted(trx, ids));
  },
};

const isDemotion = ({ before, after }: EntityChange) =>
  before !== null && isActiveAdmin(before.properties) && !isActiveAdmin(after.properties);

function teamsTouched({ before, after }: EntityChange): string[] {
  const old = new Set(before?.team);
  const now = new Set(after.team);
  return [...old.symmetricDifference(now)];
}

const lockAdmins = statement('people.lockAdmins', "select pg_advisory_xact_lock(hashtext('gantry.administrators'))");

const findAdmin = statement<{ people: boolean; admins: boolean }>(
  'people.findAdmin',
  `select exists (select from account) as people, exists (
     select from account a join entity e on e.id = a.entity_id
     where e.properties @> '{"status": "Active", "port_role": "Admin"}'
   ) as admins`,
);

/**
 * As long as anybody can sign in, an administrator can. One transaction at a time finds out, after its own changes, so
 * that of two administrators who put each other out at the same moment one is refused.
 */
async function refuseWithoutAdmin(trx: Trx): Promise<void> {
  await run(trx, lockAdmins, []);
  const [found] = await run(trx, findAdmin, []);
  if (!found?.people || found.admins) return;
  throw new Refusal(
    'forbidden',
    'This would leave Gantry without an administrator who can sign in. Make somebody else one first.',
  );
}
