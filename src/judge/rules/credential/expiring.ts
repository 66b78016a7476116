import type { Observation } from "../../../evidence/observation.ts";
import { DAY, type Instant, isoDay } from "../../../model/instant.ts";
import type { Integration } from "../../../model/integration.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_CREDENTIALS, eachCredential, type OwnCredential, withoutCredential } from "../../facts/own-credentials.ts";
import { toldOf } from "../../facts/told-credential.ts";
import { defineRule } from "../rule.ts";

export const credentialExpiring = defineRule({
  meta: {
    id: "credential/expiring",
    revision: 2,
    title: "The credential does not end soon",
    failureTitle: "The credential ends soon",
    rationale: "When it ends, every call is refused, at whatever hour that is. It is the outage with a date.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "low",
      text: "Make the next one now, move the clients over, and write its last day into the inventory (auth.expiresAt).",
    },
    severity: "high",
    likelihood: 5,
    citations: [{ id: "ASVS 5.0 6.4.5", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" }],
    cwe: ["CWE-324"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.5.17", "ISO27001 A.8.6"],
    confirm: 1,
    aliases: ["cred/expiring"],
  },
  needs: ["credential"],
  sees: ["http-response"],
  outcomes: {
    lasts: { verdict: "pass", message: ({ end }) => `It is good until ${end}.` },
    month: { verdict: "fail", severity: "medium", message: ({ end }) => `It ends on ${end}, in less than 30 days.` },
    week: { verdict: "fail", message: ({ end }) => `It ends on ${end}, in less than 7 days.` },
    ended: { verdict: "fail", message: ({ end }) => `It ended on ${end}.` },
    "no-end": { verdict: "not-applicable", message: () => "Nothing says that it ends." },
    ...ABOUT_CREDENTIALS,
  },
  applies: withoutCredential,
  evaluate: (input, { asOf }) =>
    eachCredential(input, (credential): Answer<"lasts" | "month" | "week" | "ended" | "no-end"> => {
      const end = endOf(credential, input.integration, input.observations["http-response"]);
      if (end === undefined) return { outcome: "no-end", pointer: credential.at, summary: "no end" };
      return { outcome: outcomeAt(end - asOf), data: { end: isoDay(end) }, pointer: credential.at, summary: isoDay(end) };
    }),
});

/** The earliest of what its own text, the provider's answers to it, and the inventory say. */
function endOf(credential: OwnCredential, { auth }: Integration, responses: readonly Observation<"http-response">[]): Instant | undefined {
  const { role, endsAt, issuedAt } = credential;
  // What lives shorter than that is renewed by whoever puts it there; without iat nobody knows how long it lives.
  const own = endsAt === undefined || issuedAt === undefined || endsAt - issuedAt <= 30 * DAY ? [] : [endsAt];
  const told = toldOf(credential, auth, responses).endsAt ?? [];
  // The last moment of its last day: that is the day which is told.
  const declared = role === "clients" && auth.expiresAt !== undefined ? Date.parse(auth.expiresAt) + DAY - 1 : [];
  const ends = [own, told, declared].flat().filter((end) => !Number.isNaN(end));
  return ends.length === 0 ? undefined : Math.min(...ends);
}

function outcomeAt(left: number): "lasts" | "month" | "week" | "ended" {
  if (left <= 0) return "ended";
  if (left < 7 * DAY) return "week";
  return left < 30 * DAY ? "month" : "lasts";
}
