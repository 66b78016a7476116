import type { TlsEvidence, TlsSessionEvidence } from "../../evidence/kinds.ts";
import { sha256Hex } from "../../model/digest.ts";
import { type Certificate, parseCertificate } from "../../pki/certificate.ts";
import { ATTRIBUTE, attributeOf } from "../../pki/name.ts";
import { keyWord } from "./chains.ts";

/** A certificate that stands for others of its key, by the kind of key. */
export interface ServedLeaf {
  readonly kind: string;
  readonly certificate: Certificate;
}

/** How leaves that should be alike compare, the kinds of keys apart. */
export type LeafDifference = "issuers-differ" | "keys-differ" | "renewal-under-way";

/** What our own connection got, and what the address serves to clients that know other kinds of keys. Undefined where the own cannot be read. */
export function leavesAt(session: TlsSessionEvidence, parameters: TlsEvidence | undefined): readonly ServedLeaf[] | undefined {
  const [own] = session.chain;
  const certificate = own === undefined ? undefined : parseCertificate(Buffer.from(own.der, "base64"));
  if (certificate === undefined) return undefined;
  const leaf = leafOf(certificate);
  const others = parameters === undefined ? [] : enumeratedLeaves(parameters).leaves;
  return [leaf, ...others.filter(({ kind }) => kind !== leaf.kind)];
}

/** What hellos with the host's name were served this time. `isWhole`: the certificate of each leaf was kept, and can be read. */
export function enumeratedLeaves({ certificates, chains, served }: TlsEvidence): {
  readonly leaves: readonly ServedLeaf[];
  readonly isWhole: boolean;
} {
  const remembered = chains.flatMap((chain) => (chain.named && chain.remembered ? chain.certificates.slice(0, 1) : []));
  const seen = certificates.filter(({ sha256 }) => !remembered.includes(sha256));
  const leaves = seen.flatMap(({ sha256 }) => {
    const der = served.find((one) => one.sha256 === sha256)?.der;
    const certificate = der === undefined ? undefined : parseCertificate(Buffer.from(der, "base64"));
    return certificate === undefined ? [] : [leafOf(certificate)];
  });
  return { leaves, isWhole: leaves.length === seen.length };
}

/** Also where the certificates themselves were not kept. */
export function hasKindTwice({ certificates }: TlsEvidence): boolean {
  return new Set(certificates.map(({ key }) => key.replace(/^rsa-pss$/, "rsa"))).size < certificates.length;
}

/** The first kind of key of which there are several, and how they differ. */
export function differenceOf(leaves: readonly ServedLeaf[]): { readonly kind: string; readonly difference: LeafDifference } | undefined {
  for (const kind of [...new Set(leaves.map((leaf) => leaf.kind))].sort()) {
    const alike = leaves.filter((leaf) => leaf.kind === kind).map(({ certificate }) => certificate);
    const difference = differenceAmong(alike);
    if (difference !== undefined) return { kind, difference };
  }
  return undefined;
}

/** "1f0c44ab93d2": tells one key from another in a report. */
export function keyMark({ key }: Certificate): string {
  return sha256Hex(key.spki).slice(0, 12);
}

function differenceAmong(certificates: readonly Certificate[]): LeafDifference | undefined {
  if (distinct(certificates, issuerOf) > 1) return "issuers-differ";
  const isRenewal = distinct(certificates, namesOf) === 1 && distinct(certificates, ({ notBefore }) => notBefore) > 1;
  if (isRenewal) return "renewal-under-way";
  return distinct(certificates, keyMark) > 1 ? "keys-differ" : undefined;
}

function leafOf(certificate: Certificate): ServedLeaf {
  return { kind: keyWord({ certificate }), certificate };
}

function distinct<T>(certificates: readonly Certificate[], fact: (certificate: Certificate) => T): number {
  return new Set(certificates.map(fact)).size;
}

/** An organisation issues by several authorities, taking turns: Let's Encrypt chooses one by chance at each renewal. */
function issuerOf({ issuer }: Certificate): string {
  return attributeOf(issuer, ATTRIBUTE.organisation) ?? issuer.canonical;
}

function namesOf({ extensions: { subjectAltName = [] } }: Certificate): string {
  const names = subjectAltName.flatMap((name) =>
    name.kind === "dns" ? [name.text.toLowerCase()] : name.kind === "ip" ? [Buffer.from(name.octets).toString("hex")] : [],
  );
  return [...new Set(names)].sort().join(" ");
}
