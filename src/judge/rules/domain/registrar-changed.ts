import type { RegistrationEvidence } from "../../../evidence/kinds.ts";
import type { Instant } from "../../../model/instant.ts";
import { isSameRegistrar, type Registrar } from "../../../model/registration.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { goneDomain, turnOf } from "../../facts/domains.ts";
import { ABOUT_REGISTRATIONS, eachRegistration } from "../../facts/registrations.ts";
import { defineRule } from "../rule.ts";

export const registrarChanged = defineRule({
  meta: {
    id: "domain/registrar-changed",
    revision: 1,
    title: "The domain is kept by the registrar that kept it before",
    failureTitle: "Another registrar keeps the domain",
    rationale:
      "Whoever keeps the domain can hand it, its name servers and so its certificates to anybody. Providers change their registrar now and then, on purpose; a domain that was stolen is moved to another one first, because it is harder to get back from there.",
    remediation: {
      verb: "ask",
      alone: true,
      effort: "low",
      text: "Ask the provider, in a way that does not depend on this domain, whether they moved it. If they did not, stop sending credentials there and replace those that were sent since.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [{ id: "RFC 9083 5.3", url: "https://www.rfc-editor.org/rfc/rfc9083#section-5.3" }],
    cwe: ["CWE-346"],
    owasp: ["API10:2023"],
    controls: ["PCI-DSS 12.8.4", "ISO27001 A.5.22", "NIST-CSF ID.SC-04"],
    confirm: 1,
  },
  needs: ["registration"],
  outcomes: {
    unchanged: { verdict: "pass", message: () => "No other registrar was seen here before this one." },
    settled: { verdict: "pass", message: () => "The registrar changed more than two weeks ago." },
    changed: { verdict: "fail", message: ({ before, now }) => `Its registrar is ${now}, and was ${before} before.` },
    ...ABOUT_REGISTRATIONS,
  },
  evaluate: (input, { asOf }) => eachRegistration(input, (evidence) => answerFor(evidence, asOf)),
  absent: goneDomain,
});

function answerFor({ registrar, seen }: RegistrationEvidence, asOf: Instant): Answer<"unchanged" | "settled" | "changed" | "not-told"> {
  if (registrar === undefined) return { outcome: "not-told", pointer: "", summary: "no registrar is named" };
  const now = seen.find((one) => isSameRegistrar(one, registrar) === true);
  const at = { pointer: "/registrar", summary: inWords(registrar) };
  if (now === undefined) return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
  const turn = turnOf(now, seen, asOf);
  if (turn.state !== "changed") return { outcome: turn.state, ...at };
  return { outcome: "changed", data: { before: inWords(turn.before), now: inWords(registrar) }, ...at };
}

function inWords({ name, ianaId }: Registrar): string {
  return name ?? `the one with number ${ianaId}`;
}
