import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dataClassFacts } from "../../src/catalog/data-classes.ts";
import type { BodyFacts, HttpResponseEvidence } from "../../src/evidence/kinds.ts";
import type { Observation } from "../../src/evidence/observation.ts";
import { redact } from "../../src/evidence/redact.ts";
import { arrivalOf, comparable, historyWith, isShownAbsent, leavesOf, pathsOf } from "../../src/evidence/response-history.ts";
import { absentFrom, excessOf } from "../../src/judge/facts/need.ts";
import { DATA_CLASSES, type DataClass } from "../../src/model/data-class.ts";
import { declaredMaps, declaredPaths, parentPath } from "../../src/model/declared-path.ts";
import { DAY } from "../../src/model/instant.ts";
import type { Integration } from "../../src/model/integration.ts";
import { classifyBody } from "../../src/observe/classify/classify-body.ts";
import { labelledBodies } from "../support/labelled-bodies.ts";
import { anIntegration, answeredBefore, NOW, response } from "./builders.ts";
import { runData } from "./rule-cases.ts";

const FOLDER = labelledBodies();
const cases = <T>(set: string): readonly T[] =>
  FOLDER === undefined ? [] : (JSON.parse(readFileSync(join(FOLDER, set, "expect.json"), "utf8")) as readonly T[]);

interface DeclaredCase {
  readonly case: string;
  readonly declared: readonly string[];
  readonly undeclared: readonly string[];
  readonly declaredButAbsent: readonly string[];
}

describe.skipIf(FOLDER === undefined)("allow lists of the labelled set", () => {
  it.each(cases<DeclaredCase>("declared"))("$case", ({ case: name, declared, undeclared, declaredButAbsent }) => {
    const facts = classified(`declared/${name}.body.json`, declaredMaps(declared));
    const paths = declaredPaths(declared);
    const excess = excessOf(facts, paths, {});
    expect([...excess.undeclared, ...excess.undeclaredEmpty].sort()).toEqual([...undeclared].sort());
    expect(absentFrom(facts, paths)).toEqual(declaredButAbsent);
  });
});

interface DriftCase {
  readonly case: string;
  readonly newPaths: readonly string[];
  readonly removedPaths: readonly string[];
  readonly newSensitive: readonly Place[];
  readonly resolved: readonly Place[];
  readonly regression: boolean;
}
interface Place {
  readonly path: string;
  readonly class: DataClass;
}

describe.skipIf(FOLDER === undefined)("answers before and after of the labelled set", () => {
  const pairs = cases<DriftCase>("drift").map((one) => ({ ...one, ...answersOf(one.case) }));

  it.each(pairs)("$case: paths", ({ before, after, newPaths, removedPaths }) => {
    const baseline = baselineOf(before, after);
    const seen = new Set(after.body.shape.map(({ path }) => path));
    const inner = new Set(after.body.shape.map(({ path }) => parentPath(path)));
    const added = leavesOf(after.body.shape).filter(({ path }) => !pathsOf(baseline).has(path));
    const gone = leavesOf(baseline.paths).filter(({ path }) => !seen.has(path) && isShownAbsent(path, seen, inner));
    expect(added.map(({ path }) => path)).toEqual([...newPaths].sort());
    expect(gone.map(({ path }) => path)).toEqual([...removedPaths].sort());
  });

  it.each(pairs)("$case: classes", ({ before, after, newSensitive, resolved }) => {
    const baseline = baselineOf(before, after);
    const came = after.body.classes.filter(
      (fact) => dataClassFacts(fact.class, {}).sensitive && arrivalOf(baseline, fact, {}) !== undefined,
    );
    const now = new Set(after.body.classes.map(textOf));
    const left = baseline.paths.flatMap(({ path, classes = [] }) =>
      classes.filter(({ masked }) => !masked).map((one) => ({ path, class: one.class })),
    );
    expect(came.map(textOf).sort()).toEqual(newSensitive.map(textOf).sort());
    expect(left.map(textOf).filter((place) => !now.has(place))).toEqual(resolved.map(textOf));
  });

  it.each(pairs)("$case: what is told of it, once", ({ before, after, newSensitive, regression }) => {
    for (const declared of [{}, { dataClasses: DATA_CLASSES }]) {
      const earlier = failures(declared, [asObservation(before)]);
      const now = failures(declared, [asObservation(after), historyOf(before)]).filter((failure) => !earlier.includes(failure));
      expect(now.length > 0, now.join()).toBe(regression);
      expect(now).toHaveLength(newSensitive.length);
    }
  });
});

/** Rule and subject of everything about data that fails above information. */
function failures(declared: Partial<Integration>, observations: readonly Observation[]): readonly string[] {
  return runData(anIntegration(declared), observations)
    .filter(({ verdict, severity }) => verdict === "fail" && severity !== "info")
    .map(({ rule, subject }) => `${rule} ${subject}`);
}

/** Samples count: nearly all values of the set are made up. */
function classified(file: string, knownMaps: readonly string[] = []): BodyFacts {
  const facts = classifyBody(readFileSync(join(FOLDER ?? "", file)), { contentType: "application/json", truncated: false, knownMaps });
  return { ...facts, classes: facts.classes.map((fact) => ({ ...fact, sample: false })) };
}

function answersOf(name: string): { readonly before: HttpResponseEvidence; readonly after: HttpResponseEvidence } {
  const before = classified(`drift/${name}.before.json`);
  return { before: answering(before), after: answering(classified(`drift/${name}.after.json`, before.maps)) };
}

function answering(body: BodyFacts): HttpResponseEvidence {
  const observation = response({ headers: { "content-type": "application/json" }, body });
  if (observation.outcome !== "observed" || observation.kind !== "http-response") throw new Error("no answer");
  return observation.evidence;
}

function baselineOf(before: HttpResponseEvidence, after: HttpResponseEvidence) {
  const baseline = comparable(historyEvidence(before), after);
  if (baseline === undefined) throw new Error("nothing to compare with");
  return baseline;
}

function historyEvidence(before: HttpResponseEvidence) {
  const of = { endpoint: "list", digest: before.request.digest, classifier: 1 };
  return historyWith({ ...of, baselines: [] }, of, { evidence: before, observedAt: NOW - DAY });
}

function historyOf(before: HttpResponseEvidence): Observation {
  return { ...answeredBefore(), evidence: redact("response-history", historyEvidence(before), (text) => text) } as Observation;
}

function asObservation(evidence: HttpResponseEvidence): Observation {
  return { ...response(), evidence } as Observation;
}

function textOf({ path, class: dataClass }: Place): string {
  return `${path} ${dataClass}`;
}
