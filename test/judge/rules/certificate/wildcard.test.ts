import { expect, test } from "vitest";
import { wildcard } from "../../../../src/judge/rules/certificate/wildcard.ts";
import { EXTENSION, unknown } from "../../../lab/support/certificate-extensions.ts";
import type { LeafOptions } from "../../../lab/support/certificate-factory.ts";
import { sharedKey } from "../../../lab/support/certificate-keys.ts";
import { chainOf, leaf, serving, shown } from "../../chain-builders.ts";
import { chainCases } from "../../chain-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const of = (name: string, host: string, options: LeafOptions, ...said: readonly string[]): RuleCase => ({
  name,
  integration: { baseUrl: `https://${host}/v1` },
  observations: [shown(chainOf(leaf(options)), {}, { origin: `https://${host}` })],
  expect: [["wildcard", ...said] as unknown as RuleCase["expect"][number]],
});
const common = chainCases("wildcard", "exact");

describeRule(
  wildcard,
  {
    pass: [
      of("the host by name", "api.acme.example", {}, "exact"),
      of("the host by name, in capitals", "api.acme.example", { dns: ["API.Acme.example"] }, "exact"),
      of("by name beside a wildcard", "api.acme.example", { dns: ["*.acme.example", "api.acme.example"] }, "exact"),
      of("an address", "192.0.2.1", { ip: ["192.0.2.1"] }, "exact"),
      of("an address of version 6", "[2001:db8::1]", { ip: ["2001:db8::1"] }, "exact"),
      of("a wildcard over a registered domain", "api.acme.co.uk", { dns: ["*.acme.co.uk"] }, "own-domain"),
      of("a wildcard further down", "api.eu.acme.example", { dns: ["*.eu.acme.example"] }, "own-domain"),
      of("the platform's own name, which is exact", "cloudfront.net", { dns: ["cloudfront.net", "*.cloudfront.net"] }, "exact"),
      of(
        "one below a shared platform, with a wildcard of its own",
        "api.acme.azurewebsites.net",
        { dns: ["*.acme.azurewebsites.net"] },
        "own-domain",
      ),
      of("a name of the platform by itself", "acme.azurewebsites.net", { dns: ["acme.azurewebsites.net"] }, "exact"),
    ],
    fail: [
      of("a content network", "d111abc.cloudfront.net", { dns: ["cloudfront.net", "*.cloudfront.net"] }, "shared-platform", "info"),
      of("a platform for applications", "acme.azurewebsites.net", { dns: ["*.azurewebsites.net"] }, "shared-platform", "info"),
      of(
        "a gateway",
        "abc.execute-api.eu-west-1.amazonaws.com",
        { dns: ["*.execute-api.eu-west-1.amazonaws.com"] },
        "shared-platform",
        "info",
      ),
      of("a registry's name", "acme.co.uk", { dns: ["*.co.uk"] }, "registry", "medium"),
      of("a registry's name, in capitals", "acme.co.uk", { dns: ["*.CO.UK"] }, "registry", "medium"),
      {
        name: "the other certificate of a dual host",
        integration: { baseUrl: "https://acme.github.io" },
        observations: [
          shown(chainOf(leaf({ dns: ["acme.github.io"] })), {}, { origin: "https://acme.github.io" }),
          serving([{ chain: chainOf(leaf({ dns: ["*.github.io"], key: sharedKey("rsa") })) }], {}, { origin: "https://acme.github.io" }),
        ],
        expect: [
          ["wildcard", "exact"],
          ["wildcard-rsa", "shared-platform", "info"],
        ],
      },
    ],
    "not-applicable": [
      ...common["not-applicable"],
      of("another host", "api.acme.example", { dns: ["*.other.example"] }, "not-covered"),
      of("a wildcard of another level", "a.b.azurewebsites.net", { dns: ["*.azurewebsites.net"] }, "not-covered"),
      of("a wildcard over everything", "acme.com", { dns: ["*.com"] }, "not-covered"),
      of("an address that it does not name", "192.0.2.1", {}, "not-covered"),
    ],
    unobserved: common.unobserved,
    hostile: [
      ...common.hostile,
      of(
        "names that cannot be read",
        "api.acme.example",
        { with: [unknown(EXTENSION.subjectAltName, Uint8Array.of(4, 0))] },
        "unobserved",
        "evidence_ambiguous",
      ),
      of(
        "a name with what is no letter",
        "api.acme.example",
        { dns: ["*.acme.example\u0007", "*.*.example", "a*.acme.example"] },
        "not-covered",
      ),
    ],
  },
  () =>
    test("says below which name, as the URL has it", () => {
      const [result] = runCase(wildcard, of("", "acme.co.uk", { dns: ["*.CO.UK"] }));
      expect(result?.message).toBe("The certificate is for every name directly below co.uk, which is a registry's.");
    }),
);
