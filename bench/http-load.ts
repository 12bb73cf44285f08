import { connect } from 'node:net';
import { percentile } from './statistics.ts';

export interface LoadOptions {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** The next request, whole: line, headers and body. */
  readonly nextRequest: () => string;
}

export interface LoadFigures {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
}

/**
 * Asks over kept-alive connections, one request at a time on each, as fast as answers come. It reads no more of an
 * answer than its status and length, because client and server share the machine.
 * @throws Error when a request fails
 */
export async function load({ url, connections, seconds, nextRequest }: LoadOptions): Promise<LoadFigures> {
  const { hostname: host, port } = new URL(url);
  const times: number[] = [];
  let failures = 0;
  const until = performance.now() + seconds * 1000;
  const start = performance.now();
  const caller = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect({ host, port: Number(port), noDelay: true });
      let sentAt = 0;
      let missing = -1;
      const ask = () => {
        if (performance.now() >= until) {
          socket.end();
          return;
        }
        sentAt = performance.now();
        missing = -1;
        socket.write(nextRequest());
      };
      socket.on('connect', ask);
      socket.on('data', (chunk) => {
        if (missing < 0) {
          const head = chunk.toString('latin1', 0, Math.min(chunk.length, 2000));
          const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
          if (!head.startsWith('HTTP/1.1 200') || length === undefined) failures++;
          missing = Number(length ?? 0) + head.indexOf('\r\n\r\n') + 4;
        }
        missing -= chunk.length;
        if (missing > 0) return;
        times.push(performance.now() - sentAt);
        ask();
      });
      socket.on('close', () => resolve());
      socket.on('error', reject);
    });
  await Promise.all(Array.from({ length: connections }, caller));
  const elapsed = (performance.now() - start) / 1000;
  if (failures > 0) throw new Error(`${failures} of ${times.length} requests to ${url} failed.`);
  return { perSecond: times.length / elapsed, p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

/** A whole request, ready to be sent. */
export function requestText(method: string, url: URL, token: string, body?: unknown): string {
  const text = body === undefined ? '' : JSON.stringify(body);
  const lines = [
    `${method} ${url.pathname}${url.search} HTTP/1.1`,
    `host: ${url.host}`,
    `authorization: Bearer ${token}`,
  ];
  if (text !== '') lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(text)}`);
  return `${lines.join('\r\n')}\r\n\r\n${text}`;
}
