import { noAuthenticatedEncryption } from "../../../../src/judge/rules/tls/no-authenticated-encryption.ts";
import { accepting, parameters } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { commonCases, OTHER, refused, speaking, ssl2, unknown, versions } from "../../tls-cases.ts";

const common = commonCases("cipher-suites", "accepted");
const CBC = ["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"];
const NO_13 = refused("TLS 1.3");

describeRule(noAuthenticatedEncryption, {
  pass: [
    { name: "the best of today", observations: [parameters()], expect: [["cipher-suites", "accepted"]] },
    {
      name: "in TLS 1.3, beside a TLS 1.2 that has only CBC",
      observations: [speaking(accepting("TLS 1.2", CBC))],
      expect: [["cipher-suites", "accepted"]],
    },
    {
      name: "one suite, whatever else is unknown",
      observations: [speaking(accepting("TLS 1.2", ["TLS_RSA_WITH_AES_128_GCM_SHA256"], { refused: "" }), unknown("TLS 1.3"))],
      expect: [["cipher-suites", "accepted"]],
    },
  ],
  fail: [
    {
      name: "CBC alone",
      observations: [speaking(accepting("TLS 1.2", CBC), NO_13)],
      expect: [["cipher-suites", "missing", "low"]],
    },
    {
      name: "RC4 in TLS 1.0 alone, where nothing better exists",
      observations: [speaking(accepting("TLS 1.0", ["TLS_RSA_WITH_RC4_128_SHA"]), refused("TLS 1.2"), NO_13)],
      expect: [["cipher-suites", "missing", "low"]],
    },
    {
      name: "SSL 2.0 alone",
      observations: [speaking(ssl2("0x010080"), refused("TLS 1.2"), NO_13)],
      expect: [["cipher-suites", "missing", "low"]],
    },
    {
      name: "at one address of two",
      observations: [parameters(), parameters({ versions: versions(accepting("TLS 1.2", CBC), NO_13) }, OTHER)],
      expect: [["cipher-suites", "missing", "low"]],
    },
  ],
  "not-applicable": [
    ...common["not-applicable"],
    {
      name: "nothing is accepted at all",
      observations: [speaking(refused("TLS 1.2"), NO_13)],
      expect: [["cipher-suites", "nothing-accepted"]],
    },
  ],
  unobserved: [
    ...common.unobserved,
    {
      name: "one suite that may be better",
      observations: [speaking(accepting("TLS 1.2", CBC, { unknown: ["TLS_RSA_WITH_AES_128_GCM_SHA256"], reason: "rate_limited" }), NO_13)],
      expect: [["cipher-suites", "unobserved", "rate_limited"]],
    },
    {
      name: "nothing better, and nothing at all as far as is known",
      observations: [speaking(unknown("TLS 1.0"), refused("TLS 1.2"), NO_13)],
      expect: [["cipher-suites", "unobserved", "connection_reset"]],
    },
    {
      name: "TLS 1.3 that reset",
      observations: [speaking(accepting("TLS 1.2", CBC), unknown("TLS 1.3"))],
      expect: [["cipher-suites", "unobserved", "connection_reset"]],
    },
  ],
  hostile: [
    {
      name: "a suite that is in no registry, and may be anything",
      observations: [speaking({ ...accepting("TLS 1.2", CBC), cipherSuites: [{ code: "0xFAFA", name: "TLS_AES_128_GCM_SHA256" }] }, NO_13)],
      expect: [["cipher-suites", "unobserved", "evidence_ambiguous"]],
    },
  ],
});
