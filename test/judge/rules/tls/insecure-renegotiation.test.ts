import { insecureRenegotiation } from "../../../../src/judge/rules/tls/insecure-renegotiation.ts";
import { handshakeCases } from "../../handshake-cases.ts";
import { describeRule } from "../../rule-cases.ts";
import { featuring, refused, unknown, versions } from "../../tls-cases.ts";

const bad = { secureRenegotiation: false };
const cases = handshakeCases({ good: { secureRenegotiation: true }, bad, passed: "secure", failed: ["older-clients", "low"] });

describeRule(insecureRenegotiation, {
  ...cases,
  fail: [
    ...cases.fail,
    {
      name: "where TLS 1.3 is refused",
      observations: [featuring(bad, { versions: versions(refused("TLS 1.3")) })],
      expect: [["handshake", "insecure", "medium"]],
    },
    {
      name: "where TLS 1.3 is unknown",
      observations: [featuring(bad, { versions: versions(unknown("TLS 1.3")) })],
      expect: [["handshake", "older-clients", "low"]],
    },
  ],
});
