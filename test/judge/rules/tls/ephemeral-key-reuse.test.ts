import { expect, test } from "vitest";
import { ephemeralKeyReuse } from "../../../../src/judge/rules/tls/ephemeral-key-reuse.ts";
import { accepting, parameters } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { commonCases, featuring, muteCases, OTHER, refused, versions } from "../../tls-cases.ts";

const common = commonCases("key-exchange", "fresh");
const STATIC = ["TLS_RSA_WITH_AES_128_GCM_SHA256"];

describeRule(
  ephemeralKeyReuse,
  {
    pass: [{ name: "a key for each", observations: [parameters()], expect: [["key-exchange", "fresh"]] }],
    fail: [
      { name: "one key for two", observations: [featuring({ ephemeralReuse: true })], expect: [["key-exchange", "reused", "info"]] },
      {
        name: "at one address of two",
        observations: [parameters({}, OTHER), featuring({ ephemeralReuse: true })],
        expect: [["key-exchange", "reused", "info"]],
      },
    ],
    "not-applicable": [
      ...common["not-applicable"],
      {
        name: "static keys alone",
        observations: [parameters({ features: {}, versions: versions(accepting("TLS 1.2", STATIC), refused("TLS 1.3")) })],
        expect: [["key-exchange", "no-ephemeral-keys"]],
      },
    ],
    unobserved: [
      ...common.unobserved,
      ...muteCases("key-exchange", { ephemeralReuse: true }),
      {
        name: "fewer than two keys were seen",
        observations: [parameters({ features: {} })],
        expect: [["key-exchange", "unobserved", "not_requested"]],
      },
      {
        name: "static keys, and a suite that may have others",
        observations: [
          parameters({
            features: {},
            versions: versions(
              accepting("TLS 1.2", STATIC, { unknown: ["TLS_DHE_RSA_WITH_AES_128_CBC_SHA"], reason: "budget_exhausted" }),
              refused("TLS 1.3"),
            ),
          }),
        ],
        expect: [["key-exchange", "unobserved", "not_requested"]],
      },
    ],
    hostile: [
      {
        name: "no version at all",
        observations: [parameters({ versions: [], features: {} })],
        expect: [["key-exchange", "unobserved", "not_requested"]],
      },
    ],
  },
  () =>
    test("says of keys no more than was seen of them", () => {
      expect(ephemeralKeyReuse.outcomes["fresh"]?.message({})).toBe("No ephemeral key was seen on two connections.");
    }),
);
