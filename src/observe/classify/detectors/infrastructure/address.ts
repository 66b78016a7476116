import ipaddr from "ipaddr.js";
import { isPrivateAddress4, isPrivateAddress6 } from "../../../../model/internal-names.ts";
import type { Surroundings } from "../../fields.ts";
import type { Value } from "../detector.ts";

/** One IP address (RFC 791, RFC 4291) and how sure it is that it is none: four numbers are a version as well. */
export interface Address {
  readonly reach: "public" | "private";
  readonly confidence: number;
  /** Reserved for documentation (RFC 5737, RFC 3849), or of no host. */
  readonly sample: boolean;
  /** It stands among other text. */
  readonly inText: boolean;
}

/** Of a whole value, of a list with commas, or of the first address in a text that says so. */
export function addressesIn({ text, type }: Value, surroundings: Surroundings): readonly Address[] {
  if (type === "number" || text.length < 2 || OTHER_NAMES.test(surroundings.name)) return [];
  const whole = text.length <= MAX_LIST ? wholeAddresses(text, surroundings) : [];
  return whole.length > 0 || PROSE.test(surroundings.name) ? whole : addressesInText(text.slice(0, MAX_TEXT));
}

export function isAddressName({ name }: Surroundings): boolean {
  return NAMES.test(name) && !OTHER_NAMES.test(name);
}

function wholeAddresses(text: string, surroundings: Surroundings): readonly Address[] {
  const parts = text.split(/\s*,\s*/);
  const isNamed = isAddressName(surroundings);
  const addresses = parts.map((part) => reachOf(withoutPort(isNamed ? withoutPrefix(part) : part)));
  if (!addresses.every((address) => address !== undefined)) return [];
  const confidence = confidenceOf(text, surroundings);
  return addresses.flatMap((reach) =>
    reach === "nowhere" ? [] : [{ reach: reach === "sample" ? "public" : reach, confidence, sample: reach === "sample", inText: false }],
  );
}

function confidenceOf(text: string, surroundings: Surroundings): number {
  if (isAddressName(surroundings)) return 0.96;
  if (text.includes(":") && !/^\d+\.\d+\.\d+\.\d+(?::\d+)?$/.test(text))
    return /^[\da-f]{1,4}(?::[\da-f]{1,4}){2}$/i.test(text) ? 0.3 : 0.85;
  if (HOSTS.test(surroundings.name)) return 0.85;
  return VERSION_LIKE.test(text) ? 0.5 : 0.7;
}

function addressesInText(text: string): readonly Address[] {
  const found = [...text.matchAll(IN_TEXT_4), ...text.matchAll(IN_TEXT_6)].slice(0, MAX_FOUND);
  return found.flatMap(([, address = ""]) => {
    const reach = reachOf(address);
    if (reach === undefined || reach === "nowhere") return [];
    return [{ reach: reach === "sample" ? ("public" as const) : reach, confidence: 0.75, sample: reach === "sample", inText: true }];
  });
}

/** `1.2.3.4:80`, `[2001:db8::1]:80`, `fe80::1%eth0`. */
function withoutPort(text: string): string {
  const [, bracketed] = /^\[([\da-f:.]{2,45})\](?::\d{1,5})?$/i.exec(text) ?? [];
  if (bracketed !== undefined) return bracketed;
  return text.replace(/^(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})$/, "$1").replace(/%[\w.-]{1,16}$/, "");
}

/** What is no network of its own: a host and how long the prefix of its network is. */
function withoutPrefix(text: string): string {
  const [, address = "", length = ""] = PREFIXED.exec(text) ?? [];
  if (address === "" || !ipaddr.isValidCIDR(text)) return text;
  const isWhole = length === "32" && !address.includes(":") ? true : length === "128";
  return isWhole || !isNetwork(text, address) ? address : text;
}

function isNetwork(text: string, address: string): boolean {
  const network = address.includes(":") ? ipaddr.IPv6.networkAddressFromCIDR(text) : ipaddr.IPv4.networkAddressFromCIDR(text);
  return ipaddr.parse(address).toNormalizedString() === network.toNormalizedString();
}

