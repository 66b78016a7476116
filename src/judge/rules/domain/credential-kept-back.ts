import type { Observation } from "../../../evidence/observation.ts";
import { type Instant, isoInstant } from "../../../model/instant.ts";
import type { UnobservedReason } from "../../../model/reason.ts";
import { atOrigin, evidenceOf, failureOf, worstReason } from "../../facts/aggregate.ts";
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
    severity: "high",
    likelihood: 3,
    citations: [{ id: "OWASP API10:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xaa-unsafe-consumption-of-apis/" }],
    cwe: ["CWE-346"],
    owasp: ["API10:2023"],
    controls: ["PCI-DSS 12.8.4", "ISO27001 A.5.22", "NIST-CSF ID.SC-04"],
    confirm: 1,
  },
  needs: ["domain"],
  sees: ["registration", "http-response"],
  since: { domain: 2 },
  outcomes: {
    undoubted: { verdict: "pass", message: () => "Nothing was seen that makes the domain look as if it changed hands." },
    "bound-again": { verdict: "pass", message: () => "The domain changed, and the credential was bound to it again since." },
    "kept-back": {
      verdict: "fail",
      message: ({ sign, since }) =>
        sign === undefined
          ? "It changed hands, as it looked when that was asked last: the audit does not send the credential."
          : `Since ${since}, ${SIGNS[sign as TakeoverSign["sign"]]}: the audit does not send the credential.`,
    },
    "no-credential": { verdict: "not-applicable", message: () => "No credential is declared that a request would carry." },
    ...ABOUT_DOMAINS,
  },
  applies: ({ integration: { auth } }) => ((auth.auditCredential ?? auth.credential) === undefined ? "no-credential" : undefined),
  evaluate: (input) =>
    eachDomain("credential", input, (evidence, { key: { origin } }) => {
      const [registered] = atOrigin(input.observations.registration, origin).flatMap((seen) => evidenceOf(seen) ?? []);
      const found = takeoverSign(evidence, registered);
      const at = { pointer: "/seen", summary: found?.sign ?? "no sign" };
      const said = { ...(found !== undefined && { sign: found.sign, since: isoInstant(found.since) }) };
      const became = becameOf(atOrigin(input.observations["http-response"], origin), found?.since);
      if (became === "kept-back") return { outcome: "kept-back", data: said, ...at };
      if (found === undefined) return { outcome: "undoubted", ...at };
      if (became !== "sent") return { outcome: "unobserved", reason: became, ...at };
      return { outcome: found.sign === "registered-anew" ? "undoubted" : "bound-again", data: said, ...at };
    }),
  absent: goneDomain,
});

/** One credential for all endpoints: what became of it at one of them became of it. An answer from before the sign says nothing of it. */
function becameOf(answers: readonly Observation<"http-response">[], since: Instant = 0): "kept-back" | "sent" | UnobservedReason {
  const failures = answers.flatMap((answer) => failureOf(answer)?.reason ?? []);
  if (failures.includes("domain_doubted")) return "kept-back";
  const isSent = answers.some((answer) => answer.observedAt >= since && evidenceOf(answer)?.credential.state === "sent");
  if (isSent) return "sent";
  if (failures.length > 0) return worstReason(failures);
  return answers.length === 0 ? "not_requested" : "not_due";
}

const SIGNS: Readonly<Record<TakeoverSign["sign"], string>> = {
  "delegation-moved": "other name servers answer for the domain",
  "delegation-untold": "the domain does not say any more which name servers answer for it",
  "alias-revived": "an alias that led nowhere leads somewhere again",
  "registrar-changed": "another registrar keeps the domain",
  "registered-anew": "the domain is registered anew, by the next who wanted it",
};
