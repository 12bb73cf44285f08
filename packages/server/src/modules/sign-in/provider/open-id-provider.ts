import type { Claims } from '@gantry/core';
import * as oidc from 'openid-client';
import type { Outbound } from '../../../outbound/index.ts';
import type { ProviderSetting } from '../../../provider-settings.ts';
import { failureOf } from './failure-of.ts';
import { guardedFetch } from './guarded-fetch.ts';

/** How far the provider's clock and ours may be apart, in seconds. */
const CLOCK_TOLERANCE = 30;

/** What only this browser and this provider know of one sign-in; each value is used once. */
export interface Proof {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export function newProof(): Proof {
  return { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
}

/** An identity provider, spoken to as OpenID Connect's code flow has it. What it answers is believed when it is proven. */
export class OpenIdProvider {
  readonly setting: ProviderSetting;
  readonly #outbound: Outbound;
  #asking: Promise<oidc.Configuration> | undefined;

  constructor(setting: ProviderSetting, outbound: Outbound) {
    this.setting = setting;
    this.#outbound = outbound;
  }

  /** Where to send the browser. @throws SignInFailure `unreachable`, `unproven` */
  async invitation(proof: Proof, redirectUri: string, scopes: readonly string[]): Promise<URL> {
    const configuration = await this.#discover();
    return oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: [...new Set(['openid', ...scopes])].join(' '),
      state: proof.state,
      nonce: proof.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(proof.verifier),
      code_challenge_method: 'S256',
    });
  }

  /**
   * What the provider says of the person whom it sent back to `address`: the signed claims, and those of its userinfo
   * beside them.
   * @throws SignInFailure `unreachable`, `declined`, `unproven`
   */
  async claims(address: URL, { state, nonce, verifier }: Proof): Promise<Claims> {
    const configuration = await this.#discover();
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const proven: Claims = tokens.claims() ?? {};
      const told = await userInfo(configuration, tokens.access_token, String(proven.sub));
      return withoutProof({ ...told, ...proven });
    } catch (error) {
      throw failureOf(error);
    }
  }

  /**
   * Asked each time: so a provider that is down is noticed before anybody is sent there, and new keys are known. Whoever
   * comes while it is being asked waits for the same answer: a flood here is none there.
   */
  #discover(): Promise<oidc.Configuration> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.setting;
    const url = new URL(issuer);
    try {
      return await oidc.discovery(
        url,
        clientId,
        { [oidc.clockTolerance]: CLOCK_TOLERANCE },
        authentication(clientSecret),
        {
          [oidc.customFetch]: guardedFetch(this.#outbound),
          // Signatures are checked although the token comes straight from the provider: TLS may end before it.
          execute: [oidc.enableNonRepudiationChecks, ...(url.protocol === 'http:' ? [oidc.allowInsecureRequests] : [])],
        },
      );
    } catch (error) {
      throw failureOf(error);
    }
  }
}

/** By the header, as the standard prefers, unless the provider takes the secret in the body only. */
function authentication(secret: string | undefined): oidc.ClientAuth {
  if (secret === undefined) return oidc.None();
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const isBasic = methods.includes('client_secret_basic') || !methods.includes('client_secret_post');
    const authenticate = isBasic ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret);
    return authenticate(server, client, body, headers);
  };
}

async function userInfo(configuration: oidc.Configuration, accessToken: string, subject: string): Promise<Claims> {
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return {};
  return oidc.fetchUserInfo(configuration, accessToken, subject);
}

/** What the protocol needed is of no interest afterwards. */
function withoutProof({ nonce, at_hash, c_hash, s_hash, ...claims }: Claims): Claims {
  return claims;
}
