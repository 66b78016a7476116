import ipaddr from "ipaddr.js";

/** An address in the one spelling that is connected to, from any that a URL or a resolver gives; undefined where it is a name. */
export function canonicalAddress(text: string): string | undefined {
  const bare = text.replace(/^\[|\]$/g, "");
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : undefined;
}

/**
 * May this address be connected to? Public unicast, and with `allowPrivate` also loopback, private, unique local and
 * carrier-grade NAT. Link-local addresses and the metadata services of clouds never: no integration lives there.
 * An IPv4 address inside an IPv6 one (mapped, compatible, NAT64, 6to4, Teredo) is judged by the IPv4 address.
 */
export function isAllowedAddress(text: string, allowPrivate: boolean): boolean {
  const canonical = canonicalAddress(text);
  if (canonical === undefined) return false;
  const address = effectiveAddress(ipaddr.parse(canonical));
  if (METADATA.has(address.toString())) return false;
  const range = address.range();
  if (range === "unicast") return address.kind() === "ipv4" || address.match(GLOBAL_UNICAST);
  return allowPrivate && PRIVATE_RANGES.has(range);
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function effectiveAddress(address: Address): Address {
  if (!(address instanceof ipaddr.IPv6) || isPlain(address)) return address;
  const bytes = address.toByteArray();
  const embedded = EMBEDDINGS.find(([prefix]) => address.match(ipaddr.IPv6.parseCIDR(prefix)))?.[1];
  return embedded === undefined ? address : new ipaddr.IPv4(embedded(bytes));
}

/** :: and ::1 look like embedded addresses and are not. */
function isPlain(address: ipaddr.IPv6): boolean {
  return address.range() === "unspecified" || address.range() === "loopback";
}

const PRIVATE_RANGES: ReadonlySet<string> = new Set(["loopback", "private", "uniqueLocal", "carrierGradeNat"]);

/** RFC 4291 section 2.4: what is assigned of IPv6 unicast so far. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

const last4 = (bytes: number[]): number[] => bytes.slice(12);

/** Compatible (RFC 4291 2.5.5.1), mapped (2.5.5.2), translated (RFC 2765), NAT64 (RFC 6052), 6to4 (RFC 3056), Teredo (RFC 4380 section 4). */
const EMBEDDINGS: readonly (readonly [prefix: string, embedded: (bytes: number[]) => number[]])[] = [
  ["::/96", last4],
  ["::ffff:0:0/96", last4],
  ["::ffff:0:0:0/96", last4],
  ["64:ff9b::/96", last4],
  ["2002::/16", (bytes) => bytes.slice(2, 6)],
  ["2001::/32", (bytes) => last4(bytes).map((byte) => byte ^ 0xff)],
];

/** Amazon, Google and most others; Amazon and Google over IPv6; Alibaba; Oracle; Azure's wire server. */
const METADATA: ReadonlySet<string> = new Set([
  "169.254.169.254",
  "fd00:ec2::254",
  "fd20:ce::254",
  "100.100.100.200",
  "192.0.0.192",
  "168.63.129.16",
]);
