import { ABOUT_CLAIMS, eachClaims } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const jwtSensitiveClaims = defineRule({
  meta: {
    id: "auth/jwt-sensitive-claims",
    revision: 1,
    title: "The token tells nothing of a person",
    failureTitle: "The token carries data of a person",
    rationale: "A token is signed, not sealed: everybody who carries it can read it, and so can every log that it gets into.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask for tokens with an opaque subject, and read the rest where it is needed. Keep tokens out of logs.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [{ id: "ASVS 5.0 14.1.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" }],
    cwe: ["CWE-359"],
    owasp: ["API3:2023"],
    controls: ["ISO27001 A.8.11", "PCI-DSS 3.4.1"],
    confirm: 1,
  },
  needs: ["token"],
  outcomes: {
    none: { verdict: "pass", message: () => "No claim has the name or the shape of data of a person." },
    names: { verdict: "fail", severity: "low", message: ({ names }) => `By its name, it carries ${names}.` },
    values: { verdict: "fail", message: ({ names }) => `By its values, it carries ${names}.` },
    ...ABOUT_CLAIMS,
  },
  evaluate: (input) =>
    eachClaims(input, ({ claims: { sensitive } }) => {
      const certain = sensitive.filter(({ by }) => by === "value");
      const worst = certain.length > 0 ? certain : sensitive;
      const told = worst.slice(0, MAX_TOLD).map((claim) => (claim.class === claim.name ? claim.name : `${claim.class} in ${claim.name}`));
      const more = worst.length - told.length;
      const names = [...told, ...(more > 0 ? [`${more} more`] : [])].join(", ");
      const outcome = certain.length > 0 ? "values" : worst.length > 0 ? "names" : "none";
      return { outcome, data: { names }, pointer: "/claims/sensitive", summary: names || "none" };
    }),
});

const MAX_TOLD = 5;
