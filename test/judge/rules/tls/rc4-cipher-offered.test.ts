import { rc4CipherOffered } from "../../../../src/judge/rules/tls/rc4-cipher-offered.ts";
import { describeRule } from "../../rule-cases.ts";
import { offeredCases, speaking, ssl2, unknown } from "../../tls-cases.ts";

describeRule(
  rc4CipherOffered,
  offeredCases(
    { member: "TLS_ECDHE_RSA_WITH_RC4_128_SHA", other: "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", severity: "low", worst: "high" },
    {
      pass: [
        { name: "SSL 2.0 without it", observations: [speaking(ssl2("0x0700C0"))], expect: [["cipher-suites", "refused"]] },
        {
          name: "a version that stumbled over other suites, and refused these",
          observations: [speaking({ ...unknown("TLS 1.0", "tls_alert"), refused: "0001-002E 0060-00FF C001-C0FF" })],
          expect: [["cipher-suites", "refused"]],
        },
      ],
      fail: [{ name: "in SSL 2.0", observations: [speaking(ssl2("0x010080"))], expect: [["cipher-suites", "offered", "low"]] }],
      unobserved: [
        {
          name: "SSL 2.0 that reset",
          observations: [speaking(unknown("SSL 2.0"))],
          expect: [["cipher-suites", "unobserved", "connection_reset"]],
        },
        {
          name: "a version that stumbled over one of them",
          observations: [speaking({ ...unknown("TLS 1.0", "tls_alert"), refused: "0001-0004 0006-00FF C001-C0FF" })],
          expect: [["cipher-suites", "unobserved", "tls_alert"]],
        },
      ],
    },
  ),
);
