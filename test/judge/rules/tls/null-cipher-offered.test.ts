import { nullCipherOffered } from "../../../../src/judge/rules/tls/null-cipher-offered.ts";
import { accepting, GOOD_12, GOOD_13 } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { offeredCases, speaking, unknown } from "../../tls-cases.ts";

describeRule(
  nullCipherOffered,
  offeredCases(
    { member: "TLS_RSA_WITH_NULL_SHA", other: "TLS_RSA_WITH_RC4_128_SHA", severity: "low", worst: "high" },
    {
      pass: [
        {
          name: "SSL 2.0, which has none: whether it is spoken does not matter",
          observations: [speaking(unknown("SSL 2.0"))],
          expect: [["cipher-suites", "refused"]],
        },
        {
          name: "what no server takes unasked: the null suite",
          observations: [speaking(accepting("TLS 1.2", GOOD_12, { unknown: ["TLS_NULL_WITH_NULL_NULL"] }))],
          expect: [["cipher-suites", "refused"]],
        },
      ],
      fail: [
        {
          name: "in TLS 1.3",
          observations: [speaking(accepting("TLS 1.3", [...GOOD_13, "TLS_SHA256_SHA256"]))],
          expect: [["cipher-suites", "offered", "low"]],
        },
      ],
    },
  ),
);
