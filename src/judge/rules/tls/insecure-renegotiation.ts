import type { TlsEvidence } from "../../../evidence/kinds.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { olderFeatureAnswer } from "../../facts/tls-features.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { supportOf } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const insecureRenegotiation = defineRule({
  meta: {
    id: "tls/insecure-renegotiation",
    revision: 1,
    title: "Renegotiation is bound to its connection",
    failureTitle: "Renegotiation is not bound to its connection",
    rationale:
      "Where a server that has never heard of RFC 5746 renegotiates, somebody in between can open a connection, begin a request, and let ours go on with it, credentials included: neither side notices. Whether it does renegotiate is not tried here; a client cannot tell either, so that connecting is unsafe all the same. Where both sides speak TLS 1.3 there is no renegotiation, and going back to TLS 1.2 is noticed.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "low",
      text: "Let your client refuse such a server, as OpenSSL 3 does, and do not switch that off (UnsafeLegacyServerConnect, SSL_OP_LEGACY_SERVER_CONNECT). Ask the provider to patch what is fixed since 2010, or to switch on TLS 1.3.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "RFC 5746 4.1", url: "https://www.rfc-editor.org/rfc/rfc5746#section-4.1" },
      { id: "RFC 9325 3.5", url: "https://www.rfc-editor.org/rfc/rfc9325#section-3.5" },
      { id: "CVE-2009-3555", url: "https://www.cve.org/CVERecord?id=CVE-2009-3555" },
    ],
    cwe: ["CWE-300"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    secure: { verdict: "pass", message: () => "Renegotiation is bound to its connection." },
    insecure: {
      verdict: "fail",
      message: () => "A hello was answered without renegotiation_info, and TLS 1.3, which needs none, is refused.",
    },
    "older-clients": {
      verdict: "fail",
      severity: "low",
      message: () => "A hello below TLS 1.3 was answered without renegotiation_info: clients that do not speak TLS 1.3 are at risk.",
    },
    "only-tls13": { verdict: "not-applicable", message: () => "Only TLS 1.3 is accepted." },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) => eachOrigin("handshake", integration, observations.tls, answerFor),
  absent: goneOrigin,
});

/** RFC 8446 section 4.1.3: a client that offered TLS 1.3 notices that it was talked down to TLS 1.2. */
function answerFor(evidence: TlsEvidence): Answer<"secure" | "insecure" | "older-clients" | "only-tls13"> {
  const isStuck = supportOf(evidence, "TLS 1.3")?.support === "refused";
  return olderFeatureAnswer(evidence, "secureRenegotiation", { yes: "secure", no: isStuck ? "insecure" : "older-clients" });
}
