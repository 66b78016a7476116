import type { Observation } from "../../../evidence/observation.ts";
import type { UnobservedReason } from "../../../model/reason.ts";
import { evidenceOf, failureOf, worstReason } from "../../facts/aggregate.ts";
import { ABOUT_POSTURE, overNotFound, whereNobodyDeclared } from "../../facts/posture.ts";
import { answerReason } from "../../facts/responses.ts";
import { defineRule } from "../rule.ts";

export const errorsUnreadable = defineRule({
  meta: {
    id: "header/errors-unreadable",
    revision: 1,
    title: "Errors come in the language of the API",
    failureTitle: "Errors come in another language than answers",
    rationale:
      "A client that expects JSON and gets a page for people fails in its parser instead of in its error handling, and reports the wrong thing.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "low",
      text: "Let your client look at the status and the media type before it parses; ask the provider for problem details (RFC 9457).",
    },
    severity: "info",
    likelihood: 1,
    citations: [{ id: "RFC 9457 3", url: "https://www.rfc-editor.org/rfc/rfc9457#section-3" }],
    cwe: ["CWE-755"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.26", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-not-found"],
  sees: ["http-response"],
  outcomes: {
    alike: { verdict: "pass", message: () => "The error can be read as answers can." },
    "page-for-people": { verdict: "fail", message: () => "Answers are JSON, and the error is a page or plain text." },
    "not-json": { verdict: "not-applicable", message: () => "The answers of the API are no JSON, or none was seen." },
    ...ABOUT_POSTURE,
  },
  applies: whereNobodyDeclared,
  evaluate: (input) => {
    const seen = input.observations["http-response"].flatMap((observation) => evidenceOf(observation) ?? []);
    const answers = seen.filter((answer) => answerReason(answer) === undefined).map(({ body }) => body);
    if (answers.length === 0)
      return [{ outcome: "unobserved", subject: "not-found", reason: whyNone(input.observations["http-response"]) }];
    if (!answers.some(({ format }) => format === "json")) return [{ outcome: "not-json", subject: "not-found" }];
    return overNotFound(
      input,
      { outcome: "alike", pointer: "/page/format", summary: "readable" },
      ({ evidence: { page, interference, cut }, errs }) =>
        errs && interference === undefined && cut !== true && (page?.format === "page" || page?.format === "text")
          ? { outcome: "page-for-people", pointer: "/page/format", summary: page.format }
          : undefined,
    );
  },
});

function whyNone(asked: readonly Observation<"http-response">[]): UnobservedReason {
  return asked.length === 0
    ? "not_requested"
    : worstReason(asked.map((observation) => failureOf(observation)?.reason ?? reasonOf(observation)));
}

function reasonOf(observation: Observation<"http-response">): UnobservedReason {
  const evidence = evidenceOf(observation);
  return (evidence === undefined ? undefined : answerReason(evidence)) ?? "evidence_missing";
}
