import * as contract from '@gantry/contract';
import { type Actor, can, normalEmail, Refusal } from '@gantry/core';
import { record } from '../../audit/record.ts';
import type { Db } from '../../db/pool.ts';
import { answer, type ServedRoute, serve } from '../../http/serve.ts';
import { ensureAccount, findServiceAccount } from './account-store.ts';
import { putPair } from './credential-store.ts';
import type { AccountKit } from './kit.ts';
import { personOnly } from './person-only.ts';
import { digest, newSecret } from './secret.ts';
import { TOKEN_PREFIX } from './token-prefix.ts';
import { addToken, listTokenRows, removeToken, type TokenRow } from './token-store.ts';
import { isUuid } from './uuid.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The tokens people make for their own programs. */
export function tokenRoutes({ entities }: AccountKit): ServedRoute[] {
  const { db } = entities;
  return [
    serve(contract.listTokens, async ({ actor }) => {
      return answer({ tokens: (await listTokenRows(db, personOnly(actor))).map(present) });
    }),
    serve(contract.createToken, async ({ actor, body }) => {
      const token = `${TOKEN_PREFIX}${newSecret()}`;
      const row = await addToken(db, {
        accountId: personOnly(actor),
        name: body.name.trim(),
        scopes: [...new Set(body.scopes)],
        tokenHash: digest(token),
        expiresAt: new Date(Date.now() + body.expiresInDays * DAY_MS),
      });
      const { name, scopes } = row;
      await record(db, actor, { action: 'CREATE', resource: tokenCalled(row.id), after: { name, scopes } });
      return answer({ token: { ...present(row), token } });
    }),
    serve(contract.deleteToken, async ({ actor, params }) => {
      const accountId = personOnly(actor);
      const gone = isUuid(params.id) ? await removeToken(db, accountId, params.id) : null;
      if (!gone) throw new Refusal('not_found', 'You have no such token. It may be gone already.');
      const { name, scopes } = gone;
      await record(db, actor, { action: 'DELETE', resource: tokenCalled(gone.id), before: { name, scopes } });
      return answer({});
    }),
    serve(contract.rotateUserCredentials, async ({ actor, params }) => {
      const { id, person } = await accountToActAs(db, actor, normalEmail(params.user));
      const clientSecret = newSecret();
      if (!(await putPair(db, id, person, digest(clientSecret)))) {
        throw new Refusal(
          'already_exists',
          `\`${person}\` is the client id of something else. Rename the person first.`,
        );
      }
      const resource = { type: 'credential', identifier: person } as const;
      await record(db, actor, { action: 'UPDATE', resource, message: 'Rotated the pair of the person.' });
      return answer({ credentials: { clientId: person, clientSecret } });
    }),
  ];
}

const tokenCalled = (identifier: string) => ({ type: 'token', identifier }) as const;

/** Nobody gets what acts as somebody else; who looks after the service accounts are the administrators. */
async function accountToActAs(db: Db, actor: Actor, name: string): Promise<{ id: string; person: string }> {
  if (actor.kind === 'user' && actor.label === name) return { id: actor.id, person: name };
  const entityId = can(actor, 'credential:write').allowed ? await findServiceAccount(db, name) : null;
  if (entityId !== null) return { id: await ensureAccount(db, entityId, name), person: name };
  throw new Refusal('not_found', `There is no \`${name}\` whose credentials you may rotate.`);
}

function present({ createdAt, expiresAt, lastUsedAt, ...token }: TokenRow) {
  return {
    ...token,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
