import { deprecatedVersionOffered } from "../../../../src/judge/rules/tls/deprecated-version-offered.ts";
import { accepting, hellos, SECOND_ORIGIN, TWO_URLS, unseen } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { refused, speaking, unknown } from "../../tls-cases.ts";

const TODAY = { "TLS 1.2": { support: "accepted" } } as const;
const others = (tls10: readonly [outcome: string, severity: string]) =>
  [
    ["ssl2.0", "refused"],
    ["ssl3.0", "refused"],
    ["tls1.0", ...tls10],
    ["tls1.1", "refused"],
  ] as const;

describeRule(deprecatedVersionOffered, {
  pass: [
    {
      name: "TLS 1.2 and 1.3 alone",
      observations: [hellos({ "TLS 1.2": { support: "accepted" }, "TLS 1.3": { support: "accepted" } })],
      expect: [
        ["ssl3.0", "refused"],
        ["tls1.0", "refused"],
        ["tls1.1", "refused"],
      ],
    },
  ],
  fail: [
    {
      name: "TLS 1.1 as well",
      observations: [hellos({ ...TODAY, "TLS 1.1": { support: "accepted" } })],
      expect: [
        ["ssl3.0", "refused"],
        ["tls1.0", "refused"],
        ["tls1.1", "offered", "low"],
      ],
    },
    {
      name: "SSL 2.0, where it was asked for",
      observations: [hellos({ ...TODAY, "SSL 2.0": { support: "accepted" } })],
      expect: [
        ["ssl2.0", "offered", "low"],
        ["ssl3.0", "refused"],
        ["tls1.0", "refused"],
        ["tls1.1", "refused"],
      ],
    },
    {
      name: "SSL 2.0, asked of one address of two",
      observations: [hellos(), hellos({ ...TODAY, "SSL 2.0": { support: "accepted" } }, { address: "192.0.2.2" })],
      expect: [
        ["ssl2.0", "offered", "low"],
        ["ssl3.0", "refused"],
        ["tls1.0", "refused"],
        ["tls1.1", "refused"],
      ],
    },
    {
      name: "one address of two, and another region",
      integration: TWO_URLS,
      observations: [
        hellos(),
        hellos({ ...TODAY, "TLS 1.0": { support: "accepted" } }, { address: "192.0.2.2" }),
        hellos({ ...TODAY, "SSL 3.0": { support: "accepted" } }, { origin: SECOND_ORIGIN }),
      ],
      expect: [
        ["ssl3.0", "refused"],
        ["ssl3.0@eu.acme.example:8443", "offered", "low"],
        ["tls1.0", "offered", "low"],
        ["tls1.0@eu.acme.example:8443", "refused"],
        ["tls1.1", "refused"],
        ["tls1.1@eu.acme.example:8443", "refused"],
      ],
    },
    {
      name: "and no newer one",
      observations: [speaking(refused("TLS 1.2"), refused("TLS 1.3"), accepting("TLS 1.0", ["TLS_RSA_WITH_AES_128_CBC_SHA"]))],
      expect: others(["nothing-better", "high"]),
    },
    {
      name: "and a newer one with suites that protect nothing",
      observations: [
        speaking(accepting("TLS 1.2", ["TLS_RSA_WITH_NULL_SHA"]), refused("TLS 1.3"), accepting("TLS 1.0", ["TLS_RSA_WITH_RC4_128_SHA"])),
      ],
      expect: others(["nothing-better", "high"]),
    },
    {
      name: "and perhaps a newer one, which nobody knows",
      observations: [speaking(refused("TLS 1.2"), unknown("TLS 1.3"), accepting("TLS 1.0", ["TLS_RSA_WITH_RC4_128_SHA"]))],
      expect: others(["offered", "low"]),
    },
  ],
  "not-applicable": [
    {
      name: "a region that left the inventory",
      observations: [hellos()],
      known: ["tls1.0@gone.acme.example:443"],
      expect: [
        ["ssl3.0", "refused"],
        ["tls1.0", "refused"],
        ["tls1.0@gone.acme.example:443", "not-declared"],
        ["tls1.1", "refused"],
      ],
    },
    {
      name: "a base URL that is http by now, beside a region that is not",
      integration: { ...TWO_URLS, baseUrl: "http://api.acme.example" },
      observations: [hellos({}, { origin: SECOND_ORIGIN })],
      known: ["tls1.0"],
      expect: [
        ["ssl3.0@eu.acme.example:8443", "refused"],
        ["tls1.0", "not-declared"],
        ["tls1.0@eu.acme.example:8443", "refused"],
        ["tls1.1@eu.acme.example:8443", "refused"],
      ],
    },
    { name: "a URL without TLS", integration: { baseUrl: "http://api.acme.example" }, expect: [["", "no-tls"]] },
  ],
  unobserved: [
    {
      name: "a reset is not a refusal",
      observations: [hellos({ "TLS 1.0": { support: "unknown", reason: "connection_reset" } })],
      expect: [
        ["ssl3.0", "refused"],
        ["tls1.0", "unobserved", "connection_reset"],
        ["tls1.1", "refused"],
      ],
    },
    {
      name: "nobody answered, and nobody asked about SSL 2.0 this time",
      observations: [unseen("tls", "connect_timeout", { address: "192.0.2.1" })],
      known: ["ssl2.0", "tls1.0"],
      expect: [
        ["ssl2.0", "unobserved", "evidence_missing"],
        ["ssl3.0", "unobserved", "connect_timeout"],
        ["tls1.0", "unobserved", "connect_timeout"],
        ["tls1.1", "unobserved", "connect_timeout"],
      ],
    },
  ],
  hostile: [
    {
      name: "an answer about no version at all",
      observations: [hellos({ "SSL 3.0": { version: "TLS 1.3" }, "TLS 1.0": { version: "TLS 1.3" } })],
      expect: [
        ["ssl3.0", "unobserved", "not_requested"],
        ["tls1.0", "unobserved", "not_requested"],
        ["tls1.1", "refused"],
      ],
    },
  ],
});
