import { isForwardSecret } from "../../../catalog/suite-classes.ts";
import type { TlsEvidence } from "../../../evidence/kinds.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { featureAnswer, featuresOf } from "../../facts/tls-features.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { suitesOfClass } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const ephemeralKeyReuse = defineRule({
  meta: {
    id: "tls/ephemeral-key-reuse",
    revision: 1,
    title: "Ephemeral keys are used once",
    failureTitle: "An ephemeral key is used on more than one connection",
    rationale:
      "Forward secrecy lasts as long as the key that was meant to be thrown away: while it is kept, whoever takes it reads all connections that were made with it. With finite fields it is also what Raccoon starts from. Some servers keep a key for seconds to save work, which two sights cannot tell from days: hence information.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider how long an ephemeral key is kept; seconds are fine, hours are not. Your own clients cannot tell, and can do nothing about it but prefer elliptic curves to finite fields.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "RFC 9325 7.4", url: "https://www.rfc-editor.org/rfc/rfc9325#section-7.4" },
      { id: "Raccoon", url: "https://raccoon-attack.com/" },
    ],
    cwe: ["CWE-323"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    fresh: { verdict: "pass", message: () => "No ephemeral key was seen on two connections." },
    reused: { verdict: "fail", message: () => "The same ephemeral key was served on two connections." },
    "no-ephemeral-keys": {
      verdict: "not-applicable",
      message: () => "No suite with ephemeral keys is accepted: said by tls/no-forward-secrecy.",
    },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) => eachOrigin("key-exchange", integration, observations.tls, answerFor),
  absent: goneOrigin,
});

function answerFor(evidence: TlsEvidence): Answer<"fresh" | "reused" | "no-ephemeral-keys"> {
  const { accepted, open } = suitesOfClass(evidence, isForwardSecret);
  if (featuresOf(evidence).ephemeralReuse === undefined && accepted.length === 0 && open === undefined)
    return { outcome: "no-ephemeral-keys", pointer: "/versions", summary: "all of them were refused" };
  return featureAnswer(evidence, "ephemeralReuse", { yes: "reused", no: "fresh" }, "by-chance");
}
