import { describe, expect, it } from "vitest";
import { CAUSES, CHANGE_KINDS } from "../../../src/model/finding.ts";
import { UNOBSERVED_REASONS } from "../../../src/model/reason.ts";
import { FAIL_ON } from "../../../src/model/report.ts";
import { CHANGE_WORDS, causeWords, GATE_WORDS, REASON_WORDS } from "../../../src/tell/view/words.ts";

describe("words", () => {
  it("has a sentence and an advice for every reason, and no other", () => {
    expect(Object.keys(REASON_WORDS).sort()).toEqual([...UNOBSERVED_REASONS].sort());
    for (const { says, next } of Object.values(REASON_WORDS)) {
      expect(says).toMatch(/^[^.\s][^\n]{8,}[^.\s]$/);
      expect(next).toMatch(/^[^.\s][^\n]{8,}[^.\s]$/);
    }
  });

  it("says each reason in its own words", () => {
    const sentences = Object.values(REASON_WORDS).map(({ says }) => says);
    expect(new Set(sentences).size).toBe(sentences.length);
  });

  it("has words for every kind and cause of change", () => {
    expect(Object.keys(CHANGE_WORDS)).toEqual([...CHANGE_KINDS]);
    expect(new Set(CAUSES.map((cause) => causeWords(cause, "tls/no-tls13"))).size).toBe(CAUSES.length);
    expect(causeWords("target", "credential/stale")).not.toBe(causeWords("target", "certificate/expired"));
  });

  it("says what a gate expects", () => {
    expect(FAIL_ON.map((failOn) => GATE_WORDS[failOn]("high"))).toEqual([
      "no open finding of severity high or worse",
      "no regression of severity high or worse",
      "no finding of severity high or worse that is new in this run",
      "nothing",
    ]);
    expect(GATE_WORDS.open("critical")).toBe("no open finding of severity critical");
  });
});
