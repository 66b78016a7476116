import { exportCipherOffered } from "../../../../src/judge/rules/tls/export-cipher-offered.ts";
import { describeRule } from "../../rule-cases.ts";
import { offeredCases, speaking, ssl2, unknown } from "../../tls-cases.ts";

describeRule(
  exportCipherOffered,
  offeredCases(
    { member: "TLS_RSA_EXPORT_WITH_RC4_40_MD5", other: "TLS_RSA_WITH_RC4_128_MD5", severity: "low", worst: "high" },
    {
      pass: [{ name: "SSL 2.0 without it", observations: [speaking(ssl2("0x010080"))], expect: [["cipher-suites", "refused"]] }],
      fail: [{ name: "in SSL 2.0", observations: [speaking(ssl2("0x020080"))], expect: [["cipher-suites", "offered", "low"]] }],
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
