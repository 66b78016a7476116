import type { LifecycleNotice } from "../../../model/head-facts.ts";
import { ABOUT_HEADS, goneHead, HEADS_SINCE, overHeads, withoutEndpoints } from "../../facts/heads.ts";
import { defineRule } from "../rule.ts";

export const lifecycleWarning = defineRule({
  meta: {
    id: "lifecycle/warning",
    revision: 1,
    title: "No field warns of the API's future",
    failureTitle: "A field warns of the API's future",
    rationale:
      "Many providers announce an end in fields of their own, or in Warning, which was made obsolete and is still sent. No client library shows them, and nobody reads them until the day itself.",
    remediation: {
      verb: "move",
      alone: true,
      effort: "high",
      text: "Read the field in an answer of your own (its text is not stored here), look up what it names in the provider's changelog, and plan the move.",
    },
    severity: "medium",
    likelihood: 3,
    citations: [
      { id: "RFC 7234 5.5.7", url: "https://www.rfc-editor.org/rfc/rfc7234#section-5.5.7" },
      { id: "Shopify API versioning", url: "https://shopify.dev/docs/api/usage/versioning" },
    ],
    cwe: ["CWE-1104"],
    owasp: ["API9:2023"],
    controls: ["ISO27001 A.5.22", "NIST-CSF GV.SC-07"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    "no-warning": { verdict: "pass", message: () => "No field warns of anything that lasts." },
    deprecated: { verdict: "fail", message: ({ fields }) => `What is asked here is, or will be, deprecated: ${fields} says so.` },
    "version-warning": { verdict: "fail", message: ({ fields }) => `The provider warns of the version that we ask for: ${fields}.` },
    warned: { verdict: "fail", severity: "info", message: ({ fields }) => `The provider warns of something: ${fields}.` },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) =>
    overHeads(input, { outcome: "no-warning", pointer: "/head/notices", summary: "no notice" }, ({ head: { notices } }) => {
      const what = WORST_FIRST.find((one) => notices.some((notice) => notice.what === one));
      if (what === undefined) return undefined;
      const fields = notices.flatMap((notice) => (notice.what === what ? [notice.field] : [])).join(", ");
      return { outcome: what, data: { fields }, pointer: "/head/notices", summary: fields };
    }),
  absent: goneHead,
});

const WORST_FIRST: readonly LifecycleNotice["what"][] = ["deprecated", "version-warning", "warned"];
