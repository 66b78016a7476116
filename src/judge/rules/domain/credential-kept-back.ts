import type { Observation } from "../../../evidence/observation.ts";
import { isoInstant } from "../../../model/instant.ts";
import type { UnobservedReason } from "../../../model/reason.ts";
import { type Answer, atOrigin, evidenceOf, failureOf, worstReason } from "../../facts/aggregate.ts";
import { ABOUT_DOMAINS, eachDomain, goneDomain } from "../../facts/domains.ts";
import { type TakeoverSign, takeoverSign } from "../../facts/takeover.ts";
import { defineRule } from "../rule.ts";

export const credentialKeptBack = defineRule({
  meta: {
    id: "domain/credential-kept-back",
    revision: 1,
    title: "The domain is in the hands in which it was when our credential was bound to it",
    failureTitle: "Our credential is kept back: the domain may be in other hands",
    rationale:
      "Other name servers, another registrar, a registration that is younger than our binding, or an alias that led nowhere and leads somewhere again are what a domain looks like that was taken over; its certificate is valid all the same. The audit sends it no credential until somebody has looked, however long that takes. Your own clients send theirs with every call.",
    remediation: {
      verb: "ask",
      alone: true,
      effort: "low",
      text: "Ask the provider, in a way that does not depend on this domain, whether it was they. If so, bind the credential again: `apirisk credential trust ID --again`. If not, stop your clients and replace the credential.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [{ id: "OWASP API10:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xaa-unsafe-consumption-of-apis/" }],
    cwe: ["CWE-346"],
    owasp: ["API10:2023"],
    controls: ["PCI-DSS 12.8.4", "ISO27001 A.5.22", "NIST-CSF ID.SC-04"],
    confirm: 1,
  },
  needs: ["domain"],
  sees: ["registration", "http-response"],
  outcomes: {
    undoubted: { verdict: "pass", message: () => "Nothing was seen that makes the domain look as if it changed hands." },
    "bound-again": { verdict: "pass", message: () => "The domain changed, and the credential was bound to it again since." },
    "kept-back": {
      verdict: "fail",
      message: ({ sign, since }) => `Since ${since}, ${SIGNS[sign as TakeoverSign["sign"]]}: the audit does not send the credential.`,
    },
    "no-credential": { verdict: "not-applicable", message: () => "No credential is declared that a request would carry." },
    ...ABOUT_DOMAINS,
  },
  applies: ({ integration: { auth } }) => ((auth.auditCredential ?? auth.credential) === undefined ? "no-credential" : undefined),
  evaluate: (input) =>
    eachDomain("credential", input, (evidence, { key: { origin } }) => {
      const [registered] = atOrigin(input.observations.registration, origin).flatMap((seen) => evidenceOf(seen) ?? []);
      const found = takeoverSign(evidence, registered);
      const became = becameOf(atOrigin(input.observations["http-response"], origin));
      const at = { pointer: "/seen", summary: found?.sign ?? "no sign" };
      if (found === undefined || (isOfOldAge(found) && became.outcome !== "kept-back")) return { outcome: "undoubted", ...at };
      return { ...became, data: { sign: found.sign, since: isoInstant(found.since) }, ...at };
    }),
  absent: goneDomain,
});

/** Every domain was registered one day: that it was lately is told by the credential that is older. */
function isOfOldAge({ sign }: TakeoverSign): boolean {
  return sign === "registered-anew";
}

/** One credential for all endpoints: what became of it at one of them became of it. */
function becameOf(answers: readonly Observation<"http-response">[]): Pick<Answer<"kept-back" | "bound-again">, "outcome" | "reason"> {
  const failures = answers.flatMap((answer) => failureOf(answer)?.reason ?? []);
  if (failures.includes("domain_doubted")) return { outcome: "kept-back" };
  if (answers.some((answer) => evidenceOf(answer)?.credential.state === "sent")) return { outcome: "bound-again" };
  const reasons: readonly UnobservedReason[] = failures.length === 0 ? ["not_requested"] : failures;
  return { outcome: "unobserved", reason: worstReason(reasons) };
}

const SIGNS: Readonly<Record<TakeoverSign["sign"], string>> = {
  "delegation-moved": "other name servers answer for the domain",
  "alias-revived": "an alias that led nowhere leads somewhere again",
  "registrar-changed": "another registrar keeps the domain",
  "registered-anew": "the domain is registered anew, by the next who wanted it",
};
