import { desCipherOffered } from "../../../../src/judge/rules/tls/des-cipher-offered.ts";
import { describeRule } from "../../rule-cases.ts";
import { offeredCases, speaking, ssl2, unknown } from "../../tls-cases.ts";

describeRule(
  desCipherOffered,
  offeredCases(
    { member: "TLS_RSA_WITH_DES_CBC_SHA", other: "TLS_RSA_WITH_3DES_EDE_CBC_SHA", severity: "low", worst: "high" },
    {
      pass: [{ name: "SSL 2.0 without it", observations: [speaking(ssl2("0x0700C0"))], expect: [["cipher-suites", "refused"]] }],
      fail: [{ name: "in SSL 2.0", observations: [speaking(ssl2("0x060040"))], expect: [["cipher-suites", "offered", "low"]] }],
      unobserved: [
        {
          name: "SSL 2.0 that reset",
          observations: [speaking(unknown("SSL 2.0"))],
          expect: [["cipher-suites", "unobserved", "connection_reset"]],
        },
      ],
    },
  ),
);
