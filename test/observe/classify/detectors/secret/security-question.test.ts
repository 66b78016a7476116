import { describe, expect, it } from "vitest";
import { securityQuestion } from "../../../../../src/observe/classify/detectors/secret/security-question.ts";
import { asker } from "../support.ts";

const ask = asker(securityQuestion);

describe("security_question", () => {
  it.each([
    ["security_answer", [], 0.93],
    ["authentication_question", [], 0.85],
    ["authenticationAnswer", [], 0.93],
    ["secretQuestion", [], 0.85],
    ["answer", ["recovery"], 0.93],
    ["question", ["security_questions"], 0.85],
    ["Sicherheitsantwort", [], 0.93],
    ["pregunta_secreta", [], 0.85],
  ])("is known by the name %s", (key, above, confidence) => {
    expect(ask("Biscuit", key, above)).toMatchObject({ confidence });
  });

  it.each([
    ["question", ["faq"], "How do I reset it?"],
    ["answer", ["survey"], "Yes"],
    ["security_question_enabled", [], "yes-1"],
    ["security_question", [], "disabled"],
    ["security_question_id", [], "q12"],
  ])("is not the value of %s below %s", (key, above, text) => {
    expect(ask(text, key, above)).toBeUndefined();
  });

  it("is no label", () => {
    const labels = { security_answer: "Security answer", security_question: "Security question", password: "Password" };
    expect(ask("Security answer", "security_answer", [], [], labels)).toBeUndefined();
  });
});
