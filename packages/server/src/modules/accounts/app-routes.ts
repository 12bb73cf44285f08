import { randomUUID } from 'node:crypto';
import * as contract from '@gantry/contract';
import { parseRoles, Refusal, refuseInvalid, rolesOfPerson } from '@gantry/core';
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
    serve(contract.createApp, async ({ body }) => {
      const id = `app_${randomUUID()}`;
      const secret = newSecret();
      const roles = rolesFrom(body.roles ?? ['Member']);
      await putCredential(db, { clientId: id, label: body.name, roles, secretHash: digest(secret), keptBy: 'api' });
      return answer({ app: { ...present(await find(id)), secret } });
    }),
    serve(contract.putApp, async ({ params, body }) => {
      refuseKept(await find(params.app));
      const { name, roles, enabled } = body;
      await updateApp(db, params.app, {
        ...{ name, ...(roles ? { roles: rolesFrom(roles) } : {}), ...(enabled === undefined ? {} : { enabled }) },
      });
      return answer({ app: present(await find(params.app)) });
    }),
    serve(contract.deleteApp, async ({ params }) => {
      refuseKept(await find(params.app));
      await removeApp(db, params.app);
      return answer({});
    }),
    serve(contract.rotateApp, async ({ params }) => {
      refuseKept(await find(params.app));
      const secret = newSecret();
      await updateApp(db, params.app, { secretHash: digest(secret) });
      return answer({ app: { ...present(await find(params.app)), secret } });
    }),
  ];
}

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
