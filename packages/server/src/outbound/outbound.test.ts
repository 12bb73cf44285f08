import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { type Serving, serving } from '../../test/serving.ts';
import type { Lookup } from './connector.ts';
import { Outbound, type OutboundOptions } from './outbound.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function startServer(listener: RequestListener): Promise<Serving> {
  const server = await serving(listener);
  closers.push(() => server.close());
  return server;
}

function outboundWith(options: OutboundOptions): Outbound {
  const outbound = new Outbound(options);
  closers.push(() => outbound.close());
  return outbound;
}

/** A name server of our own: each call to a name takes the next of its answers, the last one for ever. */
function answering(names: Record<string, string[]>): Lookup {
  return (host, options, callback) => {
    const answers = names[host] ?? [];
    const address = (answers.length > 1 ? answers.shift() : answers[0]) ?? '';
    if (address === '') return callback(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), '', 0);
    const family = address.includes(':') ? 6 : 4;
    return options.all ? callback(null, [{ address, family }]) : callback(null, address, family);
  };
}

describe('reading', () => {
  test('an allowed host inside is read, packed or not', async () => {
    const { url, host } = await startServer((incoming, answer) => {
      if (incoming.url === '/packed') answer.setHeader('content-encoding', 'gzip').end(gzipSync('packed text'));
      else answer.setHeader('etag', '"1"').end('plain text');
    });
    const outbound = outboundWith({ allowHosts: [host] });
    expect((await outbound.send({ url: `${url}/packed` })).body.toString()).toBe('packed text');
    const plain = await outbound.send({ url });
    expect(plain).toMatchObject({ url: `${url}/`, status: 200, headers: { etag: '"1"' } });
    expect(plain.body.toString()).toBe('plain text');
  });

  test('a status is an answer, not a failure', async () => {
    const { url, host } = await startServer((_incoming, answer) => answer.writeHead(404).end('gone'));
    expect((await outboundWith({ allowHosts: [host] }).send({ url })).status).toBe(404);
  });

  test('a name nobody knows and a port nobody listens on are told apart', async () => {
    const outbound = outboundWith({ allowHosts: ['127.0.0.1'], lookup: answering({}) });
    await expect(outbound.send({ url: 'http://nowhere.example/' })).rejects.toThrow(/name is not known/);
    const { url, server } = await startServer(() => {});
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(outbound.send({ url })).rejects.toThrow(/nothing listens there/);
  });
});

describe('the machine’s own network', () => {
  test('is refused by address and by name, and the server is never dialled', async () => {
    let dialled = 0;
    const { url, server } = await startServer((_incoming, answer) => answer.end());
    server.on('connection', () => {
      dialled += 1;
    });
    const port = new URL(url).port;
    const outbound = outboundWith({ allowHosts: [] });
    await expect(outbound.send({ url })).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(outbound.send({ url: `http://localhost:${port}/` })).rejects.toThrow(
      /own network.*GANTRY_ALLOW_HOSTS/,
    );
    expect(dialled).toBe(0);
  });

  test('a public-looking name that resolves inside is refused where it is dialled', async () => {
    const lookup = answering({ 'rebind.example': ['127.0.0.1'], 'six.example': ['::ffff:10.0.0.1'] });
    const outbound = outboundWith({ allowHosts: [], lookup });
    await expect(outbound.send({ url: 'http://rebind.example:8080/' })).rejects.toThrow(
      /rebind\.example \(127\.0\.0\.1\)/,
    );
    await expect(outbound.send({ url: 'http://six.example/' })).rejects.toThrow(/private network/);
  });

  test('an allowed name stays allowed; its neighbour port does not', async () => {
    const { url } = await startServer((_incoming, answer) => answer.end('inside'));
    const port = Number(new URL(url).port);
    const lookup = answering({ 'git.corp.example': ['127.0.0.1'] });
    const outbound = outboundWith({ allowHosts: [`git.corp.example:${port}`], lookup });
    const answer = await outbound.send({ url: `http://git.corp.example:${port}/` });
    expect(answer.body.toString()).toBe('inside');
    await expect(outbound.send({ url: 'http://git.corp.example:8081/' })).rejects.toThrow(/own network/);
  });
});

