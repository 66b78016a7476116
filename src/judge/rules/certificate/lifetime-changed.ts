import { DAY } from "../../../model/instant.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_RENEWALS, eachRenewal, type LeafRenewal } from "../../facts/renewal.ts";
import { goneOrigin, withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const lifetimeChanged = defineRule({
  meta: {
    id: "certificate/lifetime-changed",
    revision: 1,
    title: "The certificate lives about as long as the one before",
    failureTitle: "The certificate lives much longer or shorter than the one before",
    rationale:
      "Shorter lifetimes are on their way everywhere: what was renewed by hand once a year has to be renewed by a program. A longer one says that a program was given up. Either changes how often it can be forgotten.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "low",
      text: "Look at what of yours is tied to the certificate (pins, allow-lists, reminders in a calendar) and set it to the new rhythm.",
    },
    severity: "info",
    likelihood: 1,
    citations: [{ id: "CA/Browser Forum BR 6.3.2", url: "https://github.com/cabforum/servercert/blob/main/docs/BR.md" }],
    cwe: ["CWE-298"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  since: { "tls-session": 2 },
  outcomes: {
    alike: { verdict: "pass", message: ({ days }) => `It lives ${days} days, about as long as the one before.` },
    shorter: { verdict: "fail", message: ({ days, before }) => `It lives ${days} days; the one before lived ${before}.` },
    longer: { verdict: "fail", message: ({ days, before }) => `It lives ${days} days; the one before lived ${before}.` },
    ...ABOUT_RENEWALS,
  },
  applies: withoutTls,
  evaluate: (input, { asOf }) => eachRenewal("leaf", input, asOf, answerFor),
  absent: goneOrigin,
});

function answerFor({ before, now }: LeafRenewal): Answer<"alike" | "shorter" | "longer"> {
  const [old, present] = [before.notAfter - before.notBefore, now.notAfter - now.notBefore];
  const data = { days: Math.round(present / DAY), before: Math.round(old / DAY) };
  const at = { data, pointer: "/replaced", summary: `${data.before} and ${data.days} days` };
  if (present < old * SHORTER) return { outcome: "shorter", ...at };
  return { outcome: present > old * LONGER ? "longer" : "alike", ...at };
}

/** 90 days and 64, 398 and 200: changes of a programme, and not of an hour. */
const SHORTER = 0.75;
const LONGER = 4 / 3;
