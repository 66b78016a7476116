import fc from "fast-check";
import { expect, test } from "vitest";
import { expiring } from "../../../../src/judge/rules/certificate/expiring.ts";
import { DAY, HOUR } from "../../../../src/model/instant.ts";
import { severityRank } from "../../../../src/model/severity.ts";
import { intermediate, serverLeaf } from "../../../lab/support/certificate-factory.ts";
import { newKey } from "../../../lab/support/certificate-keys.ts";
import { aCertificate, NOW, SECOND_ORIGIN, session, TWO_URLS, unseen } from "../../builders.ts";
import { chainOf, leaf, ROOT, serving, shown } from "../../chain-builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

/** A certificate of `days` days, of which a part is left. */
const left = (fraction: number, days = 100, where = {}) => {
  const notAfter = NOW + Math.round(fraction * days * DAY);
  return session({ chain: [aCertificate({ notBefore: notAfter - days * DAY, notAfter })] }, where);
};

const OWN = chainOf();
const SHORT_LIVED = intermediate(ROOT, { at: new Date(NOW), subject: "twice", notAfter: new Date(NOW + 20 * DAY) });
const LONG_LIVED = intermediate(ROOT, { at: new Date(NOW), subject: "twice", key: SHORT_LIVED.key });
const ENDING = leaf({ key: newKey("rsa"), notBefore: new Date(NOW - 88 * DAY), notAfter: new Date(NOW + 2 * DAY) });

