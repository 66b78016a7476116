import { DAY, HOUR } from "../../../model/instant.ts";
import { ABOUT_CLAIMS, eachClaims } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const jwtLongLived = defineRule({
  meta: {
    id: "auth/jwt-long-lived",
    revision: 2,
    title: "The token lives for an hour at most",
    failureTitle: "The token lives for long",
    rationale: "A JWT is good until it ends: there is rarely a way to take it back. Whoever reads it once has what it gives until then.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask for a shorter life, and renew; where the issuer lets clients choose, choose an hour.",
    },
    severity: "high",
    likelihood: 2,
    citations: [
      { id: "OWASP REST Security", url: "https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html" },
      { id: "OAuth 2.1 7", url: "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1" },
      { id: "ASVS 5.0 9.2.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-613"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["token"],
  outcomes: {
    short: { verdict: "pass", message: () => "It lives for an hour at most." },
    hours: { verdict: "fail", severity: "low", message: said },
    days: { verdict: "fail", severity: "medium", message: said },
    month: { verdict: "fail", message: said },
    year: { verdict: "fail", message: said },
    "no-end": { verdict: "not-applicable", message: () => "It names no end that can be read." },
    ...ABOUT_CLAIMS,
  },
  evaluate: (input) =>
    eachClaims(input, (token) => {
      const { observedAt, firstSeenAt = observedAt, claims } = token;
      const { exp, iat } = claims;
      if (exp === undefined) return { outcome: "no-end", pointer: "/claims", summary: "no exp" };
      // It was there when it was seen: without iat it lives for so long at least.
      const begins = iat ?? firstSeenAt;
      const lifetime = exp - begins;
      const outcome = LEVELS.find(({ over }) => lifetime > over)?.outcome ?? "short";
      const at = { pointer: "/claims/exp", summary: `${Math.round(lifetime / HOUR)} hours` };
      if (iat === undefined && outcome === "short") return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
      return { outcome, data: { hours: Math.ceil(lifetime / HOUR), atLeast: iat === undefined }, ...at };
    }),
});

function said({ hours, atLeast }: Readonly<Record<string, unknown>>): string {
  const days = Math.floor(Number(hours) / 24);
  if (days > CENTURY) return "It lives for more than a hundred years.";
  const span = Number(hours) <= 48 ? `${hours} hours` : `${days} days`;
  return `It lives for ${atLeast === true ? "at least " : ""}${span}.`;
}

/** Days: of what names an end beyond all dates, nothing is counted. */
const CENTURY = 36_525;
/** Longest first. */
const LEVELS = [
  { over: 365 * DAY, outcome: "year" },
  { over: 30 * DAY, outcome: "month" },
  { over: DAY, outcome: "days" },
  { over: HOUR, outcome: "hours" },
] as const;
