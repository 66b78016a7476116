import { type Instant, isoInstant } from "../../../model/instant.ts";
import type { Answer } from "../../facts/aggregate.ts";
import {
  ABOUT_CLIENT_CERTIFICATES,
  aboutOwnCertificate,
  isMarkedPublic,
  isVerified,
  type OwnCertificate,
  ownVerdict,
  withoutClientCertificate,
} from "../../facts/client-certificate.ts";
import { validityAt } from "../../facts/leaf.ts";
import { defineRule } from "../rule.ts";

export const clientCertificateChain = defineRule({
  meta: {
    id: "credential/client-certificate-chain",
    revision: 1,
    title: "Our client certificate comes with the authorities that a server needs",
    failureTitle: "An authority of our client certificate is missing, or has expired",
    rationale:
      "A server knows the root that it trusts, and seldom the authorities between: clients have to send those. One that has expired in our file ends every connection as surely as our own certificate would, and no monitor of our own certificate sees it coming.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "low",
      text: "Put the current certificates of the authorities into the file, after our own and in order; the root may stay out. Where an authority has expired for good, have our certificate issued anew.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "RFC 8446 4.4.2", url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2" },
      { id: "RFC 5280 6.1.3", url: "https://www.rfc-editor.org/rfc/rfc5280#section-6.1.3" },
    ],
    cwe: ["CWE-298"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.6.3", "ISO27001 A.8.24", "NIST-CSF PR.AA-03"],
    confirm: 1,
  },
  needs: ["client-certificate"],
  outcomes: {
    complete: { verdict: "pass", message: () => "The file holds the authorities that a server needs." },
    "authority-expired": {
      verdict: "fail",
      message: ({ end }) => `An authority in the file expired at ${end}: servers that verify our certificate turn us away.`,
    },
    "authority-not-yet-valid": {
      verdict: "fail",
      message: ({ begin }) => `An authority in the file is not valid before ${begin}: servers that verify our certificate turn us away.`,
    },
    "authority-unfit": {
      verdict: "fail",
      severity: "low",
      message: () =>
        "A certificate in the file has the name of the issuer and another key: it is of no use, and the right one may be missing.",
    },
    "authority-missing": {
      verdict: "fail",
      severity: "low",
      message: () => "The certificate is one of a public authority, and the file does not hold the authority between it and the root.",
    },
    "issuer-missing": {
      verdict: "fail",
      severity: "info",
      message: () => "The file does not hold the issuer of the certificate: enough where that is the root that the provider trusts.",
    },
    ...ABOUT_CLIENT_CERTIFICATES,
  },
  applies: withoutClientCertificate,
  evaluate: (input, { asOf }) => aboutOwnCertificate(input, (own) => answerFor(own, asOf)),
});

type Outcome = "complete" | "authority-expired" | "authority-not-yet-valid" | "authority-unfit" | "authority-missing" | "issuer-missing";

function answerFor(own: OwnCertificate, asOf: Instant): Answer<Outcome> {
  const verdict = ownVerdict(own, asOf);
  const { path, problems } = verdict;
  const at = { pointer: "/chain", summary: `${path.length} of ${own.evidence.chain.length} certificates lead up from it` };
  const { certificate } = own;
  const kinds = problems.map(({ kind }) => kind);
  if (certificate === undefined || !isVerified(verdict)) return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
  for (const authority of path.slice(1)) {
    const validity = validityAt(authority, asOf);
    if (validity === "expired") return { outcome: "authority-expired", data: { end: isoInstant(authority.notAfter) }, ...at };
    if (validity === "not-yet-valid") {
      return { outcome: "authority-not-yet-valid", data: { begin: isoInstant(authority.notBefore) }, ...at };
    }
  }
  if (kinds.includes("bad-signature")) return { outcome: "authority-unfit", ...at };
  // Whoever leaves out the root keeps to the rule; nothing tells a root that was left out from an authority above ours.
  if (!kinds.includes("incomplete")) return { outcome: "complete", ...at };
  return { outcome: isMarkedPublic(certificate) ? "authority-missing" : "issuer-missing", ...at };
}
