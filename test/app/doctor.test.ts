import { describe, expect, test } from "vitest";
import { factsChecks } from "../../src/app/doctor.ts";
import { ageingFacts } from "../../src/catalog/ageing.ts";
import { endOfLifeRetrieved } from "../../src/catalog/end-of-life.ts";
import { DAY } from "../../src/model/instant.ts";

const NEXT = "update apirisk: a newer release brings newer facts";

describe("the age of what apirisk knows", () => {
  const oldest = Math.min(...ageingFacts().map(({ retrieved }) => Date.parse(retrieved)));

  test("is no matter for 120 days", () => {
    const checks = factsChecks(oldest + 120 * DAY);
    expect(checks.map(({ state }) => state)).toEqual(["ok"]);
    expect(checks[0]?.detail).toContain(`the oldest of ${new Date(oldest).toISOString().slice(0, 10)} (data/`);
  });

  test("is told with the file's day and what to do, after them", () => {
    const checks = factsChecks(Date.parse(endOfLifeRetrieved()) + 120 * DAY + 1);
    expect(checks.filter(({ detail }) => detail.includes("end-of-life"))).toEqual([
      {
        check: "dated facts",
        state: "note",
        detail: `ends and newest releases of software (data/end-of-life.json): of ${endOfLifeRetrieved()}, 120 days old; newer releases are unknown, and after 180 days no release is called supported or past its end`,
        next: NEXT,
      },
    ]);
  });

  test("is told of every file", () => {
    const checks = factsChecks(oldest + 3650 * DAY);
    expect(checks.map(({ state, next }) => [state, next])).toEqual(ageingFacts().map(() => ["note", NEXT]));
    for (const [index, { name, retrieved }] of ageingFacts().entries()) {
      expect(checks[index]?.detail).toContain(`(data/${name}.json): of ${retrieved}, `);
    }
  });

  test("a clock that is behind calls nothing old", () => {
    expect(factsChecks(0).map(({ state }) => state)).toEqual(["ok"]);
  });
});
