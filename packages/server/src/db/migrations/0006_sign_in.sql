-- How people sign in with identity providers. The providers themselves, secrets included, are in the settings; here is
-- what administrators decide about them.
create table sign_in_provider (
  id         text primary key,
  enabled    boolean not null,
  mapping    jsonb not null,
  updated_at timestamptz not null default now(),
  updated_by text not null
);

-- Trials of administrators, and sign-ins that were refused, with what the provider had said. `reference` is what the
-- refused person is shown and passes on; it cannot be guessed. Only the last ones are kept.
create table sign_in_attempt (
  reference uuid primary key,
  provider  text not null,
  at        timestamptz not null default now(),
  -- Who tried it out; null for people who wanted in.
  tester    text,
  -- Null when nothing stood in the way.
  reason    text,
  detail    text,
  problems  jsonb not null default '[]',
  claims    jsonb
);
create index sign_in_attempt_last on sign_in_attempt (provider, at desc);

-- What directories send by SCIM goes into `_user` and `_team` entities; what those have no place for is kept here, so
-- that a directory reads back what it wrote.
create table scim_resource (
  -- No foreign key: a restored entity gets its attributes back.
  entity_id  bigint primary key,
  attributes jsonb not null
);

create table scim_token (
  id           uuid primary key default gen_random_uuid(),
  name         text not null,
  token_hash   text not null unique,
  created_at   timestamptz not null default now(),
  created_by   text not null,
  last_used_at timestamptz
);
