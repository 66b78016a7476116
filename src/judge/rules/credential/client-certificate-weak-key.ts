import { keyFacts } from "../../../pki/key-strength.ts";
import type { Answer } from "../../facts/aggregate.ts";
import {
  ABOUT_CLIENT_CERTIFICATES,
  aboutOwnCertificate,
  type OwnCertificate,
  withoutClientCertificate,
} from "../../facts/client-certificate.ts";
import { KEY_WEAKNESSES, type KeyWeakness, keyVerdict } from "../../facts/key-weakness.ts";
import { WEAK_KEY_OUTCOMES } from "../../facts/weak-key-words.ts";
import { defineRule } from "../rule.ts";

export const clientCertificateWeakKey = defineRule({
  meta: {
    id: "credential/client-certificate-weak-key",
    revision: 1,
    title: "The key of our client certificate is strong",
    failureTitle: "The key of our client certificate is weak",
    rationale:
      "The certificate is shown to every server that asks, in TLS 1.2 to everybody on the way as well. Whoever works out the private key from it can log in as we do, and nobody notices.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "low",
      text: "Make a new key (P-256, or RSA with 2048 bits or more, by a program of today) and have a certificate issued for it. Where the key can be worked out, have the old certificate revoked and look for calls that were not yours.",
    },
    severity: "critical",
    likelihood: 2,
    citations: [
      { id: "NIST SP 800-57 part 1", url: "https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final" },
      { id: "RFC 8446 1.2", url: "https://www.rfc-editor.org/rfc/rfc8446#section-1.2" },
      { id: "CVE-2017-15361 (ROCA)", url: "https://www.cve.org/CVERecord?id=CVE-2017-15361" },
      { id: "CVE-2022-26320 (close primes)", url: "https://www.cve.org/CVERecord?id=CVE-2022-26320" },
    ],
    cwe: ["CWE-326"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 12.3.3", "ISO27001 A.8.24", "NIST-CSF PR.AA-03"],
    confirm: 1,
  },
  needs: ["client-certificate"],
  outcomes: {
    strong: { verdict: "pass", message: () => "No weakness is known of the key." },
    ...WEAK_KEY_OUTCOMES,
    ...ABOUT_CLIENT_CERTIFICATES,
  },
  applies: withoutClientCertificate,
  evaluate: (input) => aboutOwnCertificate(input, answerFor),
});

function answerFor({ certificate }: OwnCertificate): Answer<KeyWeakness | "strong"> {
  const at = { pointer: "/chain/0" };
  if (certificate === undefined) return { outcome: "unobserved", reason: "evidence_ambiguous", summary: "it cannot be read", ...at };
  const { type, bits = 0 } = keyFacts(certificate.key);
  const { weaknesses, isKnown } = keyVerdict(certificate.key);
  const summary = `${type}, ${bits} bits`;
  const weakness = KEY_WEAKNESSES.find((one) => weaknesses.includes(one));
  if (weakness !== undefined) {
    return { outcome: weakness, data: { who: "The client certificate", bits, least: type === "ecdsa" ? 224 : 2048 }, summary, ...at };
  }
  return isKnown ? { outcome: "strong", summary, ...at } : { outcome: "unobserved", reason: "evidence_ambiguous", summary, ...at };
}
