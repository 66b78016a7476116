import { lifetimeDays, lifetimeLimitAt } from "../../../catalog/certificate-lifetimes.ts";
import type { Instant } from "../../../model/instant.ts";
import { isoDay } from "../../../model/instant.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_CERTIFICATES, eachChain, goneChain, type HostChain } from "../../facts/chains.ts";
import { authorityOf } from "../../facts/issuance.ts";
import { withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const lifetimeTooLong = defineRule({
  meta: {
    id: "certificate/lifetime-too-long",
    revision: 1,
    title: "The certificate lives no longer than public authorities may allow",
    failureTitle: "The certificate lives longer than public authorities may allow",
    rationale:
      "Public authorities promised browsers to issue for so many days and no more, and the number shrinks from year to year. Browsers, and every client on Apple's platforms, refuse a certificate that lives longer; its authority has to revoke it within days of being told, and the API goes down with it.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider, who should have it issued again; expect a change of certificate on short notice, and do not pin this one.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "BR 6.3.2", url: "https://cabforum.org/working-groups/server/baseline-requirements/requirements/" },
      { id: "RFC 5280 4.1.2.5", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5" },
    ],
    cwe: ["CWE-298"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  sees: ["tls"],
  outcomes: {
    "within-limit": { verdict: "pass", message: ({ days }) => `The certificate lives ${days} days, which was allowed when it was issued.` },
    "too-long": {
      verdict: "fail",
      message: ({ days, most, since }) => `The certificate lives ${days} days; of what was issued since ${since}, ${most} are allowed.`,
    },
    "private-authority": { verdict: "not-applicable", message: () => "No public authority issued it: others make their own rules." },
    "before-all-limits": { verdict: "not-applicable", message: () => "It was issued before the oldest limit that we know." },
    ...ABOUT_CERTIFICATES,
  },
  applies: withoutTls,
  evaluate: (input, { asOf }) => eachChain("leaf", input, (chain) => answerFor(chain, asOf)),
  absent: goneChain,
});

type Outcome = "within-limit" | "too-long" | "private-authority" | "before-all-limits";

function answerFor(chain: HostChain, asOf: Instant): Answer<Outcome> {
  const { notBefore, notAfter } = chain.leaf;
  const days = lifetimeDays(notBefore, notAfter);
  const at = { pointer: "/chain/0", summary: `${days} days from ${isoDay(notBefore)}` };
  const authority = authorityOf(chain, asOf);
  if (authority === "unknown") return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
  if (authority === "private") return { outcome: "private-authority", ...at };
  const limit = lifetimeLimitAt(notBefore);
  if (limit === undefined) return { outcome: "before-all-limits", ...at };
  const data = { days, most: limit.days, since: limit.from };
  return { outcome: days > limit.days ? "too-long" : "within-limit", data, ...at };
}