describeRule(
  expiring,
  {
    pass: [
      { name: "a fifth is left", observations: [left(0.2)], expect: [["leaf", "fresh"]] },
      { name: "160 hours, of which 53 are left", observations: [left(53 / 160, 160 / 24)], expect: [["leaf", "fresh"]] },
      {
        name: "ten years, of which a twentieth is left: too early to be told",
        observations: [left(0.04, 3650)],
        expect: [["leaf", "fresh"]],
      },
      {
        name: "an authority above it ends first, and another path goes on",
        observations: [shown([serverLeaf(SHORT_LIVED, { at: new Date(NOW) }), SHORT_LIVED, LONG_LIVED])],
        expect: [["leaf", "fresh"]],
      },
      { name: "a day that has begun", observations: [left(0.9, 1)], expect: [["leaf", "fresh"]] },
      { name: "a certificate of six days with two to go", observations: [left(2 / 6, 6)], expect: [["leaf", "fresh"]] },
    ],
    fail: [
      { name: "just less than a fifth", observations: [left(0.1999)], expect: [["leaf", "renewal-overdue", "low"]] },
      { name: "a tenth", observations: [left(0.1)], expect: [["leaf", "renewal-overdue", "low"]] },
      { name: "less than a tenth", observations: [left(0.0999)], expect: [["leaf", "ends-soon", "medium"]] },
      { name: "a twentieth", observations: [left(0.05)], expect: [["leaf", "ends-soon", "medium"]] },
      { name: "less than a twentieth", observations: [left(0.0499)], expect: [["leaf", "ends-very-soon", "high"]] },
      { name: "the last moment", observations: [left(0)], expect: [["leaf", "ends-very-soon", "high"]] },
      { name: "160 hours, of which 24 are left", observations: [left(24 / 160, 160 / 24)], expect: [["leaf", "renewal-overdue", "low"]] },
      { name: "160 hours, the last day", observations: [left(23.9 / 160, 160 / 24)], expect: [["leaf", "ends-very-soon", "high"]] },
      {
        name: "an authority above it ends before it does",
        observations: [shown([serverLeaf(SHORT_LIVED, { at: new Date(NOW) }), SHORT_LIVED])],
        expect: [["leaf", "issuer-ends-soon", "high"]],
      },
      { name: "ten years, of which 89 days are left", observations: [left(89 / 3650, 3650)], expect: [["leaf", "renewal-overdue", "low"]] },
      { name: "ten years, of which 20 days are left", observations: [left(20 / 3650, 3650)], expect: [["leaf", "ends-very-soon", "high"]] },
      {
        name: "the other certificate of a dual host",
        observations: [shown(OWN), serving([{ chain: OWN }, { chain: chainOf(ENDING) }])],
        expect: [
          ["leaf", "fresh"],
          ["leaf-rsa", "other-ends-soon", "low"],
        ],
      },
      {
        name: "the worse of two addresses",
        observations: [left(0.15), left(0.01, 398, { address: "192.0.2.2" }), left(0.07, 90, { address: "192.0.2.3" })],
        expect: [["leaf", "ends-very-soon", "high"]],
      },
    ],
    "not-applicable": [
      {
        name: "a region that left the inventory",
        observations: [session()],
        known: ["leaf@gone.acme.example:443"],
        expect: [
          ["leaf", "fresh"],
          ["leaf@gone.acme.example:443", "not-declared"],
        ],
      },
      {
        name: "a base URL that is http by now, beside a region that is not",
        integration: { ...TWO_URLS, baseUrl: "http://api.acme.example" },
        observations: [session({}, { origin: SECOND_ORIGIN })],
        known: ["leaf"],
        expect: [
          ["leaf", "not-declared"],
          ["leaf@eu.acme.example:8443", "fresh"],
        ],
      },

      {
        name: "the other certificate is not served any more",
        observations: [shown(OWN), serving([{ chain: OWN }])],
        known: ["leaf-rsa"],
        expect: [
          ["leaf", "fresh"],
          ["leaf-rsa", "not-served"],
        ],
      },
      { name: "over already", observations: [left(-0.01)], expect: [["leaf", "outside-validity"]] },
      {
        name: "not begun",
        observations: [session({ chain: [aCertificate({ notBefore: NOW + DAY })] })],
        expect: [["leaf", "outside-validity"]],
      },
      { name: "a URL without TLS", integration: { baseUrl: "http://api.acme.example" }, expect: [["", "no-tls"]] },
    ],
    unobserved: [
      {
        name: "the connection was reset",
        observations: [unseen("tls-session", "connection_reset", { address: "192.0.2.1" })],
        expect: [["leaf", "unobserved", "connection_reset"]],
      },
      { name: "no certificate", observations: [session({ chain: [] })], expect: [["leaf", "unobserved", "evidence_missing"]] },
    ],
    hostile: [
      {
        name: "a lifetime of nothing",
        observations: [session({ chain: [aCertificate({ notBefore: NOW, notAfter: NOW })] })],
        expect: [["leaf", "unobserved", "evidence_ambiguous"]],
      },
    ],
  },
  () => {
    test("never gets milder with time", () => {
      const severityAt = (asOf: number) =>
        severityRank(runCase(expiring, { name: "", observations: [left(0.5)], asOf, expect: [] })[0]?.severity ?? "info");
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 50 * DAY }), fc.integer({ min: 0, max: 50 * DAY }), (a, b) => {
          expect(severityAt(NOW + Math.min(a, b))).toBeLessThanOrEqual(severityAt(NOW + Math.max(a, b)));
        }),
      );
    });

    test("says when, in how many days, and what part", () => {
      const [result] = runCase(expiring, { name: "", observations: [left(0.045)], expect: [] });
      expect(result?.message).toBe("The certificate ends at 2026-11-28T00:00:00Z, in 4 days: 4 % of its lifetime are left.");
      const soon = runCase(expiring, { name: "", observations: [left(0.05, (60 * HOUR) / DAY)], expect: [] });
      expect(soon[0]?.message).toBe("The certificate ends at 2026-11-23T15:00:00Z, in 3 hours: 5 % of its lifetime are left.");
      expect(runCase(expiring, { name: "", observations: [left(0.199)], expect: [] })[0]?.data["percent"]).toBe(19);
    });
  },
);
