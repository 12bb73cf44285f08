-- The catalog: what kinds there are, what exists, how it is connected, who said so and what happened to it.

create extension if not exists pg_trgm;

create table organization (
  id           text primary key,
  name         text not null,
  settings     jsonb not null default '{}',
  announcement jsonb not null default '{}',
  -- When somebody chose to start blank; the first-run choice is over then or as soon as there are entities.
  set_up_at    timestamptz
);

-- Signing keys and other values the processes share. Values are secrets: never answered, never logged.
create table instance_secret (
  name  text primary key,
  value text not null
);

create table account (
  id            text primary key,
  email         text not null unique,
  roles         text[] not null,
  password_hash text
);

create table machine_credential (
  client_id   text primary key,
  label       text not null,
  roles       text[] not null,
  secret_hash text not null,
  created_at  timestamptz not null default now()
);

-- Only hashes of tokens are kept, so that a copy of the database opens no session.
create table sign_in_link (
  token_hash text primary key,
  account_id text not null references account on delete cascade,
  expires_at timestamptz not null
);

create table session (
  token_hash text primary key,
  account_id text not null references account on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);

create table preference (
  actor_id text not null,
  key      text not null,
  value    jsonb not null,
  primary key (actor_id, key)
);

-- `definition` is json, not jsonb: the author's key order is what the form and the table columns follow.
create table blueprint (
  id         integer generated always as identity primary key,
  identifier text not null unique,
  definition json not null,
  revision   integer not null default 1,
  system     boolean not null default false,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null
);

create table blueprint_revision (
  blueprint_id integer not null,
  revision     integer not null,
  identifier   text not null,
  definition   json,
  at           timestamptz not null,
  actor        text not null,
  primary key (blueprint_id, revision)
);

-- A redirect for links to what was renamed: the old name answers with the new one until the name is taken again.
create table former_identifier (
  blueprint_id integer not null references blueprint on delete cascade,
  identifier   text collate "C" not null,
  entity_id    bigint not null,
  primary key (blueprint_id, identifier)
);

-- Where values come from: a person, a machine credential, a data source (by its User-Agent), a file, a run.
-- `record` says where exactly inside the source, for instance path, document and line of a file.
create table origin (
  id     integer generated always as identity primary key,
  kind   text not null,
  key    text not null,
  label  text not null,
  url    text,
  record jsonb,
  unique (kind, key)
);

-- Names compare by code point, whatever the database's own collation: the order of pages, and what an index can answer,
-- must not depend on where Gantry runs.
create table entity (
  id           bigint generated always as identity primary key,
  blueprint_id integer not null references blueprint,
  identifier   text collate "C" not null,
  title        text collate "C",
  icon         text,
  team         text[] not null default '{}',
  properties   jsonb not null default '{}',
  -- The identifiers each relation holds, as they are answered; `relation` below is the same, searchable both ways.
  relations    jsonb not null default '{}',
  computed     jsonb not null default '{}',
  levels       jsonb not null default '{}',
  -- {"*": [origin, epoch ms], "properties.tier": [origin, epoch ms]}: a default and what differs from it.
  provenance   jsonb not null,
  -- The User-Agent of the last writer: Port's `$datasource`, which exporters reconcile by.
  datasource   text collate "C" not null default '',
  created_at   timestamptz not null,
  created_by   text not null,
  updated_at   timestamptz not null,
  updated_by   text not null,
  unique (blueprint_id, identifier)
) with (fillfactor = 90);

-- No foreign keys: they would be checked row by row, which costs as much as the rest of a bulk write. Instead writers
-- lock the targets they name, all at once, and whoever deletes an entity deletes or loosens its relations.
create table relation (
  source_id           bigint not null,
  name                text not null,
  position            integer not null,
  target_blueprint_id integer not null,
  target_identifier   text collate "C" not null,
  -- Null while the target does not exist; filled when it arrives.
  target_id           bigint,
  primary key (source_id, name, position)
);
-- Backwards along a relation: who points here.
create index relation_target on relation (target_id, name) where target_id is not null;
-- Names waiting for their entity.
create index relation_dangling on relation (target_blueprint_id, target_identifier) where target_id is null;

