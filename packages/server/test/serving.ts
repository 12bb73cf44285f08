import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Serving {
  readonly url: string;
  /** `127.0.0.1:port`, as it is written among allowed hosts. */
  readonly host: string;
  readonly server: Server;
  close(): Promise<void>;
}

/** A real HTTP server on a free port of this machine. */
export async function serving(listener: RequestListener): Promise<Serving> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ url: `http://${host}`, host, server },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
