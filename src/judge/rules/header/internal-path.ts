import { ABOUT_HEADS, HEADS_SINCE, withoutEndpoints } from "../../facts/heads.ts";
import { absentLeak, overLeaks } from "../../facts/leaks.ts";
import { defineRule } from "../rule.ts";

export const internalPath = defineRule({
  meta: {
    id: "header/internal-path",
    revision: 1,
    title: "No header tells a path in a file system",
    failureTitle: "A header tells a path in a file system",
    rationale:
      "X-Accel-Redirect and X-Sendfile are meant for the server in front; where they arrive, that server does not do what the code behind relies on. Paths of source files come from tools of developers that are left on.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider which field it is, and ask whether files are still kept from those who may not have them.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "CWE-200", url: "https://cwe.mitre.org/data/definitions/200.html" },
      { id: "OWASP API8:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa8-security-misconfiguration/" },
    ],
    cwe: ["CWE-200", "CWE-497"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.9", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    "no-path": { verdict: "pass", message: () => "No header tells a path in a file system." },
    told: { verdict: "fail", message: ({ field, what }) => `The header ${field} tells ${what}.` },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) => overLeaks(input, { kinds: ["file-path"], clean: "no-path", answer: () => "told" }),
  absent: (subject, input) => absentLeak(subject, input, "no-path"),
});
