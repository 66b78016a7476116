import { expect, test } from "vitest";
import type { TlsFeatureFacts } from "../../../../src/evidence/kinds.ts";
import { needsServerName } from "../../../../src/judge/rules/certificate/needs-server-name.ts";
import type { Made } from "../../../lab/support/certificate-factory.ts";
import { sharedKey } from "../../../lab/support/certificate-keys.ts";
import { GOOD_FEATURES, parameters, SECOND_ORIGIN } from "../../builders.ts";
import { chainOf, leaf, serving } from "../../chain-builders.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";
import { commonCases, featuring, mute, muteCases, OTHER } from "../../tls-cases.ts";

const SAME = featuring({ withoutName: "same-certificate" });
const common = commonCases("no-server-name", "same-certificate", SAME);
const says = (name: string, observations: RuleCase["observations"], ...said: readonly string[]): RuleCase => ({
  name,
  observations: observations ?? [],
  expect: [["no-server-name", ...said] as unknown as RuleCase["expect"][number]],
});

const features: TlsFeatureFacts = { ...GOOD_FEATURES, withoutName: "other-certificate" };
/** With a name, and without. */
const other = (nameless: readonly Made[], where = {}) =>
  serving([{ chain: chainOf() }, ...nameless.map((first) => ({ chain: chainOf(first), named: false }))], { features }, where);
const DEFAULT_HOST = leaf({ dns: ["default.acme.example"] });

describeRule(
  needsServerName,
  {
    pass: [
      says("the same certificate", [SAME], "same-certificate"),
      says("another one for this host", [other([leaf({ key: sharedKey("rsa") })])], "another-for-the-host"),
      says("a wildcard that covers it", [other([leaf({ dns: ["*.acme.example"] })])], "another-for-the-host"),
      says("several, each for this host", [other([leaf(), leaf({ key: sharedKey("rsa") })])], "another-for-the-host"),
    ],
    fail: [
      says("the certificate of another host", [other([DEFAULT_HOST])], "another-certificate", "info"),
      says("a wildcard of another level", [other([leaf({ dns: ["*.api.acme.example"] })])], "another-certificate", "info"),
      says("one for this host, and one that is not", [other([leaf(), DEFAULT_HOST])], "another-certificate", "info"),
      says("nothing", [featuring({ withoutName: "refused" })], "refused", "info"),
      says(
        "nothing, at one address of two",
        [SAME, { ...featuring({ withoutName: "refused" }), key: { ...SAME.key, ...OTHER } }],
        "refused",
        "info",
      ),
    ],
    "not-applicable": [
      ...common["not-applicable"],
      {
        name: "an address in the URL",
        integration: { baseUrl: "https://192.0.2.1/v1", additionalUrls: [{ url: "https://[2001:db8::1]/v1" }] },
        observations: [parameters({}, { origin: "https://192.0.2.1" }), parameters({}, { origin: "https://[2001:db8::1]", ...OTHER })],
        expect: [
          ["no-server-name", "no-name"],
          ["no-server-name@[2001:db8::1]:443", "no-name"],
        ],
      },
      {
        name: "a second region that was asked as well",
        integration: { additionalUrls: [{ url: `${SECOND_ORIGIN}/v1` }] },
        observations: [SAME, { ...SAME, key: { ...SAME.key, origin: SECOND_ORIGIN } }],
        expect: [
          ["no-server-name", "same-certificate"],
          ["no-server-name@eu.acme.example:8443", "same-certificate"],
        ],
      },
    ],
    unobserved: [
      ...common.unobserved,
      ...muteCases("no-server-name", { withoutName: "refused" }),
      says("what depth standard does not ask", [parameters({ depth: "standard" })], "unobserved", "not_requested"),
      says("asked, and not seen", [parameters()], "unobserved", "evidence_ambiguous"),
      says("another one, which was not kept", [parameters({ features })], "unobserved", "evidence_ambiguous"),
    ],
    hostile: [
      says("features of nothing", [mute({ withoutName: "other-certificate" }, "TLS 1.2")], "unobserved", "connection_reset"),
      says(
        "another one that nobody can read",
        [other([{ ...DEFAULT_HOST, der: Buffer.from("none") }])],
        "unobserved",
        "evidence_ambiguous",
      ),
      says("another one without any name", [other([leaf({ names: { dns: [] } })])], "another-certificate", "info"),
    ],
  },
  () =>
    test("says what a client without a name gets", () => {
      expect(runCase(needsServerName, { name: "", observations: [other([DEFAULT_HOST])], expect: [] })[0]?.message).toBe(
        "A hello without a name gets the certificate of another host.",
      );
    }),
);
