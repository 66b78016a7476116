import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { ClassFact } from "../../../src/evidence/kinds.ts";
import { classifyBody } from "../../../src/observe/classify/classify-body.ts";

interface Label {
  readonly path: string;
  readonly class: string;
  readonly level: "required" | "optional";
}

interface Least {
  readonly precision: number;
  readonly recall: number;
  readonly wrongPerThousand: number;
}

/** Labelled response bodies beside the repository, and ours; `npm run bench:data` prints the whole table. */
const SHARED = fileURLToPath(new URL("../../../../shared/reference/bodies/", import.meta.url));
const OURS = fileURLToPath(new URL("../../fixtures/bodies/", import.meta.url));
const BLIND = fileURLToPath(new URL("../../fixtures/blind-bodies/", import.meta.url));
const RARE = fileURLToPath(new URL("../../fixtures/rare-bodies/", import.meta.url));
const isThere = existsSync(SHARED);

describe("labelled bodies of the repository", () => {
  it("are found out at least as well as before", () =>
    expectAtLeast(OURS, () => true, { precision: 0.97, recall: 0.97, wrongPerThousand: 5 }));
  it("are found out so too where they were labelled blind", () =>
    expectAtLeast(BLIND, () => true, { precision: 0.97, recall: 0.94, wrongPerThousand: 4 }));
  it("are found out so where classes are rare", () =>
    expectAtLeast(RARE, () => true, { precision: 0.94, recall: 0.78, wrongPerThousand: 13 }));
});

describe.skipIf(!isThere)(`labelled bodies of real providers${isThere ? "" : " (skipped: ../shared/reference/bodies is absent)"}`, () => {
  it("are found out at least as well as before", () =>
    expectAtLeast(SHARED, (file) => !file.startsWith("own-"), { precision: 0.98, recall: 0.95, wrongPerThousand: 0.5 }));
  it("are found out so too where they are made up", () =>
    expectAtLeast(SHARED, (file) => file.startsWith("own-"), { precision: 0.95, recall: 0.9, wrongPerThousand: 5 }));
});

function expectAtLeast(folder: string, isMeant: (file: string) => boolean, least: Least): void {
  const files = readdirSync(folder).filter((file) => BODY.test(file) && isMeant(file));
  expect(files.length).toBeGreaterThan(40);
  let [right, required, wrong, leaves] = [0, 0, 0, 0];
  for (const file of files) {
    const labels = JSON.parse(readFileSync(folder + file.replace(BODY, ".labels.json"), "utf8")) as readonly Label[];
    const { state, classes, shape } = classifyBody(readFileSync(folder + file), {
      contentType: undefined,
      truncated: false,
      knownMaps: [],
    });
    expect([file, state]).toEqual([file, "classified"]);
    const wanted = labels.filter(({ level }) => level === "required");
    required += wanted.length;
    right += wanted.filter((label) => classes.some((fact) => fact.class === label.class && fits(label, fact))).length;
    wrong += classes.filter((fact) => isWrong(fact, labels)).length;
    leaves += shape.filter(({ types }) => types.some((type) => type !== "object" && type !== "array")).length;
  }
  expect(right / required).toBeGreaterThanOrEqual(least.recall);
  expect(right / (right + wrong)).toBeGreaterThanOrEqual(least.precision);
  expect((1000 * wrong) / leaves).toBeLessThanOrEqual(least.wrongPerThousand);
}

/** On a path without a label, or with another class where all labels of the path are required. */
function isWrong(fact: ClassFact, labels: readonly Label[]): boolean {
  const here = labels.filter((label) => fits(label, fact));
  return !here.some((label) => label.class === fact.class || label.level === "optional");
}

/** `{}` in either of the two matches any one key of the other. */
function fits(label: Label, fact: ClassFact): boolean {
  const [one, other] = [segments(label.path), segments(fact.path)];
  return (
    one.length === other.length &&
    one.every((part, at) => part === other[at] || isMapAndKey(part, other[at]) || isMapAndKey(other[at], part))
  );
}

function isMapAndKey(part: string | undefined, other: string | undefined): boolean {
  return part === "{}" && other !== "[]";
}

function segments(path: string): readonly string[] {
  return path.match(/\[\]|\{\}|\.[A-Za-z_@$][\w@$-]*|\['(?:[^'\\]|\\.)*'\]/g) ?? [];
}

const BODY = /(?<!\.labels|expect)\.(?:json|ndjson|csv|xml)$/;
