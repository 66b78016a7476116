import { dhPrimes } from "../../../../src/catalog/dh-primes.ts";
import { weakDh } from "../../../../src/judge/rules/tls/weak-dh.ts";
import { accepting, GOOD_12, parameters, SECOND_ORIGIN, session, TWO_URLS, unseen } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { commonCases, featuring, OTHER, ofVersion1, versions } from "../../tls-cases.ts";

const common = commonCases("key-exchange", "no-finite-field");
const DHE = { versions: versions(accepting("TLS 1.2", [...GOOD_12, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"])) };
const OWN = "cd".repeat(32);

function served(...primes: readonly (readonly [bits: number, prime?: string])[]) {
  return featuring({ dh: primes.map(([bits, prime = OWN]) => ({ bits, prime })) }, DHE);
}

function known(name: string): string {
  return dhPrimes().find((prime) => prime.name === name)?.sha256 ?? "";
}

describeRule(weakDh, {
  pass: [
    { name: "no DHE suite", observations: [parameters()], expect: [["key-exchange", "no-finite-field"]] },
    { name: "2048 bits of its own", observations: [served([2048])], expect: [["key-exchange", "strong"]] },
    {
      name: "2048 bits of a standard",
      observations: [served([2048, known("RFC 3526 group 14")], [3072, known("RFC 7919 ffdhe3072")])],
      expect: [["key-exchange", "strong"]],
    },
    {
      name: "a strong one of our own connection",
      observations: [served([2048]), session({ version: "TLS 1.2", group: "DH-2048" })],
      expect: [["key-exchange", "strong"]],
    },
    {
      name: "all that can be got was seen, though our own connection was not",
      observations: [served([2048]), unseen("tls-session", "tls_timeout")],
      expect: [["key-exchange", "strong"]],
    },
  ],
  fail: [
    { name: "512 bits", observations: [served([2048], [512])], expect: [["key-exchange", "export-grade", "low"]] },
    { name: "1023 bits", observations: [served([1023])], expect: [["key-exchange", "export-grade", "low"]] },
    {
      name: "768 bits of a standard",
      observations: [served([768, known("RFC 2409 group 1")])],
      expect: [["key-exchange", "export-grade", "low"]],
    },
    { name: "1024 bits of its own", observations: [served([1024])], expect: [["key-exchange", "short", "info"]] },
    { name: "2047 bits of its own", observations: [served([2047])], expect: [["key-exchange", "short", "info"]] },
    {
      name: "1024 bits that many share, beside some of its own",
      observations: [served([1024], [1024, known("RFC 2409 group 2")])],
      expect: [["key-exchange", "shared-short", "low"]],
    },
    {
      name: "1536 bits that many share",
      observations: [served([1536, known("RFC 3526 group 5")])],
      expect: [["key-exchange", "shared-short", "low"]],
    },
    {
      name: "our own connection, at one address of two",
      observations: [served([1024]), parameters({}, OTHER), session({ version: "TLS 1.2", group: "DH-1024" })],
      expect: [["key-exchange", "negotiated-short", "medium"]],
    },
    {
      name: "our own connection, where nothing else is known",
      observations: [session({ version: "TLS 1.2", group: "DH-768" })],
      expect: [["key-exchange", "negotiated-export-grade", "high"]],
    },
    {
      name: "our own connection to another region",
      integration: TWO_URLS,
      observations: [
        parameters(),
        parameters({}, { origin: SECOND_ORIGIN }),
        session(),
        session({ version: "TLS 1.2", group: "DH-1024" }, { origin: SECOND_ORIGIN }),
      ],
      expect: [
        ["key-exchange", "no-finite-field"],
        ["key-exchange@eu.acme.example:8443", "negotiated-short", "medium"],
      ],
    },
  ],
  "not-applicable": common["not-applicable"],
  unobserved: [
    ...common.unobserved,
    { name: "a DHE suite, and no prime", observations: [parameters(DHE)], expect: [["key-exchange", "unobserved", "evidence_ambiguous"]] },
    {
      name: "a good prime, and a suite that may serve another one",
      observations: [
        featuring(
          { dh: [{ bits: 2048, prime: OWN }] },
          {
            versions: versions(
              accepting("TLS 1.2", ["TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"], {
                unknown: ["TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA"],
                reason: "budget_exhausted",
              }),
            ),
          },
        ),
      ],
      expect: [["key-exchange", "unobserved", "budget_exhausted"]],
    },
    {
      name: "our own connection was fine, and the rest is of version 1",
      observations: [ofVersion1(parameters()), session({ version: "TLS 1.2", group: "DH-4096" })],
      expect: [["key-exchange", "unobserved", "evidence_too_old"]],
    },
  ],
  hostile: [
    { name: "a prime of no bits", observations: [served([0, ""])], expect: [["key-exchange", "export-grade", "low"]] },
    {
      name: "a prime of no number of bits",
      observations: [served([-1, "constructor"])],
      expect: [["key-exchange", "export-grade", "low"]],
    },
    {
      name: "a group that only looks like one",
      observations: [parameters(), session({ group: "DH-99999999999999999999" }), session({ group: "xDH-512" }, OTHER)],
      expect: [["key-exchange", "no-finite-field"]],
    },
  ],
});
