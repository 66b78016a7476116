import { DAY } from "../../../model/instant.ts";
import type { SecurityTxtFlaw } from "../../../model/posture.ts";
import { answerEach } from "../../facts/aggregate.ts";
import { ABOUT_POSTURE, whereNobodyDeclared } from "../../facts/posture.ts";
import { defineRule } from "../rule.ts";

export const securityTxt = defineRule({
  meta: {
    id: "header/security-txt",
    revision: 1,
    title: "The provider says whom to tell of a hole",
    failureTitle: "The provider does not say, or not properly, whom to tell of a hole",
    rationale:
      "Whoever finds that the provider leaks needs an address that somebody reads. A file that expired tells that nobody has looked at it for a year.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider for a security contact and note it beside the integration; a missing security.txt is no weakness.",
    },
    severity: "low",
    likelihood: 1,
    citations: [{ id: "RFC 9116 2.5", url: "https://www.rfc-editor.org/rfc/rfc9116#section-2.5" }],
    cwe: ["CWE-1059"],
    owasp: ["API9:2023"],
    controls: ["ISO27001 A.8.26", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["security-txt"],
  outcomes: {
    "in-order": { verdict: "pass", message: () => "There is a security.txt, and it is in order." },
    expired: { verdict: "fail", message: ({ on }) => `The security.txt expired on ${on}.` },
    flawed: { verdict: "fail", severity: "info", message: ({ what }) => `The security.txt has ${what}.` },
    missing: { verdict: "fail", severity: "info", message: () => "There is no security.txt at the API or at the domain above it." },
    ...ABOUT_POSTURE,
  },
  applies: whereNobodyDeclared,
  evaluate: ({ observations }, { asOf }) =>
    answerEach("security-txt", observations["security-txt"], ({ at, facts }) => {
      if (at === undefined || facts === undefined) return { outcome: "missing", pointer: "", summary: "none" };
      const { expires, flaws } = facts;
      if (expires !== undefined && asOf >= Date.parse(expires) + DAY) {
        return { outcome: "expired", data: { on: expires }, pointer: "/facts/expires", summary: `Expires: ${expires}` };
      }
      const what = flaws.map((flaw) => WORDS[flaw]).join(", ");
      return flaws.length === 0
        ? { outcome: "in-order", pointer: "/facts", summary: "in order" }
        : { outcome: "flawed", data: { what }, pointer: "/facts/flaws", summary: what };
    }),
});

const WORDS: Readonly<Record<SecurityTxtFlaw, string>> = {
  "no-contact": "no contact",
  "no-expires": "no end",
  "several-expires": "more than one end",
  "unreadable-expires": "an end that is no date",
  "not-plain-text": "another media type than text/plain",
};
