import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { CannotStart } from './cannot-start.ts';
import { checkProvider, issuer, type ProviderSetting, providers } from './provider-settings.ts';
import {
  BadValue,
  email,
  encryptionKeys,
  listOfTexts,
  oneOf,
  type Setting,
  text,
  url,
  wholeNumber,
} from './settings.ts';

function setting<T>(
  env: string,
  path: string,
  fallback: T,
  read: (value: unknown) => NoInfer<T>,
  byDefault: string,
  sentence: string,
): Setting<T> {
  return { env, path, fallback, read, byDefault, sentence };
}

const unset: string | undefined = undefined;
type Unset = string | undefined;

/** Every setting there is. docs/guide/configuration.md lists the same ones; a test compares. */
export const settings = {
  host: setting('GANTRY_HOST', 'host', '127.0.0.1', text, '127.0.0.1', 'The address to listen on.'),
  port: setting('GANTRY_PORT', 'port', 7007, wholeNumber(0, 65535), '7007', 'The port; 0 takes any free one.'),
  dataDir: setting('GANTRY_DATA_DIR', 'dataDir', './.gantry', text, './.gantry', 'The folder for all that is kept.'),
  databaseUrl: setting<Unset>(
    'GANTRY_DATABASE_URL',
    'databaseUrl',
    unset,
    url('postgres://user:password@host:5432/gantry', 'postgres', 'postgresql'),
    'unset: the embedded PostgreSQL',
    'A PostgreSQL of your own, version 15 or newer.',
  ),
  baseUrl: setting<Unset>(
    'GANTRY_BASE_URL',
    'baseUrl',
    unset,
    url('https://portal.example.com', 'http', 'https'),
    'unset: the address listened on',
    'The address people type, when a proxy stands in front.',
  ),
  adminEmail: setting(
    'GANTRY_ADMIN_EMAIL',
    'admin.email',
    'admin@gantry.local',
    email,
    'admin@gantry.local',
    'The first administrator.',
  ),
  adminPassword: setting<Unset>(
    'GANTRY_ADMIN_PASSWORD',
    'admin.password',
    unset,
    text,
    'unset: a one-time sign-in link is printed at the first start',
    'The password of the first administrator.',
  ),
  clientId: setting<Unset>(
    'GANTRY_CLIENT_ID',
    'client.id',
    unset,
    text,
    'unset',
    'A machine credential made at start.',
  ),
  clientSecret: setting<Unset>('GANTRY_CLIENT_SECRET', 'client.secret', unset, text, 'unset', 'Its secret.'),
  oidcIssuer: setting<Unset>(
    'GANTRY_OIDC_ISSUER',
    'oidc.issuer',
    unset,
    issuer,
    'unset',
    'The OpenID provider people sign in with: its issuer, as it writes it.',
  ),
  oidcClientId: setting<Unset>(
    'GANTRY_OIDC_CLIENT_ID',
    'oidc.clientId',
    unset,
    text,
    'unset',
    'What that provider calls this Gantry.',
  ),
  oidcClientSecret: setting<Unset>(
    'GANTRY_OIDC_CLIENT_SECRET',
    'oidc.clientSecret',
    unset,
    text,
    'unset: a public client',
    'The secret it gave for that.',
  ),
  oidcName: setting(
    'GANTRY_OIDC_NAME',
    'oidc.name',
    'Single sign-on',
    text,
    'Single sign-on',
    'What the button on the sign-in page calls it.',
  ),
  oidcMore: setting<readonly ProviderSetting[]>(
    'GANTRY_OIDC_MORE',
    'oidc.more',
    [],
    providers,
    'none',
    'Further providers: a list of objects with id, name, issuer, clientId and clientSecret.',
  ),
  secretsKey: setting<readonly Buffer[] | undefined>(
    'GANTRY_SECRETS_KEY',
    'secrets.key',
    undefined,
    encryptionKeys,
    'unset',
    'The key that secrets are encrypted with: 32 bytes in base64; older ones, to read with, after it.',
  ),
  secretsKeyFile: setting<Unset>(
    'GANTRY_SECRETS_KEY_FILE',
    'secrets.keyFile',
    unset,
    text,
    'unset: secrets.key in the data folder, made at the first start',
    'A file that holds that key, or several, one a line.',
  ),
  logLevel: setting(
    'GANTRY_LOG_LEVEL',
    'logLevel',
    'info',
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'info',
    'How much is logged.',
  ),
  refreshMinutes: setting(
    'GANTRY_REFRESH_MINUTES',
    'catalog.refreshMinutes',
    60,
    wholeNumber(1, 60 * 24 * 7),
    '60',
    'How often locations are read again.',
  ),
  missingEntities: setting<'ask' | 'trash'>(
    'GANTRY_MISSING_ENTITIES',
    'catalog.missing',
    'ask',
    oneOf('ask', 'trash'),
    'ask',
    'What happens to an entity whose file vanished: marked stale until someone confirms, or put in the trash.',
  ),
  auditDays: setting(
    'GANTRY_AUDIT_DAYS',
    'audit.days',
    400,
    wholeNumber(1, 36_500),
    '400',
    'How many days the audit log is kept; what happened to entities is kept as their history.',
  ),
  allowHosts: setting<readonly string[]>(
    'GANTRY_ALLOW_HOSTS',
    'catalog.allowHosts',
    [],
    listOfTexts,
    'none',
    'Hosts inside your own network that catalog files may be fetched from.',
  ),
};

