import { DAY, HOUR, type Instant, isoInstant } from "../../../model/instant.ts";
import { TOLERATED_SKEW } from "../../../pki/clock.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_CERTIFICATES, eachChain, goneChain, type HostChain } from "../../facts/chains.ts";
import { validityAt } from "../../facts/leaf.ts";
import { withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const expired = defineRule({
  meta: {
    id: "certificate/expired",
    revision: 2,
    title: "The certificate is inside its validity period",
    failureTitle: "The certificate is outside its validity period",
    rationale:
      "Clients that verify certificates cannot connect, and clients that still connect do not verify: either the integration is down or nobody notices when somebody sits in between.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider at once and pause the integration; do not switch certificate verification off to get through.",
    },
    severity: "critical",
    likelihood: 4,
    citations: [{ id: "RFC 5280 4.1.2.5", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5" }],
    cwe: ["CWE-298"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  sees: ["tls"],
  outcomes: {
    valid: { verdict: "pass", message: ({ until }) => `The certificate is valid until ${until}.` },
    expired: { verdict: "fail", message: ({ until, ago }) => `The certificate expired at ${until}, ${ago} ago.` },
    "not-yet-valid": { verdict: "fail", severity: "high", message: ({ from }) => `The certificate is not valid before ${from}.` },
    "other-expired": {
      verdict: "fail",
      severity: "medium",
      message: ({ until, days }) =>
        `Our connection got another certificate; the one that this is about expired at ${until}, ${days} days ago.`,
    },
    "other-not-yet-valid": {
      verdict: "fail",
      severity: "medium",
      message: ({ from }) => `Our connection got another certificate; the one that this is about is not valid before ${from}.`,
    },
    "clock-skew": {
      verdict: "fail",
      severity: "info",
      message: ({ from }) =>
        `The certificate is valid from ${from}, minutes after the time of this judgement: one of the two clocks is wrong.`,
    },
    ...ABOUT_CERTIFICATES,
  },
  applies: withoutTls,
  evaluate: (input, { asOf }) => eachChain("leaf", input, (chain) => answerFor(chain, asOf)),
  absent: goneChain,
});

type Outcome = "valid" | "expired" | "not-yet-valid" | "other-expired" | "other-not-yet-valid" | "clock-skew";

function answerFor({ leaf, role }: HostChain, asOf: Instant): Answer<Outcome> {
  const until = isoInstant(leaf.notAfter);
  const late = Math.abs(asOf - leaf.notAfter);
  return {
    outcome: outcomeOf(validityAt(leaf, asOf), role, leaf.notBefore - asOf),
    data: {
      from: isoInstant(leaf.notBefore),
      until,
      days: Math.floor(late / DAY),
      ago: late < DAY ? `${Math.floor(late / HOUR)} hours` : `${Math.floor(late / DAY)} days`,
    },
    pointer: "/chain/0",
    summary: asOf < leaf.notBefore ? `notBefore ${isoInstant(leaf.notBefore)}` : `notAfter ${until}`,
  };
}

function outcomeOf(validity: ReturnType<typeof validityAt>, role: HostChain["role"], early: number): Outcome {
  if (validity === "valid") return "valid";
  if (validity === "not-yet-valid" && early <= TOLERATED_SKEW) return "clock-skew";
  return role === "own" ? validity : `other-${validity}`;
}
