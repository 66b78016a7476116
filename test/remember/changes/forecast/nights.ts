import { sha256Hex } from "../../../../src/model/digest.ts";
import type { CertificateSighting } from "../../../../src/model/forecast.ts";
import { DAY } from "../../../../src/model/instant.ts";
import { type CertificateSeries, seriesOf } from "../../../../src/remember/changes/forecast/lineage.ts";

/** Hand-made certificates, and the nights in which they were seen. */

/** Wednesday, 2025-01-01T03:00:00Z. */
export const START = Date.UTC(2025, 0, 1, 3);
export const ORIGIN = "https://api.acme.example";

export interface Certificate {
  readonly name: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly issuer?: string;
  readonly keyType?: string;
  readonly key?: string;
  readonly trusted?: boolean;
}

export interface Night {
  readonly at: number;
  /** Nothing: we were blind. */
  readonly served: readonly Certificate[];
}

/** From when to when each was seen, as the store keeps it. */
export function sightingsIn(nights: readonly Night[]): readonly CertificateSighting[] {
  const known = new Map<string, CertificateSighting>();
  let lookedAt: number | undefined;
  for (const { at, served } of [...nights].sort((a, b) => a.at - b.at)) {
    for (const certificate of served) {
      const sighting = known.get(certificate.name) ?? firstSight(certificate, at, lookedAt);
      known.set(certificate.name, { ...sighting, lastAt: at });
    }
    if (served.length > 0) lookedAt = at;
  }
  return [...known.values()];
}

export function onlySeries(nights: readonly Night[]): CertificateSeries {
  const [series, another] = seriesOf(sightingsIn(nights));
  if (series === undefined || another !== undefined) throw new Error("not one series");
  return series;
}

function firstSight(certificate: Certificate, at: number, seenBefore: number | undefined): CertificateSighting {
  const { name, notBefore, notAfter, issuer = "CN=R3,O=Let's Encrypt", keyType = "ec", key = name, trusted = true } = certificate;
  return {
    origin: ORIGIN,
    sha256: sha256Hex(name),
    issuer,
    keyType,
    keySha256: sha256Hex(key),
    notBefore,
    notAfter,
    trusted,
    firstAt: at,
    lastAt: at,
    ...(seenBefore === undefined ? {} : { seenBefore }),
  };
}

export interface Habit {
  readonly lifetime: number;
  /** How long before its end each certificate is replaced: one entry per renewal. */
  readonly leads: readonly number[];
  readonly of?: Partial<Certificate>;
}

/** A chain of certificates, each issued when it takes the place of the one before. The first begins at START. */
export function chain({ lifetime, leads, of = {} }: Habit): readonly (Certificate & { readonly from: number })[] {
  const certificates = [{ name: "0", from: START, notBefore: START, notAfter: START + lifetime, ...of }];
  for (const [index, lead] of leads.entries()) {
    const from = (certificates.at(-1)?.notAfter ?? START) - lead;
    certificates.push({ ...of, name: `${of.name ?? ""}${index + 1}`, from, notBefore: from, notAfter: from + lifetime });
  }
  return certificates;
}

/** One look every `every`, from START until `until`; `blind` takes looks away. */
export function watched(
  certificates: readonly (Certificate & { readonly from: number })[],
  until: number,
  { every = DAY, blind = () => false }: { readonly every?: number; readonly blind?: (at: number) => boolean } = {},
): readonly Night[] {
  const looks = Math.floor((until - START) / every) + 1;
  return Array.from({ length: looks }, (_, index) => START + index * every)
    .filter((at) => !blind(at))
    .map((at) => ({ at, served: certificates.filter(({ from }) => from <= at).slice(-1) }));
}