type Values = { [Name in keyof typeof settings]: (typeof settings)[Name]['fallback'] };

/** The settings, read once at start. Paths are absolute. */
export type Config = Readonly<Values>;

/** All that is wrong with the settings, one line for each problem. */
export class ConfigError extends CannotStart {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['Gantry cannot start with these settings:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
    this.problems = problems;
  }
}

/**
 * Reads the settings from the environment and, in `folder`, from an optional gantry.yaml. The only place that reads them.
 * @throws ConfigError naming every problem at once
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env, folder: string = process.cwd()): Config {
  const problems: string[] = [];
  const file = readConfigFile(resolve(folder, 'gantry.yaml'), problems);
  const values = Object.fromEntries(
    Object.entries(settings).map(([name, one]) => [name, readSetting(one, env, file, problems)]),
  ) as Values;
  checkPair(values, problems);
  checkOneKey(values, problems);
  problems.push(...checkProvider(values));
  if (problems.length > 0) throw new ConfigError(problems);
  const { secretsKeyFile } = values;
  return {
    ...values,
    dataDir: resolve(folder, values.dataDir),
    secretsKeyFile: secretsKeyFile && resolve(folder, secretsKeyFile),
  };
}

function readSetting(
  one: Setting<unknown>,
  env: NodeJS.ProcessEnv,
  file: Map<string, unknown>,
  problems: string[],
): unknown {
  const fromEnv = env[one.env];
  // An empty variable counts as unset: that is what `GANTRY_X= npm start` and compose files mean by it.
  const isEnv = fromEnv !== undefined && fromEnv !== '';
  const value = isEnv ? fromEnv : file.get(one.path);
  if (value === undefined || value === null) return one.fallback;
  try {
    return one.read(value);
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    problems.push(`${isEnv ? one.env : `${one.path} in gantry.yaml`} ${error.message}: ${error.remedy}.`);
    return one.fallback;
  }
}

/** The values of gantry.yaml by dotted path; an absent file is an empty one. */
function readConfigFile(path: string, problems: string[]): Map<string, unknown> {
  if (!existsSync(path)) return new Map();
  const document = parseDocument(readFileSync(path, 'utf8'));
  for (const error of document.errors) {
    problems.push(`gantry.yaml is not valid YAML: ${error.message.split('\n')[0]} Correct that line.`);
  }
  if (document.errors.length > 0) return new Map();
  const values = new Map(flatten(document.toJS({ maxAliasCount: 10 }), ''));
  const known = new Set(Object.values(settings).map((one) => one.path));
  for (const key of values.keys()) {
    if (known.has(key)) continue;
    problems.push(`${key || 'the top level'} in gantry.yaml is not a setting: use ${[...known].join(', ')}.`);
  }
  return values;
}

function* flatten(value: unknown, path: string): Generator<[string, unknown]> {
  if (value === null || value === undefined) return;
  if (typeof value !== 'object' || Array.isArray(value)) {
    yield [path, value];
    return;
  }
  for (const [key, inner] of Object.entries(value)) yield* flatten(inner, path ? `${path}.${key}` : key);
}

function checkPair(values: Values, problems: string[]): void {
  if ((values.clientId === undefined) === (values.clientSecret === undefined)) return;
  const [missing, present] = values.clientId === undefined ? ['ID', 'SECRET'] : ['SECRET', 'ID'];
  problems.push(`GANTRY_CLIENT_${missing} is unset while GANTRY_CLIENT_${present} is set: set both or neither.`);
}

function checkOneKey({ secretsKey, secretsKeyFile }: Values, problems: string[]): void {
  if (secretsKey === undefined || secretsKeyFile === undefined) return;
  problems.push('GANTRY_SECRETS_KEY and GANTRY_SECRETS_KEY_FILE are both set: unset one of them.');
}
