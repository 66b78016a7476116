import { isShortLived, lifetimeDays } from "../../../catalog/certificate-lifetimes.ts";
import type { Instant } from "../../../model/instant.ts";
import { EXTENSION_ID } from "../../../pki/extensions.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_CERTIFICATES, eachChain, goneChain, type HostChain } from "../../facts/chains.ts";
import { authorityOf } from "../../facts/issuance.ts";
import { withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const noRevocationPointer = defineRule({
  meta: {
    id: "certificate/no-revocation-pointer",
    revision: 1,
    title: "The certificate says where its revocation can be looked up",
    failureTitle: "The certificate does not say where its revocation can be looked up",
    rationale:
      "When the provider's key is stolen, its authority revokes the certificate, and a client that looks can know. Where neither a revocation list (CRL) nor a responder (OCSP) is named, no client can. One of the two is enough: authorities are giving up OCSP. A certificate of a few days needs neither, because it ends before word would get around.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider: a public authority has to name a revocation list, so this certificate was issued by mistake and should be issued again.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "BR 7.1.2.11.2", url: "https://cabforum.org/working-groups/server/baseline-requirements/requirements/" },
      { id: "RFC 5280 4.2.1.13", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.13" },
    ],
    cwe: ["CWE-299"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  sees: ["tls"],
  outcomes: {
    named: { verdict: "pass", message: () => "The certificate says where its revocation can be looked up." },
    "short-lived": { verdict: "pass", message: ({ days }) => `The certificate lives ${days} days: it needs no revocation.` },
    none: {
      verdict: "fail",
      message: ({ days }) => `The certificate lives ${days} days, and names neither a revocation list nor a responder.`,
    },
    "private-authority": { verdict: "not-applicable", message: () => "No public authority issued it: others make their own rules." },
    ...ABOUT_CERTIFICATES,
  },
  applies: withoutTls,
  evaluate: (input, { asOf }) => eachChain("revocation", input, (chain) => answerFor(chain, asOf)),
  absent: goneChain,
});

type Outcome = "named" | "short-lived" | "none" | "private-authority";

function answerFor(chain: HostChain, asOf: Instant): Answer<Outcome> {
  const { certificate, leaf } = chain;
  const authority = authorityOf(chain, asOf);
  const at = { pointer: "/chain/0", summary: "its authority cannot be told" };
  if (certificate === undefined || authority === "unknown") return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
  if (authority === "private") return { outcome: "private-authority", ...at, summary: "by a private authority" };
  const { crlUrls = [], ocspUrls = [], unreadable } = certificate.extensions;
  const summary = `${crlUrls.length} revocation lists, ${ocspUrls.length} responders`;
  if (crlUrls.length + ocspUrls.length > 0) return { outcome: "named", ...at, summary };
  if (POINTERS.some((id) => unreadable.includes(id))) return { outcome: "unobserved", reason: "evidence_ambiguous", ...at, summary };
  const data = { days: lifetimeDays(leaf.notBefore, leaf.notAfter) };
  return { outcome: isShortLived(leaf.notBefore, leaf.notAfter) ? "short-lived" : "none", data, ...at, summary };
}

const POINTERS = [EXTENSION_ID.crlDistributionPoints, EXTENSION_ID.authorityInformationAccess];