describe('redirects', () => {
  test('are followed up to five, and every hop is checked', async () => {
    const { url, host } = await startServer((incoming, answer) => {
      const step = Number(incoming.url?.slice(1));
      if (incoming.url === '/metadata') answer.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end();
      else if (incoming.url === '/file') answer.writeHead(302, { location: 'file:///etc/passwd' }).end();
      else if (step > 0) answer.writeHead(302, { location: `/${step - 1}` }).end();
      else answer.end('arrived');
    });
    const outbound = outboundWith({ allowHosts: [host] });
    const arrived = await outbound.send({ url: `${url}/5` });
    expect(arrived.body.toString()).toBe('arrived');
    expect(arrived.url).toBe(`${url}/0`);
    await expect(outbound.send({ url: `${url}/6` })).rejects.toThrow(/redirects more than 5 times/);
    await expect(outbound.send({ url: `${url}/metadata` })).rejects.toThrow(/metadata/);
    await expect(outbound.send({ url: `${url}/file` })).rejects.toThrow(/file:\/\/ is not spoken/);
  });

  test('carry no secret to another origin', async () => {
    let seen: NodeJS.Dict<string | string[]> = {};
    const second = await startServer((incoming, answer) => {
      seen = incoming.headers;
      answer.end('second');
    });
    const first = await startServer((_incoming, answer) => answer.writeHead(301, { location: second.url }).end());
    const outbound = outboundWith({ allowHosts: [first.host, second.host] });
    await outbound.send({
      url: first.url,
      headers: { authorization: 'Bearer x', 'private-token': 'y', accept: 'text/plain' },
    });
    expect(seen).toMatchObject({ accept: 'text/plain' });
    expect(seen).not.toHaveProperty('authorization');
    expect(seen).not.toHaveProperty('private-token');
  });

  test('of a POST are handed back', async () => {
    const { url, host } = await startServer((_incoming, answer) => answer.writeHead(307, { location: '/x' }).end());
    expect((await outboundWith({ allowHosts: [host] }).send({ url, method: 'POST', body: '{}' })).status).toBe(307);
  });
});

describe('hostile servers', () => {
  test('one that never finishes is left after the time limit', async () => {
    const { url, host } = await startServer((incoming, answer) => {
      if (incoming.url === '/silent') return;
      answer.writeHead(200, { 'content-type': 'text/plain' });
      const drip = setInterval(() => answer.write('.'), 20);
      answer.on('close', () => clearInterval(drip));
    });
    const outbound = outboundWith({ allowHosts: [host], timeoutMs: 200 });
    await expect(outbound.send({ url })).rejects.toThrow(/did not answer in full within 0\.2 s/);
    await expect(outbound.send({ url: `${url}/silent` })).rejects.toMatchObject({ code: 'remote_failed' });
  });

  test('an endless body is cut at the size limit', async () => {
    const { url, host } = await startServer((_incoming, answer) => {
      const more = (): void => {
        while (!answer.destroyed && answer.write(Buffer.alloc(65_536, 'x')));
      };
      answer.on('drain', more);
      more();
    });
    const outbound = outboundWith({ allowHosts: [host], maxBytes: 1024 * 1024 });
    await expect(outbound.send({ url })).rejects.toThrow(/larger than 1 MiB/);
  });

  test('a small body that unpacks to gigabytes is cut while it unpacks', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const { url, host } = await startServer((_incoming, answer) =>
      answer.setHeader('content-encoding', 'gzip').end(bomb),
    );
    expect(bomb.length).toBeLessThan(100_000);
    const outbound = outboundWith({ allowHosts: [host], maxBytes: 1024 * 1024 });
    await expect(outbound.send({ url })).rejects.toThrow(/larger than 1 MiB/);
  });

  test('broken and unknown packing are said plainly', async () => {
    const { url, host } = await startServer((incoming, answer) => {
      answer.setHeader('content-encoding', incoming.url === '/zip' ? 'zip' : 'gzip').end('not packed');
    });
    const outbound = outboundWith({ allowHosts: [host] });
    await expect(outbound.send({ url })).rejects.toThrow(/cannot be unpacked/);
    await expect(outbound.send({ url: `${url}/zip` })).rejects.toThrow(/unknown content encoding zip/);
  });

  test('headers without end are refused', async () => {
    const { url, host } = await startServer((_incoming, answer) =>
      answer.setHeader('x-long', 'x'.repeat(100_000)).end(),
    );
    await expect(outboundWith({ allowHosts: [host] }).send({ url })).rejects.toThrow(/headers are too large/);
  });

  test('a caller who hangs up stops the request', async () => {
    const { url, host } = await startServer(() => {});
    const controller = new AbortController();
    const sent = outboundWith({ allowHosts: [host] }).send({ url, signal: controller.signal });
    controller.abort(new Error('hung up'));
    await expect(sent).rejects.toThrow('hung up');
  });
});
