import type { LimitOddity } from "../../../model/head-facts.ts";
import { ABOUT_HEADS, goneHead, HEADS_SINCE, overHeads, withoutEndpoints } from "../../facts/heads.ts";
import { defineRule } from "../rule.ts";

export const rateLimitInconsistent = defineRule({
  meta: {
    id: "header/rate-limit-inconsistent",
    revision: 1,
    title: "What is published of limits makes sense",
    failureTitle: "What is published of limits makes no sense",
    rationale:
      "Clients slow down by what the fields of limits say. Where two of them disagree, or a moment of reset lies in the past or in another year, a client that believes them waits for ever or not at all.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Go by Retry-After and by your own count, and show the provider the fields.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "draft-ietf-httpapi-ratelimit-headers", url: "https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/" },
      { id: "RFC 9651 4.2", url: "https://www.rfc-editor.org/rfc/rfc9651#section-4.2" },
    ],
    cwe: ["CWE-770"],
    owasp: ["API4:2023"],
    controls: ["ISO27001 A.8.6"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    consistent: { verdict: "pass", message: () => "What is published of limits makes sense." },
    inconsistent: { verdict: "fail", message: ({ what }) => `Of limits, the answer says what makes no sense: ${what}.` },
    "not-published": { verdict: "not-applicable", message: () => "No limit is published." },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) =>
    overHeads(input, { outcome: "not-published", pointer: "/head", summary: "no limit" }, ({ head: { limits } }) => {
      if (limits === undefined) return undefined;
      const odd = limits.odd.filter((oddity) => WORDS[oddity] !== undefined);
      if (odd.length === 0 && limits.dialects.length === 0) return undefined;
      if (odd.length === 0) return { outcome: "consistent", pointer: "/head/limits", summary: limits.dialects.join(", ") };
      const what = odd.map((oddity) => WORDS[oddity]).join(", ");
      return { outcome: "inconsistent", data: { what }, pointer: "/head/limits/odd", summary: odd.join(", ") };
    }),
  absent: goneHead,
});

/** Those of Retry-After are asked about by header/retry-after-odd. */
const WORDS: Readonly<Partial<Record<LimitOddity, string>>> = {
  malformed: "a field that cannot be read",
  "remaining-above-limit": "more is left than there is",
  "reset-in-the-past": "a reset in the past",
  "reset-far-ahead": "a reset more than a month ahead",
  "dialects-disagree": "two fields that publish different quotas",
};
