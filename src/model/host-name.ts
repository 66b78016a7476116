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

/** Unique local and link-local (RFC 4291 section 2.5.6), loopback, unspecified, and what an IPv4 address inside says. As URLs write it. */
function insideV6(address: string): InsideHost | undefined {
  if (address === "::1") return "private";
  if (address === "::" || /^fe[89ab][0-9a-f]:/.test(address)) return "special";
  const embedded = embeddedV4(groupsOf(address));
  if (embedded !== undefined) return insideV4(embedded.flatMap((group) => [group >> 8, group & 255]));
  return /^f[cd][0-9a-f]{2}:/.test(address) ? "private" : undefined;
}

/** Compatible and mapped (RFC 4291 section 2.5.5), NAT64 (RFC 6052 section 2.1), 6to4 (RFC 3056 section 2). */
function embeddedV4(groups: readonly number[]): readonly number[] | undefined {
  if (groups[0] === 0x2002) return groups.slice(1, 3);
  const prefix = groups.slice(0, 6).join();
  return ["0,0,0,0,0,0", "0,0,0,0,0,65535", "100,65435,0,0,0,0"].includes(prefix) ? groups.slice(6) : undefined;
}

function groupsOf(address: string): readonly number[] {
  const [before = [], after = []] = address
    .split("::")
    .map((half) => half.split(":").flatMap((group) => (group === "" ? [] : [Number.parseInt(group, 16)])));
  return [...before, ...new Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0), ...after];
}

/** Amazon, Google, Alibaba, Oracle, Azure: beside 169.254.169.254. */
const METADATA: ReadonlySet<string> = new Set([
  ...["fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "168.63.129.16"],
  ...["metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal"],
]);
