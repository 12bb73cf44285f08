import { type Actor, type MappedPerson, Refusal } from '@gantry/core';
import { type EntityKit, type Origin, putEntities } from '../entities/index.ts';
import { SignInFailure } from './failure.ts';
import type { KnownProvider } from './providers.ts';

/**
 * Makes sure of the `_user` entity of somebody whose claims let them in. Name and status are given to whoever is new;
 * teams and role are the provider's each time, where the mapping says so.
 * @returns the entity's id
 * @throws SignInFailure `no_account`, `disabled`
 */
export async function settlePerson(kit: EntityKit, provider: KnownProvider, person: MappedPerson): Promise<string> {
  const known = await findPerson(kit, person.email);
  if (known?.status === 'Disabled') throw new SignInFailure('disabled');
  if (!provider.mapping.createPeople && !isExpected(known)) throw new SignInFailure('no_account');
  try {
    return await write(kit, provider, person, known);
  } catch (error) {
    // The last administrator stays one, whatever the provider says, or nobody could mend it.
    if (!(error instanceof Refusal) || error.code !== 'forbidden' || person.role !== 'Member') throw error;
    return write(kit, provider, { ...person, role: null }, known);
  }
}

/** Asked in, or in before; that somebody is known to the catalog is not enough. */
const isExpected = (known: KnownPerson | null) => known?.status === 'Invited' || known?.status === 'Active';

async function write(
  kit: EntityKit,
  { setting }: KnownProvider,
  { email, name, teams, role }: MappedPerson,
  known: KnownPerson | null,
): Promise<string> {
  const properties = { status: 'Active', ...(role && { port_role: role }) };
  const teamsToo = teams && { team: [...teams] };
  const input = known
    ? { ...teamsToo, properties }
    : { title: name ?? email, ...teamsToo, properties: { port_role: 'Member', port_type: 'Standard', ...properties } };
  const actor: Actor = { kind: 'system', id: `sign-in/${setting.id}`, label: setting.name, roles: [], teams: [] };
  const origin: Origin = { kind: 'provider', key: setting.id, label: setting.name };
  const at = known?.identifier ?? email;
  const [outcome] = await putEntities(kit, [{ blueprint: '_user', at, mode: 'merge', input }], {
    ...{ actor, origin, datasource: '', dangling: 'allow' },
  });
  if (!outcome?.ok) throw outcome?.refusal ?? new Error('One write has one outcome.');
  return outcome.id;
}

interface KnownPerson {
  readonly identifier: string;
  readonly status: unknown;
}

/** Whoever signs in with this address, or else is called by it. */
async function findPerson({ db }: EntityKit, email: string): Promise<KnownPerson | null> {
  const row = await db
    .selectFrom('entity')
    .innerJoin('blueprint', 'blueprint.id', 'entity.blueprint_id')
    .leftJoin('account', 'account.entity_id', 'entity.id')
    .select(['entity.identifier', 'entity.properties'])
    .where('blueprint.identifier', '=', '_user')
    .where(({ or, eb }) => or([eb('entity.identifier', '=', email), eb('account.email', '=', email)]))
    .orderBy(({ eb }) => eb('entity.identifier', '=', email))
    .executeTakeFirst();
  return row ? { identifier: row.identifier, status: row.properties.status } : null;
}
