import { staticRsaOffered } from "../../../../src/judge/rules/tls/static-rsa-offered.ts";
import { describeRule } from "../../rule-cases.ts";
import { offeredCases, speaking, ssl2 } from "../../tls-cases.ts";

describeRule(
  staticRsaOffered,
  offeredCases(
    { member: "TLS_RSA_WITH_AES_128_CBC_SHA", other: "TLS_DHE_RSA_WITH_AES_128_CBC_SHA", severity: "info" },
    {
      fail: [
        {
          name: "in SSL 2.0, which has nothing else",
          observations: [speaking(ssl2("0x0700C0"))],
          expect: [["cipher-suites", "offered", "info"]],
        },
      ],
      hostile: [
        {
          name: "all that SSL 2.0 has, and a kind that it has not",
          observations: [speaking(ssl2("0xFFFFFF"))],
          expect: [["cipher-suites", "unobserved", "evidence_ambiguous"]],
        },
      ],
    },
  ),
);
