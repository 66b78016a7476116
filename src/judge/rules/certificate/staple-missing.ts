import type { Instant } from "../../../model/instant.ts";
import type { RevocationVerdict } from "../../../pki/revocation.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_CERTIFICATES, eachChain, goneChain, type HostChain, isOfOurConnection } from "../../facts/chains.ts";
import { validityAt } from "../../facts/leaf.ts";
import { doubtText, stapleOf } from "../../facts/revocation.ts";
import { withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const stapleMissing = defineRule({
  meta: {
    id: "certificate/staple-missing",
    revision: 1,
    title: "A certificate that promises a staple comes with one",
    failureTitle: "The certificate promises a staple, and none that counts came",
    rationale:
      "The certificate tells clients that its server always sends a fresh word of its issuer, and to hang up where it does not. Clients that keep to this cannot connect; those that do not, which most API clients are, have lost the only sign of a revocation that they were promised.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider to switch OCSP stapling on, or to have the certificate issued without the promise; public authorities are giving up OCSP.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "RFC 7633 4", url: "https://www.rfc-editor.org/rfc/rfc7633#section-4" },
      { id: "RFC 6066 8", url: "https://www.rfc-editor.org/rfc/rfc6066#section-8" },
    ],
    cwe: ["CWE-299"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    // A server that was just started may have no answer of its authority yet.
    confirm: 2,
  },
  needs: ["tls-session"],
  sees: ["tls"],
  since: { "tls-session": 2 },
  outcomes: {
    stapled: { verdict: "pass", message: () => "The certificate promises a staple, and one that counts came." },
    missing: { verdict: "fail", message: () => "The certificate tells clients to hang up where no staple comes, and none came." },
    unusable: {
      verdict: "fail",
      message: ({ doubt }) =>
        `The certificate tells clients to hang up where no good staple comes, and the one that came does not count: ${doubt}.`,
    },
    obsolete: {
      verdict: "fail",
      severity: "low",
      message: () => "The certificate promises a staple and names nobody who could give its server one: the promise cannot be kept.",
    },
    "not-promised": { verdict: "not-applicable", message: () => "The certificate promises no staple." },
    "outside-validity": { verdict: "not-applicable", message: () => "The certificate is not valid now: said by certificate/expired." },
    ...ABOUT_CERTIFICATES,
  },
  applies: withoutTls,
  evaluate: (input, { asOf }) => eachChain("leaf", input, (chain) => answerFor(chain, asOf)),
  absent: goneChain,
});

type Outcome = "stapled" | "missing" | "unusable" | "obsolete" | "not-promised" | "outside-validity";

function answerFor(chain: HostChain, asOf: Instant): Answer<Outcome> {
  const { role, leaf, certificate } = chain;
  const at = { pointer: "/chain/0" };
  if (certificate === undefined) return { outcome: "unobserved", reason: "evidence_ambiguous", ...at, summary: "it cannot be read" };
  const { tlsFeatures = [], ocspUrls = [] } = certificate.extensions;
  if (!tlsFeatures.includes(STATUS_REQUEST)) return { outcome: "not-promised", ...at, summary: "no staple is promised" };
  if (validityAt(leaf, asOf) !== "valid") return { outcome: "outside-validity", ...at, summary: "outside its validity" };
  const staple = stapleOf(chain, asOf);
  if (staple !== undefined) return stapledAnswer(staple.verdict);
  if (role === "own" && chain.session.stapleDropped === true)
    return { outcome: "unobserved", reason: "evidence_missing", pointer: "/stapleDropped", summary: "its staple was not kept" };
  if (ocspUrls.length === 0) return { outcome: "obsolete", ...at, summary: "no responder is named" };
  // Which certificate a staple of the enumeration came with is not kept.
  if (role === "other" || !isOfOurConnection(chain))
    return { outcome: "unobserved", reason: "not_requested", ...at, summary: "its staple was not kept" };
  return { outcome: "missing", ...at, summary: "no staple came" };
}

/** Whatever it says: a revocation is said by certificate/revoked. */
function stapledAnswer(verdict: RevocationVerdict | undefined): Answer<Outcome> {
  const at = { pointer: "/staple" };
  if (verdict === undefined) return { outcome: "unobserved", reason: "revocation_unclear", ...at, summary: "its issuer is not known" };
  if (verdict.status !== "unknown") return { outcome: "stapled", ...at, summary: `staple: ${verdict.status}` };
  const doubt = doubtText(verdict.why);
  if (verdict.why === "unsupported-algorithm") return { outcome: "unobserved", reason: "client_capability", ...at, summary: doubt };
  return { outcome: "unusable", data: { doubt }, ...at, summary: `staple: ${doubt}` };
}

/** Of TLS (RFC 6066 section 8). */
const STATUS_REQUEST = 5;
