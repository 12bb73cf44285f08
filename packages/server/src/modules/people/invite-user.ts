import { normalEmail, Refusal, refuseInvalid } from '@gantry/core';
import type { Trx } from '../../db/pool.ts';
import { changeEntities, type EntityWrite, type WriteContext } from '../entities/index.ts';
import { inputOf, type UserChange } from './change-user.ts';
import type { PeopleKit, SignInLink } from './kit.ts';
import { findUserRow, peopleCalled, peopleWithAddress } from './user-store.ts';

export interface Invitation extends Omit<UserChange, 'status'> {
  readonly email: string;
}

/**
 * Lets somebody in by a one-time link: somebody new, or a person whom files have brought with this address. Who was
 * invited before gets a new link, and the old one ends.
 * @throws Refusal `already_exists` for who gets in already, `invalid_request`
 */
export async function inviteUser(
  { entities, accounts }: PeopleKit,
  { email, roles, teams }: Invitation,
  context: WriteContext,
): Promise<{ identifier: string; link: SignInLink }> {
  const address = normalEmail(email);
  const writesIn = async (trx: Trx): Promise<EntityWrite[]> => {
    const known = await inviteeWith(trx, address);
    const before = known === null ? null : await findUserRow(trx, known);
    if (before?.properties.status === 'Active' && before.email !== null) {
      throw new Refusal(
        'already_exists',
        `${address} is active already. Give them a new sign-in link if they need one.`,
      );
    }
    // Who is asked in anew starts as a member, unless the invitation or an earlier one says otherwise.
    const asked = roles ?? (before?.properties.port_role === undefined ? ['Member'] : undefined);
    const input = await inputOf(trx, { roles: asked, teams, status: 'Invited' }, 'invitee.');
    return [{ blueprint: '_user', mode: 'merge', input: { identifier: known ?? address, ...input } }];
  };
  const [user] = await changeEntities(entities, ['_user'], writesIn, context);
  if (!user) throw new Error('A person who was invited has an outcome.');
  return { identifier: user.identifier, link: await accounts.invite(user.id, address) };
}

/** Who the address is of; null for somebody new. */
async function inviteeWith(trx: Trx, address: string): Promise<string | null> {
  const called = (await peopleCalled(trx, [address])).get(address);
  if (called !== undefined) return called;
  const [only = null, another] = await peopleWithAddress(trx, address);
  if (another === undefined) return only;
  const message = `is the address of more than one person, \`${only}\` and \`${another}\` among them`;
  throw refuseInvalid([{ path: 'invitee.email', message, remedy: 'correct it in all but one of them' }]);
}
