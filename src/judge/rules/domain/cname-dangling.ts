import type { DomainEvidence } from "../../../evidence/kinds.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { namesInWords } from "../../facts/domain-words.ts";
import { ABOUT_DOMAINS, eachDomain, goneDomain } from "../../facts/domains.ts";
import { defineRule } from "../rule.ts";

export const cnameDangling = defineRule({
  meta: {
    id: "domain/cname-dangling",
    revision: 1,
    title: "The name leads to one that exists",
    failureTitle: "The name leads to one that does not exist",
    rationale:
      "A service was given up and the alias that leads to it was left behind. Whoever registers the name at its end, often for nothing at the same hosting company, answers in the provider's place, gets a certificate for it, and receives what your clients send, credentials first.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "low",
      text: "Keep your clients from calling this host until it leads somewhere again, and tell the provider. If it answered somebody lately, replace the credentials that were sent to it.",
    },
    severity: "high",
    likelihood: 3,
    citations: [{ id: "RFC 1034 3.6.2", url: "https://www.rfc-editor.org/rfc/rfc1034#section-3.6.2" }],
    cwe: ["CWE-672"],
    owasp: ["API10:2023", "API9:2023"],
    controls: ["PCI-DSS 12.8.4", "ISO27001 A.5.22", "NIST-CSF ID.SC-04"],
    confirm: 1,
  },
  needs: ["domain"],
  outcomes: {
    exists: { verdict: "pass", message: () => "The name leads to one that exists, or is no alias." },
    dangling: {
      verdict: "fail",
      message: ({ name }) => `It leads to ${name}, which does not exist: whoever can register that answers in the provider's name.`,
    },
    "dangling-inside": {
      verdict: "fail",
      severity: "info",
      message: ({ name }) => `It leads to ${name}, which does not exist. Nobody but the owner of that domain can put something there.`,
    },
    ...ABOUT_DOMAINS,
  },
  evaluate: (input) => eachDomain("alias", input, answerFor),
  absent: goneDomain,
});

function answerFor({ dangling, unfollowed, cnames }: DomainEvidence): Answer<"exists" | "dangling" | "dangling-inside"> {
  if (dangling !== undefined) {
    const name = namesInWords([dangling.name]);
    const at = { data: { name }, pointer: "/dangling", summary: name };
    return { outcome: dangling.owner === "same" ? "dangling-inside" : "dangling", ...at };
  }
  if (unfollowed !== undefined) return { outcome: "unobserved", reason: "evidence_ambiguous", pointer: "/unfollowed", summary: unfollowed };
  return { outcome: "exists", pointer: "/cnames", summary: cnames.length === 0 ? "no alias" : namesInWords(cnames) };
}
