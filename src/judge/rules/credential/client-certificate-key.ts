import type { Answer } from "../../facts/aggregate.ts";
import {
  ABOUT_CLIENT_CERTIFICATES,
  aboutOwnCertificate,
  type OwnCertificate,
  withoutClientCertificate,
} from "../../facts/client-certificate.ts";
import { defineRule } from "../rule.ts";

export const clientCertificateKey = defineRule({
  meta: {
    id: "credential/client-certificate-key",
    revision: 1,
    title: "The private key belongs to our client certificate",
    failureTitle: "The private key does not belong to our client certificate",
    rationale:
      "A client with two halves that do not fit does not start, or cannot prove that the certificate is its own: every connection fails. Most often one of the two files was renewed and the other was not, and the clients that still run find out when they start the next time.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "low",
      text: "Put the key and the certificate that were made together into their files, the client's own certificate first, before a client is started again.",
    },
    severity: "critical",
    likelihood: 4,
    citations: [
      { id: "RFC 8446 4.4.3", url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.3" },
      { id: "RFC 5246 7.4.8", url: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.8" },
    ],
    cwe: [],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.6.3", "ISO27001 A.8.24", "NIST-CSF PR.AA-03"],
    confirm: 1,
  },
  needs: ["client-certificate"],
  outcomes: {
    belongs: { verdict: "pass", message: () => "The private key is the other half of the client certificate." },
    "other-key": {
      verdict: "fail",
      message: () => "The private key is not the one of the client certificate, which stands first in its file.",
    },
    ...ABOUT_CLIENT_CERTIFICATES,
  },
  applies: withoutClientCertificate,
  evaluate: (input) => aboutOwnCertificate(input, answerFor),
});

function answerFor({ evidence }: OwnCertificate): Answer<"belongs" | "other-key"> {
  const at = { pointer: "/keyMatches", summary: evidence.keyMatches };
  if (evidence.keyMatches === "yes") return { outcome: "belongs", ...at };
  if (evidence.keyMatches === "no") return { outcome: "other-key", ...at };
  return { outcome: "unobserved", reason: evidence.keyReason ?? "evidence_ambiguous", ...at };
}
