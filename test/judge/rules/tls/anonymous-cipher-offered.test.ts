import { anonymousCipherOffered } from "../../../../src/judge/rules/tls/anonymous-cipher-offered.ts";
import { describeRule } from "../../rule-cases.ts";
import { offeredCases } from "../../tls-cases.ts";

describeRule(
  anonymousCipherOffered,
  offeredCases({
    member: "TLS_ECDH_anon_WITH_AES_128_CBC_SHA",
    other: "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
    severity: "low",
    worst: "high",
  }),
);
