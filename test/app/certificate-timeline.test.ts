import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { certificateTimeline, timelineOf } from "../../src/app/certificate-timeline.ts";
import { lifetimeSteps } from "../../src/app/public-lifetimes.ts";
import { parseInventory } from "../../src/inventory/parse.ts";
import { CERTIFICATE_ROLES, WITHOUT_REASONS } from "../../src/model/certificate-timeline.ts";
import { canonicalJson, sha256Hex } from "../../src/model/digest.ts";
import { integrationIdentity } from "../../src/model/fingerprint.ts";
import type { FleetMember, MilestoneRecord } from "../../src/model/history-store.ts";
import { DAY, HOUR, type Instant, SECOND } from "../../src/model/instant.ts";

const NOW = Date.UTC(2026, 10, 30, 12);
const ORIGIN = "https://api.acme.example";

describe("the timeline of certificates", () => {
  it("has a certificate of a day beside one of 398 days, what ends first before the others, and ended ones first of all", () => {
    const { certificates, axis } = timelineOf(
      [
        member("year", [leaf(NOW - 100 * DAY, 398 * DAY)]),
        member("day", [leaf(NOW - HOUR, DAY)]),
        member("gone", [leaf(NOW - 91 * DAY, 90 * DAY)]),
      ],
      { now: NOW },
    );
    expect(certificates.map(({ integration, standing, secondsLeft }) => [integration, standing, secondsLeft])).toEqual([
      ["gone", "ended", -86_400],
      ["day", "unknown", 23 * 3600],
      ["year", "unknown", 298 * 86_400],
    ]);
    expect(axis).toEqual({ from: NOW, to: NOW + 298 * DAY });
  });

  it("has a row for each origin and kind of key, and says which of them the verifier refused", () => {
    const stranger = leaf(NOW - DAY, 90 * DAY, { trusted: false });
    const rsa = leaf(NOW - DAY, 80 * DAY, { keyType: "rsa" });
    const elsewhere = { ...leaf(NOW - DAY, 70 * DAY), place: "https://eu.acme.example" };
    const { certificates } = timelineOf([member("acme", [leaf(NOW - DAY, 60 * DAY), rsa, elsewhere, stranger])], { now: NOW });
    expect(certificates.map(({ origin, keyType, trusted }) => [origin, keyType, trusted])).toEqual([
      [ORIGIN, "ec", true],
      ["https://eu.acme.example", "ec", true],
      [ORIGIN, "rsa", true],
      [ORIGIN, "ec", false],
    ]);
  });

  it("shows what was not seen lately as unseen, with the day on which it was", () => {
    const old = { ...leaf(NOW - 60 * DAY, 398 * DAY), lastAt: NOW - 30 * DAY };
    const [certificate] = timelineOf([member("acme", [old])], { now: NOW }).certificates;
    expect(certificate).toMatchObject({ standing: "unseen", seenAt: NOW - 30 * DAY, nextMaxDays: null });
  });

  describe("the window of renewal", () => {
    it("is the habit from three renewals on, with their number", () => {
      const [certificate] = timelineOf([member("acme", renewedEvery(60, 4))], { now: NOW }).certificates;
      const { renewal, notAfter, standing } = certificate ?? never();
      expect(renewal).toMatchObject({ basis: "habit", n: 3 });
      expect(notAfter - (renewal.from ?? 0)).toBeGreaterThan(30 * DAY);
      expect(notAfter - (renewal.to ?? 0)).toBeLessThan(30 * DAY);
      expect(standing).toBe("early");
    });

    it("is the last third below three renewals, where programs renew", () => {
      const [certificate] = timelineOf([member("acme", renewedEvery(60, 3))], { now: NOW }).certificates;
      const { renewal, notAfter } = certificate ?? never();
      expect(renewal).toEqual({ basis: "prior", n: 2, from: notAfter - 30 * DAY, to: notAfter });
    });

    it("may lie before now", () => {
      const { certificates } = timelineOf([member("acme", renewedEvery(60, 4, 75))], { now: NOW });
      const { renewal, standing } = certificates[0] ?? never();
      expect(standing).toBe("late");
      expect(renewal.to).toBeLessThan(NOW);
    });

    it.each([
      [100, "prior"],
      [101, "unknown"],
    ])("of a lifetime of %d days without a habit is %s", (days, basis) => {
      const [certificate] = timelineOf([member("acme", [leaf(NOW - DAY, days * DAY)])], { now: NOW }).certificates;
      expect(certificate?.renewal).toMatchObject(basis === "unknown" ? { basis, from: null, to: null, n: 0 } : { basis });
    });
  });

  describe("the axis", () => {
    const axisFor = (days: number, until?: Instant) =>
      timelineOf([member("acme", [leaf(NOW - DAY, (days + 1) * DAY)])], { now: NOW, ...(until === undefined ? {} : { until }) }).axis.to -
      NOW;

    it.each([
      [0.5, 90],
      [90, 90],
      [91, 91],
      [1096, 1096],
      [36_500, 1096],
    ])("with a last end in %d days is %d days long", (days, length) => {
      expect(axisFor(days)).toBe(length * DAY);
    });

    it("is as long as was asked for", () => {
      expect(axisFor(398, NOW + 7 * DAY)).toBe(7 * DAY);
      expect(axisFor(36_500, NOW + 40_000 * DAY)).toBe(40_000 * DAY);
    });

    it("is there without a certificate", () => {
      expect(timelineOf([], { now: NOW })).toMatchObject({ axis: { from: NOW, to: NOW + 90 * DAY }, certificates: [], without: [] });
    });
  });

  describe("the limit of the next one", () => {
    it.each([
      ["a longer one that ends when 100 days hold", "2026-03-15T00:00:00Z", 380, null],
      ["200 days, ends the day before 100 hold", "2026-08-27T00:00:00Z", 199, null],
      ["200 days, ends when 100 hold", "2026-08-28T00:00:00Z", 199.9, 100],
      ["398 days of before the 200", "2026-03-14T00:00:00Z", 397.9, 100],
      ["90 days", "2026-11-20T00:00:00Z", 90, null],
      ["100 years: no public authority", "2026-11-20T00:00:00Z", 36_500, null],
    ])("%s", (_, begin, days, expected) => {
      const [certificate] = timelineOf([member("acme", [leaf(Date.parse(begin), days * DAY)])], { now: NOW }).certificates;
      expect(certificate?.nextMaxDays).toBe(expected);
    });

    it("is that of the time at which it is usually renewed, or of today when that has passed", () => {
      const next = (day: string, age: number) => {
        const now = Date.parse(`${day}T00:00:00Z`);
        return timelineOf([member("acme", renewedEvery(60, 4, age, now))], { now }).certificates[0]?.nextMaxDays;
      };
      expect(next("2028-12-20", 5)).toBeNull(); // Expected in February.
      expect(next("2029-02-01", 5)).toBe(47);
      expect(next("2029-03-14", 75)).toBeNull(); // Late: it should have been in February.
      expect(next("2029-03-15", 75)).toBe(47);
    });

    it("is none of what the verifier refused", () => {
      const refused = leaf(Date.parse("2026-03-14T00:00:00Z"), 397 * DAY, { trusted: false });
      expect(timelineOf([member("acme", [refused])], { now: NOW }).certificates[0]?.nextMaxDays).toBeNull();
    });
  });

  it("has the limit of today and those to come, wherever the axis ends", () => {
    const days = (day: string, shift = 0) => lifetimeSteps(Date.parse(`${day}T00:00:00Z`) + shift).map(({ maxDays }) => maxDays);
    expect(days("2026-11-30")).toEqual([200, 100, 47]);
    expect(days("2027-03-15", -SECOND)).toEqual([200, 100, 47]);
    expect(days("2027-03-15")).toEqual([100, 47]);
    expect(days("2035-01-01")).toEqual([47]);
    expect(timelineOf([], { now: NOW }).limits[1]).toEqual({ from: "2027-03-15", maxDays: 100 });
  });

  describe("with an inventory", () => {
    const inventory = parsed(
      [
        "version: 1",
        "integrations:",
        "  - {id: acme, owner: new-team, baseUrl: https://api.acme.example}",
        "  - {id: plain, baseUrl: http://plain.example}",
        "  - {id: fresh, baseUrl: https://fresh.example}",
        "  - {id: dark, baseUrl: https://dark.example}",
        "  - {id: bare, baseUrl: https://bare.example}",
      ].join("\n"),
    );
    const { lastSeenAt: _never, ...dark } = member("dark", []);
    const members = [member("acme", [leaf(NOW - DAY, 90 * DAY)]), dark, member("bare", []), member("left", [leaf(NOW - DAY, 9 * DAY)])];

    it("has its integrations, those without a certificate with why, and counts the others", () => {
      const document = timelineOf(members, { now: NOW, inventory });
      expect(document).toMatchObject({ inventory: "apirisk.yaml", elsewhere: 1 });
      expect(document.certificates.map(({ integration, owner }) => [integration, owner])).toEqual([["acme", "new-team"]]);
      expect(document.without).toEqual([
        { integration: "plain", reason: "no-https" },
        { integration: "fresh", reason: "never-audited" },
        { integration: "dark", reason: "never-seen" },
        { integration: "bare", reason: "no-certificate" },
      ]);
    });

    it("has them without a history too", async () => {
      expect((await certificateTimeline(undefined, { now: NOW, inventory })).without).toHaveLength(5);
    });

    it("keeps to the owner and the criticality that were asked for", () => {
      const owned = (owner: string) => timelineOf(members, { now: NOW, inventory, owner });
      expect([owned("new-team").certificates.length, owned("new-team").without.length, owned("new-team").elsewhere]).toEqual([1, 0, 0]);
      expect([owned("payments").certificates.length, owned("payments").elsewhere]).toEqual([0, 1]);
      expect(timelineOf(members, { now: NOW, criticality: "low" })).toMatchObject({ certificates: [], without: [] });
      expect(timelineOf(members, { now: NOW, owner: "payments", criticality: "critical" }).certificates).toHaveLength(2);
    });

    it("fits the published schema, which lists the words of the model", () => {
      const schema = createRequire(import.meta.url)("#data/schemas/certificate-timeline.schema.json");
      const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);
      for (const document of [timelineOf(members, { now: NOW, inventory }), timelineOf([], { now: NOW })]) {
        validate(JSON.parse(JSON.stringify(document)));
        expect(validate.errors ?? []).toEqual([]);
      }
      expect(validate({ ...timelineOf(members, { now: NOW }), extra: 1 })).toBe(false);
      expect(schema.properties.without.items.properties.reason.enum).toEqual([...WITHOUT_REASONS]);
      expect(schema.$defs.certificate.properties.role.enum).toEqual([...CERTIFICATE_ROLES]);
    });
  });
});

