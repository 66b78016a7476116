import type { CertificateSighting, Renewal } from "../../../model/forecast.ts";
import type { Instant } from "../../../model/instant.ts";

/** The certificates of one kind of key at one origin: what is renewed there is renewed within this. */
export interface CertificateSeries {
  readonly origin: string;
  readonly keyType: string;
  /** One entry per certificate, oldest sight first. */
  readonly certificates: readonly CertificateSighting[];
  /** When the origin was seen last, with a certificate of whatever kind. */
  readonly seenAt: Instant;
}

/** RSA beside ECDSA, and a stranger's certificate beside the trusted one, are series of their own. The order of `sightings` does not matter. */
export function seriesOf(sightings: readonly CertificateSighting[]): readonly CertificateSeries[] {
  const seenAt = new Map<string, Instant>();
  const groups = new Map<string, CertificateSighting[]>();
  for (const sighting of sightings) {
    if (lifetimeOf(sighting) <= 0) continue;
    seenAt.set(sighting.origin, Math.max(sighting.lastAt, seenAt.get(sighting.origin) ?? sighting.lastAt));
    const key = [sighting.origin, sighting.keyType, sighting.trusted].join("\n");
    groups.set(key, [...(groups.get(key) ?? []), sighting]);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const certificates = merged(group);
      const [first] = certificates;
      if (first === undefined) return [];
      return [{ origin: first.origin, keyType: first.keyType, certificates, seenAt: seenAt.get(first.origin) ?? first.lastAt }];
    });
}

export function lifetimeOf({ notBefore, notAfter }: CertificateSighting): number {
  return notAfter - notBefore;
}

/**
 * A renewal is a certificate that was not seen before, ends later than one that the origin still served, and was issued after that
 * one was first seen. The one that ends first counts as replaced, once. So alternating old and new certificates in a roll-out, the copies
 * that a CDN obtains for its edges at the same time, and a second certificate that was there all along are no renewals.
 */
export function renewalsOf({ certificates }: CertificateSeries): readonly Renewal[] {
  const generations: Generation[] = [];
  const renewals: Renewal[] = [];
  for (const certificate of certificates) {
    const twin = generations.find((generation) => isTwin(generation.certificate, certificate));
    if (twin !== undefined) {
      twin.lastAt = Math.max(twin.lastAt, certificate.lastAt);
      continue;
    }
    const replaced = generations.filter((generation) => canBeReplacedBy(generation, certificate)).sort(byEnd)[0];
    generations.push({ certificate, lastAt: certificate.lastAt, replaced: false });
    if (replaced === undefined) continue;
    replaced.replaced = true;
    renewals.push(renewalOf(replaced.certificate, certificate));
  }
  return renewals;
}

/**
 * The certificate that the origin serves: of those seen at the last looks, the one that ends last, because the others are on their way out.
 * Undefined where the series was not seen any more: another kind of key took over, or a stranger's certificate went away.
 */
export function currentOf({ certificates, seenAt }: CertificateSeries): CertificateSighting | undefined {
  return certificates
    .filter((certificate) => isServedAt(certificate, certificate.lastAt, seenAt))
    .reduce<CertificateSighting | undefined>((last, one) => (last === undefined || one.notAfter > last.notAfter ? one : last), undefined);
}

interface Generation {
  readonly certificate: CertificateSighting;
  lastAt: Instant;
  replaced: boolean;
}

function merged(sightings: readonly CertificateSighting[]): readonly CertificateSighting[] {
  const byHash = new Map<string, CertificateSighting>();
  for (const sighting of sightings) {
    const known = byHash.get(sighting.sha256);
    byHash.set(sighting.sha256, known === undefined ? sighting : joined(known, sighting));
  }
  return [...byHash.values()].sort((a, b) => a.firstAt - b.firstAt || a.notBefore - b.notBefore || (a.sha256 < b.sha256 ? -1 : 1));
}

function joined(one: CertificateSighting, other: CertificateSighting): CertificateSighting {
  const [earlier, later] = one.firstAt <= other.firstAt ? [one, other] : [other, one];
  return { ...earlier, lastAt: Math.max(earlier.lastAt, later.lastAt) };
}

function isTwin(known: CertificateSighting, certificate: CertificateSighting): boolean {
  return Math.abs(certificate.notBefore - known.notBefore) <= SLACK * lifetimeOf(known);
}

function canBeReplacedBy({ certificate: old, lastAt, replaced }: Generation, young: CertificateSighting): boolean {
  return (
    !replaced &&
    young.seenBefore !== undefined &&
    old.firstAt < young.firstAt &&
    old.firstAt < young.notBefore &&
    old.notAfter < young.notAfter &&
    isServedAt(old, lastAt, young.seenBefore)
  );
}

/** Nearly at the last look is enough: addresses take turns. */
function isServedAt(certificate: CertificateSighting, lastAt: Instant, look: Instant): boolean {
  return lastAt >= look - SLACK * lifetimeOf(certificate);
}

function byEnd(a: Generation, b: Generation): number {
  return a.certificate.notAfter - b.certificate.notAfter || a.certificate.firstAt - b.certificate.firstAt;
}

function renewalOf(replaced: CertificateSighting, by: CertificateSighting): Renewal {
  const latest = by.firstAt;
  const earliest = Math.min(latest, Math.max(by.seenBefore ?? replaced.firstAt, by.notBefore));
  const lead = replaced.notAfter - latest;
  const lifetime = lifetimeOf(replaced);
  return { replaced, by, earliest, latest, lead, share: lead / lifetime, width: (latest - earliest) / lifetime };
}

/** Share of a lifetime within which certificates were issued together, or seen together: 4.5 days of 90, an hour of 24. */
const SLACK = 1 / 20;
