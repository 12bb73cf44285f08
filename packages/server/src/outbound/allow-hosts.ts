/** One host that the operator opened although it lies inside: `suffix` for `*.host`, `port` null for any port. */
interface AllowedHost {
  readonly host: string;
  readonly suffix: boolean;
  readonly port: number | null;
}

/** Answers whether the operator opened this host on this port. Host as in a parsed URL, IPv6 without brackets. */
export type AllowHosts = (host: string, port: number) => boolean;

const ENTRY = /^(?<wild>\*\.)?(?<host>\[[0-9a-f:.]+\]|[^\s:/@*[\]]+)(?::(?<port>\d{1,5}))?$/i;

/**
 * Reads the entries of `GANTRY_ALLOW_HOSTS`: `host`, `*.host` (its subdomains, not itself), `host:port`, `[::1]:port`.
 * Throws with every entry it does not understand.
 */
export function parseAllowHosts(entries: readonly string[]): AllowHosts {
  const bad = entries.filter((entry) => parseEntry(entry) === null);
  if (bad.length > 0) {
    throw new Error(
      `Allowed hosts not understood: ${bad.map((entry) => JSON.stringify(entry)).join(', ')}. ` +
        'Write each as host, *.host or host:port, without scheme or path.',
    );
  }
  const allowed = entries.flatMap((entry) => parseEntry(entry) ?? []);
  return (host, port) => allowed.some((entry) => matches(entry, bareHost(host), port));
}

/** Lower case, no brackets, no dot of the DNS root: the form in which hosts are compared. */
export function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

function parseEntry(entry: string): AllowedHost | null {
  const groups = ENTRY.exec(entry.trim())?.groups;
  if (!groups?.host) return null;
  const port = groups.port === undefined ? null : Number(groups.port);
  if (port !== null && (port < 1 || port > 65_535)) return null;
  return { host: bareHost(groups.host), suffix: groups.wild !== undefined, port };
}

function matches(allowed: AllowedHost, host: string, port: number): boolean {
  if (allowed.port !== null && allowed.port !== port) return false;
  return allowed.suffix ? host.endsWith(`.${allowed.host}`) : host === allowed.host;
}
