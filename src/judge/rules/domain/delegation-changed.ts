import type { DomainEvidence, NameServersSeen } from "../../../evidence/kinds.ts";
import type { Instant } from "../../../model/instant.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { namesInWords } from "../../facts/domain-words.ts";
import { ABOUT_DOMAINS, eachDomain, goneDomain, turnOf } from "../../facts/domains.ts";
import { isSameOperator } from "../../facts/takeover.ts";
import { defineRule } from "../rule.ts";

export const delegationChanged = defineRule({
  meta: {
    id: "domain/delegation-changed",
    revision: 1,
    title: "The domain is answered for by the name servers that answered before",
    failureTitle: "Other name servers answer for the domain",
    rationale:
      "Whoever answers for the domain decides where your requests go, and can have certificates issued for it. Providers move their DNS now and then; a stolen account at the registrar looks the same, and a certificate that is valid proves nothing against it.",
    remediation: {
      verb: "ask",
      alone: true,
      effort: "low",
      text: "Ask the provider, in a way that does not depend on this domain, whether they moved their DNS. If they did not, stop sending credentials there and replace those that were sent since.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [{ id: "RFC 1034 4.2.1", url: "https://www.rfc-editor.org/rfc/rfc1034#section-4.2.1" }],
    cwe: ["CWE-346"],
    owasp: ["API10:2023"],
    controls: ["PCI-DSS 12.8.4", "ISO27001 A.5.22", "NIST-CSF ID.SC-04"],
    confirm: 1,
  },
  needs: ["domain"],
  outcomes: {
    unchanged: { verdict: "pass", message: () => "No other name servers were seen here before these." },
    settled: { verdict: "pass", message: () => "The name servers changed more than two weeks ago." },
    moved: {
      verdict: "fail",
      message: ({ before, now }) => `All name servers were replaced by those of somebody else: ${before} before, ${now} now.`,
    },
    "all-replaced": {
      verdict: "fail",
      severity: "info",
      message: ({ before, now }) => `All name servers were replaced, by others of the same operator: ${before} before, ${now} now.`,
    },
    "some-replaced": {
      verdict: "fail",
      severity: "info",
      message: ({ before, now }) => `The name servers are others in part: ${before} before, ${now} now.`,
    },
    ...ABOUT_DOMAINS,
  },
  evaluate: (input, { asOf }) => eachDomain("name-servers", input, (evidence) => answerFor(evidence, asOf)),
  absent: goneDomain,
});

type Outcome = "unchanged" | "settled" | "moved" | "all-replaced" | "some-replaced";

function answerFor({ ns, seen }: DomainEvidence, asOf: Instant): Answer<Outcome> {
  const now = seen.ns.find(({ names }) => names.join(" ") === ns.join(" "));
  if (ns.length === 0 || now === undefined) return { outcome: "unobserved", reason: "evidence_missing", pointer: "/ns", summary: "none" };
  const at = { pointer: "/seen/ns", summary: `${seen.ns.length} sets of name servers` };
  const turn = turnOf(now, seen.ns, asOf);
  if (turn.state !== "changed") return { outcome: turn.state, ...at };
  const { before } = turn;
  const [first = before] = seen.ns;
  // In two steps as well: to both operators, and then to the new one alone.
  const isMoved = !isSameOperator(before, now) || (isSameOperator(before, first) && !isSameOperator(first, now));
  const words = isMoved ? ({ domains }: NameServersSeen) => domains : ({ names }: NameServersSeen) => names;
  const data = { before: namesInWords(words(before)), now: namesInWords(words(now)) };
  if (isMoved) return { outcome: "moved", data, ...at };
  return { outcome: shares(before.names, now.names) ? "some-replaced" : "all-replaced", data, ...at };
}

function shares(before: readonly string[], now: readonly string[]): boolean {
  return before.some((one) => now.includes(one));
}
