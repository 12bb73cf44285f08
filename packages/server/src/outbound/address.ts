import ipaddr from 'ipaddr.js';

/** What people are told about the ranges they are most likely to meet; any other range that is not public is "reserved". */
const rangeNames: Readonly<Record<string, string>> = {
  unspecified: "this machine's own network",
  loopback: "this machine's own network",
  private: 'a private network',
  uniqueLocal: 'a private network',
  deprecatedSiteLocal: 'a private network',
  linkLocal: 'a link-local network, where clouds keep their metadata service',
  carrierGradeNat: 'a carrier-grade NAT network',
  multicast: 'a multicast group',
  broadcast: 'the broadcast address',
};

/** Cloud metadata services that live at addresses which look public. */
const metadataAddresses: ReadonlySet<string> = new Set(['168.63.129.16', '100.100.100.200']);

/**
 * Why nobody outside may be reached at this IP address, as words that fit "it is an address of …"; null when the
 * address is public. Only global unicast passes: everything reserved today or tomorrow is refused by default, and so
 * is every IPv6 form that carries an IPv4 address inside (mapped, translated, tunnelled).
 */
export function refusedAddress(address: string): string | null {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return 'an unknown kind';
  const parsed = ipaddr.process(bare);
  if (metadataAddresses.has(parsed.toString())) return 'a cloud metadata service';
  if (parsed instanceof ipaddr.IPv6 && !isGlobalUnicast(parsed))
    return rangeNames[parsed.range()] ?? 'a reserved range';
  const range = parsed.range();
  return range === 'unicast' ? null : (rangeNames[range] ?? 'a reserved range');
}

/** Today's only public block of IPv6; it leaves out what ipaddr.js has no name for, such as `::/96`. */
function isGlobalUnicast(address: ipaddr.IPv6): boolean {
  return address.match(ipaddr.IPv6.parse('2000::'), 3);
}
