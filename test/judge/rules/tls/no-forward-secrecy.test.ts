import { noForwardSecrecy } from "../../../../src/judge/rules/tls/no-forward-secrecy.ts";
import { accepting, parameters } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { commonCases, OTHER, refused, speaking, ssl2, unknown, versions } from "../../tls-cases.ts";

const common = commonCases("cipher-suites", "accepted");
const STATIC = ["TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_256_CBC_SHA", "TLS_ECDH_RSA_WITH_AES_128_CBC_SHA"];
const NO_13 = refused("TLS 1.3");

describeRule(noForwardSecrecy, {
  pass: [
    { name: "the best of today", observations: [parameters()], expect: [["cipher-suites", "accepted"]] },
    {
      name: "in one retired version",
      observations: [
        speaking(accepting("TLS 1.0", ["TLS_DHE_RSA_WITH_AES_128_CBC_SHA"]), accepting("TLS 1.2", STATIC, { refused: "" }), NO_13),
      ],
      expect: [["cipher-suites", "accepted"]],
    },
  ],
  fail: [
    {
      name: "static keys alone",
      observations: [speaking(accepting("TLS 1.2", STATIC), NO_13)],
      expect: [["cipher-suites", "missing", "medium"]],
    },
    {
      name: "SSL 2.0 beside them",
      observations: [speaking(ssl2("0x0700C0"), accepting("TLS 1.2", STATIC), NO_13)],
      expect: [["cipher-suites", "missing", "medium"]],
    },
    {
      name: "more suites than a message holds, at one address of two",
      observations: [
        parameters(),
        parameters(
          {
            versions: versions(
              accepting("TLS 1.0", ["TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_RC4_128_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA"]),
              accepting("TLS 1.2", STATIC),
              NO_13,
            ),
          },
          OTHER,
        ),
      ],
      expect: [["cipher-suites", "missing", "medium"]],
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
      observations: [
        speaking(accepting("TLS 1.2", STATIC, { unknown: ["TLS_DHE_DSS_WITH_AES_128_CBC_SHA"], reason: "budget_exhausted" }), NO_13),
      ],
      expect: [["cipher-suites", "unobserved", "budget_exhausted"]],
    },
    {
      name: "a retired version that timed out",
      observations: [speaking(unknown("TLS 1.1", "tls_timeout"), accepting("TLS 1.2", STATIC), NO_13)],
      expect: [["cipher-suites", "unobserved", "tls_timeout"]],
    },
  ],
  hostile: [
    {
      name: "a signal in the place of a suite",
      observations: [
        speaking(
          { ...accepting("TLS 1.2", STATIC), cipherSuites: [{ code: "0x5600", name: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256" }] },
          NO_13,
        ),
      ],
      expect: [["cipher-suites", "unobserved", "evidence_ambiguous"]],
    },
  ],
});
