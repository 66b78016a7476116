/** A name that somebody may ask public DNS for. */
export function isPublicName(host: string): boolean {
  return !isLiteralAddress(host) && !isPrivateName(host);
}

/** Of a host as URLs have it, without brackets. */
export function isLiteralAddress(host: string): boolean {
  return host.includes(":") || /^\d+(\.\d+){3}$/.test(host);
}

/** Names that no public DNS answers for (RFC 6761, RFC 6762, RFC 8375, and .internal as reserved by ICANN in 2024), and names without a dot. */
export function isPrivateName(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return !name.includes(".") || /\.(localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/.test(name);
}

/** `private`: of a network that somebody has. `special`: where no API lives in any network: link-local, the services of clouds that hand out credentials. */
export type InsideHost = "private" | "special";

/**
 * A host that nobody outside can be meant by: loopback, private, link-local, carrier-grade and other special addresses (RFC 6890), and names that
 * public DNS does not answer for. `host` as a URL has it after parsing (WHATWG URL), where 127.1 and 0x7f.1 are 127.0.0.1 already. Undefined for all others.
 */
export function insideHost(host: string): InsideHost | undefined {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (METADATA.has(bare)) return "special";
  if (bare.includes(":")) return insideV6(bare);
  if (/^\d+(\.\d+){3}$/.test(bare)) return insideV4(bare.split(".").map(Number));
  return isPrivateName(bare) ? "private" : undefined;
}

function insideV4([a = 0, b = 0, c = 0]: readonly number[]): InsideHost | undefined {
  if (a === 0 || a >= 240 || (a === 169 && b === 254) || (a === 192 && b === 0 && c === 0)) return "special";
  const isPrivate =
    [10, 127].includes(a) || (a === 100 && b >= 64 && b < 128) || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168);
  return isPrivate ? "private" : undefined;
}

/** Unique local and link-local (RFC 4291 section 2.5.6), loopback, unspecified, and IPv4 in IPv6 (section 2.5.5.2), which URLs write in hexadecimal. */
function insideV6(address: string): InsideHost | undefined {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address) ?? [];
  if (high !== undefined && low !== undefined) {
    const [first, last] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
    return insideV4([first >> 8, first & 255, last >> 8, last & 255]);
  }
  if (address === "::" || /^fe[89ab][0-9a-f]:/.test(address)) return "special";
  return address === "::1" || /^f[cd][0-9a-f]{2}:/.test(address) ? "private" : undefined;
}

/** Amazon, Google, Alibaba, Oracle, Azure: beside 169.254.169.254. */
const METADATA: ReadonlySet<string> = new Set([
  ...["fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "168.63.129.16"],
  ...["metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal"],
]);
