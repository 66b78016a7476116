import type { CertificateFacts, EvidenceMap, ServedChain, TlsEvidence, TlsSessionEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Failure } from "../../model/failure.ts";
import type { Instant } from "../../model/instant.ts";
import type { Integration } from "../../model/integration.ts";
import { type Anchors, type ChainVerdict, judgeChain } from "../../pki/build-path.ts";
import { type Certificate, parseCertificate } from "../../pki/certificate.ts";
import type { ChainProblemKind } from "../../pki/chain-problem.ts";
import { SERVER_AUTH } from "../../pki/check-path.ts";
import { referenceIdentity } from "../../pki/identity.ts";
import { keyFacts } from "../../pki/key-strength.ts";
import type { OutcomeDefinition, RuleResult } from "../rules/rule.ts";
import { type Answer, answerEach, atOrigin, evidenceOf, plain } from "./aggregate.ts";
import { anchorsFor } from "./anchors.ts";
import { absentOrigin, secureOrigins, subjectAt } from "./subjects.ts";
import { WITHOUT_TLS } from "./tls-origins.ts";

/** A certificate that a host serves, and what came with it. */
export interface HostChain {
  /** `own`: what our connection got. `other`: what the host serves to clients that know other keys. */
  readonly role: "own" | "other";
  readonly origin: string;
  readonly host: string;
  readonly address: string;
  readonly leaf: CertificateFacts;
  /** Undefined where we cannot read it, though somebody may. */
  readonly certificate: Certificate | undefined;
  /** Leaf first. */
  readonly ders: readonly Uint8Array[];
  /** Which certificates these are: their hashes, or whose they are. */
  readonly sources: string;
  /** They stand as the server sent them, all of them and no other; else as node put a path together. */
  readonly asServed: boolean;
  readonly session: TlsSessionEvidence;
  /** When our connection was made. */
  readonly observedAt: Instant;
  /** SignedCertificateTimestampList of the TLS extension. */
  readonly timestamps?: Uint8Array;
  /** Somebody asked for them: where there are none, none are sent. */
  readonly timestampsAsked: boolean;
}

export interface ChainInput {
  readonly integration: Integration;
  readonly observations: {
    readonly "tls-session": readonly Observation<"tls-session">[];
    readonly tls: readonly Observation<"tls">[];
  };
}

