import { X509Certificate } from "node:crypto";
import type { CertificateFacts, HeaderFact, HttpResponseEvidence, TlsEvidence, TlsSessionEvidence } from "../evidence/kinds.ts";
import type { Observation } from "../evidence/observation.ts";
import { lifecycleSignals } from "../judge/facts/lifecycle.ts";
import { bodyReason, foreignReason, showsNothing } from "../judge/facts/responses.ts";
import { canonicalJson, sha256Hex } from "../model/digest.ts";
import type { VerdictRecord } from "../model/finding.ts";
import type { StoredMilestone } from "../model/history-store.ts";
import { type Instant, isoInstant } from "../model/instant.ts";

/** Kinds of milestones, as the store keeps them. */
export const MILESTONE = {
  /** Place: origin. Mark: SHA-256 of the leaf. Detail: CertificateDetail. */
  certificate: "certificate",
  /** Place: origin. Mark: address. */
  address: "address",
  /** Place: origin. Mark: one fact of the TLS configuration. */
  tls: "tls",
  /** Place: endpoint. Mark: digest of the request that was answered. */
  answer: "answer",
  /** Place: endpoint. Mark: a header with its value. */
  header: "header",
  /** Place: endpoint. Mark: a path of the body. */
  path: "path",
  /** Place: endpoint. Mark: class and path, see `classOf`. */
  class: "class",
  /** Place: endpoint, or the subject of a finding. Mark: signal and date. Detail: EndDetail. */
  end: "end",
} as const;

export interface CertificateDetail {
  readonly issuer: string;
  readonly keyType: string;
  readonly keySha256?: string;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly trusted: boolean;
}

export interface EndDetail {
  readonly signal: string;
  readonly date: Instant;
}

/**
 * What an audit saw that forecasts are made of, each mark once. Nothing of what was carried over from an earlier run: it was not seen
 * now; and nothing of an answer that somebody else gave in the API's place.
 */
export function milestonesOf(observations: readonly Observation[], verdicts: readonly VerdictRecord[]): readonly StoredMilestone[] {
  const fresh = observations.filter(({ carried }) => carried !== true);
  const all = [...fresh.flatMap(milestonesOfObservation), ...verdicts.flatMap(datedFinding)];
  return [...new Map(all.map((milestone) => [JSON.stringify([milestone.kind, milestone.place, milestone.mark]), milestone])).values()];
}

function milestonesOfObservation(observation: Observation): readonly StoredMilestone[] {
  if (observation.outcome !== "observed") return [];
  const { key } = observation;
  if (observation.kind === "tls-session")
    return [...certificateOf(key.origin, observation.evidence), ...sessionOf(key.origin, observation.evidence)];
  if (observation.kind === "tls") return versionsOf(key.origin, observation.evidence);
  return observation.kind === "http-response" && key.endpoint !== undefined ? answerOf(key.endpoint, observation.evidence) : [];
}

function certificateOf(origin: string, session: TlsSessionEvidence): readonly StoredMilestone[] {
  const { chain, address } = session;
  const [leaf] = chain;
  if (leaf === undefined) return [];
  const detail = certificateDetail(leaf, isTrustedApartFromEnd(session));
  return [
    { kind: MILESTONE.certificate, place: origin, mark: leaf.sha256, detail: canonicalJson(detail) },
    { kind: MILESTONE.address, place: origin, mark: address },
  ];
}

/** A certificate that ended is still the provider's own. */
export function isTrustedApartFromEnd({ trusted, trustError }: Pick<TlsSessionEvidence, "trusted" | "trustError">): boolean {
  return trusted || trustError === "CERT_HAS_EXPIRED";
}

export function certificateDetail(
  leaf: Pick<CertificateFacts, "der" | "issuer" | "notBefore" | "notAfter">,
  trusted: boolean,
): CertificateDetail {
  return { issuer: leaf.issuer.slice(0, LONGEST), ...keyOf(leaf), notBefore: leaf.notBefore, notAfter: leaf.notAfter, trusted };
}

/** Key type and the hash of the SubjectPublicKeyInfo; a key that cannot be read has neither. */
function keyOf({ der }: Pick<CertificateFacts, "der">): Pick<CertificateDetail, "keyType" | "keySha256"> {
  try {
    const { publicKey } = new X509Certificate(Buffer.from(der, "base64"));
    return {
      keyType: publicKey.asymmetricKeyType ?? UNKNOWN_KEY,
      keySha256: sha256Hex(publicKey.export({ type: "spki", format: "der" })),
    };
  } catch {
    return { keyType: UNKNOWN_KEY };
  }
}

