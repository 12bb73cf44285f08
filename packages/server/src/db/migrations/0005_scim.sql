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
