import { type Actor, can, permissions } from '@gantry/core';
import { findAccountById } from './account-store.ts';
import type { AccountKit } from './kit.ts';

/** What the web interface has to know before it shows anything: who is there, what they may do, how far the setup is. */
export async function describeSession(actor: Actor | null, { entities, version }: AccountKit) {
  const organization = await entities.db
    .selectFrom('organization')
    .select((row) => [
      'id',
      'name',
      'set_up_at',
      row
        .exists(
          row
            .selectFrom('entity')
            .select('id')
            // Those who can sign in are there from the first second; they are no catalog yet.
            .where(({ not, exists, selectFrom }) =>
              not(exists(selectFrom('account').select('id').whereRef('entity_id', '=', 'entity.id'))),
            )
            .limit(1),
        )
        .as('has_entities'),
      row.exists(row.selectFrom('account').select('id').where('password_hash', 'is not', null)).as('has_passwords'),
    ])
    .executeTakeFirstOrThrow();
  return {
    ...(actor ? { actor: await describeActor(actor, entities) } : {}),
    abilities: permissions.filter((permission) => can(actor, permission).allowed),
    organization: { id: organization.id, name: organization.name },
    firstRun: organization.set_up_at === null && !organization.has_entities,
    passwordSignIn: Boolean(organization.has_passwords),
    version,
  };
}

async function describeActor({ id, label, kind, roles, teams }: Actor, { db }: AccountKit['entities']) {
  const who = { id, label, roles: [...roles], teams: [...teams] };
  if (kind !== 'user') return { ...who, kind: 'machine' as const };
  const account = await findAccountById(db, id);
  return { ...who, kind: 'user' as const, hasPassword: account?.passwordHash != null };
}
