import { DAY } from "../../../model/instant.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_RENEWALS, eachRenewal, type LeafRenewal } from "../../facts/renewal.ts";
import { goneOrigin, withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const keyReplacedEarly = defineRule({
  meta: {
    id: "certificate/key-replaced-early",
    revision: 1,
    title: "The key was replaced when its certificate was due",
    failureTitle: "The key was replaced long before its certificate was due",
    rationale:
      "A certificate with most of its lifetime left is replaced, key and all, when the key was lost, when the authority had to revoke, or when somebody else serves the name now. Mostly it is a move of theirs; it is worth one question.",
    remediation: {
      verb: "ask",
      alone: true,
      effort: "low",
      text: "Look at the provider's status page and announcements; ask whether a key was compromised. Rotate your credential if it was.",
    },
    severity: "low",
    likelihood: 2,
    citations: [
      { id: "CA/Browser Forum BR 4.9.1.1", url: "https://github.com/cabforum/servercert/blob/main/docs/BR.md" },
      { id: "RFC 9773 4.2", url: "https://www.rfc-editor.org/rfc/rfc9773#section-4.2" },
    ],
    cwe: ["CWE-320"],
    owasp: ["API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF ID.SC-04"],
    confirm: 1,
  },
  needs: ["tls-session"],
  since: { "tls-session": 2 },
  outcomes: {
    "in-time": { verdict: "pass", message: ({ percent }) => `The certificate before was replaced with ${percent} % of its lifetime left.` },
    "key-kept": { verdict: "pass", message: () => "The certificate was renewed for the same key." },
    early: {
      verdict: "fail",
      message: ({ days, percent }) => `The key was replaced though its certificate had ${days} days to go, ${percent} % of its lifetime.`,
    },
    ...ABOUT_RENEWALS,
  },
  applies: withoutTls,
  evaluate: (input, { asOf }) => eachRenewal("leaf", input, asOf, answerFor),
  absent: goneOrigin,
});

/** Counted from the issue of the new one: when we came to see it says more about us. */
function answerFor({ before, now }: LeafRenewal): Answer<"in-time" | "key-kept" | "early"> {
  const left = before.notAfter - now.notBefore;
  const share = left / (before.notAfter - before.notBefore);
  const data = { days: Math.floor(left / DAY), percent: Math.max(0, Math.floor(share * 100)) };
  const at = { data, pointer: "/replaced", summary: `${data.percent} % were left` };
  if (Buffer.compare(before.key.spki, now.key.spki) === 0) return { outcome: "key-kept", ...at };
  return { outcome: share > EARLY ? "early" : "in-time", ...at };
}

/** ACME clients renew with a third left, careful people with a half. */
const EARLY = 0.6;
