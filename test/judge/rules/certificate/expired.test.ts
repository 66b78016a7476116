import { expect, test } from "vitest";
import { expired } from "../../../../src/judge/rules/certificate/expired.ts";
import { DAY, MINUTE, SECOND } from "../../../../src/model/instant.ts";
import { newKey } from "../../../lab/support/certificate-keys.ts";
import { aCertificate, accepting, NOW, SECOND_ORIGIN, session, TWO_URLS, unseen } from "../../builders.ts";
import { chainOf, leaf, serving, shown, stopped } from "../../chain-builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const until = (notAfter: number, where = {}) => session({ chain: [aCertificate({ notBefore: NOW - 100 * DAY, notAfter })] }, where);

const OVER = { key: newKey("rsa"), notBefore: new Date(NOW - 90 * DAY), notAfter: new Date(NOW - DAY) };
const AHEAD = { key: newKey("rsa"), notBefore: new Date(NOW + DAY), notAfter: new Date(NOW + 90 * DAY) };
const OWN = chainOf();
const dual = (other: Parameters<typeof leaf>[0]) => [shown(OWN), serving([{ chain: OWN }, { chain: chainOf(leaf(other)) }])];

describeRule(
  expired,
  {
    pass: [
      { name: "weeks left", observations: [session()], expect: [["leaf", "valid"]] },
      { name: "the last moment is inside", observations: [until(NOW)], expect: [["leaf", "valid"]] },
      {
        name: "the first moment is inside",
        observations: [session({ chain: [aCertificate({ notBefore: NOW })] })],
        expect: [["leaf", "valid"]],
      },
    ],
    fail: [
      { name: "one millisecond late", observations: [until(NOW - 1)], expect: [["leaf", "expired", "critical"]] },
      {
        name: "not valid yet",
        observations: [session({ chain: [aCertificate({ notBefore: NOW + 5 * MINUTE + SECOND })] })],
        expect: [["leaf", "not-yet-valid", "high"]],
      },
      {
        name: "begun within the minutes that clocks differ",
        observations: [session({ chain: [aCertificate({ notBefore: NOW + 5 * MINUTE })] })],
        expect: [["leaf", "clock-skew", "info"]],
      },
      {
        name: "our own connection was turned away, and the enumeration read the only one",
        observations: [stopped(), serving([{ chain: chainOf(leaf(OVER)) }])],
        expect: [["leaf", "expired", "critical"]],
      },
      {
        name: "our own connection was turned away, and one of two is over",
        observations: [stopped(), serving([{ chain: OWN }, { chain: chainOf(leaf(OVER)) }])],
        expect: [
          ["leaf", "unobserved", "tls_alert"],
          ["leaf-ecdsa", "valid"],
          ["leaf-rsa", "other-expired", "medium"],
        ],
      },
      {
        name: "the other certificate of a dual host is over",
        observations: dual(OVER),
        expect: [
          ["leaf", "valid"],
          ["leaf-rsa", "other-expired", "medium"],
        ],
      },
      {
        name: "the other certificate of a dual host has not begun",
        observations: dual(AHEAD),
        expect: [
          ["leaf", "valid"],
          ["leaf-rsa", "other-not-yet-valid", "medium"],
        ],
      },
      {
        name: "the worse of two addresses",
        observations: [
          session({ chain: [aCertificate({ notBefore: NOW + DAY })] }),
          until(NOW - DAY, { address: "192.0.2.2" }),
          session({}, { address: "192.0.2.3" }),
        ],
        expect: [["leaf", "expired", "critical"]],
      },
      {
        name: "the second region only",
        integration: TWO_URLS,
        observations: [session(), until(NOW - DAY, { origin: SECOND_ORIGIN })],
        expect: [
          ["leaf", "valid"],
          ["leaf@eu.acme.example:8443", "expired", "critical"],
        ],
      },
    ],
    "not-applicable": [
      {
        name: "a region that left the inventory",
        observations: [session()],
        known: ["leaf@gone.acme.example:443"],
        expect: [
          ["leaf", "valid"],
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
          ["leaf@eu.acme.example:8443", "valid"],
        ],
      },
      {
        name: "the other certificate is not served any more, and everything that is was seen",
        observations: [shown(OWN), serving([{ chain: OWN }])],
        known: ["leaf-rsa"],
        expect: [
          ["leaf", "valid"],
          ["leaf-rsa", "not-served"],
        ],
      },
      { name: "a URL without TLS", integration: { baseUrl: "http://api.acme.example" }, expect: [["", "no-tls"]] },
    ],
    unobserved: [
      {
        name: "the handshake timed out",
        observations: [unseen("tls-session", "tls_timeout", { address: "192.0.2.1" })],
        expect: [["leaf", "unobserved", "tls_timeout"]],
      },
      {
        name: "the other certificate of a host that was not enumerated",
        observations: [shown(OWN)],
        known: ["leaf-rsa"],
        expect: [
          ["leaf", "valid"],
          ["leaf-rsa", "unobserved", "evidence_missing"],
        ],
      },
      {
        name: "the other certificate is over by now, and was not seen this time: it may have been renewed",
        observations: [shown(OWN), serving([{ chain: OWN }, { chain: chainOf(leaf(OVER)), remembered: true }])],
        expect: [
          ["leaf", "valid"],
          ["leaf-rsa", "unobserved", "not_requested"],
        ],
      },
      {
        name: "the other certificate where not everything was seen",
        observations: [
          shown(OWN),
          serving([{ chain: OWN }], { versions: [accepting("TLS 1.3", ["TLS_AES_128_GCM_SHA256"], { complete: false })] }),
        ],
        known: ["leaf-rsa"],
        expect: [
          ["leaf", "valid"],
          ["leaf-rsa", "unobserved", "evidence_missing"],
        ],
      },
      {
        name: "a session without a certificate",
        observations: [session({ chain: [] })],
        expect: [["leaf", "unobserved", "evidence_missing"]],
      },
    ],
    hostile: [
      {
        name: "a period that ends before it begins",
        observations: [session({ chain: [aCertificate({ notBefore: NOW + DAY, notAfter: NOW - DAY })] })],
        expect: [["leaf", "expired", "critical"]],
      },
      {
        name: "years that no calendar has",
        observations: [session({ chain: [aCertificate({ notBefore: Date.UTC(1950, 0), notAfter: Date.UTC(9999, 11, 31) })] })],
        expect: [["leaf", "valid"]],
      },
    ],
  },
  () => {
    test("says since when, in whole days", () => {
      const [result] = runCase(expired, { name: "", observations: [until(NOW - 3.5 * DAY)], expect: [] });
      expect(result?.message).toBe("The certificate expired at 2026-11-20T00:00:00Z, 3 days ago.");
    });
  },
);
