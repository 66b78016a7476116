import { ABOUT_HEADS, HEADS_SINCE, withoutEndpoints } from "../../facts/heads.ts";
import { absentLeak, overLeaks } from "../../facts/leaks.ts";
import { defineRule } from "../rule.ts";

export const internalAddress = defineRule({
  meta: {
    id: "header/internal-address",
    revision: 1,
    title: "No header tells an internal address",
    failureTitle: "A header tells an address of an internal network",
    rationale:
      "Addresses of the network behind an API draw a map for whoever gets in elsewhere, and say which hosts a forged request should name. They are no weakness themselves; a version of four numbers is none of them.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider which field it is, and that a proxy in front can take it away; there is nothing to do on your side.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "RFC 1918", url: "https://www.rfc-editor.org/rfc/rfc1918" },
      { id: "CWE-497", url: "https://cwe.mitre.org/data/definitions/497.html" },
    ],
    cwe: ["CWE-497", "CWE-200"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 1.4.5", "ISO27001 A.8.22", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    "no-address": { verdict: "pass", message: () => "No header tells an internal address." },
    told: { verdict: "fail", message: ({ field, what }) => `The header ${field} tells ${what}.` },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) => overLeaks(input, { kinds: ["private-address"], clean: "no-address", answer: () => "told" }),
  absent: (subject, input) => absentLeak(subject, input, "no-address"),
});
