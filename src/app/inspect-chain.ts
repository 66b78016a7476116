import { cleanText } from "../evidence/clean-text.ts";
import type { CertificateFacts } from "../evidence/kinds.ts";
import type { Observation } from "../evidence/observation.ts";
import { redact } from "../evidence/redact.ts";
import { bundledAnchors } from "../judge/facts/anchors.ts";
import { problemText } from "../judge/facts/chain-words.ts";
import { judgeServed } from "../judge/facts/chains.ts";
import { violationText } from "../judge/facts/profile-words.ts";
import { type Instant, isoInstant } from "../model/instant.ts";
import { type CertificateBlock, certificateBlocks, certificateBytes } from "../model/pem.ts";
import { certificateFacts } from "../observe/probes/certificate-facts.ts";
import { anchorsOf, type ChainVerdict, joinedAnchors } from "../pki/build-path.ts";
import { type Certificate, parseCertificate } from "../pki/certificate.ts";
import { placeOf } from "../pki/check-path.ts";
import { addressText } from "../pki/ip-address.ts";
import { keyFacts } from "../pki/key-strength.ts";
import { profileViolations } from "../pki/profile.ts";

export interface ChainQuestion {
  /** Name or address that clients connect to; without it names are not compared. */
  readonly host?: string;
  readonly asOf: Instant;
  /** In DER, trusted beside the bundled roots. */
  readonly anchors: readonly Uint8Array[];
}

/** What a file of certificates says of itself, leaf first. */
export interface InspectedChain {
  readonly chain: ChainFacts;
  readonly certificates: readonly (CertificateSummary | UnreadableCertificate)[];
}

interface ChainFacts {
  readonly trusted: boolean;
  /** First of `problems`: a word of src/pki/chain-problem.ts; null where it is trusted. */
  readonly reason: string | null;
  readonly problems: readonly { readonly kind: string; readonly certificate: number; readonly text: string }[];
  /** Leaf first; the last one is an anchor where `anchored`. */
  readonly path: readonly { readonly subject: string; readonly issuer: string; readonly sha256: string; readonly anchor: boolean }[];
  readonly anchored: boolean;
  /** What the standards do not allow, and clients mostly put up with: words of src/pki/profile.ts. */
  readonly violations: readonly { readonly what: string; readonly certificate: number; readonly text: string }[];
}

interface CertificateSummary {
  readonly sha256: string;
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal, as it stands in the certificate. */
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly key: string;
  /** The first of them. */
  readonly names: readonly string[];
  readonly nameCount: number;
}

interface UnreadableCertificate {
  readonly sha256: null;
  readonly octets: number;
  /** Of the file, from 1. */
  readonly line: number;
}

/** Undefined where the file holds no certificate at all. */
export function inspectChain(file: Uint8Array, question: ChainQuestion): InspectedChain | undefined {
  const blocks = certificateBlocks(file);
  if (blocks.length === 0) return undefined;
  const ders = blocks.map(({ der }) => der);
  const anchors = question.anchors.length === 0 ? bundledAnchors() : joinedAnchors(bundledAnchors(), anchorsOf(question.anchors));
  return {
    chain: chainFacts(judgeServed(ders, question.host, question.asOf, anchors)),
    certificates: blocks.map(summary),
  };
}

/** The same chain as evidence, for the rules: our own connection was shown it. Undefined where the leaf cannot be read. */
export function chainObservation(file: Uint8Array, origin: string, { asOf, anchors }: ChainQuestion): Observation | undefined {
  const chain = readable((certificateBytes(file) ?? []).map(certificateFacts));
  if (chain.length === 0) return undefined;
  const ders = chain.map(({ der }) => Buffer.from(der, "base64"));
  const extra = anchors.length === 0 ? bundledAnchors() : joinedAnchors(bundledAnchors(), anchorsOf(anchors));
  const { isTrusted } = judgeServed(ders, new URL(origin).hostname, asOf, extra);
  const evidence = redact(
    "tls-session",
    {
      address: "file",
      version: "TLS 1.3",
      cipherSuite: { name: "TLS_AES_128_GCM_SHA256" },
      trusted: isTrusted,
      chain,
      chainSource: "served",
      anchors: anchors.map((der) => Buffer.from(der).toString("base64")),
    },
    (text) => text,
  );
  const key = { origin, address: "file" };
  return { probe: "tls-session", kind: "tls-session", key, observedAt: asOf, durationMs: 0, outcome: "observed", evidence };
}

/** A host that the leaf is for, where nobody says which one is meant. */
export function someHostOf(file: Uint8Array): string | undefined {
  const [leaf] = certificateBytes(file) ?? [];
  const certificate = leaf === undefined ? undefined : parseCertificate(leaf);
  const names = certificate?.extensions.subjectAltName ?? [];
  const hosts = names.flatMap((name) => {
    if (name.kind === "dns") return [name.text.replace(/^\*/, "host")];
    return name.kind === "ip" ? [addressText(name.octets) ?? ""] : [];
  });
  return hosts.map((host) => (host.includes(":") ? `[${host}]` : host)).find((host) => URL.canParse(`https://${host}`));
}

function chainFacts({ isTrusted, problems, path, isAnchored }: ChainVerdict): ChainFacts {
  return {
    trusted: isTrusted,
    reason: problems[0]?.kind ?? null,
    problems: problems.map((problem) => ({ ...problem, text: problemText(problem) })),
    path: path.map(({ subject, issuer, sha256 }, at) => ({
      subject: clean(subject.text),
      issuer: clean(issuer.text),
      sha256,
      anchor: isAnchored && at === path.length - 1,
    })),
    anchored: isAnchored,
    violations: path.flatMap((certificate, at) =>
      profileViolations(certificate, placeOf(path, at, isAnchored)).map(({ what }) => ({
        what,
        certificate: at,
        text: violationText(what),
      })),
    ),
  };
}

function summary({ der, line }: CertificateBlock): CertificateSummary | UnreadableCertificate {
  const certificate = parseCertificate(der);
  return certificate === undefined ? { sha256: null, octets: der.length, line } : summaryOf(certificate);
}

function summaryOf({ sha256, subject, issuer, serial, notBefore, notAfter, key, extensions }: Certificate): CertificateSummary {
  const names = (extensions.subjectAltName ?? []).flatMap((name) => {
    if (name.kind === "ip") return [addressText(name.octets) ?? "(not an address)"];
    return "text" in name ? [clean(name.text)] : [];
  });
  const { type, bits, curve } = keyFacts(key);
  return {
    sha256,
    subject: clean(subject.text),
    issuer: clean(issuer.text),
    serial: Buffer.from(serial).toString("hex").slice(0, LONGEST_SERIAL),
    notBefore: isoInstant(notBefore),
    notAfter: isoInstant(notAfter),
    key: [type, curve ?? bits].filter((word) => word !== undefined).join(" "),
    names: names.slice(0, MOST_NAMES),
    nameCount: names.length,
  };
}

/** Of a leaf that nobody can read there is nothing to judge; another one is passed over, as clients do. */
function readable([leaf, ...others]: readonly (CertificateFacts | undefined)[]): readonly CertificateFacts[] {
  return leaf === undefined ? [] : [leaf, ...others.filter((facts) => facts !== undefined)];
}

/** Text of a certificate is from outside. */
function clean(text: string): string {
  return cleanText(text, (same) => same, LONGEST_TEXT);
}

const LONGEST_TEXT = 300;
const LONGEST_SERIAL = 64;
const MOST_NAMES = 100;
