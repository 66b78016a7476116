import { DAY, type Instant, isoInstant } from "../../../model/instant.ts";
import { TOLERATED_SKEW } from "../../../pki/clock.ts";
import type { Answer } from "../../facts/aggregate.ts";
import {
  ABOUT_CLIENT_CERTIFICATES,
  aboutOwnCertificate,
  type OwnCertificate,
  withoutClientCertificate,
} from "../../facts/client-certificate.ts";
import { validityAt } from "../../facts/leaf.ts";
import { defineRule } from "../rule.ts";

export const clientCertificateExpired = defineRule({
  meta: {
    id: "credential/client-certificate-expired",
    revision: 1,
    title: "Our client certificate is inside its validity period",
    failureTitle: "Our client certificate is outside its validity period",
    rationale:
      "A server that verifies client certificates turns our clients away; one that still lets them in does not verify, and then anybody gets in with what is left of it.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "low",
      text: "Issue a new certificate with a new key, put both in the place of the old ones, and restart the clients that read them at their start only.",
    },
    severity: "critical",
    likelihood: 4,
    citations: [{ id: "RFC 5280 4.1.2.5", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5" }],
    cwe: ["CWE-298", "CWE-324"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.6.3", "ISO27001 A.8.24", "NIST-CSF PR.AA-03"],
    confirm: 1,
  },
  needs: ["client-certificate"],
  outcomes: {
    valid: { verdict: "pass", message: ({ until }) => `The client certificate is valid until ${until}.` },
    expired: { verdict: "fail", message: ({ until, days }) => `The client certificate expired at ${until}, ${days} days ago.` },
    "not-yet-valid": { verdict: "fail", message: ({ from }) => `The client certificate is not valid before ${from}.` },
    ...ABOUT_CLIENT_CERTIFICATES,
  },
  applies: withoutClientCertificate,
  evaluate: (input, { asOf }) => aboutOwnCertificate(input, (own) => answerFor(own, asOf)),
});

function answerFor({ leaf }: OwnCertificate, asOf: Instant): Answer<"valid" | "expired" | "not-yet-valid"> {
  const until = isoInstant(leaf.notAfter);
  const days = Math.floor(Math.abs(asOf - leaf.notAfter) / DAY);
  // Nothing is said of a clock that is minutes off.
  const validity = validityAt(leaf, asOf) === "not-yet-valid" ? validityAt(leaf, asOf + TOLERATED_SKEW) : validityAt(leaf, asOf);
  return {
    outcome: validity,
    data: { from: isoInstant(leaf.notBefore), until, days },
    pointer: "/chain/0",
    summary: `notAfter ${until}`,
  };
}
