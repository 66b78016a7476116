import { expect } from "vitest";
import { type Observation, observationKeyText } from "../../src/evidence/observation.ts";
import type { EvidenceReference, JudgedResult } from "../../src/model/rule.ts";

/** What holds of every result of every rule: visible text, bounded and whole, and references that lead somewhere. */
export function expectPresentable(result: JudgedResult, observations: readonly Observation[]): void {
  const { subject, verdict, message = "", evidence, data, confidence } = result;
  // The subject of a question that is only remembered comes from history as it is.
  for (const text of [verdict === "fail" ? subject : "", message, ...evidence.map(({ summary }) => summary)]) {
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text.length).toBeLessThanOrEqual(600);
  }
  expect(message).not.toMatch(/undefined|NaN|\[object/);
  expect(JSON.parse(JSON.stringify(data))).toEqual(data);
  expect(confidence).toBeGreaterThan(0);
  expect(confidence).toBeLessThanOrEqual(1);
  for (const reference of evidence) {
    const candidates = observations.filter(({ kind, key }) => kind === reference.kind && observationKeyText(key) === reference.key);
    expect(
      candidates.some((observation) => leadsSomewhere(reference, observation)),
      `${reference.kind} ${reference.pointer}`,
    ).toBe(true);
  }
}

/** JSON Pointer (RFC 6901) into the evidence or, where nothing was seen, into the whole observation. */
function leadsSomewhere({ pointer }: EvidenceReference, observation: Observation): boolean {
  const start: unknown = observation.outcome === "observed" ? observation.evidence : observation;
  const steps = pointer.split("/").slice(1);
  return steps.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], start) !== undefined;
}
