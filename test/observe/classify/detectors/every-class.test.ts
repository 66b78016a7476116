import { expect, test } from "vitest";
import { DATA_CLASSES } from "../../../../src/model/data-class.ts";
import { DETECTORS } from "../../../../src/observe/classify/detectors/registry.ts";

test("every class of the contract has a detector", () => {
  const classes = new Set(DETECTORS.map((detector) => detector.class));
  expect(DATA_CLASSES.filter((dataClass) => !classes.has(dataClass))).toEqual([]);
});
