import { DAY } from "../../../model/instant.ts";
import { ABOUT_PUBLISHED, eachKeySet, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const jwksNotRotated = defineRule({
  meta: {
    id: "auth/jwks-not-rotated",
    revision: 1,
    title: "Signing keys are replaced in time",
    failureTitle: "No signing key was replaced for more than a year",
    rationale: "A key that is never replaced cannot be replaced in a hurry either, and signs for whoever copied it once.",
    remediation: { verb: "ask", alone: false, effort: "medium", text: "Ask when keys are replaced, and whether it was ever tried." },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "NIST SP 800-57 Part 1", url: "https://doi.org/10.6028/NIST.SP.800-57pt1r5" },
      { id: "OAuth 2.1 7", url: "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1" },
    ],
    cwe: ["CWE-324"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["jwks"],
  outcomes: {
    replaced: { verdict: "pass", message: () => "A key came that is less than a year old." },
    "not-replaced": { verdict: "fail", message: ({ days }) => `No key came in ${days} days.` },
    "too-early": {
      verdict: "not-applicable",
      message: ({ days, until }) => `They are known for ${days} days, and no key came since: it takes a year to tell, until ${until}.`,
    },
    "no-public-key": { verdict: "not-applicable", message: () => "No public key is among them." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input, { asOf }) =>
    eachKeySet(input, ({ keys, history }) => {
      const prints = keys.flatMap(({ thumbprint }) => thumbprint ?? []);
      const at = { pointer: "/keys", summary: history === undefined ? "no history" : `known for ${daysUntil(asOf, history.since)} days` };
      if (prints.length === 0) return { outcome: "no-public-key", ...at };
      if (history === undefined) return { outcome: "unobserved", reason: "not_requested", ...at };
      const newest = Math.max(...prints.map((print) => history.firstSeen[print] ?? asOf));
      if (newest > history.since && newest >= asOf - YEAR) return { outcome: "replaced", ...at };
      // Keys that were there on the first day may be of any age.
      if (newest >= asOf - YEAR) {
        const until = new Date(newest + YEAR).toISOString().slice(0, 10);
        return { outcome: "too-early", data: { days: daysUntil(asOf, newest), until }, ...at };
      }
      return { outcome: "not-replaced", data: { days: daysUntil(asOf, newest) }, ...at };
    }),
});

/** Of history: it is not a matter of hours. */
const YEAR = 365 * DAY;

function daysUntil(now: number, then: number): number {
  return Math.floor((now - then) / DAY);
}
