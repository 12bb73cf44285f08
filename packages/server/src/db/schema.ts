import type { ClaimMapping, ClaimProblem, RefusalReason } from '@gantry/core';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';

/** The tables as Kysely sees them; `migrations/` says why each column and index exists. */
type Time = ColumnType<Date, Date | string, Date | string>;
type MadeTime = ColumnType<Date, Date | string | undefined, Date | string>;
type BigId = ColumnType<string, string | number | bigint, string | number | bigint>;
type Json<T extends object> = JSONColumnType<T>;

export interface OrganizationTable {
  id: string;
  name: string;
  settings: Json<Record<string, unknown>>;
  announcement: Json<Record<string, unknown>>;
  set_up_at: Time | null;
}

export interface BlueprintTable {
  id: Generated<number>;
  identifier: string;
  definition: Json<object>;
  permissions: ColumnType<object, string | undefined, string>;
  revision: Generated<number>;
  system: Generated<boolean>;
  created_at: Time;
  created_by: string;
  updated_at: Time;
  updated_by: string;
}

export interface BlueprintRevisionTable {
  blueprint_id: number;
  revision: number;
  identifier: string;
  definition: Json<object> | null;
  permissions: Json<object> | null;
  at: Time;
  actor: string;
}

export interface EntityTable {
  id: Generated<string>;
  blueprint_id: number;
  identifier: string;
  title: string | null;
  icon: string | null;
  team: Generated<string[]>;
  properties: Json<Record<string, unknown>>;
  relations: Json<Record<string, string | string[]>>;
  computed: Json<Record<string, unknown>>;
  levels: Json<Record<string, unknown>>;
  provenance: Json<Record<string, [number, number]>>;
  datasource: Generated<string>;
  created_at: Time;
  created_by: string;
  updated_at: Time;
  updated_by: string;
}

export interface RelationTable {
  source_id: BigId;
  name: string;
  position: number;
  target_blueprint_id: number;
  target_identifier: string;
  target_id: BigId | null;
}

export interface FormerIdentifierTable {
  blueprint_id: number;
  identifier: string;
  entity_id: BigId;
}

export interface OriginTable {
  id: Generated<number>;
  kind: string;
  key: string;
  label: string;
  url: string | null;
  record: Json<Record<string, unknown>> | null;
}

export interface SourceTable {
  id: Generated<number>;
  kind: string;
  key: string;
  label: string;
  status: Generated<'waiting' | 'running' | 'ok' | 'failed'>;
  message: string | null;
  failures: Generated<number>;
  refreshed_at: Time | null;
  next_refresh_at: Time | null;
  report: Json<object> | null;
  memory: JSONColumnType<Record<string, unknown>, string | undefined>;
  removed_at: Time | null;
  created_at: MadeTime;
}

export interface SourceFileTable {
  source_id: number;
  target: string;
  etag: string | null;
  last_modified: string | null;
  body: string;
}

export interface SightingTable {
  source_id: number;
  entity_id: BigId;
  ref: string | null;
  location: string | null;
  content_hash: string | null;
  first_seen_at: Time;
  seen_at: Time;
  missing_since: Time | null;
  problem: Json<object> | null;
}

export interface ChangeTable {
  id: Generated<string>;
  at: Time;
  entity_id: BigId;
  blueprint_id: number;
  identifier: string;
  action: string;
  actor: string;
  origin_id: number;
  diff: Json<object[]>;
}

export interface TrashTable {
  id: BigId;
  blueprint_id: number;
  blueprint: string;
  identifier: string;
  title: string | null;
  snapshot: Json<Record<string, unknown>>;
  deleted_at: Time;
  deleted_by: string;
  expires_at: Time;
}

export interface OutboxTable {
  id: Generated<string>;
  at: MadeTime;
  txid: Generated<string>;
  fact: Json<object>;
}

export interface ListenerPositionTable {
  listener: string;
  last_id: BigId;
  last_tx: string;
}

