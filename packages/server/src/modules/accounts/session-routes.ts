import * as contract from '@gantry/contract';
import { type Actor, can, normalEmail, Refusal } from '@gantry/core';
import { record } from '../../audit/record.ts';
import { SESSION_COOKIE } from '../../http/authenticate.ts';
import { answer, type ServedRoute, serve } from '../../http/serve.ts';
import { findAccountOf } from './account-store.ts';
import type { AccountKit } from './kit.ts';
import { personOnly } from './person-only.ts';
import { digest } from './secret.ts';
import { endSession, endSessions, listSessions } from './session-store.ts';
import { isUuid } from './uuid.ts';

/** Where people are signed in, and how that ends. */
export function sessionRoutes({ entities }: AccountKit): ServedRoute[] {
  const { db } = entities;
  const accountMeant = async (actor: Actor, user: string | undefined) => {
    if (user === undefined) return personOnly(actor);
    const account = await findAccountOf(db, normalEmail(user));
    if (account && (account.id === actor.id || isKeeper(actor))) return account.id;
    throw new Refusal('not_found', `There is no \`${user}\` whose sessions you may see.`);
  };
  return [
    serve(contract.listSessions, async ({ actor, query, cookies }) => {
      const rows = await listSessions(db, await accountMeant(actor, query.user));
      const own = digest(cookies[SESSION_COOKIE] ?? '');
      return answer({
        sessions: rows.map(({ id, userAgent, createdAt, lastSeenAt, expiresAt, tokenHash }) => ({
          ...{ id, userAgent, current: tokenHash === own },
          createdAt: createdAt.toISOString(),
          lastSeenAt: lastSeenAt.toISOString(),
          expiresAt: expiresAt.toISOString(),
        })),
      });
    }),
    serve(contract.endSession, async ({ actor, params }) => {
      const accountId = isKeeper(actor) ? null : personOnly(actor);
      if (!isUuid(params.id) || !(await endSession(db, params.id, accountId))) {
        throw new Refusal('not_found', 'There is no such session of yours. It may be over already.');
      }
      const resource = { type: 'session', identifier: params.id } as const;
      await record(db, actor, { action: 'DELETE', resource, message: 'Ended a session.' });
      return answer({});
    }),
    serve(contract.endSessions, async ({ actor, query }) => {
      const ended = await endSessions(db, await accountMeant(actor, query.user));
      const resource = { type: 'session', identifier: query.user ?? actor.label } as const;
      await record(db, actor, { action: 'DELETE', resource, message: `Signed out everywhere: ${ended} sessions.` });
      return answer({ ended });
    }),
  ];
}

/** Administrators may end the sessions of others. */
const isKeeper = (actor: Actor) => can(actor, 'user:write').allowed;
