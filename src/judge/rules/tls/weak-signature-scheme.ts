import { type SignatureScheme, signatureSchemeByCode, signatureSchemes } from "../../../catalog/signature-schemes.ts";
import { isSigned } from "../../../catalog/suite-classes.ts";
import type { TlsEvidence } from "../../../evidence/kinds.ts";
import { codesIn } from "../../../model/code-ranges.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { listed, suitesOfClass, supportOf, unknownReason, versionPointer } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const weakSignatureScheme = defineRule({
  meta: {
    id: "tls/weak-signature-scheme",
    revision: 1,
    title: "No handshake of TLS 1.2 is signed with MD5 or SHA-1",
    failureTitle: "A handshake of TLS 1.2 is signed with MD5 or SHA-1 for clients that ask for it",
    rationale:
      "Whoever finds two handshakes with the same hash can pass one off for the other (SLOTH). MD5 falls to a rented computer; for SHA-1 the time that a handshake lasts is still too short. Servers sign so for clients that offer nothing better, and those of today offer better.",
    remediation: {
      verb: "accept",
      alone: true,
      effort: "low",
      text: "Take MD5 and SHA-1 out of the signature algorithms of your own clients: then nobody can sign with them. Ask the provider to do the same where it is MD5.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "RFC 9155 4", url: "https://www.rfc-editor.org/rfc/rfc9155#section-4" },
      { id: "CVE-2015-7575", url: "https://www.cve.org/CVERecord?id=CVE-2015-7575" },
    ],
    cwe: ["CWE-328"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    refused: { verdict: "pass", message: () => "Signatures with MD5 and SHA-1 are refused." },
    md5: { verdict: "fail", message: ({ schemes }) => `TLS 1.2 is signed with MD5 when that is all that a client takes: ${schemes}.` },
    sha1: {
      verdict: "fail",
      severity: "info",
      message: ({ schemes }) => `TLS 1.2 is signed with SHA-1 when that is all that a client takes: ${schemes}.`,
    },
    "no-tls12": { verdict: "not-applicable", message: () => "TLS 1.2 is not accepted." },
    "nothing-signed": { verdict: "not-applicable", message: () => "No key is signed in TLS 1.2: said by tls/no-forward-secrecy." },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) => eachOrigin("signature-schemes", integration, observations.tls, answerFor),
  absent: goneOrigin,
});

type Outcome = "refused" | "md5" | "sha1" | "no-tls12" | "nothing-signed";

function answerFor(evidence: TlsEvidence): Answer<Outcome> {
  const found = supportOf(evidence, "TLS 1.2");
  const pointer = versionPointer(evidence, "TLS 1.2");
  const reason = unknownReason(found);
  if (reason !== undefined) return { outcome: "unobserved", reason, pointer, summary: "TLS 1.2 unknown" };
  if (found?.support !== "accepted") return { outcome: "no-tls12", pointer, summary: "TLS 1.2 refused" };
  const weak = weakest(evidence);
  if (weak !== undefined) return weak;
  const refused = new Set(codesIn(found.refusedSchemes ?? ""));
  if (weakSchemes().every(({ code }) => refused.has(code))) return { outcome: "refused", pointer, summary: "all of them were refused" };
  const signed = suitesOfClass(evidence, isSigned, ["TLS 1.2"]);
  if (signed.accepted.length === 0 && signed.open === undefined)
    return { outcome: "nothing-signed", pointer, summary: "no suite with a signature" };
  return { outcome: "unobserved", reason: found.reason ?? "evidence_ambiguous", pointer, summary: "not all of them were refused" };
}

function weakest({ signatureSchemes: accepted }: TlsEvidence): Answer<Outcome> | undefined {
  const schemes = accepted.flatMap(({ code, versions }) =>
    versions.includes("TLS 1.2") ? (signatureSchemeByCode(Number(code)) ?? []) : [],
  );
  for (const outcome of ["md5", "sha1"] as const) {
    const names = listed(schemes.flatMap(({ name, hash }) => (hash === outcome ? [name] : [])));
    if (names !== "") return { outcome, data: { schemes: names }, pointer: "/signatureSchemes", summary: `accepted: ${names}` };
  }
  return undefined;
}

function weakSchemes(): readonly SignatureScheme[] {
  return signatureSchemes().filter(({ hash, tls12 }) => tls12 === true && (hash === "md5" || hash === "sha1"));
}
