import type { StrengthStep } from "../../../model/auth-strength.ts";
import {
  type AuthAssessment,
  authAssessment,
  cheapestStep,
  confidenceIn,
  NOTHING_DECLARED,
  scoreWords,
} from "../../facts/auth-assessment.ts";
import { isAtLeast } from "../../facts/auth-strength.ts";
import { defineRule, type RuleResult } from "../rule.ts";

export const belowFloor = defineRule({
  meta: {
    id: "auth/below-floor",
    revision: 2,
    title: "The authentication is as strong as the data asks for",
    failureTitle: "The authentication is weaker than the data asks for, and something can be done",
    rationale:
      "A key that opens a list of countries may be copied without harm; the same kind of key in front of card or health data is one log line away from a breach. What is asked for follows from the declared data classes.",
    remediation: {
      verb: "switch",
      alone: false,
      effort: "medium",
      text: "Take the step that the finding names; `apirisk auth explain` shows the sum behind it, what it costs, and what would come next.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "ASVS 5.0 13.2.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "RFC 9700 2.5", url: "https://www.rfc-editor.org/rfc/rfc9700#section-2.5" },
    ],
    cwe: ["CWE-1390"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.3.1", "ISO27001 A.5.17", "ISO27001 A.8.5", "NIST-CSF PR.AA-03"],
    confirm: 1,
  },
  needs: [],
  outcomes: {
    "meets-floor": { verdict: "pass", message: ({ score }) => `It scores ${score} of 10, which is enough.` },
    "floor-within-reach": {
      verdict: "fail",
      message: (data) => `${below(data)} That is within reach: ${data["to"]} would score ${data["gets"]}.`,
    },
    "step-up-possible": {
      verdict: "fail",
      severity: "medium",
      message: (data) => `${below(data)} Stronger, and possible: ${data["to"]}, which would score ${data["gets"]}.`,
    },
    "nothing-better": { verdict: "not-applicable", message: () => "Nothing better is known to exist." },
    "no-floor": { verdict: "not-applicable", message: () => "No data class is declared that asks for a floor." },
    ...NOTHING_DECLARED,
  },
  evaluate: ({ integration }) => {
    const assessment = authAssessment(integration);
    return [assessment === undefined ? { outcome: "nothing-declared", subject: "" } : answerFor(assessment)];
  },
});

type Outcome = "meets-floor" | "floor-within-reach" | "step-up-possible" | "nothing-better" | "no-floor" | "nothing-declared";

function answerFor(assessment: AuthAssessment): RuleResult<Outcome> {
  const { floor, meetsFloor, strength, mayHaveBetter } = assessment;
  if (floor === undefined) return { outcome: "no-floor", subject: "" };
  const data = { score: scoreWords(strength), floor: floor.band, dataClass: floor.dataClass };
  if (meetsFloor === true) return { outcome: "meets-floor", subject: "", data };
  const step = cheapestStep(assessment);
  if (meetsFloor === undefined || (step === undefined && mayHaveBetter)) {
    return { outcome: "unobserved", subject: "", reason: "evidence_missing", data };
  }
  if (step === undefined) return { outcome: "nothing-better", subject: "", data };
  // For regulated data and money alone: elsewhere a step that was not taken yet is no emergency.
  const isGrave = isAtLeast(floor.band, GRAVE) && isAtLeast(step.low.band, floor.band);
  return {
    outcome: isGrave ? "floor-within-reach" : "step-up-possible",
    subject: "",
    data: { ...data, ...stepData(step) },
    confidence: confidenceIn(step),
  };
}

function stepData(step: StrengthStep) {
  return { to: step.to, gets: scoreWords(step), effort: step.effort };
}

function below({ score, floor, dataClass }: Readonly<Record<string, unknown>>): string {
  return `It scores ${score} of 10, below the floor ${floor} of ${dataClass}.`;
}

const GRAVE = "B";
