import { ABOUT_HEADS, goneHead, HEADS_SINCE, overHeads, withoutEndpoints } from "../../facts/heads.ts";
import { defineRule } from "../rule.ts";

export const rateLimitNearlyUsed = defineRule({
  meta: {
    id: "header/rate-limit-nearly-used",
    revision: 1,
    title: "A tenth of every published quota is left",
    failureTitle: "A published quota is nearly used up",
    rationale:
      "Less than a tenth of a quota was left when we asked, twice. Whoever lives so near to the limit is refused on the first busy day, and a retry makes it worse.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "medium",
      text: "Find out which of your callers uses it up (they may share one credential), cache or spread the calls, and ask for a higher quota before it is needed.",
    },
    severity: "medium",
    likelihood: 3,
    citations: [
      { id: "draft-ietf-httpapi-ratelimit-headers", url: "https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/" },
      { id: "RFC 6585 4", url: "https://www.rfc-editor.org/rfc/rfc6585#section-4" },
    ],
    cwe: ["CWE-770"],
    owasp: ["API4:2023"],
    controls: ["ISO27001 A.8.6", "NIST-CSF PR.IR-04"],
    confirm: 2,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    enough: { verdict: "pass", message: () => "A tenth of every published quota, or more, is left." },
    "nearly-used": { verdict: "fail", message: ({ quotas }) => `Less than a tenth is left of a quota${quotas}.` },
    "not-published": { verdict: "not-applicable", message: () => "No quota is published." },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) =>
    overHeads(input, { outcome: "not-published", pointer: "/head", summary: "no quota" }, ({ head: { limits } }) => {
      if (limits === undefined || limits.dialects.length === 0) return undefined;
      const pointer = "/head/limits";
      if (limits.nearlyUsedUp === undefined) return { outcome: "enough", pointer, summary: limits.dialects.join(", ") };
      const quotas = limits.policies.map(({ quota, unit = "" }) => `${quota} ${unit}`.trim()).join(", ");
      return { outcome: "nearly-used", data: { quotas: quotas === "" ? "" : ` (${quotas})` }, pointer, summary: "less than a tenth" };
    }),
  absent: goneHead,
});
