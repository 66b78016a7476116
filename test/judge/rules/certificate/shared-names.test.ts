import { expect, test } from "vitest";
import { sharedNames } from "../../../../src/judge/rules/certificate/shared-names.ts";
import { EXTENSION, unknown } from "../../../lab/support/certificate-extensions.ts";
import { sharedKey } from "../../../lab/support/certificate-keys.ts";
import { chainOf, leaf, serving, shown } from "../../chain-builders.ts";
import { chainCases } from "../../chain-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const HOST = "api.acme.example";
const says = (name: string, dns: readonly string[], ...said: readonly string[]): RuleCase => ({
  name,
  observations: [shown(chainOf(leaf({ dns })))],
  expect: [["names", ...said] as unknown as RuleCase["expect"][number]],
});
/** So many domains, each with a name of its own. */
const strangers = (count: number) => Array.from({ length: count }, (_, at) => `www.stranger-${at}.example`);
const at = (baseUrl: string, dns: readonly string[], ...said: readonly string[]): RuleCase => ({
  ...says(baseUrl, dns, ...said),
  integration: { baseUrl },
  observations: [shown(chainOf(leaf({ dns })), {}, { origin: new URL(baseUrl).origin })],
});
const common = chainCases("names", "own-names");

describeRule(
  sharedNames,
  {
    pass: [
      says("the host alone", [HOST], "own-names"),
      says("many names of one domain", [HOST, ...Array.from({ length: 50 }, (_, n) => `n${n}.acme.example`)], "own-names"),
      says(
        "the same label in many registries",
        [HOST, "acme.com", "*.acme.co.uk", "acme.de", "acme.fr", "acme.io", "acme.net", "acme.org"],
        "own-names",
      ),
      says("four domains of others", [HOST, ...strangers(4)], "own-names"),
      says("four domains of others, with many names", [HOST, ...strangers(4), ...strangers(4).map((name) => `a.${name}`)], "own-names"),
      {
        name: "no names at all",
        observations: [shown(chainOf(leaf({ without: [EXTENSION.subjectAltName] })))],
        expect: [["names", "own-names"]],
      },
      at("https://192.0.2.1", [HOST], "own-names"),
    ],
    fail: [
      says("five domains of others", [HOST, ...strangers(5)], "shared", "info"),
      says("five, by wildcards", [HOST, ...strangers(5).map((name) => name.replace("www", "*"))], "shared", "info"),
      says("five, in capitals", [HOST, ...strangers(5).map((name) => name.toUpperCase())], "shared", "info"),
      says("five, and not for the host", strangers(5), "shared", "info"),
      says("2000 domains", strangers(2000), "shared", "info"),
      {
        name: "the other certificate of a dual host",
        observations: [
          shown(chainOf()),
          serving([{ chain: chainOf() }, { chain: chainOf(leaf({ key: sharedKey("rsa"), dns: [HOST, ...strangers(5)] })) }]),
        ],
        expect: [
          ["names", "own-names"],
          ["names-ecdsa", "own-names"],
          ["names-rsa", "shared", "info"],
        ],
      },
    ],
    "not-applicable": [
      ...common["not-applicable"],
      at("https://localhost", strangers(5), "no-domain"),
      at("https://192.0.2.1", strangers(5), "no-domain"),
      at("https://[2001:db8::1]", strangers(5), "no-domain"),
    ],
    unobserved: common.unobserved,
    hostile: [
      ...common.hostile,
      {
        name: "names that cannot be read",
        observations: [shown(chainOf(leaf({ with: [unknown(EXTENSION.subjectAltName, Uint8Array.of(4, 0))] })))],
        expect: [["names", "unobserved", "evidence_ambiguous"]],
      },
      says("names that are none", [HOST, "*.", "..", "\u0007", "a b", "*.*.*", "-", "con\u0000stranger.example"], "own-names"),
      says("suffixes and addresses", [HOST, "com", "*.co.uk", "192.0.2.1", "192.0.2.2", "cloudfront.net", "localhost"], "own-names"),
    ],
  },
  () =>
    test("says how many, and none of them", () => {
      const [result] = runCase(sharedNames, {
        name: "",
        observations: [shown(chainOf(leaf({ dns: [HOST, ...strangers(6)] })))],
        expect: [],
      });
      expect(result?.message).toBe("The certificate has 7 names, of 6 domains that are not the API's.");
      expect(JSON.stringify(result)).not.toContain("stranger");
    }),
);
