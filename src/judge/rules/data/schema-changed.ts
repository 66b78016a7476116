import { LONG_MISSED } from "../../../evidence/kept-paths.ts";
import type { HttpResponseEvidence, ResponseBaseline } from "../../../evidence/kinds.ts";
import { ENOUGH_RUNS, isShownAbsent, lateness, leavesOf } from "../../../evidence/response-history.ts";
import { parentPath } from "../../../model/declared-path.ts";
import type { Endpoint } from "../../../model/integration.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_BODIES, goneBody, listed, overBodies } from "../../facts/bodies.ts";
import { besideOf, earlierAnswers } from "../../facts/earlier-answers.ts";
import { holdsNoRecord } from "../../facts/responses.ts";
import { defineRule, type RuleInput } from "../rule.ts";

export const schemaChanged = defineRule({
  meta: {
    id: "data/schema-changed",
    revision: 1,
    title: "Answers have the fields that they had",
    failureTitle: "Answers have other fields than they had",
    rationale:
      "What consumers parse has changed without a new version. Most additions are harmless; a field that is gone is one that some code still reads.",
    remediation: {
      verb: "accept",
      alone: true,
      effort: "low",
      text: "Check whether your code reads what is gone, and whether you want what is new. It is not told any more once the answers have been like this for a few runs.",
    },
    severity: "info",
    likelihood: 1,
    citations: [{ id: "OWASP API10:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xaa-unsafe-consumption-of-apis/" }],
    cwe: ["CWE-1059"],
    owasp: ["API10:2023"],
    controls: ["ISO27001 A.5.22", "ISO27001 A.8.32"],
    confirm: 1,
  },
  needs: ["http-response", "response-history"],
  outcomes: {
    unchanged: { verdict: "pass", message: () => "The fields are those that were there before." },
    "fields-gone": {
      verdict: "fail",
      message: ({ endpoint, gone }) => `The endpoint ${endpoint} does not send ${namesIn(gone)} any more.`,
    },
    "fields-new": {
      verdict: "fail",
      message: ({ endpoint, added }) => `The endpoint ${endpoint} sends what it did not send before: ${namesIn(added)}.`,
    },
    "fields-exchanged": {
      verdict: "fail",
      message: ({ endpoint, gone, added }) =>
        `The endpoint ${endpoint} does not send ${namesIn(gone)} any more, and sends ${namesIn(added)}.`,
    },
    "not-enough-seen": { verdict: "not-applicable", message: () => "Too few answers were seen to tell what is usual." },
    ...ABOUT_BODIES,
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: (input) => overBodies(input, "unchanged", (evidence, endpoint) => answerFor(evidence, endpoint, input), besideOf(input)),
  absent: goneBody,
});

type Said = "fields-gone" | "fields-new" | "fields-exchanged" | "not-enough-seen";

function answerFor(
  evidence: HttpResponseEvidence,
  { id }: Endpoint,
  { observations }: RuleInput<"http-response" | "response-history">,
): Answer<Said> | undefined {
  const earlier = earlierAnswers(id, evidence, observations["response-history"]);
  const shown = { pointer: "/body/shape", summary: `${evidence.body.shape.length} paths` };
  if (earlier.state === "unknown") return { outcome: "unobserved", reason: earlier.reason, ...shown };
  if (earlier.state === "first" || earlier.baseline.runs < ENOUGH_RUNS) return { outcome: "not-enough-seen", ...shown };
  const added = addedTo(earlier.baseline, evidence);
  const gone = goneFrom(earlier.baseline, evidence);
  const outcome = outcomeFor(added.length > 0, gone.length > 0);
  if (outcome === undefined)
    return earlier.baseline.cut === true ? { outcome: "unobserved", reason: "evidence_ambiguous", ...shown } : undefined;
  const data = { endpoint: id, ...(added.length > 0 && { added }), ...(gone.length > 0 && { gone }) };
  return { outcome, data, ...shown };
}

function outcomeFor(isMore: boolean, isLess: boolean): Said | undefined {
  if (isMore) return isLess ? "fields-exchanged" : "fields-new";
  return isLess ? "fields-gone" : undefined;
}

function addedTo(baseline: ResponseBaseline, { body }: HttpResponseEvidence): readonly string[] {
  const isLate = lateness(baseline);
  return leavesOf(body.shape)
    .flatMap(({ path }) => (isLate(path) ? [path] : []))
    .slice(0, MOST_KEPT);
}

/** Told when it was missed so often that it is no accident, until it was missed so often that everybody knows. */
function goneFrom(baseline: ResponseBaseline, { body }: HttpResponseEvidence): readonly string[] {
  if (body.state !== "classified" || holdsNoRecord(body)) return [];
  const seen = new Set(body.shape.map(({ path }) => path));
  const inner = new Set(body.shape.map(({ path }) => parentPath(path)));
  return leavesOf(baseline.paths)
    .filter(({ path, runs, missed = 0 }) => {
      if (seen.has(path) || runs < ENOUGH_RUNS || missed + 1 < ENOUGH_RUNS || missed >= LONG_MISSED) return false;
      return isShownAbsent(path, seen, inner);
    })
    .map(({ path }) => path)
    .slice(0, MOST_KEPT);
}

function namesIn(paths: unknown): string {
  return listed(Array.isArray(paths) ? paths : []);
}

const MOST_KEPT = 50;
