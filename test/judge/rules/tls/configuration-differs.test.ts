import type { TlsEvidence } from "../../../../src/evidence/kinds.ts";
import { configurationDiffers } from "../../../../src/judge/rules/tls/configuration-differs.ts";
import { accepting, GOOD_12, GOOD_13, group, parameters, SECOND_ORIGIN, TWO_URLS, unseen } from "../../builders.ts";
import { describeRule, type RuleCase } from "../../rule-cases.ts";
import { OTHER, ofVersion1, refused, unknown, versions } from "../../tls-cases.ts";

type Said = readonly [outcome: string, more?: string];
const ALIKE: Said = ["alike"];

function all(suites: Said, groups: Said, found: Said): RuleCase["expect"] {
  return [
    ["cipher-suites", ...suites],
    ["groups", ...groups],
    ["versions", ...found],
  ];
}

/** One address as it should be, and another one. */
function beside(found: Partial<TlsEvidence>) {
  return [parameters(), parameters(found, OTHER)];
}

const CBC = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA";
const CURVES = [group("x25519", "TLS 1.3", "TLS 1.2"), group("secp256r1", "TLS 1.3", "TLS 1.2")];

describeRule(configurationDiffers, {
  pass: [
    { name: "two alike", observations: beside({}), expect: all(ALIKE, ALIKE, ALIKE) },
    {
      name: "SSL 2.0 that only one of them was asked about, other leaves and other features",
      observations: beside({
        versions: versions().slice(1),
        certificates: [{ sha256: "cd".repeat(32), key: "ecdsa" }],
        features: { secureRenegotiation: false },
      }),
      expect: all(ALIKE, ALIKE, ALIKE),
    },
    {
      name: "another order",
      observations: beside({ versions: versions(accepting("TLS 1.2", [...GOOD_12].reverse())) }),
      expect: all(ALIKE, ALIKE, ALIKE),
    },
    {
      name: "groups are compared where both have some: one has no elliptic suites in TLS 1.2",
      observations: beside({
        versions: versions(accepting("TLS 1.2", ["TLS_RSA_WITH_AES_128_GCM_SHA256"], { refusedGroups: "" })),
        groups: [group("X25519MLKEM768", "TLS 1.3"), group("x25519", "TLS 1.3"), group("secp256r1", "TLS 1.3")],
      }),
      expect: all(["parameters-differ", "info"], ALIKE, ALIKE),
    },
  ],
  fail: [
    {
      name: "a version: its suites and groups are not counted as well",
      observations: beside({ versions: versions(accepting("TLS 1.0", ["TLS_RSA_WITH_AES_128_CBC_SHA"])) }),
      expect: all(ALIKE, ALIKE, ["versions-differ", "low"]),
    },
    {
      name: "SSL 2.0, asked of both",
      observations: beside({ versions: versions({ ...refused("SSL 2.0"), support: "accepted" }) }),
      expect: all(ALIKE, ALIKE, ["versions-differ", "low"]),
    },
    {
      name: "a suite",
      observations: beside({ versions: versions(accepting("TLS 1.2", [...GOOD_12, CBC])) }),
      expect: all(["parameters-differ", "info"], ALIKE, ALIKE),
    },
    { name: "a group", observations: beside({ groups: CURVES }), expect: all(ALIKE, ["parameters-differ", "info"], ALIKE) },
    {
      name: "a third address, and a fourth that nobody could ask",
      observations: [
        ...beside({}),
        parameters({ groups: CURVES }, { address: "192.0.2.3" }),
        unseen("tls", "tls_timeout", { address: "192.0.2.4" }),
      ],
      expect: all(["unobserved", "tls_timeout"], ["parameters-differ", "info"], ["unobserved", "tls_timeout"]),
    },
    {
      name: "a version, though another one is unknown",
      observations: beside({ versions: versions(accepting("TLS 1.0", ["TLS_RSA_WITH_AES_128_CBC_SHA"]), unknown("TLS 1.1")) }),
      expect: all(ALIKE, ALIKE, ["versions-differ", "low"]),
    },
  ],
  "not-applicable": [
    { name: "a URL without TLS", integration: { baseUrl: "http://api.acme.example" }, expect: [["", "no-tls"]] },
    {
      name: "one address, and a region that left the inventory",
      observations: [parameters()],
      known: ["versions@gone.acme.example:443"],
      expect: [...all(["one-address"], ["one-address"], ["one-address"]), ["versions@gone.acme.example:443", "not-declared"]],
    },
    {
      name: "two regions of one address each are two configurations",
      integration: TWO_URLS,
      observations: [parameters(), parameters({ groups: CURVES }, { origin: SECOND_ORIGIN })],
      expect: ["cipher-suites", "groups", "versions"].flatMap((word): RuleCase["expect"] => [
        [word, "one-address"],
        [`${word}@eu.acme.example:8443`, "one-address"],
      ]),
    },
    {
      name: "no version in common",
      observations: [parameters({ versions: versions(refused("TLS 1.2")) }), parameters({ versions: versions(refused("TLS 1.3")) }, OTHER)],
      expect: all(["nothing-shared"], ["nothing-shared"], ["versions-differ", "low"]),
    },
  ],
  unobserved: [
    {
      name: "another address that refuses connections today: what was found of it is neither mended nor found again",
      observations: [parameters(), unseen("tls", "connect_refused", OTHER)],
      known: ["versions"],
      expect: [["versions", "unobserved", "evidence_missing"]],
    },
    {
      name: "nobody asked",
      expect: all(["unobserved", "not_requested"], ["unobserved", "not_requested"], ["unobserved", "not_requested"]),
    },
    {
      name: "evidence of version 1 beside today's",
      observations: [parameters(), ofVersion1(parameters({}, OTHER))],
      expect: all(["unobserved", "evidence_too_old"], ["unobserved", "evidence_too_old"], ["unobserved", "evidence_too_old"]),
    },
    {
      name: "unknown at one is no difference, and no likeness",
      observations: beside({
        versions: versions(
          unknown("TLS 1.0"),
          accepting("TLS 1.2", GOOD_12, { unknown: [CBC], reason: "budget_exhausted" }),
          accepting("TLS 1.3", GOOD_13, { refusedGroups: "11ED", reason: "rate_limited" }),
        ),
      }),
      expect: all(["unobserved", "budget_exhausted"], ["unobserved", "rate_limited"], ["unobserved", "connection_reset"]),
    },
    {
      name: "a version that is unknown at one and accepted at the other",
      observations: beside({ versions: versions(unknown("TLS 1.3")) }),
      expect: all(["unobserved", "connection_reset"], ["unobserved", "connection_reset"], ["unobserved", "connection_reset"]),
    },
  ],
  hostile: [
    {
      name: "codes that are none",
      observations: beside({
        versions: versions({ ...accepting("TLS 1.2", GOOD_12), cipherSuites: [{ code: "constructor", name: "x" }], refused: "0000-FFFF" }),
        groups: [{ code: "NaN", name: "x25519", versions: ["TLS 1.3", "TLS 1.2"] }],
      }),
      expect: all(["parameters-differ", "info"], ["parameters-differ", "info"], ALIKE),
    },
  ],
});
