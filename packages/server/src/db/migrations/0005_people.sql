-- People: what they are is written in their `_user` entity; an account is how they prove to be it. Whoever had an
-- account before this was an administrator: the next start gives them such an entity.
alter table account
  drop column roles,
  -- No foreign key: the entity of a deleted person lies in the trash, and lets nobody in from there.
  add column entity_id bigint unique;

alter table session
  add column id           uuid not null unique default gen_random_uuid(),
  add column user_agent   text not null default '',
  add column last_seen_at timestamptz not null default now();
create index session_account on session (account_id);

alter table machine_credential
  -- Whom it speaks for; null for a machine with roles of its own.
  add column account_id   text references account on delete cascade,
  -- Who looks after it: `settings` and `cli` are made anew at each start.
  add column kept_by      text not null default 'api' check (kept_by in ('api', 'settings', 'cli')),
  add column enabled      boolean not null default true,
  -- Tokens carry the generation of the secret they were given for, and end with it.
  add column generation   integer not null default 1,
  add column updated_at   timestamptz not null default now(),
  add column last_used_at timestamptz;
create index machine_credential_account on machine_credential (account_id) where account_id is not null;

create table personal_token (
  id           uuid primary key default gen_random_uuid(),
  account_id   text not null references account on delete cascade,
  name         text not null,
  scopes       text[] not null,
  token_hash   text not null unique,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  last_used_at timestamptz
);
create index personal_token_account on personal_token (account_id);