-- Where entities are read from: files somebody sent (`bundle`), a registered URL (`location`), the demo organization.
create table source (
  id              integer generated always as identity primary key,
  kind            text not null,
  key             text not null,
  label           text not null,
  status          text not null default 'waiting' check (status in ('waiting', 'running', 'ok', 'failed')),
  -- Why it failed, for people.
  message         text,
  -- Failures in a row; they make the pause before the next try longer.
  failures        integer not null default 0,
  refreshed_at    timestamptz,
  -- Null: nobody reads it again by itself.
  next_refresh_at timestamptz,
  -- What the last reading took and refused. Replaced as a whole.
  report          jsonb,
  -- What the reader wants to know next time, for instance the commit it saw.
  memory          jsonb not null default '{}',
  -- A forgotten source stays as long as the entities it left behind, which are stale by it.
  removed_at      timestamptz,
  created_at      timestamptz not null default now(),
  unique (kind, key)
);
create index source_due on source (next_refresh_at) where next_refresh_at is not null and removed_at is null;

-- Files as they were fetched last, so that a source that says "not modified" costs one short question.
create table source_file (
  source_id     integer not null references source on delete cascade,
  target        text not null,
  etag          text,
  last_modified text,
  body          text not null,
  primary key (source_id, target)
);

-- What each source vouches for. `missing_since` is set when a complete answer no longer holds the entity.
create table sighting (
  source_id     integer not null references source on delete cascade,
  entity_id     bigint not null references entity on delete cascade,
  -- What the source calls it, and the place inside the source where it stood: by these it is found to be gone.
  ref           text,
  location      text,
  -- What the source said last, so that a refresh writes only what the source itself changed.
  content_hash  text,
  first_seen_at timestamptz not null,
  seen_at       timestamptz not null,
  missing_since timestamptz,
  -- Why the newest version could not be taken; what is stored is then the last good one.
  problem       jsonb,
  primary key (source_id, entity_id)
);
create index sighting_entity on sighting (entity_id);

-- Append only. Partitioned by month so that retention is a drop of a partition, not a delete of rows.
create table change (
  id           bigint generated always as identity,
  at           timestamptz not null,
  entity_id    bigint not null,
  blueprint_id integer not null,
  identifier   text not null,
  action       text not null,
  actor        text not null,
  origin_id    integer not null,
  diff         jsonb not null,
  primary key (id, at)
) partition by range (at);
create table change_default partition of change default;
create index change_entity on change (entity_id, id desc);

create table trash (
  id           bigint primary key,
  blueprint_id integer not null,
  blueprint    text not null,
  identifier   text not null,
  title        text,
  -- The whole entity row and the relations other entities had to it, as they were.
  snapshot     jsonb not null,
  deleted_at   timestamptz not null,
  deleted_by   text not null,
  expires_at   timestamptz not null
);
create index trash_place on trash (blueprint, identifier);
create index trash_expiry on trash (expires_at);

-- Facts, written in the transaction of the change they tell of. Listeners remember how far they have read.
create table outbox (
  id   bigint generated always as identity primary key,
  at   timestamptz not null default clock_timestamp(),
  -- Ids are handed out before commit; readers stop at the oldest transaction still running, so none is skipped.
  txid xid8 not null default pg_current_xact_id(),
  fact jsonb not null
);

-- Readers go on from a place: transaction first, then id.
create index outbox_place on outbox (txid, id);

create table listener_position (
  listener text primary key,
  last_id  bigint not null,
  last_tx  xid8 not null
);

-- Long deletions and conversions, polled by clients as migrations.
create table migration (
  id                  text primary key,
  actor               text not null,
  source_blueprint    text not null,
  status              text not null,
  delete_blueprint    boolean not null default false,
  deleted_entities    integer not null default 0,
  message             text,
  created_at          timestamptz not null default now(),
  updated_at          timestamptz not null default now()
);
