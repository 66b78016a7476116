import type { DomainEvidence } from "../../../evidence/kinds.ts";
import type { Instant } from "../../../model/instant.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { namesInWords } from "../../facts/domain-words.ts";
import { ABOUT_DOMAINS, eachDomain, goneDomain } from "../../facts/domains.ts";
import { TOLD_FOR } from "../../facts/renewal.ts";
import { defineRule } from "../rule.ts";

export const aliasRevived = defineRule({
  meta: {
    id: "domain/alias-revived",
    revision: 1,
    title: "No alias to nowhere was picked up again",
    failureTitle: "An alias that led nowhere leads somewhere again",
    rationale:
      "While a name does not exist, anybody may be able to register it, and whoever does answers in the provider's place, with a certificate that is valid. A provider who mends a mistake looks the same from outside.",
    remediation: {
      verb: "ask",
      alone: true,
      effort: "low",
      text: "Ask the provider, in a way that does not depend on this host, whether it was they who brought the name back. Until they say so, keep your clients from calling it; if it was not them, replace the credentials that were sent to it.",
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
  since: { domain: 2 },
  outcomes: {
    none: { verdict: "pass", message: () => "No name that this one leads to was seen missing before." },
    settled: { verdict: "pass", message: () => "The name that was missing has been back for more than two weeks." },
    revived: {
      verdict: "fail",
      message: ({ name }) => `It leads to ${name}, which did not exist when it was looked at before: somebody put something there.`,
    },
    ...ABOUT_DOMAINS,
  },
  evaluate: (input, { asOf }) => eachDomain("alias", input, (evidence) => answerFor(evidence, asOf)),
  absent: goneDomain,
});

function answerFor({ seen: { revived } }: DomainEvidence, asOf: Instant): Answer<"none" | "settled" | "revived"> {
  if (revived?.leads !== true) return { outcome: "none", pointer: "/seen", summary: "nothing was missing" };
  const name = namesInWords([revived.name]);
  const outcome = asOf - revived.since > TOLD_FOR ? "settled" : "revived";
  return { outcome, data: { name }, pointer: "/seen/revived", summary: name };
}
