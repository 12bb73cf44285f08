import * as contract from '@gantry/contract';
import { Refusal } from '@gantry/core';
import { record } from '../../audit/record.ts';
import { answer, type CallContext, type ServedRoute, serve } from '../../http/serve.ts';
import { deleteEntities, originOfCall, type WriteContext } from '../entities/index.ts';
import { changeUser } from './change-user.ts';
import { personNamed } from './find-people.ts';
import { inviteUser } from './invite-user.ts';
import type { PeopleKit, SignInLink } from './kit.ts';
import { presentUser } from './present.ts';
import { findUserRow, listUserRows } from './user-store.ts';

export function userRoutes(kit: PeopleKit): ServedRoute[] {
  const { db } = kit.entities;
  const read = async (identifier: string) => {
    const row = await findUserRow(db, identifier);
    if (!row) throw new Refusal('not_found', `There is no user \`${identifier}\`.`);
    return presentUser(row);
  };
  return [
    serve(contract.listUsers, async () => answer({ users: (await listUserRows(db)).map(presentUser) })),
    serve(contract.getUser, async ({ params }) => answer({ user: await read(await personNamed(db, params.user)) })),
    serve(contract.patchUser, async (call) => {
      const identifier = await changeUser(kit.entities, call.params.user, call.body, contextOf(call));
      return answer({ user: await read(identifier) });
    }),
    serve(contract.deleteUser, async (call) => {
      const identifier = await personNamed(db, call.params.user);
      const { actor } = call;
      await deleteEntities(kit.entities, [{ blueprint: '_user', identifier }], {
        ...{ actor, origin: originOfCall(call), dependents: false, references: 'clear' },
      });
      return answer({});
    }),
    serve(contract.inviteUser, async (call) => {
      const { identifier, link } = await inviteUser(kit, call.body.invitee, contextOf(call));
      await record(db, call.actor, { action: 'CREATE', resource: linkFor(identifier), message: 'Invited.' });
      return answer({ user: await read(identifier), signInLink: presentLink(link) });
    }),
    serve(contract.renewSignIn, async ({ actor, params }) => {
      const identifier = await personNamed(db, params.user);
      const link = await kit.accounts.renew(identifier);
      if (!link) {
        throw new Refusal('invalid_request', `\`${params.user}\` does not sign in here yet. Invite them instead.`);
      }
      const message = 'Took password and sessions away, and gave a new sign-in link.';
      await record(db, actor, { action: 'UPDATE', resource: linkFor(identifier), message });
      return answer({ signInLink: presentLink(link) });
    }),
  ];
}

/** Writes go through the one write path, as the caller's own. */
export function contextOf(call: CallContext): WriteContext {
  return { actor: call.actor, origin: originOfCall(call), datasource: call.userAgent, dangling: 'refuse' };
}

/** The audit log tells of the person; the link itself is in no log. */
const linkFor = (identifier: string) => ({ type: 'user', identifier }) as const;

function presentLink({ token, expiresAt }: SignInLink) {
  return { path: `/sign-in?token=${token}`, expiresAt: expiresAt.toISOString() };
}
