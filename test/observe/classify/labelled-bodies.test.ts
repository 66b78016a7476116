import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { classifyBody } from "../../../src/observe/classify/classify-body.ts";
import { DETECTORS } from "../../../src/observe/classify/detectors/registry.ts";

interface Label {
  readonly path: string;
  readonly class: string;
  readonly level: string;
}

/** Labelled response bodies that are kept outside of the repository; test/bench/data-classes.mjs prints the whole table. */
const folder = fileURLToPath(new URL("../../../../shared/reference/bodies/", import.meta.url));
const found = existsSync(folder);
const asked: ReadonlySet<string> = new Set(DETECTORS.map((detector) => detector.class));

describe.skipIf(!found)(`labelled bodies${found ? "" : " (skipped: ../shared/reference/bodies is absent)"}`, () => {
  const bodies = found ? readdirSync(folder).filter((name) => /(?<!\.labels)\.(?:json|ndjson)$/.test(name)) : [];

  it("are all read", () => {
    const states = bodies.map((name) => facts(name).state);
    expect(states.length).toBeGreaterThan(150);
    expect(new Set(states)).toEqual(new Set(["classified"]));
  });

  it("are found out at least as well as before", () => {
    let right = 0;
    let required = 0;
    let wrong = 0;
    for (const name of bodies.filter((body) => !body.startsWith("own-"))) {
      const labels = JSON.parse(readFileSync(folder + name.replace(/\.(?:nd)?json$/, ".labels.json"), "utf8")) as readonly Label[];
      const classes = facts(name).classes.filter((fact) => !fact.masked);
      for (const label of labels.filter(({ level, class: dataClass }) => level === "required" && asked.has(dataClass))) {
        required += 1;
        if (classes.some((fact) => fact.class === label.class && fact.path === label.path)) right += 1;
      }
      wrong += classes.filter((fact) => !labels.some((label) => label.path === fact.path)).length;
    }
    expect(right / required).toBeGreaterThanOrEqual(0.95);
    expect(right / (right + wrong)).toBeGreaterThanOrEqual(0.95);
  });

  function facts(name: string) {
    return classifyBody(readFileSync(folder + name), { contentType: undefined, truncated: false, knownMaps: [] });
  }
});
