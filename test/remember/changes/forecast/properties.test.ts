import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CertificateSighting } from "../../../../src/model/forecast.ts";
import { DAY, HOUR } from "../../../../src/model/instant.ts";
import { seriesOf } from "../../../../src/remember/changes/forecast/lineage.ts";
import { renewalForecast } from "../../../../src/remember/changes/forecast/renewal-habit.ts";
import { survivalForecasts } from "../../../../src/remember/changes/forecast/survival.ts";
import { type Certificate, chain, type Night, START, sightingsIn, watched } from "./nights.ts";

/** Chains of 1 to 8 certificates of one lifetime, each replaced with 2 to 80 % of it left. */
const chains = fc
  .record({
    lifetime: fc.constantFrom(6 * DAY, 47 * DAY, 90 * DAY, 398 * DAY),
    shares: fc.array(fc.integer({ min: 2, max: 80 }), { minLength: 0, maxLength: 7 }),
  })
  .map(({ lifetime, shares }) => chain({ lifetime, leads: shares.map((share) => Math.round((share / 100) * lifetime)) }));

/** A chain, and the nights in which it was looked at; some of them blind, and old and new alternating for some days after each renewal. */
const histories = fc
  .record({
    certificates: chains,
    rollOutNights: fc.integer({ min: 0, max: 3 }),
    blind: fc.array(fc.tuple(fc.nat({ max: 900 }), fc.integer({ min: 1, max: 60 })), { maxLength: 5 }),
    after: fc.integer({ min: 1, max: 40 }),
  })
  .map(({ certificates, rollOutNights, blind, after }) => {
    const until = (certificates.at(-1)?.from ?? START) + after * DAY;
    const all = watched(certificates, until).map((night, index) => alternating(night, index, certificates, rollOutNights));
    const isBlind = (index: number) => blind.some(([from, length]) => index >= from && index < from + length);
    return { certificates, until, all, some: all.filter((_, index) => !isBlind(index)) };
  });

describe("forecasts from sightings", () => {
  it("more blind nights never create a renewal, and no history has more of them than happened", () => {
    fc.assert(
      fc.property(histories, ({ certificates, all, some }) => {
        const [fewer, more] = [renewalsIn(some), renewalsIn(all)];
        expect(fewer.length).toBeLessThanOrEqual(more.length);
        expect(more.length).toBeLessThanOrEqual(certificates.length - 1);
      }),
      { numRuns: 200 },
    );
  });

  it("the time at which a certificate came into service lies in the interval, however blind we were", () => {
    fc.assert(
      fc.property(histories, ({ certificates, some }) => {
        for (const { by, earliest, latest } of renewalsIn(some)) {
          const truly = certificates.find(({ notBefore }) => notBefore === by.notBefore)?.from ?? Number.NaN;
          expect(earliest).toBeLessThanOrEqual(Math.max(truly, by.seenBefore ?? truly));
          expect(latest).toBeGreaterThanOrEqual(truly);
          expect(earliest).toBeLessThanOrEqual(latest);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("do not depend on the order in which sightings are listed", () => {
    fc.assert(
      fc.property(
        histories.chain((history) =>
          fc.record({
            now: fc.constant(history.until),
            sightings: fc.constant(sightingsIn(history.some)),
            shuffled: shuffled(sightingsIn(history.some)),
          }),
        ),
        ({ now, sightings, shuffled: other }) => {
          expect(everythingFrom(other, now)).toEqual(everythingFrom(sightings, now));
        },
      ),
      { numRuns: 100 },
    );
  });

  it("move with time: the same history a constant later is the same forecast a constant later", () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: -400 * DAY, max: 400 * DAY }), ({ some, until }, shift) => {
        const sightings = sightingsIn(some);
        const later = sightings.map((sighting) => shiftedBy(sighting, shift));
        expect(everythingFrom(later, until + shift)).toEqual(everythingFrom(sightings, until).map((one) => shiftedBy(one, shift)));
      }),
      { numRuns: 100 },
    );
  });
});

function renewalsIn(nights: readonly Night[]) {
  return seriesOf(sightingsIn(nights)).flatMap(({ renewals }) => renewals);
}

function everythingFrom(sightings: readonly CertificateSighting[], now: number) {
  const series = seriesOf(sightings);
  return [
    ...series.flatMap((one) => renewalForecast(one, now) ?? []),
    ...survivalForecasts(
      series.map((one) => ({ integration: "acme", series: one })),
      now,
    ),
  ];
}

/** In the nights after a renewal the edges take turns. */
function alternating(
  night: Night,
  index: number,
  certificates: readonly (Certificate & { readonly from: number })[],
  nights: number,
): Night {
  const [served] = night.served;
  const position = certificates.findIndex(({ name }) => name === served?.name);
  const [old, young] = [certificates[position - 1], certificates[position]];
  if (old === undefined || young === undefined || night.at - young.from > nights * DAY + HOUR) return night;
  return { ...night, served: [index % 2 === 0 ? old : young] };
}

/** Every instant in it, and nothing else. */
function shiftedBy<T extends object>(value: T, shift: number): T {
  const instants = ["firstAt", "lastAt", "seenBefore", "notBefore", "notAfter", "seenAt"];
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, instants.includes(key) && typeof inner === "number" ? inner + shift : inner]),
  ) as T;
}

function shuffled<T>(values: readonly T[]): fc.Arbitrary<readonly T[]> {
  return fc.shuffledSubarray([...values], { minLength: values.length });
}
