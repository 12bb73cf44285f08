import type { Actor, MappedPerson } from '@gantry/core';
import { type EntityKit, type Origin, putEntities } from '../entities/index.ts';
import { SignInFailure } from './failure.ts';
import type { KnownProvider } from './providers.ts';

/**
 * Makes sure of the `_user` entity of somebody whose claims let them in. Name and status are given to whoever is new;
 * teams and role are the provider's each time, where the mapping says so.
 * @throws SignInFailure `no_account`, `disabled`
 */
export async function settlePerson(kit: EntityKit, provider: KnownProvider, person: MappedPerson): Promise<void> {
  const { email, name, teams, role } = person;
  const known = await findPerson(kit, email);
  if (!known && !provider.mapping.createPeople) throw new SignInFailure('no_account');
  if (known?.status === 'Disabled') throw new SignInFailure('disabled');
  const title = name ?? email;
  const properties = { status: 'Active', ...(role && { port_role: role }) };
  const input = {
    identifier: email,
    ...(known ? {} : { title }),
    ...(teams && { team: [...teams] }),
    properties: known ? properties : { port_role: 'Member', port_type: 'Standard', ...properties },
  };
  const [outcome] = await putEntities(kit, [{ blueprint: '_user', at: email, mode: 'merge', input }], {
    ...writerOf(provider),
    datasource: '',
    dangling: 'allow',
  });
  if (outcome && !outcome.ok) throw outcome.refusal;
}

function writerOf({ setting }: KnownProvider): { actor: Actor; origin: Origin } {
  const id = `sign-in/${setting.id}`;
  const actor: Actor = { kind: 'system', id, label: setting.name, roles: [], teams: [] };
  return { actor, origin: { kind: 'provider', key: setting.id, label: setting.name } };
}

async function findPerson({ db }: EntityKit, email: string): Promise<{ readonly status: unknown } | null> {
  const row = await db
    .selectFrom('entity')
    .innerJoin('blueprint', 'blueprint.id', 'entity.blueprint_id')
    .select('entity.properties')
    .where('blueprint.identifier', '=', '_user')
    .where('entity.identifier', '=', email)
    .executeTakeFirst();
  return row ? { status: row.properties.status } : null;
}