/** Outcomes of every question about certificates. */
export const ABOUT_CERTIFICATES = {
  ...WITHOUT_TLS,
  "not-served": { verdict: "not-applicable", message: () => "This certificate is not served any more." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

/**
 * For `evaluate`: the certificate of our own connection has the bare word for its subject, and each other one of the host the word and its kind of
 * key, so that a dual host has two questions.
 */
export function eachChain<O extends string>(
  word: string,
  { integration, observations }: ChainInput,
  answer: (chain: HostChain) => Answer<O>,
): readonly RuleResult<O>[] {
  return secureOrigins(integration).flatMap((origin) => {
    const enumerated = atOrigin(observations.tls, origin);
    const sessions = atOrigin(observations["tls-session"], origin);
    const subject = subjectAt(word, origin, integration);
    const told = sessions.map((session) => {
      const listed = listedChains(origin, session, enumerated);
      return { session, listed, sole: soleChain(session, listed) };
    });
    const sole = told.flatMap((one) => one.sole);
    const asked = told.filter((one) => one.sole.length === 0);
    const own = answerEach(
      subject,
      asked.map(({ session }) => session),
      (session, observation) => {
        const chain = ownChain(origin, session, observation.observedAt, parametersAt(enumerated, observation.key.address));
        return chain === undefined ? NO_CERTIFICATE : answer(chain);
      },
    );
    const said = ({ chain, at, found, isRemembered }: ListedChain, about: string): RuleResult<O> => {
      const { pointer: _pointer, summary, beside = [], ...result } = isRemembered ? UNSEEN : answer(chain);
      return { ...result, subject: about, evidence: [{ observation: plain(found), pointer: `/chains/${at}`, summary }, ...beside] };
    };
    const others = asked.flatMap(({ listed }) => listed);
    return [
      ...(asked.length > 0 || sole.length === 0 ? own : []),
      ...sole.map((one) => said(one, subject)),
      ...others.map((one) => said(one, subjectAt(`${word}-${keyWord(one.chain)}`, origin, integration))),
    ];
  });
}

interface ListedChain {
  readonly chain: HostChain;
  readonly found: Observation<"tls">;
  /** Place among the chains of its evidence. */
  readonly at: number;
  readonly isRemembered: boolean;
}

/** What the enumeration of the same address read, beside what our own connection got. */
function listedChains(
  origin: string,
  observation: Observation<"tls-session">,
  enumerated: readonly Observation<"tls">[],
): readonly ListedChain[] {
  const session = evidenceOf(observation) ?? standIn(observation);
  const found = enumerated.find(({ key }) => key.address === observation.key.address);
  const parameters = found === undefined ? undefined : evidenceOf(found);
  if (session === undefined || found === undefined || parameters === undefined) return [];
  return otherChains(origin, session, observation.observedAt, parameters).map(({ chain, at }) => {
    return { chain, at, found, isRemembered: parameters.chains[at]?.remembered === true };
  });
}

/** The one certificate that is served at an address where our own connection got none: our clients get it. */
function soleChain(observation: Observation<"tls-session">, listed: readonly ListedChain[]): readonly ListedChain[] {
  const [one] = listed;
  const isSole = evidenceOf(observation) === undefined && one !== undefined && listed.length === 1 && !one.isRemembered;
  return isSole ? [{ ...one, chain: { ...one.chain, role: "own" } }] : [];
}

/**
 * In the place of a connection of ours that got through to the certificate and no further, a server of TLS 1.2 that wants one of ours for instance.
 * What the enumeration read is judged all the same. Whom the user trusts is not known of it.
 */
function standIn({ key: { address = "" }, ...observation }: Observation<"tls-session">): TlsSessionEvidence | undefined {
  if (observation.outcome === "observed" || observation.failure.phase !== "tls") return undefined;
  const known = standIns.get(observation.failure);
  if (known !== undefined) return known;
  const session: TlsSessionEvidence = {
    address,
    version: "TLS 1.2",
    cipherSuite: { name: "" },
    trusted: false,
    chain: [],
    chainSource: "served",
  };
  standIns.set(observation.failure, session);
  return session;
}

/** Problems that other anchors would mend, those that a user trusts for instance. */
export const ABOUT_ANCHORS: readonly ChainProblemKind[] = ["self-signed", "unknown-issuer", "incomplete"];

const standIns = new WeakMap<Failure, TlsSessionEvidence>();

/** Else the enumeration alone read it: nobody asked for its staple, and whom the user trusts is not known. */
export function isOfOurConnection({ session }: HostChain): boolean {
  return session.chain.length > 0;
}

/** For `absent`: also closed where everything the host serves was seen, and nothing of that kind of key. */
export function goneChain(subject: string, input: ChainInput): RuleResult<"not-declared" | "not-served"> {
  const { integration, observations } = input;
  const origins = secureOrigins(integration);
  const [word = ""] = subject.split("@");
  const origin = origins.find((one) => subjectAt(word, one, integration) === subject);
  const key = KEYS.find((kind) => word.endsWith(`-${kind}`));
  if (origin === undefined || key === undefined) return absentOrigin(subject, origins, integration, "not-declared");
  const own = atOrigin(observations["tls-session"], origin).flatMap((session) => evidenceOf(session)?.chain[0]?.sha256 ?? []);
  const seen = atOrigin(observations.tls, origin).map(evidenceOf);
  const isGone = seen.length > 0 && seen.every((evidence) => evidence !== undefined && servesNoOther(evidence, key, own));
  return isGone ? { outcome: "not-served", subject } : { outcome: "unobserved", subject, reason: "evidence_missing" };
}

/** Our verdict on a chain: kept for as long as the evidence is, because many rules ask. */
export function verdictOn(chain: HostChain, asOf: Instant): ChainVerdict {
  const known = verdicts.get(chain.session) ?? new Map<string, ChainVerdict>();
  verdicts.set(chain.session, known);
  const key = `${chain.host} ${asOf} ${chain.sources}`;
  const verdict = known.get(key) ?? judgeServed(chain.ders, chain.host, asOf, anchorsFor(chain.session));
  known.set(key, verdict);
  return verdict;
}

/** As a client that means this host, at this time. */
export function judgeServed(ders: readonly Uint8Array[], host: string | undefined, asOf: Instant, anchors: Anchors): ChainVerdict {
  const identity = host === undefined ? {} : { identity: referenceIdentity(host) };
  return judgeChain(ders, anchors, { ...identity, usage: SERVER_AUTH, asOf });
}

/** "rsa", "ecdsa", "eddsa", "dsa" or "other". */
export function keyWord({ certificate }: Pick<HostChain, "certificate">): string {
  const { type } = certificate === undefined ? { type: "other" } : keyFacts(certificate.key);
  if (type === "rsa-pss") return "rsa";
  return type.startsWith("ed") ? "eddsa" : type;
}

function ownChain(
  origin: string,
  session: TlsSessionEvidence,
  observedAt: Instant,
  parameters: TlsEvidence | undefined,
): HostChain | undefined {
  const [leaf] = session.chain;
  if (leaf === undefined) return undefined;
  const served = parameters?.chains.find(({ named, certificates }) => named && certificates[0] === leaf.sha256);
  const ders = served === undefined || parameters === undefined ? undefined : servedBytes(served, parameters);
  return {
    role: "own",
    origin,
    host: hostOf(origin),
    address: session.address,
    leaf,
    certificate: readable(leaf),
    // Nothing is kept of a certificate that holds a secret of ours.
    ders: ders ?? session.chain.filter(({ der }) => der !== "").map(({ der }) => Buffer.from(der, "base64")),
    sources: ders === undefined ? "session" : (served?.certificates ?? []).join(),
    asServed: ders !== undefined || session.chainSource === "served",
    session,
    observedAt,
    ...handshakeTimestamps(served),
    timestampsAsked: served !== undefined && parameters?.features.scts !== undefined,
  };
}

function otherChains(
  origin: string,
  session: TlsSessionEvidence,
  observedAt: Instant,
  parameters: TlsEvidence,
): readonly { readonly chain: HostChain; readonly at: number }[] {
  const own = session.chain[0]?.sha256;
  return parameters.chains.flatMap((served, at) => {
    const other = served.named && served.certificates[0] !== own ? otherLeaf(served, parameters) : undefined;
    if (other === undefined) return [];
    const chain: HostChain = {
      role: "other",
      origin,
      host: hostOf(origin),
      address: parameters.address,
      ...other,
      sources: served.certificates.join(),
      asServed: true,
      session,
      observedAt,
      ...handshakeTimestamps(served),
      timestampsAsked: parameters.features.scts !== undefined,
    };
    return [{ chain, at }];
  });
}

type OtherLeaf = Pick<HostChain, "leaf" | "certificate" | "ders">;

/** Read once, because many rules ask. Undefined where it was not kept, or cannot be read. */
function otherLeaf(served: ServedChain, parameters: TlsEvidence): OtherLeaf | undefined {
  const known = otherLeaves.get(served);
  if (known !== undefined) return known.other;
  const ders = servedBytes(served, parameters);
  const certificate = ders?.[0] === undefined ? undefined : parseCertificate(ders[0]);
  const other = ders === undefined || certificate === undefined ? undefined : { leaf: leafFacts(certificate), certificate, ders };
  otherLeaves.set(served, { other });
  return other;
}

function parametersAt(observations: readonly Observation<"tls">[], address: string | undefined): TlsEvidence | undefined {
  const found = observations.find(({ key }) => key.address === address);
  return found === undefined ? undefined : evidenceOf(found);
}

/** Leaf first; undefined where one of them was not kept. */
export function servedBytes({ certificates }: ServedChain, { served }: EvidenceMap["tls"]): readonly Uint8Array[] | undefined {
  const ders = certificates.map((sha256) => served.find((one) => one.sha256 === sha256)?.der);
  return ders.every((der) => der !== undefined) ? ders.map((der) => Buffer.from(der, "base64")) : undefined;
}

function handshakeTimestamps(served: ServedChain | undefined): Pick<HostChain, "timestamps"> {
  return served?.timestamps === undefined ? {} : { timestamps: Buffer.from(served.timestamps, "base64") };
}

function readable(facts: CertificateFacts): Certificate | undefined {
  const known = readCertificates.get(facts);
  if (known !== undefined) return known.certificate;
  const certificate = parseCertificate(Buffer.from(facts.der, "base64"));
  readCertificates.set(facts, { certificate });
  return certificate;
}

function leafFacts({ der, sha256, subject, issuer, notBefore, notAfter }: Certificate): CertificateFacts {
  const base64 = Buffer.from(der).toString("base64");
  const selfIssued = subject.canonical === issuer.canonical;
  return { der: base64, sha256, subject: subject.text, issuer: issuer.text, dnsNames: [], notBefore, notAfter, selfIssued };
}

function servesNoOther({ versions, certificates }: TlsEvidence, key: string, own: readonly string[]): boolean {
  const isWhole = versions.every(({ support, complete }) => support === "refused" || (support === "accepted" && complete));
  return isWhole && certificates.every((leaf) => own.includes(leaf.sha256) || leaf.key.replace(/^rsa-pss$/, "rsa") !== key);
}

function hostOf(origin: string): string {
  return new URL(origin).hostname;
}

/** A question that was lost, or not asked: the certificate may have been renewed meanwhile. */
const UNSEEN: Answer<never> = { outcome: "unobserved", reason: "not_requested", pointer: "", summary: "not seen this time" };
const NO_CERTIFICATE = { outcome: "unobserved", reason: "evidence_missing", pointer: "/chain", summary: "no certificate" } as const;
const KEYS = ["rsa", "ecdsa", "eddsa", "dsa", "other"];
const verdicts = new WeakMap<TlsSessionEvidence, Map<string, ChainVerdict>>();
const otherLeaves = new WeakMap<ServedChain, { readonly other: OtherLeaf | undefined }>();
const readCertificates = new WeakMap<CertificateFacts, { readonly certificate: Certificate | undefined }>();
