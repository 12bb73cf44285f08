import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  type CryptoKey,
  decodeJwt,
  exportJWK,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import Provider, { type Configuration } from 'oidc-provider';

export const client = { clientId: 'gantry', clientSecret: 'a-client-secret-of-tests-only-32chars' };

/** What the provider knows of a person, and says when it is asked. */
export type PersonClaims = Readonly<Record<string, unknown>>;

/** Changes an ID token before it is handed out; signed again with the key it gives, else with the provider's own. */
export type Tamper = (claims: JWTPayload) => { claims: JWTPayload; key?: CryptoKey; header?: JWTHeaderParameters };

const KEY_ID = 'first';
const algorithm = 'RS256';

/**
 * A real OpenID provider (npm `oidc-provider`) on a port of this machine. People sign in there by typing their name and
 * nothing else; "Cancel" declines.
 */
export class IdentityProvider {
  readonly issuer: string;
  /** By what they type. */
  readonly people = new Map<string, PersonClaims>();
  /** What happens to the ID tokens handed out. */
  tamper: Tamper | undefined;
  readonly #provider: Provider;
  readonly #server: Server;
  readonly #key: CryptoKey;
  #isAway = false;

  private constructor(issuer: string, server: Server, key: CryptoKey, jwk: object) {
    this.issuer = issuer;
    this.#server = server;
    this.#key = key;
    this.#provider = new Provider(issuer, this.#configuration(jwk));
    this.#provider.use(async (context, next) => {
      await next();
      const body: unknown = context.body;
      if (context.path === '/token' && hasIdToken(body)) body.id_token = await this.#changed(body.id_token);
    });
    const answer = this.#provider.callback();
    server.on('request', (request, response) => {
      if (this.#isAway) response.socket?.destroy();
      else if (request.url?.startsWith('/interaction/')) void this.#interact(request, response);
      else void answer(request, response);
    });
  }

  static async start(): Promise<IdentityProvider> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: KEY_ID, alg: algorithm, use: 'sig' };
    return new IdentityProvider(`http://127.0.0.1:${port}`, server, privateKey, jwk);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Hangs up on everybody, or answers again. */
  set isAway(isAway: boolean) {
    this.#isAway = isAway;
  }

  /** Walks through the provider's pages as a browser does. @returns the address it sends the browser back to */
  async visit(invitation: string, name: string): Promise<URL> {
    const jar = new Map<string, string>();
    let next = new URL(invitation);
    for (let page = 0; page < 10; page++) {
      const isForm = next.pathname.startsWith('/interaction/');
      const answer = await fetch(next, {
        method: isForm ? 'POST' : 'GET',
        redirect: 'manual',
        headers: { cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; ') },
        ...(isForm && { body: new URLSearchParams(name === '' ? { cancel: '1' } : { name }) }),
      });
      for (const cookie of answer.headers.getSetCookie()) {
        const [key = '', value = ''] = cookie.split(';')[0]?.split('=') ?? [];
        jar.set(key, value);
      }
      const location = answer.headers.get('location');
      if (!location) throw new Error(`The provider answered ${answer.status}: ${await answer.text()}`);
      next = new URL(location, next);
      if (next.origin !== this.issuer) return next;
    }
    throw new Error('The provider goes round in circles.');
  }

  #configuration(jwk: object): Configuration {
    const back = (host: string) => `http://${host}/v1/sign-in/providers/oidc/callback`;
    return {
      clients: [
        {
          client_id: client.clientId,
          client_secret: client.clientSecret,
          // Of native clients on this machine, the port does not matter.
          application_type: 'native',
          redirect_uris: [back('127.0.0.1'), back('localhost')],
        },
      ],
      jwks: { keys: [jwk] },
      ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
      cookies: { keys: ['tests'] },
      claims: { profile: ['name'], email: ['email', 'email_verified'], groups: ['groups'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => Promise.resolve({ ...this.people.get(id), sub: id }),
      }),
      loadExistingGrant: async ({ oidc }) => {
        const grant = new oidc.provider.Grant({
          clientId: oidc.client?.clientId ?? '',
          accountId: oidc.session?.accountId ?? '',
        });
        grant.addOIDCScope('openid profile email groups');
        await grant.save();
        return grant;
      },
    };
  }

  async #interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') {
      response.setHeader('content-type', 'text/html').end(form);
      return;
    }
    const typed = new URLSearchParams(await text(request));
    const name = typed.get('name');
    await this.#provider.interactionFinished(
      request,
      response,
      typed.has('cancel') || !name
        ? { error: 'access_denied', error_description: 'They changed their mind' }
        : // Native clients ask for consent each time.
          { login: { accountId: name }, consent: {} },
    );
  }

  async #changed(token: string): Promise<string> {
    if (!this.tamper) return token;
    const { claims, key = this.#key, header = { alg: algorithm, kid: KEY_ID } } = this.tamper(decodeJwt(token));
    return new SignJWT(claims).setProtectedHeader(header).sign(key);
  }
}

const form = `<!doctype html><title>Sign in at the provider</title><form method="post">
  <label>Name <input name="name" autofocus></label> <button>Continue</button> <button name="cancel" value="1">Cancel</button>
</form>`;

function hasIdToken(body: unknown): body is { id_token: string } {
  return typeof body === 'object' && body !== null && 'id_token' in body && typeof body.id_token === 'string';
}