function sessionOf(origin: string, { version, cipherSuite, group }: TlsSessionEvidence): readonly StoredMilestone[] {
  const negotiated = [version, cipherSuite.name, ...(group === undefined ? [] : [group])].join(" ");
  return [{ kind: MILESTONE.tls, place: origin, mark: `negotiates ${negotiated}` }];
}

/** Suites are left out: how many were asked for differs from night to night. So does what is unknown. */
function versionsOf(origin: string, { versions }: TlsEvidence): readonly StoredMilestone[] {
  return versions
    .filter(({ support }) => support !== "unknown")
    .map(({ version, support }) => ({ kind: MILESTONE.tls, place: origin, mark: `${version} ${support}` }));
}

function answerOf(endpoint: string, evidence: HttpResponseEvidence): readonly StoredMilestone[] {
  if (foreignReason(evidence) !== undefined) return [];
  return [
    { kind: MILESTONE.answer, place: endpoint, mark: evidence.request.digest },
    ...evidence.headers.flatMap((header) => headerOf(endpoint, header)),
    ...endsOf(endpoint, evidence),
    ...pathsOf(endpoint, evidence),
  ];
}

function headerOf(endpoint: string, { name, value }: HeaderFact): readonly StoredMilestone[] {
  if (value === undefined || UNSTEADY.has(name)) return [];
  return [{ kind: MILESTONE.header, place: endpoint, mark: `${name}: ${value}`.slice(0, LONGEST) }];
}

function endsOf(endpoint: string, evidence: HttpResponseEvidence): readonly StoredMilestone[] {
  return Object.entries(lifecycleSignals(evidence)).flatMap(([signal, date]) =>
    typeof date === "number" ? [endOf(endpoint, { signal, date })] : [],
  );
}

/** A body that was cut, or shows no record, says nothing of what the endpoint sends. */
function pathsOf(endpoint: string, evidence: HttpResponseEvidence): readonly StoredMilestone[] {
  const { body } = evidence;
  if (bodyReason(evidence) !== undefined || showsNothing(body)) return [];
  const found = [...body.classes, ...(body.replaced ?? [])];
  const classes = found.filter(({ path, sample }) => !sample && path.length <= LONGEST).slice(0, MOST_PATHS);
  const paths = body.shape.filter(({ path }) => path.length <= LONGEST).slice(0, MOST_PATHS);
  return [
    ...classes.map((fact) => ({ kind: MILESTONE.class, place: endpoint, mark: `${fact.class} ${fact.path}` })),
    ...paths.map(({ path }) => ({ kind: MILESTONE.path, place: endpoint, mark: path })),
  ];
}

/** No name of a class has a space. */
export function classOf(mark: string): { readonly class: string; readonly path: string } {
  const [name = ""] = mark.split(" ", 1);
  return { class: name, path: mark.slice(name.length + 1) };
}

/** Findings that name the day on which something ends; what headers announce was read from them. */
function datedFinding({ rule, subject, verdict, data }: VerdictRecord): readonly StoredMilestone[] {
  const { on } = data;
  if (verdict !== "fail" || rule === FROM_HEADERS || typeof on !== "string" || !/^\d{4}-\d\d-\d\d$/.test(on)) return [];
  const date = Date.parse(`${on}T00:00:00Z`);
  return Number.isNaN(date) ? [] : [endOf(subject, { signal: rule, date })];
}

function endOf(place: string, detail: EndDetail): StoredMilestone {
  return { kind: MILESTONE.end, place, mark: `${detail.signal} ${isoInstant(detail.date)}`, detail: canonicalJson(detail) };
}

/** Differ from call to call or from edge to edge, or are a question of their own. */
const UNSTEADY: ReadonlySet<string> = new Set(["retry-after", "via", "link", "vary", "pragma", "sunset", "deprecation"]);
const FROM_HEADERS = "lifecycle/sunset-near";
const UNKNOWN_KEY = "unknown";
const LONGEST = 256;
/** Of one endpoint in one night; a hostile body must not fill the disk. */
const MOST_PATHS = 200;
