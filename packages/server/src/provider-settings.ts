import { checkShape } from '@gantry/core';
import { type Static, Type } from 'typebox';
import { BadValue, text } from './settings.ts';

const Provider = Type.Object(
  {
    /** Part of the address that the provider sends people back to. */
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }),
    name: Type.String({ minLength: 1, maxLength: 100 }),
    issuer: Type.String(),
    clientId: Type.String({ minLength: 1 }),
    clientSecret: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
);

/** An OpenID provider as the operator names it; without a secret the client is a public one. */
export type ProviderSetting = Readonly<Static<typeof Provider>>;

/** The id of the provider that `GANTRY_OIDC_ISSUER` names. */
const FIRST = 'oidc';

const remedy = 'write a list of objects with id, name, issuer, clientId and clientSecret (as JSON in the environment)';

/** OpenID providers, each under an id of its own. @throws BadValue naming every problem, and no secret */
export function providers(value: unknown): readonly ProviderSetting[] {
  const list = typeof value === 'string' ? parseJson(value) : value;
  if (!Array.isArray(list)) throw new BadValue('is not a list', remedy);
  const problems = list.flatMap((one, index) => checkShape(Provider, one, String(index)));
  if (problems.length > 0) {
    throw new BadValue(
      `has problems (${problems.map(({ path, message }) => `${path} ${message}`).join('; ')})`,
      remedy,
    );
  }
  const ids = [FIRST, ...list.map(({ id }: ProviderSetting) => id)];
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  if (twice) throw new BadValue(`uses the id ${twice} twice`, `give each an id of its own, other than ${FIRST}`);
  return list.map((one: ProviderSetting) => ({ ...one, issuer: issuer(one.issuer) }));
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new BadValue('is not JSON', remedy);
  }
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The identifier of an OpenID provider, as it writes it: by HTTPS, unless it runs on this very machine. */
export function issuer(value: unknown): string {
  const url = URL.parse(text(value));
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname));
  const isBare = url && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (isSafe && isBare) return text(value);
  throw new BadValue(
    'is not a usable issuer',
    'write one like https://login.example.com/realms/main; http is for this machine only',
  );
}

export interface ProviderConfig {
  readonly oidcIssuer: string | undefined;
  readonly oidcClientId: string | undefined;
  readonly oidcClientSecret: string | undefined;
  readonly oidcName: string;
  readonly oidcMore: readonly ProviderSetting[];
}

/** Every provider there is, in the order in which people are offered them. */
export function providersOf(config: ProviderConfig): readonly ProviderSetting[] {
  const { oidcIssuer, oidcClientId, oidcClientSecret, oidcName, oidcMore } = config;
  if (oidcIssuer === undefined || oidcClientId === undefined) return oidcMore;
  const secret = oidcClientSecret === undefined ? {} : { clientSecret: oidcClientSecret };
  return [{ id: FIRST, name: oidcName, issuer: oidcIssuer, clientId: oidcClientId, ...secret }, ...oidcMore];
}

/** What is missing from the provider that is named by single settings. */
export function checkProvider({ oidcIssuer, oidcClientId, oidcClientSecret }: ProviderConfig): string[] {
  if (oidcIssuer === undefined && (oidcClientId !== undefined || oidcClientSecret !== undefined)) {
    return ['GANTRY_OIDC_ISSUER is unset while GANTRY_OIDC_CLIENT_ID or its secret is set: set it, or neither.'];
  }
  if (oidcIssuer === undefined || oidcClientId !== undefined) return [];
  return ['GANTRY_OIDC_CLIENT_ID is unset while GANTRY_OIDC_ISSUER is set: set both or neither.'];
}
