import type { TlsSessionEvidence } from "../../../evidence/kinds.ts";
import type { Instant } from "../../../model/instant.ts";
import { answerEach, atOrigin } from "../../facts/aggregate.ts";
import { leafOf, validityAt } from "../../facts/leaf.ts";
import { absentOrigin, secureOrigins, subjectAt } from "../../facts/subjects.ts";
import { defineRule } from "../rule.ts";

export const untrusted = defineRule({
  meta: {
    id: "certificate/untrusted",
    revision: 1,
    title: "The certificate is trusted for this host",
    failureTitle: "The certificate is not trusted for this host",
    rationale:
      "Whoever cannot tell the provider from somebody in between sends credentials and data to either. No credential of ours leaves over such a connection during an audit.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "low",
      text: "For another host name, look at the base URL first. Where the provider runs a certificate authority of its own, obtain its root over another channel and trust that one (--ca here, its equivalent in your client). Otherwise ask the provider to mend it; never switch verification off.",
    },
    severity: "critical",
    likelihood: 4,
    citations: [
      { id: "RFC 5280 6", url: "https://www.rfc-editor.org/rfc/rfc5280#section-6" },
      { id: "RFC 9525 6", url: "https://www.rfc-editor.org/rfc/rfc9525#section-6" },
    ],
    cwe: ["CWE-295"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  outcomes: {
    trusted: { verdict: "pass", message: () => "The certificate is trusted for this host." },
    "self-signed": {
      verdict: "fail",
      message: () => "The certificate vouches for itself: nobody else says that it belongs to the provider.",
    },
    "name-mismatch": { verdict: "fail", message: () => "The certificate was issued for another host name." },
    revoked: { verdict: "fail", message: () => "The certificate was revoked by its issuer." },
    "unknown-issuer": { verdict: "fail", severity: "high", message: () => "The certificate leads to an issuer that is not trusted here." },
    incomplete: {
      verdict: "fail",
      severity: "high",
      message: () => "An intermediate certificate is missing, so that no path to a trusted issuer can be built.",
    },
    "path-expired": {
      verdict: "fail",
      severity: "high",
      message: () => "A certificate between this one and its root is outside its validity period.",
    },
    rejected: { verdict: "fail", severity: "high", message: ({ code }) => `The certificate was rejected (${code}).` },
    "outside-validity": { verdict: "not-applicable", message: () => "The certificate is not valid now: said by certificate/expired." },
    "no-tls": { verdict: "not-applicable", message: () => "No https URL is declared." },
    "not-declared": { verdict: "not-applicable", message: () => "This https URL is not declared any more." },
  },
  applies: ({ integration }) => (secureOrigins(integration).length === 0 ? "no-tls" : undefined),
  evaluate: ({ integration, observations }, { asOf }) =>
    secureOrigins(integration).flatMap((origin) =>
      answerEach(subjectAt("leaf", origin, integration), atOrigin(observations["tls-session"], origin), (session) => ({
        outcome: outcomeFor(session, asOf),
        data: { code: codeOf(session) },
        pointer: session.trustError === undefined ? "/trusted" : "/trustError",
        summary: session.trusted ? "trusted" : codeOf(session),
      })),
    ),
  absent: (subject, { integration }) => absentOrigin(subject, secureOrigins(integration), integration, "not-declared"),
});

type Outcome =
  | "trusted"
  | "self-signed"
  | "name-mismatch"
  | "revoked"
  | "unknown-issuer"
  | "incomplete"
  | "path-expired"
  | "rejected"
  | "outside-validity";

function outcomeFor(session: TlsSessionEvidence, asOf: Instant): Outcome {
  if (session.trusted) return "trusted";
  const code = session.trustError ?? "";
  if (!ABOUT_VALIDITY.includes(code)) return BY_CODE.get(code) ?? "rejected";
  const leaf = leafOf(session);
  return leaf !== undefined && validityAt(leaf, asOf) !== "valid" ? "outside-validity" : "path-expired";
}

/** Codes are words of node and OpenSSL; anything else in their place is not repeated. */
function codeOf({ trustError = "" }: TlsSessionEvidence): string {
  return /^[A-Z][A-Z0-9_]{2,60}$/.test(trustError) ? trustError : "no reason given";
}

const ABOUT_VALIDITY: readonly string[] = ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"];

/** node's codes are OpenSSL's verify errors without their prefix, and its own for names. */
const BY_CODE: ReadonlyMap<string, Outcome> = new Map([
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "name-mismatch"],
  ["ERR_TLS_CERT_ALTNAME_FORMAT", "name-mismatch"],
  ["HOSTNAME_MISMATCH", "name-mismatch"],
  ["CERT_REVOKED", "revoked"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "unknown-issuer"],
  ["UNABLE_TO_GET_ISSUER_CERT", "unknown-issuer"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "unknown-issuer"],
  ["CERT_UNTRUSTED", "unknown-issuer"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "incomplete"],
]);
