import { cleanText } from "../evidence/clean-text.ts";
import type { TlsEvidence, TlsSessionEvidence } from "../evidence/kinds.ts";
import type { Observation } from "../evidence/observation.ts";
import { anchorsFor, bundledAnchors } from "../judge/facts/anchors.ts";
import { ABOUT_ANCHORS, judgeServed, servedBytes } from "../judge/facts/chains.ts";
import type { CertificateRole } from "../model/certificate-timeline.ts";
import type { CertificateSighting } from "../model/forecast.ts";
import type { AuditHead, HistoryStore } from "../model/history-store.ts";
import { DAY, type Instant } from "../model/instant.ts";
import { parseCertificate } from "../pki/certificate.ts";
import type { ChainProblemKind } from "../pki/chain-problem.ts";
import { isIssuedFor, referenceIdentity } from "../pki/identity.ts";
import { certificateDetail, isTrustedApartFromEnd } from "./milestones.ts";
import { TODAYS_RULES } from "./rule-book.ts";
import { evidenceThen } from "./stored-evidence.ts";

/** A leaf that the newest audit knows of, once for each origin. */
export interface SeenCertificate {
  readonly role: CertificateRole;
  readonly sighting: CertificateSighting;
  /** How many served it; null of our own, which nobody does. */
  readonly addresses: number | null;
}

/** By uid, of the newest audit that saw something. `isAskedFor`: no evidence of others is read. */
export async function certificatesSeen(
  history: HistoryStore,
  isAskedFor: (uid: string) => boolean,
): Promise<ReadonlyMap<string, readonly SeenCertificate[]>> {
  const seen = new Map<string, readonly SeenCertificate[]>();
  for (const head of newestOf((await history.newestAudits()).filter(({ uid }) => isAskedFor(uid)))) {
    const audit = await history.audit(head);
    if (audit === undefined) continue;
    const observations = audit.observations.filter(({ kind }) => KINDS.has(kind));
    seen.set(head.uid, certificatesIn((await evidenceThen(history, { ...audit, observations }, TODAYS_RULES)).observations));
  }
  return seen;
}

/** Each leaf of an origin once, whatever the address; what a client without a name gets only where it is for the host. */
export function certificatesIn(observations: readonly Observation[]): readonly SeenCertificate[] {
  const found = new Map<string, Found>();
  for (const one of [...observations.flatMap(leavesOf)].sort((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role))) {
    const key = `${one.role === "client"} ${one.sighting.origin} ${one.sighting.sha256}`;
    const known = found.get(key) ?? { ...one, at: new Set() };
    found.set(key, known);
    if (one.address !== undefined) known.at.add(one.address);
  }
  return [...found.values()].map(({ role, sighting, at }) => ({ role, sighting, addresses: role === "client" ? null : at.size }));
}

interface Leaf {
  readonly role: CertificateRole;
  readonly sighting: CertificateSighting;
  readonly address?: string;
}
type Found = Leaf & { readonly at: Set<string> };

function leavesOf(observation: Observation, _at: number, all: readonly Observation[]): readonly Leaf[] {
  if (observation.outcome !== "observed") return [];
  const { key, observedAt } = observation;
  if (observation.kind === "tls-session") {
    const { chain, address } = observation.evidence;
    const isTrusted = isTrustedApartFromEnd(observation.evidence);
    return chain.slice(0, 1).map((leaf) => ({ role: "own", address, sighting: sightingOf(key.origin, leaf, isTrusted, observedAt) }));
  }
  if (observation.kind === "client-certificate")
    return observation.evidence.chain
      .slice(0, 1)
      .map((leaf) => ({ role: "client", sighting: sightingOf(key.origin, leaf, true, observedAt) }));
  return observation.kind === "tls" ? enumerated(key.origin, observation.evidence, observedAt, sessionsAt(all, key.origin)) : [];
}

/** Leaves that our own connections got stand for themselves. Where there was no connection, whom the user trusts is not known, and held against nothing. */
function enumerated(origin: string, evidence: TlsEvidence, observedAt: Instant, sessions: readonly TlsSessionEvidence[]): readonly Leaf[] {
  const { hostname } = new URL(origin);
  const [session] = sessions;
  const own = new Set(sessions.map(({ chain }) => chain[0]?.sha256));
  return evidence.chains.flatMap((served): readonly Leaf[] => {
    const ders = servedBytes(served, evidence);
    const [der] = ders ?? [];
    const certificate = der === undefined ? undefined : parseCertificate(der);
    if (ders === undefined || certificate === undefined || own.has(certificate.sha256)) return [];
    if (!served.named && !isIssuedFor(certificate, referenceIdentity(hostname))) return [];
    const seenAt = served.remembered === true ? listedAt(evidence, observedAt) : observedAt;
    const { problems } = judgeServed(ders, hostname, observedAt, session === undefined ? bundledAnchors() : anchorsFor(session));
    const pardoned = session === undefined ? [...ABOUT_TIME, ...ABOUT_ANCHORS] : ABOUT_TIME;
    const isTrusted = problems.every(({ kind }) => pardoned.includes(kind));
    const leaf = {
      der: Buffer.from(certificate.der).toString("base64"),
      sha256: certificate.sha256,
      issuer: cleanText(certificate.issuer.text, (same) => same, LONGEST),
      notBefore: certificate.notBefore,
      notAfter: certificate.notAfter,
    };
    return [
      { role: served.named ? "other" : "without-name", address: evidence.address, sighting: sightingOf(origin, leaf, isTrusted, seenAt) },
    ];
  });
}

function sightingOf(
  origin: string,
  leaf: Parameters<typeof certificateDetail>[0] & { readonly sha256: string },
  trusted: boolean,
  seenAt: Instant,
): CertificateSighting {
  return { origin, sha256: leaf.sha256, ...certificateDetail(leaf, trusted), firstAt: seenAt, lastAt: seenAt };
}

function sessionsAt(all: readonly Observation[], origin: string): readonly TlsSessionEvidence[] {
  return all.flatMap((one) =>
    one.kind === "tls-session" && one.outcome === "observed" && one.key.origin === origin ? [one.evidence] : [],
  );
}

/** What was not seen this time was there when everything was listed last. */
function listedAt({ listedOn }: TlsEvidence, observedAt: Instant): Instant {
  return listedOn === undefined ? observedAt : Math.min(Date.parse(`${listedOn}T00:00:00Z`) + DAY, observedAt);
}

/** One vantage of each integration. */
function newestOf(heads: readonly AuditHead[]): readonly AuditHead[] {
  const newest = new Map<string, AuditHead>();
  for (const head of heads) if (head.at >= (newest.get(head.uid)?.at ?? 0)) newest.set(head.uid, head);
  return [...newest.values()];
}

const KINDS: ReadonlySet<string> = new Set(["tls-session", "tls", "client-certificate"]);
/** A leaf that our own connection got is that, whoever gets it as well. */
const ROLES: readonly CertificateRole[] = ["own", "other", "without-name", "client"];
const LONGEST = 256;
const ABOUT_TIME: readonly ChainProblemKind[] = ["expired", "not-yet-valid"];
