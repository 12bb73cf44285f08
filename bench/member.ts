import type pg from 'pg';
import { digest } from '../packages/server/src/modules/accounts/secret.ts';
import type { RunningGantry } from '../tests/running-gantry.ts';
import { Line } from './http.ts';

/** The loaded entities are shared out among so many teams. */
export const TEAMS = 200;
const OWN_TEAMS = 5;

/**
 * Lets members see only the services that five teams own.
 * @returns the bearer token of a machine that is such a member
 */
export async function memberOfTeams(gantry: RunningGantry, pool: pg.Pool): Promise<string> {
  const teams = Array.from({ length: OWN_TEAMS }, (_, index) => `owners-${index * 37}`);
  const policy = { combinator: 'and', rules: [{ property: '$team', operator: 'in', value: teams }] };
  const line = await Line.open(gantry, 1);
  const permissions = { entities: { read: { roles: ['Admin'], policy } } };
  await line.send('PATCH', '/v1/blueprints/service/permissions', JSON.stringify(permissions));
  line.close();
  const secret = 'a-secret-of-benches-only';
  await pool.query(
    `insert into machine_credential (client_id, label, roles, secret_hash) values ('bench-member', 'member', '{Member}', $1)`,
    [digest(secret)],
  );
  const answer = await fetch(new URL('/v1/auth/access_token', gantry.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clientId: 'bench-member', clientSecret: secret }),
  });
  if (!answer.ok) throw new Error(`The member was not let in: ${answer.status}`);
  return ((await answer.json()) as { accessToken: string }).accessToken;
}
