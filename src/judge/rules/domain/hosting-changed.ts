import type { DomainEvidence } from "../../../evidence/kinds.ts";
import type { Instant } from "../../../model/instant.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { namesInWords } from "../../facts/domain-words.ts";
import { ABOUT_DOMAINS, eachDomain, goneDomain, turnOf } from "../../facts/domains.ts";
import { defineRule } from "../rule.ts";

export const hostingChanged = defineRule({
  meta: {
    id: "domain/hosting-changed",
    revision: 1,
    title: "The name leads to the company that it led to before",
    failureTitle: "The name leads to another company than before",
    rationale:
      "Whoever runs the host that a name leads to sees your requests and what is answered. Providers change their hosting company or put a CDN in front; what you agreed on with them (region, subprocessors) may depend on it.",
    remediation: {
      verb: "ask",
      alone: true,
      effort: "low",
      text: "Check whether the provider announced it, and whether your contract names those who process your data for them.",
    },
    severity: "info",
    likelihood: 1,
    citations: [{ id: "RFC 1034 3.6.2", url: "https://www.rfc-editor.org/rfc/rfc1034#section-3.6.2" }],
    cwe: ["CWE-346"],
    owasp: ["API10:2023"],
    controls: ["PCI-DSS 12.8.4", "ISO27001 A.5.22", "NIST-CSF ID.SC-04"],
    confirm: 1,
  },
  needs: ["domain"],
  outcomes: {
    unchanged: { verdict: "pass", message: () => "The name was not seen to lead anywhere else before." },
    settled: { verdict: "pass", message: () => "The name has led here for more than two weeks." },
    changed: { verdict: "fail", message: ({ before, now }) => `The name leads to ${now}; before, it led to ${before}.` },
    ...ABOUT_DOMAINS,
  },
  evaluate: (input, { asOf }) => eachDomain("alias", input, (evidence) => answerFor(evidence, asOf)),
  absent: goneDomain,
});

function answerFor({ hosting, seen }: DomainEvidence, asOf: Instant): Answer<"unchanged" | "settled" | "changed"> {
  const now = seen.hosting.find(({ domain }) => domain === hosting);
  if (now === undefined) return { outcome: "unobserved", reason: "evidence_missing", pointer: "/hosting", summary: "not known" };
  const turn = turnOf(now, seen.hosting, asOf);
  const at = { pointer: "/seen/hosting", summary: namesInWords([now.domain]) };
  if (turn.state !== "changed") return { outcome: turn.state, ...at };
  return { outcome: "changed", data: { before: namesInWords([turn.before.domain]), now: namesInWords([now.domain]) }, ...at };
}
