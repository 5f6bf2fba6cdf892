/** Which addresses lie inside a network, or mean something special: a URL that a user gives must not lead there. */
import { BlockList, isIPv6 } from 'node:net';

/** IANA's special-purpose IPv4 blocks (RFC 6890 and its successors), and one service address of a cloud outside of them. */
const INTERNAL_IPV4: readonly (readonly [network: string, prefix: number, what: string])[] = [
  ['0.0.0.0', 8, 'this host (RFC 1122)'],
  ['10.0.0.0', 8, 'private (RFC 1918)'],
  ['100.64.0.0', 10, 'shared by carrier-grade NAT (RFC 6598)'],
  ['127.0.0.0', 8, 'loopback (RFC 1122)'],
  ['168.63.129.16', 32, 'metadata of virtual machines'],
  ['169.254.0.0', 16, 'link-local and metadata (RFC 3927)'],
  ['172.16.0.0', 12, 'private (RFC 1918)'],
  ['192.0.0.0', 24, 'protocol assignments (RFC 6890)'],
  ['192.0.2.0', 24, 'documentation (RFC 5737)'],
  ['192.88.99.0', 24, '6to4 relays (RFC 7526)'],
  ['192.168.0.0', 16, 'private (RFC 1918)'],
  ['198.18.0.0', 15, 'benchmarks (RFC 2544)'],
  ['198.51.100.0', 24, 'documentation (RFC 5737)'],
  ['203.0.113.0', 24, 'documentation (RFC 5737)'],
  ['224.0.0.0', 4, 'multicast (RFC 5771)'],
  ['240.0.0.0', 4, 'reserved and broadcast (RFC 1112)'],
];

/** Of IPv6 only global unicast is outside, but for these blocks of it. */
const GLOBAL_UNICAST = ['2000::', 3] as const;
const INTERNAL_IPV6: readonly (readonly [network: string, prefix: number, what: string])[] = [
  ['2001::', 23, 'protocol assignments, Teredo (RFC 2928, RFC 4380)'],
  ['2001:db8::', 32, 'documentation (RFC 3849)'],
  ['2002::', 16, '6to4, which embeds IPv4 (RFC 3056)'],
  ['3fff::', 20, 'documentation (RFC 9637)'],
];

const internal4 = new BlockList();
for (const [network, prefix] of INTERNAL_IPV4) internal4.addSubnet(network, prefix, 'ipv4');
const internal6 = new BlockList();
for (const [network, prefix] of INTERNAL_IPV6) internal6.addSubnet(network, prefix, 'ipv6');
const global6 = new BlockList();
global6.addSubnet(...GLOBAL_UNICAST, 'ipv6');

/** True for every IPv4 or IPv6 address that is not an ordinary one of the public internet; IPv4 inside IPv6 counts as internal. */
export function isInternalAddress(address: string): boolean {
  if (!isIPv6(address)) return internal4.check(address, 'ipv4');
  return !global6.check(address, 'ipv6') || internal6.check(address, 'ipv6');
}
