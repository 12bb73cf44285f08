import { sql } from 'kysely';

/** Everybody who has ever been let in, by the id that rows keep: a table to join, with `id`, `label` and `kind`. */
export const actorNames = sql`(
  select id, email as label, 'user' as kind from account
  union all select client_id, label, 'machine' from machine_credential
  union all select 'scim/' || id, name, 'machine' from scim_token
)`;
