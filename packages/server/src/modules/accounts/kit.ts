import type { AuditBuffer } from '../../audit/audit-buffer.ts';
import type { EntityKit } from '../entities/index.ts';
import type { Devices } from './device.ts';
import type { Machines } from './machines.ts';
import type { SignIn } from './sign-in.ts';
import type { Tokens } from './tokens.ts';

/** What the settings say about who gets in. */
export interface AccountSettings {
  readonly adminEmail: string;
  readonly adminPassword: string | undefined;
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  readonly baseUrl: string | undefined;
}

/** What the routes of this module work with. */
export interface AccountKit {
  readonly entities: EntityKit;
  readonly settings: AccountSettings;
  readonly version: string;
  readonly audit: AuditBuffer;
  readonly signIn: SignIn;
  readonly devices: Devices;
  readonly machines: Machines;
  readonly tokens: Tokens;
}
