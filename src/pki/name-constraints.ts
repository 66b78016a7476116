import type { Certificate } from "./certificate.ts";
import type { NameConstraints } from "./extensions.ts";
import type { GeneralName } from "./general-name.ts";
import { ATTRIBUTE, attributeOf, type Name } from "./name.ts";

/** Names of a certificate against the subtrees of an authority above it (RFC 5280 sections 4.2.1.10 and 6.1.3 b, c). */
export function keepsTo(certificate: Certificate, { permitted, excluded }: NameConstraints): boolean {
  return namesOf(certificate).every((name) => {
    const allowed = permitted.filter((subtree) => isAlike(name, subtree));
    if (allowed.length > 0 && !allowed.some((subtree) => isWithin(name, subtree))) return false;
    return !excluded.some((subtree) => isAlike(name, subtree) && mayBeWithin(name, subtree));
  });
}

/** What that costs. */
export function comparisonsOf(certificate: Certificate, { permitted, excluded }: NameConstraints): number {
  return namesOf(certificate).length * (permitted.length + excluded.length);
}

/** Whether each subtree is one that can be compared with. */
export function areComparable({ permitted, excluded }: NameConstraints): boolean {
  return [...permitted, ...excluded].every(isComparable);
}

/** The subject counts as a directory name, and its address as one of mail where no alternative names one. */
function namesOf({ subject, extensions }: Certificate): readonly GeneralName[] {
  const names = extensions.subjectAltName ?? [];
  const mail = attributeOf(subject, ATTRIBUTE.email);
  return [
    ...names,
    ...(subject.relative.length === 0 ? [] : [{ kind: "directory", name: subject } as const]),
    ...(mail === undefined || names.some(({ kind }) => kind === "email") ? [] : [{ kind: "email", text: mail } as const]),
  ];
}

/** A restriction speaks for names of its own form alone; addresses of both lengths are one form. */
function isAlike(name: GeneralName, subtree: GeneralName): boolean {
  return name.kind === "other" && subtree.kind === "other" ? name.choice === subtree.choice : name.kind === subtree.kind;
}

function isWithin(name: GeneralName, subtree: GeneralName): boolean {
  switch (name.kind) {
    case "dns":
      return subtree.kind === "dns" && isBelow(withoutWildcard(name.text), host(subtree.text), "with-itself");
    case "ip":
      return subtree.kind === "ip" && isInNetwork(name.octets, subtree.octets);
    case "email":
      return subtree.kind === "email" && isMailWithin(name.text, subtree.text);
    case "uri":
      return subtree.kind === "uri" && isUriWithin(name.text, subtree.text);
    case "directory":
      return subtree.kind === "directory" && isSubtree(name.name, subtree.name);
    default:
      // A form that we cannot compare is within nothing that is permitted.
      return false;
  }
}

/** For what is excluded one host that a wildcard stands for is enough, and what cannot be compared is taken for excluded. */
function mayBeWithin(name: GeneralName, subtree: GeneralName): boolean {
  if (name.kind === "other") return true;
  if (name.kind === "uri" && subtree.kind === "uri" && uriHost(name.text) === undefined) return true;
  if (isWithin(name, subtree)) return true;
  if (name.kind !== "dns" || subtree.kind !== "dns" || !name.text.startsWith("*.")) return false;
  const parent = host(subtree.text).split(".").slice(1).join(".");
  return parent === withoutWildcard(name.text);
}

function withoutWildcard(text: string): string {
  return host(text).replace(/^\*\./, "");
}

function host(text: string): string {
  return text.toLowerCase().replace(/\.$/, "");
}

/** An empty subtree holds every name. */
function isBelow(name: string, subtree: string, itself: "with-itself" | "without-itself"): boolean {
  if (subtree === "") return true;
  return (itself === "with-itself" && name === subtree) || name.endsWith(`.${subtree}`);
}

function isInNetwork(address: Uint8Array, network: Uint8Array): boolean {
  const half = network.length / 2;
  return address.length === half && address.every((octet, at) => ((octet ^ (network[at] ?? 0)) & (network[half + at] ?? 0)) === 0);
}

/** A mailbox, all of a host, or with a dot in front all hosts below a domain. Only the host's case does not count. */
function isMailWithin(mailbox: string, subtree: string): boolean {
  const at = mailbox.lastIndexOf("@");
  if (at < 1) return false;
  const local = mailbox.slice(0, at);
  const domain = host(mailbox.slice(at + 1));
  const subtreeAt = subtree.lastIndexOf("@");
  if (subtreeAt > 0) return subtree.slice(0, subtreeAt) === local && host(subtree.slice(subtreeAt + 1)) === domain;
  return isHostWithin(domain, host(subtree));
}

function isUriWithin(uri: string, subtree: string): boolean {
  const name = uriHost(uri);
  return name !== undefined && isHostWithin(name, host(subtree));
}

/** Undefined for an address, or where there is no host: such a URI cannot be compared (RFC 5280 section 4.2.1.10). */
function uriHost(uri: string): string | undefined {
  const authority = /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:@[\]]+)(?::\d*)?(?:[/?#]|$)/i.exec(uri)?.[1];
  return authority === undefined || /^[\d.]+$/.test(authority) ? undefined : host(authority);
}

function isHostWithin(name: string, subtree: string): boolean {
  if (subtree === "") return true;
  return subtree.startsWith(".") ? isBelow(name, subtree.slice(1), "without-itself") : name === subtree;
}

function isSubtree(name: Name, { relative }: Name): boolean {
  return relative.every((part, at) => name.relative[at] === part);
}

function isComparable(subtree: GeneralName): boolean {
  switch (subtree.kind) {
    case "ip":
      return isMasked(subtree.octets);
    case "dns":
      // The dot in front is for URIs and mail (RFC 5280 section 4.2.1.10).
      return !subtree.text.startsWith(".") && !subtree.text.includes("*");
    default:
      return true;
  }
}

/** Address and mask, whose ones stand in front of its noughts. */
function isMasked(octets: Uint8Array): boolean {
  if (octets.length !== 8 && octets.length !== 32) return false;
  const bits = [...octets.subarray(octets.length / 2)].map((octet) => octet.toString(2).padStart(8, "0")).join("");
  return !bits.includes("01");
}
