import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { refusedAddress } from './address.ts';
import { type AllowHosts, bareHost } from './allow-hosts.ts';
import { refuseInside } from './check-url.ts';

/** How names become addresses; the system's way unless a test brings its own. */
export type Lookup = LookupFunction;

/**
 * Opens sockets to public addresses only. The check sits where the name becomes the address that is then dialled, so a
 * name server that answers differently the second time changes nothing: there is no second time.
 */
export function guardedConnector(
  allowHosts: AllowHosts,
  options: { readonly connectTimeoutMs: number; readonly lookup: Lookup },
): buildConnector.connector {
  const { lookup } = options;
  const shared = { timeout: options.connectTimeoutMs, allowH2: false };
  const open = buildConnector({ ...shared, lookup });
  return (target, callback) => {
    const host = bareHost(target.hostname);
    const port = target.port === '' ? (target.protocol === 'https:' ? 443 : 80) : Number(target.port);
    if (allowHosts(host, port)) return open(target, callback);
    const reason = isIP(host) === 0 ? null : refusedAddress(host);
    if (reason !== null) return callback(refuseInside(host, port, host, reason), null);
    // A connector per socket: the lookup hook is not told the port, and the refusal names it.
    return buildConnector({ ...shared, lookup: guardedLookup(lookup, port) })(target, callback);
  };
}

/** Resolves a name, and fails if any of its addresses is not public: half-inside names are how rebinding starts. */
export function guardedLookup(lookup: Lookup, port: number): Lookup {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, answer, family) => {
      if (error) return callback(error, '', 0);
      const addresses = typeof answer === 'string' ? [{ address: answer, family: family ?? isIP(answer) }] : answer;
      for (const { address } of addresses) {
        const reason = refusedAddress(address);
        if (reason !== null) return callback(refuseInside(host, port, address, reason), '', 0);
      }
      const first = addresses[0];
      if (options.all || !first) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}
