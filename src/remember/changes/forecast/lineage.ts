import type { CertificateSighting, Renewal } from "../../../model/forecast.ts";
import type { Instant } from "../../../model/instant.ts";

/** The certificates of one kind of key at one origin: what is renewed there is renewed within this. */
export interface CertificateSeries {
  readonly origin: string;
  readonly keyType: string;
  /** One entry per certificate, oldest sight first. */
  readonly certificates: readonly CertificateSighting[];
  readonly renewals: readonly Renewal[];
  /** When the origin was seen last, with a certificate of whatever kind. */
  readonly seenAt: Instant;
  /**
   * The certificate that is served: of those seen at the last looks, the one that ends last, because the others are on their way out; but
   * one that had ended when it was served at the very last look is what clients meet, whatever was there before.
   * Absent where the series was not seen any more: another kind of key took over, or a stranger's certificate went away.
   */
  readonly current?: CertificateSighting;
}

/** RSA beside ECDSA, and a stranger's certificate beside the trusted one, are series of their own. The order of `sightings` does not matter. */
export function seriesOf(sightings: readonly CertificateSighting[]): readonly CertificateSeries[] {
  const possible = sightings.filter((sighting) => lifetimeOf(sighting) > 0);
  return grouped(possible, ({ origin }) => origin).flatMap((atOrigin) => {
    const seenAt = Math.max(...atOrigin.map(({ lastAt }) => lastAt));
    const shortest = Math.min(...atOrigin.filter(({ lastAt }) => lastAt === seenAt).map(lifetimeOf));
    return grouped(atOrigin, ({ keyType, trusted }) => `${keyType} ${trusted}`).map((group) => {
      const [{ origin, keyType }] = group;
      const certificates = merged(group);
      const ended = certificates.filter(({ lastAt, notAfter }) => lastAt === seenAt && notAfter <= seenAt);
      const current = latestEnd(ended) ?? latestEnd(certificates.filter(({ lastAt }) => lastAt >= seenAt - SLACK * shortest));
      return {
        origin,
        keyType,
        certificates,
        renewals: renewalsAmong(certificates),
        seenAt,
        ...(current === undefined ? {} : { current }),
      };
    });
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
function renewalsAmong(certificates: readonly CertificateSighting[]): readonly Renewal[] {
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

function latestEnd(certificates: readonly CertificateSighting[]): CertificateSighting | undefined {
  return certificates.reduce<CertificateSighting | undefined>(
    (last, one) => (last === undefined || one.notAfter > last.notAfter ? one : last),
    undefined,
  );
}

interface Generation {
  readonly certificate: CertificateSighting;
  lastAt: Instant;
  replaced: boolean;
}

/** Groups that are not empty, by key. */
function grouped(
  sightings: readonly CertificateSighting[],
  keyOf: (sighting: CertificateSighting) => string,
): readonly (readonly [CertificateSighting, ...CertificateSighting[]])[] {
  const groups = new Map<string, [CertificateSighting, ...CertificateSighting[]]>();
  for (const sighting of sightings) {
    const key = keyOf(sighting);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [sighting]);
    else group.push(sighting);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
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
  const slack = SLACK * lifetimeOf(known);
  return Math.abs(certificate.notBefore - known.notBefore) <= slack && Math.abs(certificate.notAfter - known.notAfter) <= slack;
}

function canBeReplacedBy({ certificate: old, lastAt, replaced }: Generation, young: CertificateSighting): boolean {
  return (
    !replaced &&
    young.seenBefore !== undefined &&
    old.firstAt < young.firstAt &&
    old.firstAt < young.notBefore &&
    old.notAfter < young.notAfter &&
    lastAt >= young.seenBefore - SLACK * lifetimeOf(old)
  );
}

function byEnd(a: Generation, b: Generation): number {
  return a.certificate.notAfter - b.certificate.notAfter || a.certificate.firstAt - b.certificate.firstAt;
}

function renewalOf(replaced: CertificateSighting, by: CertificateSighting): Renewal {
  const latest = by.firstAt;
  const lookedAt = by.seenBefore ?? replaced.firstAt;
  const earliest = Math.min(latest, Math.max(lookedAt, by.notBefore));
  const lead = replaced.notAfter - latest;
  const lifetime = lifetimeOf(replaced);
  return { replaced, by, earliest, latest, lead, share: lead / lifetime, width: (latest - lookedAt) / lifetime };
}

/** Share of a lifetime within which certificates were issued together, or seen together: 4.5 days of 90, an hour of 24. */
const SLACK = 1 / 20;
