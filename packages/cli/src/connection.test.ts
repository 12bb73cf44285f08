import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getSession } from '@gantry/contract';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFiles } from '../test/temporary-files.ts';
import { connect } from './connection.ts';

/** Answers tokens to one credential, and says which token it was called with. */
async function tokenServer(): Promise<{ readonly url: string }> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const isToken = request.url === '/v1/auth/access_token';
    const isKnown = isToken && JSON.parse(body).clientSecret === 'right';
    response.writeHead(!isToken || isKnown ? 200 : 401, { 'content-type': 'application/json' });
    const answer = isToken
      ? isKnown
        ? { ok: true, accessToken: 'token', expiresIn: 60, tokenType: 'Bearer' }
        : { ok: false, error: 'unauthorized', message: 'The credential is wrong.' }
      : { ok: true, session: { authorization: request.headers.authorization } };
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => {
    server.close();
  });
  return { url: `http://127.0.0.1:${port}` };
}

describe('connect', () => {
  it('uses the credential of the environment, or the one Gantry left in its data folder', async () => {
    const server = await tokenServer();
    const credential = { url: server.url, clientId: 'cli', clientSecret: 'right' };
    const files = temporaryFiles({ 'cli.json': JSON.stringify(credential) });
    const environments = [
      { GANTRY_DATA_DIR: files },
      { GANTRY_BASE_URL: `${server.url}/`, GANTRY_CLIENT_ID: 'cli', GANTRY_CLIENT_SECRET: 'right' },
    ];
    for (const environment of environments) {
      const client = await connect(environment);
      expect(await client.call(getSession)).toMatchObject({ session: { authorization: 'Bearer token' } });
    }
  });

  it('says what is wrong and what to do', async () => {
    const server = await tokenServer();
    const files = temporaryFiles({ 'damaged/cli.json': '{' });
    const at = (name: string) => connect({ GANTRY_DATA_DIR: join(files, name) });
    await expect(at('gone')).rejects.toThrow('No Gantry has been started here');
    await expect(at('damaged')).rejects.toThrow('is damaged');
    await expect(connect({ GANTRY_CLIENT_ID: 'x' })).rejects.toThrow('together, or none of them');
    const wrong = { GANTRY_BASE_URL: server.url, GANTRY_CLIENT_ID: 'cli', GANTRY_CLIENT_SECRET: 'wrong' };
    await expect(connect(wrong)).rejects.toThrow('The credential is wrong. Check GANTRY_CLIENT_ID');
    await expect(connect({ ...wrong, GANTRY_BASE_URL: 'http://127.0.0.1:9' })).rejects.toThrow('Start it (npm start)');
  });
});
