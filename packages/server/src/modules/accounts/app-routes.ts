import { randomUUID } from 'node:crypto';
import * as contract from '@gantry/contract';
import { parseRoles, Refusal, refuseInvalid, rolesOfPerson } from '@gantry/core';
import { record } from '../../audit/record.ts';
import { answer, type ServedRoute, serve } from '../../http/serve.ts';
import { type AppRow, findAppRow, listAppRows, removeApp, updateApp } from './app-store.ts';
import { putCredential } from './credential-store.ts';
import type { AccountKit } from './kit.ts';
import { digest, newSecret } from './secret.ts';

/** Machine credentials, which administrators look after. */
export function appRoutes({ entities }: AccountKit): ServedRoute[] {
  const { db } = entities;
  const find = async (id: string): Promise<AppRow> => {
    const row = await findAppRow(db, id);
    if (!row) throw new Refusal('not_found', `There is no machine credential \`${id}\`.`);
    return row;
  };
  return [
    serve(contract.listApps, async () => answer({ apps: (await listAppRows(db)).map(present) })),
    serve(contract.createApp, async ({ body, actor }) => {
      const id = `app_${randomUUID()}`;
      const secret = newSecret();
      const roles = rolesFrom(body.roles ?? ['Member']);
      await putCredential(db, { clientId: id, label: body.name, roles, secretHash: digest(secret), keptBy: 'api' });
      const app = await find(id);
      await record(db, actor, { action: 'CREATE', resource: credentialOf(id), after: told(app) });
      return answer({ app: { ...present(app), secret } });
    }),
    serve(contract.putApp, async ({ params, body, actor }) => {
      const before = await find(params.app);
      refuseKept(before);
      const { name, roles, enabled } = body;
      await updateApp(db, params.app, {
        ...{ name, ...(roles ? { roles: rolesFrom(roles) } : {}), ...(enabled === undefined ? {} : { enabled }) },
      });
      const after = await find(params.app);
      const resource = credentialOf(params.app);
      await record(db, actor, { action: 'UPDATE', resource, before: told(before), after: told(after) });
      return answer({ app: present(after) });
    }),
    serve(contract.deleteApp, async ({ params, actor }) => {
      const before = await find(params.app);
      refuseKept(before);
      await removeApp(db, params.app);
      await record(db, actor, { action: 'DELETE', resource: credentialOf(params.app), before: told(before) });
      return answer({});
    }),
    serve(contract.rotateApp, async ({ params, actor }) => {
      refuseKept(await find(params.app));
      const secret = newSecret();
      await updateApp(db, params.app, { secretHash: digest(secret) });
      const resource = credentialOf(params.app);
      await record(db, actor, { action: 'UPDATE', resource, message: 'Made a new client secret.' });
      return answer({ app: { ...present(await find(params.app)), secret } });
    }),
  ];
}

const credentialOf = (id: string) => ({ type: 'credential', identifier: id }) as const;
/** What the audit log is told: never a secret, nor the hash of one. */
const told = ({ name, roles, enabled }: AppRow) => ({ name, roles, enabled });

/** @throws Refusal `invalid_request` */
function rolesFrom(names: readonly string[]): string[] {
  const parsed = parseRoles(names, 'roles');
  if (!parsed.ok) throw refuseInvalid(parsed.problems);
  return rolesOfPerson(parsed.value);
}

function refuseKept({ keptBy, name }: AppRow): void {
  if (keptBy === 'api') return;
  const remedy =
    keptBy === 'settings'
      ? 'Change GANTRY_CLIENT_ID and GANTRY_CLIENT_SECRET'
      : 'It gets another secret at each start: restart Gantry';
  throw new Refusal('forbidden', `\`${name}\` is made by Gantry itself and cannot be changed here. ${remedy}.`);
}

function present({ lastUsedAt, createdAt, updatedAt, ...app }: AppRow) {
  return {
    ...app,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
