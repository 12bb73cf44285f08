import * as audit from './audit.ts';
import * as auth from './auth.ts';
import * as blueprints from './blueprints.ts';
import * as credentials from './credentials.ts';
import * as entities from './entities.ts';
import * as imports from './imports.ts';
import * as live from './live.ts';
import * as organization from './organization.ts';
import * as people from './people.ts';
import * as permissions from './permissions.ts';
import * as preferences from './preferences.ts';
import type { Route } from './route.ts';
import * as scim from './scim.ts';
import * as secrets from './secrets.ts';
import * as signIn from './sign-in.ts';

/** Every route there is, for OpenAPI and for the check that each one is served. */
export const routes: readonly Route[] = [
  auth,
  credentials,
  signIn,
  scim,
  people,
  organization,
  secrets,
  audit,
  blueprints,
  entities,
  permissions,
  imports,
  preferences,
  live,
].flatMap((room) => Object.values(room).filter((value): value is Route => 'method' in value && 'path' in value));
