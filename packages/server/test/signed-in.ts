import { createHash, randomUUID } from 'node:crypto';
import type { TestGantry } from './with-gantry.ts';

/** The headers of a browser in which this person has signed in; they must be a `_user`. */
export async function signedIn({ database }: TestGantry, person: string): Promise<{ cookie: string }> {
  const secret = randomUUID();
  await database.pool.query(
    `with person as (
       select e.id from entity e join blueprint b on b.id = e.blueprint_id where b.identifier = '_user' and e.identifier = $1
     ), account as (
       insert into account (id, email, entity_id) select 'user_' || id, $1, id from person
       on conflict (entity_id) do update set email = account.email returning id
     )
     insert into session (token_hash, account_id, expires_at) select $2, id, now() + interval '1 hour' from account`,
    [person, createHash('sha256').update(secret).digest('base64url')],
  );
  return { cookie: `gantry_session=${secret}` };
}

/** What a browser sends back after this answer. */
export function cookiesOf({ headers }: { readonly headers: Readonly<Record<string, unknown>> }): string {
  const set = [headers['set-cookie'] ?? []].flat().map(String);
  return set.map((cookie) => cookie.split(';', 1)[0]).join('; ');
}
