-- Who did what besides writing entities, and what is kept secret.

-- One row for each change of configuration, sign-in and refusal. What happens to entities is in `change` already and is
-- not written twice: the audit log is both tables together, in the order of one sequence.
create table audit (
  id            bigint primary key default nextval('change_id_seq'),
  at            timestamptz not null,
  action        text not null check (action in ('CREATE', 'UPDATE', 'DELETE', 'READ')),
  status        text not null check (status in ('SUCCESS', 'FAILURE')),
  resource_type text not null,
  resource      text collate "C" not null,
  -- {"blueprint": "service", "entity": "cart"}: what it is about, by kind.
  context       jsonb not null,
  -- The actor as it was called then; the id is null when nobody was signed in.
  actor         text,
  actor_label   text not null,
  actor_kind    text not null,
  channel       text not null,
  before        jsonb,
  after         jsonb,
  message       text,
  details       jsonb not null
);
create index audit_resource on audit (resource, id desc);
create index audit_actor on audit (actor, id desc);
create index audit_at on audit (at);
create index audit_context on audit using gin (context jsonb_path_ops);

-- What is written down stays as it was written; time alone takes it away.
create function refuse_audit_update() returns trigger language plpgsql as $$
begin
  raise exception 'Entries of the audit log cannot be changed.';
end $$;
create trigger audit_is_final before update on audit for each statement execute function refuse_audit_update();

-- By which way somebody came: from what kind of caller it was, and from the program that they used.
create function audit_channel(kind text, program text) returns text language sql immutable parallel safe
return case
  when kind = 'user' then 'UI'
  when kind = 'system' then 'SYSTEM'
  when kind not in ('machine', 'anonymous') then 'SYNC'
  when program like 'gantry-cli/%' then 'CLI'
  when program like 'port-ocean/%' or program like 'port-k8s-exporter/%' then 'SYNC'
  when program like 'port-mcp-server/%' then 'MCP'
  when program like 'terraform-provider-%' then 'TERRAFORM'
  when kind = 'anonymous' and program like 'Mozilla/%' then 'UI'
  else 'API'
end;

-- Values encrypted with a key that is not in the database. `version` counts the values a name has had, and is sealed
-- together with name and value, so that no row can stand in for another or for its own past.
create table secret (
  name        text collate "C" primary key,
  description text,
  version     integer not null default 1,
  key_id      text not null,
  nonce       bytea not null,
  sealed      bytea not null,
  created_at  timestamptz not null,
  created_by  text not null,
  updated_at  timestamptz not null,
  updated_by  text not null
);