export interface MigrationTable {
  id: string;
  actor: string;
  source_blueprint: string;
  status: string;
  delete_blueprint: Generated<boolean>;
  deleted_entities: Generated<number>;
  message: string | null;
  created_at: MadeTime;
  updated_at: MadeTime;
}

export interface AccountTable {
  id: string;
  email: string;
  password_hash: string | null;
  entity_id: BigId | null;
}

export interface MachineCredentialTable {
  client_id: string;
  label: string;
  roles: string[];
  secret_hash: string;
  account_id: string | null;
  kept_by: Generated<'api' | 'settings' | 'cli'>;
  enabled: Generated<boolean>;
  generation: Generated<number>;
  created_at: MadeTime;
  updated_at: MadeTime;
  last_used_at: Time | null;
}

export interface SignInLinkTable {
  token_hash: string;
  account_id: string;
  expires_at: Time;
}

export interface SessionTable {
  id: Generated<string>;
  token_hash: string;
  account_id: string;
  user_agent: Generated<string>;
  created_at: MadeTime;
  last_seen_at: MadeTime;
  expires_at: Time;
}

export interface PersonalTokenTable {
  id: Generated<string>;
  account_id: string;
  name: string;
  scopes: string[];
  token_hash: string;
  created_at: MadeTime;
  expires_at: Time;
  last_used_at: Time | null;
}

export interface SignInProviderTable {
  id: string;
  enabled: boolean;
  mapping: ColumnType<ClaimMapping, string, string>;
  updated_at: MadeTime;
  updated_by: string;
}

export interface SignInAttemptTable {
  reference: string;
  provider: string;
  at: MadeTime;
  tester: string | null;
  reason: RefusalReason | null;
  detail: string | null;
  problems: ColumnType<ClaimProblem[], string, string>;
  claims: ColumnType<Record<string, unknown> | null, string | null, string | null>;
}

export interface ScimTokenTable {
  id: Generated<string>;
  name: string;
  token_hash: string;
  created_at: MadeTime;
  created_by: string;
  last_used_at: Time | null;
}

export interface PreferenceTable {
  actor_id: string;
  key: string;
  value: ColumnType<unknown, string, string>;
}

export interface InstanceSecretTable {
  name: string;
  value: string;
}

export interface OrderIndexTable {
  name: string;
  blueprint_id: number;
  asked_at: Time;
}

export interface AuditTable {
  id: Generated<string>;
  at: Time;
  action: string;
  status: string;
  resource_type: string;
  resource: string;
  context: Json<Record<string, string>>;
  actor: string | null;
  actor_label: string;
  actor_kind: string;
  channel: string;
  before: Json<object> | null;
  after: Json<object> | null;
  message: string | null;
  details: Json<Record<string, unknown>>;
}

export interface SecretTable {
  name: string;
  description: string | null;
  version: Generated<number>;
  key_id: string;
  nonce: Buffer;
  sealed: Buffer;
  created_at: Time;
  created_by: string;
  updated_at: Time;
  updated_by: string;
}

export interface Schema {
  organization: OrganizationTable;
  instance_secret: InstanceSecretTable;
  account: AccountTable;
  machine_credential: MachineCredentialTable;
  sign_in_link: SignInLinkTable;
  session: SessionTable;
  personal_token: PersonalTokenTable;
  scim_token: ScimTokenTable;
  sign_in_provider: SignInProviderTable;
  sign_in_attempt: SignInAttemptTable;
  preference: PreferenceTable;
  blueprint: BlueprintTable;
  blueprint_revision: BlueprintRevisionTable;
  former_identifier: FormerIdentifierTable;
  origin: OriginTable;
  entity: EntityTable;
  relation: RelationTable;
  source: SourceTable;
  source_file: SourceFileTable;
  sighting: SightingTable;
  change: ChangeTable;
  trash: TrashTable;
  outbox: OutboxTable;
  listener_position: ListenerPositionTable;
  migration: MigrationTable;
  order_index: OrderIndexTable;
  audit: AuditTable;
  secret: SecretTable;
}
