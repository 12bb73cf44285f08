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
    serve(contract.createApp, async ({ actor, body }) => {
      const id = `app_${randomUUID()}`;
      const secret = newSecret();
      const roles = rolesFrom(body.roles ?? ['Member']);
      await putCredential(db, { clientId: id, label: body.name, roles, secretHash: digest(secret), keptBy: 'api' });
      const app = present(await find(id));
      await record(db, actor, { action: 'CREATE', resource: credential(id), after: app });
      return answer({ app: { ...app, secret } });
    }),
    serve(contract.putApp, async ({ actor, params, body }) => {
      const before = changeable(await find(params.app));
      const { name, roles, enabled } = body;
      await updateApp(db, params.app, {
        ...{ name, ...(roles ? { roles: rolesFrom(roles) } : {}), ...(enabled === undefined ? {} : { enabled }) },
      });
      const app = present(await find(params.app));
      await record(db, actor, { action: 'UPDATE', resource: credential(params.app), before, after: app });
      return answer({ app });
    }),
    serve(contract.deleteApp, async ({ actor, params }) => {
      const before = changeable(await find(params.app));
      await removeApp(db, params.app);
      await record(db, actor, { action: 'DELETE', resource: credential(params.app), before });
      return answer({});
    }),
    serve(contract.rotateApp, async ({ actor, params }) => {
      changeable(await find(params.app));
      const secret = newSecret();
      await updateApp(db, params.app, { secretHash: digest(secret) });
      const message = 'Rotated the secret.';
      await record(db, actor, { action: 'UPDATE', resource: credential(params.app), message });
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

const credential = (identifier: string) => ({ type: 'credential', identifier }) as const;

/** The credential as it is told of. @throws Refusal `forbidden` for those that are made anew at each start */
function changeable(row: AppRow) {
  const { keptBy, name } = row;
  if (keptBy === 'api') return present(row);
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
