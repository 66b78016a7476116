import { ABOUT_HEADS, HEADS_SINCE, withoutEndpoints } from "../../facts/heads.ts";
import { absentLeak, overLeaks } from "../../facts/leaks.ts";
import { defineRule } from "../rule.ts";

export const poolCookie = defineRule({
  meta: {
    id: "header/pool-cookie",
    revision: 1,
    title: "No cookie holds the address of a server behind the balancer",
    failureTitle: "A cookie holds the address of a server behind the balancer",
    rationale:
      "A balancer of BIG-IP that is left as it came writes the address and port of the server into the cookie, in a number that anybody can turn back. It tells of the network behind, and of each server in it.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider to encrypt the persistence cookie, which is one setting of the balancer.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "F5 K6917", url: "https://my.f5.com/manage/s/article/K6917" },
      { id: "CWE-200", url: "https://cwe.mitre.org/data/definitions/200.html" },
    ],
    cwe: ["CWE-200", "CWE-497"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.22", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    "no-pool": { verdict: "pass", message: () => "No cookie holds an address of a balancer." },
    readable: { verdict: "fail", message: ({ field, what }) => `The header ${field} tells ${what}.` },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) => overLeaks(input, { kinds: ["pool-address"], clean: "no-pool", answer: () => "readable" }),
  absent: (subject, input) => absentLeak(subject, input, "no-pool"),
});
