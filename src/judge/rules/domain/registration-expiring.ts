import type { RegistrationEvidence } from "../../../evidence/kinds.ts";
import { DAY, type Instant, isoDay, isoInstant } from "../../../model/instant.ts";
import type { RegistrationStatus } from "../../../model/registration.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { goneDomain } from "../../facts/domains.ts";
import { ABOUT_REGISTRATIONS, eachRegistration } from "../../facts/registrations.ts";
import { defineRule } from "../rule.ts";

export const registrationExpiring = defineRule({
  meta: {
    id: "domain/registration-expiring",
    revision: 1,
    title: "The domain is registered for a while to come",
    failureTitle: "The registration of the domain is ending",
    rationale:
      "A domain that is not renewed leaves DNS, and after some weeks whoever is fastest registers it: with its certificates, its mail and what your clients still send. Most domains are renewed by themselves, often on the last day, so a near end alone proves nothing; large providers have lost domains all the same, to a card that had expired.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider whether the renewal is taken care of. If the domain leaves DNS, stop your clients from calling it until somebody you trust has it again.",
    },
    severity: "high",
    likelihood: 2,
    citations: [
      { id: "RFC 9083 4.5", url: "https://www.rfc-editor.org/rfc/rfc9083#section-4.5" },
      { id: "RFC 8056 2", url: "https://www.rfc-editor.org/rfc/rfc8056#section-2" },
      { id: "RFC 3915 3.1", url: "https://www.rfc-editor.org/rfc/rfc3915#section-3.1" },
    ],
    cwe: ["CWE-672"],
    owasp: ["API10:2023"],
    controls: ["PCI-DSS 12.8.4", "ISO27001 A.5.22", "NIST-CSF ID.SC-04"],
    confirm: 1,
  },
  needs: ["registration"],
  outcomes: {
    registered: { verdict: "pass", message: ({ until }) => `The domain is registered until ${until}.` },
    "renewed-by-registry": {
      verdict: "pass",
      message: ({ until }) => `Its end was ${until}, and the registry has renewed it by itself for the time being.`,
    },
    ending: { verdict: "fail", severity: "info", message: left },
    "ending-very-soon": { verdict: "fail", severity: "low", message: left },
    "expired-or-on-hold": {
      verdict: "fail",
      severity: "high",
      message: ({ state }) =>
        `The registry says of the domain: ${state}. It is out of DNS, or about to be, and may be given to somebody else.`,
    },
    ...ABOUT_REGISTRATIONS,
  },
  evaluate: (input, { asOf }) => eachRegistration(input, (evidence, { observedAt }) => answerFor(evidence, observedAt, asOf)),
  absent: goneDomain,
});

type Outcome = "registered" | "renewed-by-registry" | "ending" | "ending-very-soon" | "expired-or-on-hold" | "not-told";

function answerFor({ statuses, expiresAt }: RegistrationEvidence, observedAt: Instant, asOf: Instant): Answer<Outcome> {
  const state = LOST.filter((status) => statuses.includes(status)).join(", ");
  if (state !== "") return { outcome: "expired-or-on-hold", data: { state }, pointer: "/statuses", summary: state };
  if (expiresAt === undefined) return { outcome: "not-told", pointer: "", summary: "no end is given" };
  const data = { until: isoInstant(expiresAt), days: Math.floor((expiresAt - asOf) / DAY) };
  const at = { data, pointer: "/expiresAt", summary: `until ${data.until}` };
  if (expiresAt - asOf >= SOON) return { outcome: "registered", ...at };
  if (statuses.includes("auto renew period")) return { outcome: "renewed-by-registry", ...at };
  if (expiresAt > asOf) return { outcome: expiresAt - asOf < VERY_SOON ? "ending-very-soon" : "ending", ...at };
  // What was said before the end tells nothing of a renewal at the end.
  if (observedAt < expiresAt) return { outcome: "unobserved", reason: "evidence_too_old", pointer: "/expiresAt", summary: at.summary };
  return { outcome: "expired-or-on-hold", ...at, data: { state: `registered until ${isoDay(expiresAt)}` } };
}

function left({ until, days }: Readonly<Record<string, unknown>>): string {
  return `The registration ends at ${until}, in ${days} days. Most are renewed by themselves; this one has not been so far.`;
}

/** RFC 3915 section 3.1, and what takes a domain out of DNS (RFC 5731 section 2.3). */
const LOST: readonly RegistrationStatus[] = ["client hold", "pending delete", "pending restore", "redemption period", "server hold"];
const SOON = 30 * DAY;
const VERY_SOON = 7 * DAY;
