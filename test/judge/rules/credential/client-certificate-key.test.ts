import { clientCertificateKey } from "../../../../src/judge/rules/credential/client-certificate-key.ts";
import { clientCertificate } from "../../builders.ts";
import { commonCases, STRANGE, says } from "../../client-certificate-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const unknown = (keyReason?: "credential_not_bound" | "credential_unavailable") =>
  clientCertificate({ keyMatches: "unknown", ...(keyReason !== undefined && { keyReason }) });

describeRule(clientCertificateKey, {
  pass: [says("both halves of one", clientCertificate(), "belongs")],
  fail: [says("two halves of two", clientCertificate({ keyMatches: "no" }), "other-key", "critical")],
  "not-applicable": commonCases["not-applicable"],
  unobserved: [
    ...commonCases.unobserved,
    says("the key alone is not bound", unknown("credential_not_bound"), "unobserved", "credential_not_bound"),
    says("the key cannot be read", unknown("credential_unavailable"), "unobserved", "credential_unavailable"),
    says("nobody says why", unknown(), "unobserved", "evidence_ambiguous"),
  ],
  hostile: [...commonCases.hostile, says("a certificate that nobody here can read, and a key that fits it", STRANGE, "belongs")],
});
