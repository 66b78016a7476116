import { ccm8CipherOffered } from "../../../../src/judge/rules/tls/ccm8-cipher-offered.ts";
import { accepting } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { offeredCases, speaking } from "../../tls-cases.ts";

describeRule(
  ccm8CipherOffered,
  offeredCases(
    { member: "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8", other: "TLS_ECDHE_ECDSA_WITH_AES_128_CCM", severity: "info" },
    {
      fail: [
        {
          name: "in TLS 1.3",
          observations: [speaking(accepting("TLS 1.3", ["TLS_AES_128_CCM_8_SHA256"]))],
          expect: [["cipher-suites", "offered", "info"]],
        },
      ],
    },
  ),
);