function member(id: string, milestones: readonly MilestoneRecord[]): FleetMember {
  return {
    uid: integrationIdentity(id, []),
    id,
    name: id,
    owner: "payments",
    criticality: "critical",
    firstSeenAt: NOW - 400 * DAY,
    vantage: "local",
    lastAuditAt: NOW,
    visibility: "observed",
    lastSeenAt: NOW,
    scores: [],
    open: {},
    milestones,
  };
}

/** Seen since it was issued, and now. */
function leaf(notBefore: Instant, lifetime: number, over: { readonly trusted?: boolean; readonly keyType?: string } = {}): MilestoneRecord {
  const detail = { issuer: "C=US, O=Example, CN=R3", keyType: "ec", notBefore, notAfter: notBefore + lifetime, trusted: true, ...over };
  return {
    kind: "certificate",
    place: ORIGIN,
    mark: sha256Hex(canonicalJson(detail)),
    detail: canonicalJson(detail),
    firstAt: notBefore,
    lastAt: NOW,
  };
}

/** `count` certificates of 90 days, each of `days` in service; the last one began `age` days before `now`. */
function renewedEvery(days: number, count: number, age = 5, now = NOW): readonly MilestoneRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const from = now - (age + days * (count - 1 - index)) * DAY;
    return {
      ...leaf(from, 90 * DAY),
      ...(index === 0 ? {} : { seenBefore: from - DAY }),
      lastAt: index === count - 1 ? now : from + days * DAY - DAY,
    };
  });
}

function parsed(text: string) {
  const inventory = parseInventory(text, "apirisk.yaml", new Map());
  if (!inventory.ok) throw new Error(JSON.stringify(inventory.error));
  return inventory.value;
}

function never(): never {
  throw new Error("no certificate");
}
