import { isIP } from 'node:net';
import { type Problem, Refusal } from '@gantry/core';
import { refusedAddress } from './address.ts';
import { type AllowHosts, bareHost } from './allow-hosts.ts';

/** Ports at and above 1024 on which something other than a web server is known to listen. */
const foreignPorts: ReadonlySet<number> = new Set([
  1433, 1521, 1719, 1720, 1723, 2049, 2375, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5672, 5984,
  6000, 6379, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9042, 9092, 10080, 10250, 11211, 27017,
]);

/** The port a request to this URL goes to. */
export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

/**
 * A URL that somebody else chose, checked before anything is sent: http or https, no credentials, a port that speaks
 * HTTP, and no address of an inner network written out. A name is checked again when it is resolved, by the connector.
 * Throws a refusal that says what is wrong and how to open the host.
 */
export function checkUrl(text: string, allowHosts: AllowHosts): URL {
  const url = parse(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refuseUrl(text, `${url.protocol}// is not spoken here`, 'Use an https:// or http:// URL.');
  }
  if (url.username !== '' || url.password !== '') {
    throw refuseUrl(withoutCredentials(url), 'it carries a user name or password', 'Leave them out of the URL.');
  }
  if (!allowHosts(url.hostname, portOf(url))) {
    checkPort(url);
    checkLiteral(url, text);
  }
  return url;
}

/** The refusal of a URL: `url` as it may be shown, why, and what to do instead. */
export function refuseUrl(url: string, why: string, remedy: string): Refusal {
  const shown = url.length > 200 ? `${url.slice(0, 200)}…` : url;
  const problem: Problem = { path: '', message: `${shown} is refused: ${why}.`, remedy };
  return new Refusal('invalid_request', `${problem.message} ${remedy}`, {
    problems: [problem],
    details: { url: shown },
  });
}

/** The refusal of an address inside, whether it was written out or came from a name server. */
export function refuseInside(host: string, port: number, address: string, reason: string): Refusal {
  const where = bareHost(host) === address ? address : `${host} (${address})`;
  return refuseUrl(
    where,
    `it is an address of ${reason}, which files and people outside must not reach through this server`,
    `If the host is yours and meant, add ${host}:${port} to GANTRY_ALLOW_HOSTS.`,
  );
}

function parse(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw refuseUrl(text, 'it is not an absolute URL', 'Write it in full, starting with https://.');
  }
}

function withoutCredentials(url: URL): string {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare.href;
}

function checkPort(url: URL): void {
  const port = portOf(url);
  const known = port === 80 || port === 443 || (port >= 1024 && !foreignPorts.has(port));
  if (!known) {
    throw refuseUrl(
      url.href,
      `port ${port} is not one on which web servers listen`,
      `If it is meant, add ${url.hostname}:${port} to GANTRY_ALLOW_HOSTS.`,
    );
  }
}

/** The URL parser turns `0x7f.1`, `017700000001` and `2130706433` into dotted form; nobody honest writes them. */
function checkLiteral(url: URL, text: string): void {
  const host = bareHost(url.hostname);
  if (isIP(host) === 0) return;
  if (isIP(host) === 4 && !text.includes(host)) {
    throw refuseUrl(text, `its host is another spelling of ${host}`, 'Write the address in plain dotted form.');
  }
  const reason = refusedAddress(host);
  if (reason !== null) throw refuseInside(host, portOf(url), host, reason);
}
