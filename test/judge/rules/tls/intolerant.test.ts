import { expect, test } from "vitest";
import { intolerant } from "../../../../src/judge/rules/tls/intolerant.ts";
import { parameters, SECOND_ORIGIN, TWO_URLS, unseen } from "../../builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";
import { featuring, mute, OTHER, ofVersion1 } from "../../tls-cases.ts";

const TOLERANT = { grease: true, longHello: true };

function both(long: readonly string[], values: readonly string[]) {
  return [
    ["long-hello", ...long],
    ["unknown-values", ...values],
  ] as unknown as readonly (readonly [string, string, string?])[];
}

describeRule(
  intolerant,
  {
    pass: [{ name: "both are answered", observations: [featuring(TOLERANT)], expect: both(["tolerant"], ["tolerant"]) }],
    fail: [
      {
        name: "a long hello is not",
        observations: [featuring({ ...TOLERANT, longHello: false })],
        expect: both(["long-hello", "info"], ["tolerant"]),
      },
      {
        name: "unknown values are not, at one address of two",
        observations: [featuring(TOLERANT), { ...featuring({ ...TOLERANT, grease: false }), key: { ...parameters().key, ...OTHER } }],
        expect: both(["tolerant"], ["unknown-values", "info"]),
      },
      {
        name: "neither is",
        observations: [featuring({ grease: false, longHello: false })],
        expect: both(["long-hello", "info"], ["unknown-values", "info"]),
      },
    ],
    "not-applicable": [
      { name: "a URL without TLS", integration: { baseUrl: "http://api.acme.example" }, expect: [["", "no-tls"]] },
      {
        name: "a region that left the inventory",
        observations: [featuring(TOLERANT)],
        known: ["long-hello@gone.acme.example:443"],
        expect: [
          ["long-hello", "tolerant"],
          ["long-hello@gone.acme.example:443", "not-declared"],
          ["unknown-values", "tolerant"],
        ],
      },
    ],
    unobserved: [
      {
        name: "what depth standard does not ask",
        observations: [parameters({ depth: "standard" })],
        expect: both(["unobserved", "not_requested"], ["unobserved", "not_requested"]),
      },
      {
        name: "one was asked, and not seen",
        observations: [featuring({ grease: true })],
        expect: both(["unobserved", "evidence_ambiguous"], ["tolerant"]),
      },
      {
        name: "evidence of version 1",
        observations: [ofVersion1(featuring(TOLERANT))],
        expect: both(["unobserved", "evidence_too_old"], ["unobserved", "evidence_too_old"]),
      },
      {
        name: "a second region where nobody answered",
        integration: TWO_URLS,
        observations: [featuring(TOLERANT), unseen("tls", "connect_timeout", { origin: SECOND_ORIGIN })],
        expect: [
          ["long-hello", "tolerant"],
          ["long-hello@eu.acme.example:8443", "unobserved", "connect_timeout"],
          ["unknown-values", "tolerant"],
          ["unknown-values@eu.acme.example:8443", "unobserved", "connect_timeout"],
        ],
      },
    ],
    hostile: [
      {
        name: "no version at all",
        observations: [parameters({ versions: [], features: { grease: false } })],
        expect: both(["unobserved", "evidence_ambiguous"], ["unobserved", "evidence_ambiguous"]),
      },
      {
        name: "features of versions that reset",
        observations: [mute({ grease: false, longHello: false }, "TLS 1.2")],
        expect: both(["unobserved", "connection_reset"], ["unobserved", "connection_reset"]),
      },
    ],
  },
  () =>
    test("says no more of a long hello than is known", () => {
      expect(
        runCase(intolerant, { name: "", observations: [featuring({ ...TOLERANT, longHello: false })], expect: [] }).map(
          ({ message }) => message,
        ),
      ).toEqual([
        "A hello of more than one packet does not get the answer that a short one gets: a client with post-quantum key shares may fail to connect.",
        undefined,
      ]);
    }),
);
