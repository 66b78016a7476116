import { isShortLived } from "../../../catalog/certificate-lifetimes.ts";
import { type Instant, isoDay } from "../../../model/instant.ts";
import type { RevocationVerdict } from "../../../pki/revocation.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_CERTIFICATES, eachChain, goneChain, type HostChain } from "../../facts/chains.ts";
import { validityAt } from "../../facts/leaf.ts";
import { doubtText, reasonText, stapleOf } from "../../facts/revocation.ts";
import { withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const revoked = defineRule({
  meta: {
    id: "certificate/revoked",
    revision: 1,
    title: "The issuer of the certificate stands by it",
    failureTitle: "The certificate was revoked",
    rationale:
      "Its issuer took the certificate back: its key may be in other hands, or its names in another's. Clients that look it up refuse it; those that do not, which most API clients are, send credentials and data to whoever has the key.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider at once and pause the integration. Where the reason is a key in other hands, rotate the credentials that were sent since the day of the revocation, or before it.",
    },
    severity: "critical",
    likelihood: 4,
    citations: [
      { id: "RFC 6960 2.2", url: "https://www.rfc-editor.org/rfc/rfc6960#section-2.2" },
      { id: "RFC 5280 5.3.1", url: "https://www.rfc-editor.org/rfc/rfc5280#section-5.3.1" },
    ],
    cwe: ["CWE-299"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  sees: ["tls"],
  outcomes: {
    good: { verdict: "pass", message: ({ since }) => `On ${since} its issuer said that the certificate is good.` },
    revoked: { verdict: "fail", message: ({ day, why }) => `Its issuer revoked the certificate on ${day}${why}.` },
    suspended: {
      verdict: "fail",
      severity: "high",
      message: ({ day }) => `Its issuer suspended the certificate on ${day}: it may come back, and must not be relied on until then.`,
    },
    "outside-validity": { verdict: "not-applicable", message: () => "The certificate is not valid now: said by certificate/expired." },
    "short-lived": { verdict: "not-applicable", message: () => "The certificate ends within days, and is not revoked before." },
    "nobody-to-ask": {
      verdict: "not-applicable",
      message: () => "The certificate names nobody who would say whether it was revoked, and none was heard.",
    },
    ...ABOUT_CERTIFICATES,
  },
  applies: withoutTls,
  evaluate: (input, { asOf }) => eachChain("leaf", input, (chain) => answerFor(chain, asOf)),
  absent: goneChain,
});

type Outcome = "good" | "revoked" | "suspended" | "outside-validity" | "short-lived" | "nobody-to-ask";

function answerFor(chain: HostChain, asOf: Instant): Answer<Outcome> {
  const { leaf, certificate } = chain;
  const at = { pointer: "/chain/0" };
  if (certificate === undefined) return { outcome: "unobserved", reason: "evidence_ambiguous", ...at, summary: "it cannot be read" };
  // An expired certificate is off the lists (RFC 5280 section 5).
  if (validityAt(leaf, asOf) !== "valid") return { outcome: "outside-validity", ...at, summary: "outside its validity" };
  const staple = stapleOf(chain, asOf);
  if (staple !== undefined) return stapledAnswer(staple.verdict);
  const { ocspUrls = [], crlUrls = [] } = certificate.extensions;
  if (ocspUrls.length + crlUrls.length > 0) return { outcome: "unobserved", reason: "not_requested", ...at, summary: "no staple came" };
  const outcome = isShortLived(leaf.notBefore, leaf.notAfter) ? "short-lived" : "nobody-to-ask";
  return { outcome, ...at, summary: "neither a responder nor a list is named" };
}

function stapledAnswer(verdict: RevocationVerdict | undefined): Answer<Outcome> {
  const at = { pointer: "/staple" };
  if (verdict === undefined)
    return { outcome: "unobserved", reason: "revocation_unclear", ...at, summary: "staple: its issuer is not known" };
  switch (verdict.status) {
    case "unknown":
      return { outcome: "unobserved", reason: "revocation_unclear", ...at, summary: `staple: ${doubtText(verdict.why)}` };
    case "good":
      return { outcome: "good", data: { since: isoDay(verdict.thisUpdate) }, ...at, summary: "staple: good" };
    case "revoked": {
      const { revokedAt, reason } = verdict;
      const data = { day: isoDay(revokedAt), reason: reason ?? "none", why: reasonText(reason) };
      const outcome = reason === "certificateHold" ? "suspended" : "revoked";
      return { outcome, data, ...at, summary: `staple: ${outcome} on ${data.day}` };
    }
  }
}
