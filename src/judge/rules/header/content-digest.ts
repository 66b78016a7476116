import { ABOUT_HEADS, goneHead, HEADS_SINCE, overHeads, withoutEndpoints } from "../../facts/heads.ts";
import { defineRule } from "../rule.ts";

export const contentDigest = defineRule({
  meta: {
    id: "header/content-digest",
    revision: 1,
    title: "The content is what its digest says",
    failureTitle: "The content is not what its digest says, or the digest proves nothing",
    rationale:
      "A digest tells a client that nothing was changed on the way. One that does not fit is a change, or a client that checks it will refuse good answers; one by MD5 or SHA-1 can be made to fit.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Send the provider an answer with its digest; look for a proxy of your own that changes content before you do.",
    },
    severity: "low",
    likelihood: 1,
    citations: [{ id: "RFC 9530 6.6", url: "https://www.rfc-editor.org/rfc/rfc9530#section-6.6" }],
    cwe: ["CWE-354", "CWE-328"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    "nothing-wrong": { verdict: "pass", message: () => "There is no digest, or the content is what it says." },
    differs: { verdict: "fail", message: () => "The content is not what its digest says." },
    weak: { verdict: "fail", message: () => "The only digest is by an algorithm that proves nothing." },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) =>
    overHeads(input, { outcome: "nothing-wrong", pointer: "/head", summary: "no digest, or one that fits" }, ({ head: { digest } }) => {
      const at = { pointer: "/head/digest", summary: digest ?? "none" };
      if (digest === "unchecked") return { outcome: "unobserved", reason: "evidence_missing", ...at };
      return digest === "differs" || digest === "weak" ? { outcome: digest, ...at } : undefined;
    }),
  absent: goneHead,
});
