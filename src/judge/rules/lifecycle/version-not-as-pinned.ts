import { overAnswers } from "../../facts/answers.ts";
import { standingTo } from "../../facts/api-version.ts";
import { absentEndpoint } from "../../facts/subjects.ts";
import { ABOUT_PINS, echoedVersion, versionPin } from "../../facts/version-pins.ts";
import { defineRule } from "../rule.ts";

export const versionNotAsPinned = defineRule({
  meta: {
    id: "lifecycle/version-not-as-pinned",
    revision: 1,
    title: "The version that we pin is the one that answers",
    failureTitle: "Another version answers than the one that we pin",
    rationale:
      "Some providers do not refuse a version that they have retired: they answer with the oldest one that is left, without a word. What our code was written and tested for is then not what it gets, and the next such step comes unseen as well.",
    remediation: {
      verb: "move",
      alone: true,
      effort: "medium",
      text: "Read the provider's changes between the two versions, test against the one that answers, and pin one that is supported.",
    },
    severity: "high",
    likelihood: 4,
    citations: [
      { id: "Shopify API versioning", url: "https://shopify.dev/docs/api/usage/versioning" },
      { id: "API9:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/" },
    ],
    cwe: ["CWE-1104"],
    owasp: ["API9:2023", "API10:2023"],
    controls: ["ISO27001 A.5.22", "NIST-CSF GV.SC-07"],
    confirm: 1,
  },
  needs: ["http-response"],
  outcomes: {
    "as-pinned": { verdict: "pass", message: ({ pinned }) => `The version ${pinned} answers.` },
    newer: { verdict: "fail", message: said },
    older: { verdict: "fail", severity: "medium", message: said },
    another: { verdict: "fail", severity: "medium", message: said },
    ...ABOUT_PINS,
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: ({ integration, observations }) =>
    overAnswers(
      { integration, observations },
      { outcome: "not-said", pointer: "/headers", summary: "no version" },
      (evidence, endpoint) => {
        const pin = versionPin(integration, endpoint);
        const pointer = "/headers";
        if (pin === undefined) return { outcome: "not-pinned", pointer, summary: "no version is pinned" };
        const echoed = echoedVersion(evidence, pin);
        if (echoed === undefined) return undefined;
        const standing = standingTo(pin.version, echoed);
        const data = { pinned: pin.version, answered: echoed.text };
        const outcome = standing === undefined ? "not-comparable" : standing === "same" ? "as-pinned" : standing;
        return { outcome, data, pointer, summary: `answered by ${echoed.text}` };
      },
    ),
  absent: (subject, { integration }) => absentEndpoint(subject, integration, "no-endpoint"),
});

function said({ pinned, answered }: Readonly<Record<string, unknown>>): string {
  return `We pin the version ${pinned}, and ${answered} answers.`;
}
