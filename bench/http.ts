import { Agent, request } from 'node:http';
import type { RunningGantry } from '../tests/running-gantry.ts';

/** Speaks to a Gantry over a fixed number of connections, which stay open. Lighter than `fetch`: the caller shares its processors. */
export class Line {
  readonly connections: number;
  readonly #agent: Agent;
  readonly #url: URL;
  readonly #token: string;

  private constructor(url: string, token: string, connections: number) {
    this.#url = new URL(url);
    this.#token = token;
    this.connections = connections;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  static async open(gantry: RunningGantry, connections: number): Promise<Line> {
    return new Line(gantry.url, await gantry.token(), connections);
  }

  /** @returns the body. @throws Error for any status but 2xx, with the beginning of the answer */
  send(method: string, path: string, body?: Buffer | string): Promise<Buffer> {
    const headers = {
      authorization: `Bearer ${this.#token}`,
      'user-agent': 'gantry-bench/1',
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    };
    const { hostname, port } = this.#url;
    return new Promise((resolve, reject) => {
      const call = request({ agent: this.#agent, hostname, port, method, path, headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const status = answer.statusCode ?? 0;
          const said = Buffer.concat(parts);
          if (status >= 200 && status < 300) resolve(said);
          else reject(new Error(`${method} ${path} was answered ${status}: ${said.toString().slice(0, 500)}`));
        });
      });
      call.on('error', reject);
      call.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Works on the items in their order, `width` at a time. */
export async function inParallel<Item>(
  items: Iterable<Item>,
  width: number,
  work: (item: Item, worker: number) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  const worker = async (number: number) => {
    for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value, number);
  };
  await Promise.all(Array.from({ length: width }, (_, number) => worker(number)));
}