/** `nowhere`: loopback, multicast, masks, and what no host has. */
function reachOf(text: string): "public" | "private" | "sample" | "nowhere" | undefined {
  if (FOUR.test(text)) {
    if (/^(?:127|0|22[4-9]|23\d|24\d|25\d)\./.test(text)) return "nowhere";
    if (DOCUMENTATION_4.test(text)) return "sample";
    return isPrivateAddress4(text) ? "private" : "public";
  }
  if (!SIX.test(text) || !ipaddr.IPv6.isValid(text)) return undefined;
  const range = ipaddr.IPv6.parse(text).range();
  if (isPrivateAddress6(text)) return "private";
  if (/^2001:0?db8:/i.test(text)) return "sample";
  if (range === "ipv4Mapped") return reachOf(ipaddr.IPv6.parse(text).toIPv4Address().toString());
  return range === "unicast" || range === "teredo" || range === "6to4" || range === "rfc6052" ? "public" : "nowhere";
}

const PREFIXED = /^([\da-f:.]{3,45})\/(\d{1,3})$/i;
const MAX_LIST = 512;
const MAX_TEXT = 32 * 1024;
const MAX_FOUND = 16;
const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const FOUR = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const SIX = /^[\da-f]{0,4}:[\da-f:]{1,39}(?:\d{1,3}(?:\.\d{1,3}){3})?$/i;
const DOCUMENTATION_4 = /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./;
/** Low numbers at the beginning. */
const VERSION_LIKE = /^\d{1,2}\.\d{1,2}\.\d{1,3}\.\d{1,3}$|^\d{1,2}\.\d\.\d{1,3}\.\d{1,3}$|\.0\.0$/;
/** In a text, something in front has to speak of an address, or a port has to follow. */
const IN_TEXT_4 = new RegExp(
  `(?:\\b(?:ip|ips|ipv4|addr|address|client|host|remote|peer|from|source|src|dst|connect|server|upstream|forwarded-for|real-ip|to)(?: ?address)?["']?[\\s:=\\[("'/]{1,4}|://|@|\\b(?:ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ECONNRESET) )(${OCTET}(?:\\.${OCTET}){3})(?![\\w.+-]*\\w)|(?<![\\w./+-])(?=\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}:\\d{2,5}(?!\\d))(${OCTET}(?:\\.${OCTET}){3})`,
  "gi",
);
const IN_TEXT_6 =
  /(?:\b(?:ip|ipv6|addr|address|client|host|remote|peer|from|source|connect|server)["']?[\s:=[("']{1,4}|:\/\/\[)([\da-f]{1,4}:[\da-f:]{4,37}[\da-f])(?![\w.:])/gi;
/** What people write has addresses for examples. */
const PROSE = /\b(?:documentation|description|doc|help|comment|example|readme|markdown|html|note|hint|tooltip|placeholder)\b/;
const NAMES =
  /\b(?:ip|ip 4|ip 6|ipv 4|ipv 6|ipv|i pv 4|i pv 6|i ps|ipaddr|ipaddress|ip address|ips|client ip|remote addr|remote address|clientip|remoteip|sourceip|last login ip|x forwarded for|forwarded for|x real ip|real ip|true client ip|cf connecting ip|inet|inet addr)\b/;
/** Who or where somebody is in a network; `from` and `to` are of upgrades as well. */
const HOSTS =
  /^(?:source|src|destination|dst|dest|client|remote|peer|origin|public|private|external|internal|a|aaaa|net|whitelist|white list|allowlist|allow list|blocklist|blacklist|deny list|allowed|trusted proxy)$|\b(?:host|server|address|addr|endpoint|node|gateway)$/;
/** Numbers with dots that are no address, and networks. */
const OTHER_NAMES =
  /\b(?:version|ver|netmask|mask|wildcard|oid|object id|sysobjectid|cidr|range|clause|chapter|milestone|assembly|ip count|ip type|wbs|numbering|svg)\b|\b(?:build|release|revision|rev|firmware|kernel|driver|software|sdk|patch|tag|section|schema|outline|hierarchy|user agent|ua|agent|browser|path|format|subnet|network)$/;
