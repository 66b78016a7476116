import type { HttpResponseEvidence } from "../../../evidence/kinds.ts";
import { type Answer, answerEach } from "../../facts/aggregate.ts";
import { ABOUT_HEADS, goneHead, HEADS_SINCE, withoutEndpoints } from "../../facts/heads.ts";
import { answerReason } from "../../facts/responses.ts";
import { endpointSubject } from "../../facts/subjects.ts";
import { defineRule } from "../rule.ts";

export const retryAfterOdd = defineRule({
  meta: {
    id: "header/retry-after-odd",
    revision: 1,
    title: "When to come back is said in a form that clients read",
    failureTitle: "When to come back is not said, or in a form that clients misread",
    rationale:
      "A refusal for haste that does not say when to come back makes clients guess, and they guess too early. A Retry-After in milliseconds, or as a moment since 1970, makes those that believe it wait for hours or years.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "low",
      text: "Cap in your own client what it waits for (a minute, say), and let it wait longer each time where nothing is said.",
    },
    severity: "low",
    likelihood: 2,
    citations: [
      { id: "RFC 9110 10.2.3", url: "https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3" },
      { id: "RFC 6585 4", url: "https://www.rfc-editor.org/rfc/rfc6585#section-4" },
    ],
    cwe: ["CWE-770"],
    owasp: ["API4:2023"],
    controls: ["ISO27001 A.8.6", "NIST-CSF PR.IR-04"],
    confirm: 2,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    sensible: { verdict: "pass", message: () => "The refusal says when to come back." },
    absurd: { verdict: "fail", message: () => "Retry-After asks for more than a day, or for a moment that is long past." },
    malformed: { verdict: "fail", message: () => "Retry-After is neither a number of seconds nor a date." },
    missing: { verdict: "fail", message: () => "The refusal (429) does not say when to come back." },
    "not-refused": { verdict: "not-applicable", message: () => "Nothing was refused for haste, and nothing was said of it." },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: ({ integration, observations }) =>
    integration.endpoints.flatMap(({ id }) =>
      answerEach(
        endpointSubject(id),
        observations["http-response"].filter(({ key }) => key.endpoint === id),
        answerFor,
      ),
    ),
  absent: goneHead,
});

type Outcome = "sensible" | "absurd" | "malformed" | "missing" | "not-refused";

/** The limiter itself is asked about here, so its answer counts. */
function answerFor(evidence: HttpResponseEvidence): Answer<Outcome> {
  const { head, status, interference } = evidence;
  if (head === undefined) return { outcome: "unobserved", reason: "evidence_missing", pointer: "/head", summary: "no head" };
  const odd = head.limits?.odd ?? [];
  const said = ODD.find(([oddity]) => odd.includes(oddity));
  if (said !== undefined) return { outcome: said[1], pointer: "/head/limits/odd", summary: said[0] };
  if (interference === "rate_limited") return { outcome: "sensible", pointer: "/status", summary: `status ${status}` };
  const reason = answerReason(evidence);
  if (reason !== undefined) return { outcome: "unobserved", reason, pointer: "/status", summary: `status ${status}` };
  return { outcome: "not-refused", pointer: "/status", summary: `status ${status}` };
}

const ODD = [
  ["retry-after-absurd", "absurd"],
  ["retry-after-malformed", "malformed"],
  ["no-retry-after", "missing"],
] as const;
