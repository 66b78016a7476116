import type { Certificate } from "./certificate.ts";
import { addressOctets } from "./ip-address.ts";

/** Whom a client meant to talk to, as its URL says: a name in A-labels, or an address without brackets. */
export interface ReferenceIdentity {
  /** Lower case, without a final dot; undefined for an address. */
  readonly name?: string;
  readonly address?: Uint8Array;
}

/** `host` of a URL or of the command line: IPv6 may stand in brackets. */
export function referenceIdentity(host: string): ReferenceIdentity {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  const address = addressOctets(bare);
  return address === undefined ? { name: withoutDot(bare.toLowerCase()) } : { address };
}

/**
 * RFC 9525 section 6: alternative names alone, whatever the subject says; names and addresses are never compared with each other.
 */
export function isIssuedFor({ extensions }: Certificate, { name, address }: ReferenceIdentity): boolean {
  const presented = extensions.subjectAltName ?? [];
  if (address !== undefined) return presented.some((one) => one.kind === "ip" && Buffer.compare(one.octets, address) === 0);
  return name !== undefined && presented.some((one) => one.kind === "dns" && isNameMatch(one.text, name));
}

/** One wildcard, alone in the left-most label, for exactly one label, before two more at the least (RFC 9525 section 6.3). */
export function isNameMatch(presented: string, name: string): boolean {
  const pattern = presented.toLowerCase();
  if (!isDnsName(name)) return false;
  if (!pattern.startsWith("*.")) return pattern === name;
  const base = pattern.slice(2);
  const dot = name.indexOf(".");
  return dot > 0 && base.includes(".") && name.slice(dot + 1) === base;
}

/** What may stand in an alternative name (RFC 5280 section 4.2.1.6, with no dot at the end): letters, digits, hyphens, and the underscore that is seen in practice; one wildcard in front. */
export function isPresentable(presented: string): boolean {
  return isDnsName(presented.toLowerCase().replace(/^\*\./, ""));
}

/** Presentable, but for the underscore that no host has (RFC 1123 section 2.1). */
export function hasUnderscore(presented: string): boolean {
  return isPresentable(presented) && presented.includes("_");
}

function isDnsName(name: string): boolean {
  return name.length <= 253 && name.split(".").every((label) => LABEL.test(label));
}

function withoutDot(name: string): string {
  return name.endsWith(".") ? name.slice(0, -1) : name;
}

const LABEL = /^[a-z\d_]([a-z\d_-]{0,61}[a-z\d_])?$/;
