import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keptPaths, LONG_MISSED, MOST_PATHS } from "../../src/evidence/kept-paths.ts";
import type {
  BodyFacts,
  ClassFact,
  HttpResponseEvidence,
  LookedForClass,
  PathBaseline,
  ResponseBaseline,
  ResponseHistoryEvidence,
} from "../../src/evidence/kinds.ts";
import { arrivalOf, historyWith, lateness } from "../../src/evidence/response-history.ts";
import { DAY } from "../../src/model/instant.ts";
import { NOW, response } from "../judge/builders.ts";

const OF = { endpoint: "list", digest: "0123456789abcdef", classifier: 1 };
const email = (path: string): ClassFact => ({ path, class: "email", confidence: 0.9, count: 1, masked: false, sample: false });
/** So many are always there that there is room for 28 others. */
const ALWAYS = ["$", ...Array.from({ length: MOST_PATHS - 29 }, (_, at) => `$.always${at}`)];
const SENSITIVE = new Set(["$.k0", "$.k1", "$.k2"]);
const LOOKED: LookedForClass = { class: "custom/key", definition: "one" };
const OWN = { path: "$.own", class: LOOKED.class, confidence: 0.9, count: 1, masked: false, sample: false };
const key = (at: number) => `$.k${at}`;

function answer(paths: readonly string[]): HttpResponseEvidence {
  const shape = paths.map((path) => ({ path, types: [path === "$" ? "object" : "string"] }));
  const observation = response({ body: { shape, classes: paths.filter((path) => SENSITIVE.has(path)).map(email) } });
  if (observation.outcome !== "observed" || observation.kind !== "http-response") throw new Error("no answer");
  return observation.evidence;
}

function withAnswer(history: ResponseHistoryEvidence, paths: readonly string[], day: number): ResponseHistoryEvidence {
  return historyWith(history, OF, { evidence: answer(paths), observedAt: NOW + day * DAY });
}

function baselineOf({ baselines: [first] }: ResponseHistoryEvidence): ResponseBaseline {
  if (first === undefined) throw new Error("no baseline");
  return first;
}

const EMPTY: ResponseHistoryEvidence = { ...OF, baselines: [] };
const pathsIn = (history: ResponseHistoryEvidence) => new Set(baselineOf(history).paths.map(({ path }) => path));

describe("paths of a baseline", () => {
  const unseen = (path: string, more: Partial<PathBaseline> = {}): PathBaseline => ({
    path,
    types: ["string"],
    runs: 1,
    filled: true,
    ...more,
  });
  const seen = (many: number) => Array.from({ length: many }, (_, at) => unseen(`$.s${at}`));
  const GONE = { missed: LONG_MISSED };
  const kept = (room: number, paths: readonly PathBaseline[]) => {
    const { paths: all, cut } = keptPaths(seen(MOST_PATHS - room), paths);
    return [all.map(({ path }) => path).filter((path) => !path.startsWith("$.s")), cut];
  };

  it.each<readonly [string, number, readonly PathBaseline[], readonly string[], boolean]>([
    ["all stay where there is room, however long they are gone", 2, [unseen("$.a", GONE), unseen("$.b", GONE)], ["$.a", "$.b"], false],
    ["as many go as it takes", 2, [unseen("$.a", GONE), unseen("$.b", GONE), unseen("$.c")], ["$.a", "$.c"], false],
    ["those go that were seen least", 1, [unseen("$.a", { ...GONE, runs: 3 }), unseen("$.b", GONE)], ["$.a"], false],
    ["what is below goes before what is above", 1, [unseen("$.a", GONE), unseen("$.a.b", GONE)], ["$.a"], false],
    ["what is not gone for long stays", 1, [unseen("$.a", { missed: 5 }), unseen("$.b", GONE)], ["$.a"], false],
    [
      "what held something sensitive stays",
      1,
      [unseen("$.a", GONE), unseen("$.b", { ...GONE, classes: [{ class: "email", masked: true }] })],
      ["$.b"],
      false,
    ],
    [
      "what held something that is not sensitive does not",
      1,
      [unseen("$.a", { ...GONE, runs: 2 }), unseen("$.b", { ...GONE, classes: [{ class: "location_coarse", masked: false }] })],
      ["$.a"],
      false,
    ],
    ["what was lost may come again, and is told", 1, [unseen("$.a", { missed: 2 }), unseen("$.b", { missed: 1 })], ["$.b"], true],
    [
      "what is sensitive is lost last",
      1,
      [unseen("$.a"), unseen("$.b", { ...GONE, classes: [{ class: "email", masked: false }] })],
      ["$.b"],
      true,
    ],
  ])("%s", (_, room, paths, expected, cut) => expect(kept(room, paths)).toEqual([expected, cut]));
});

it.each<readonly [string, Partial<BodyFacts>, boolean]>([
  ["a class of a consumer that is low is forgotten", { customClasses: [{ ...LOOKED, low: true }], classes: [OWN] }, true],
  ["one that matters is not", { customClasses: [LOOKED], classes: [OWN] }, false],
  [
    "what a low one stands in the place of is",
    { customClasses: [{ ...LOOKED, low: true }], classes: [OWN], replaced: [{ ...email("$.own"), by: [OWN.class] }] },
    true,
  ],
])("of keys that are data, %s", (_, body, isForgotten) => {
  const first = answer(["$", "$.own"]);
  let history = historyWith(EMPTY, OF, { evidence: { ...first, body: { ...first.body, ...body } }, observedAt: NOW });
  for (let night = 1; night <= LONG_MISSED + 1; night += 1) {
    const next = answer([...ALWAYS, ...Array.from({ length: 26 }, (_, at) => `$.night${night > LONG_MISSED ? "s" : ""}${at}`)]);
    const customClasses = body.customClasses ?? [];
    history = historyWith(history, OF, { evidence: { ...next, body: { ...next.body, customClasses } }, observedAt: NOW + night * DAY });
  }
  expect(pathsIn(history).has("$.own")).toBe(!isForgotten);
});

describe("a history of answers whose keys are data", () => {
  it("is bounded, knows what it saw lately, and tells nothing as new that was always there", () => {
    const nights = fc.array(fc.uniqueArray(fc.nat(39), { maxLength: 12 }), { minLength: 1, maxLength: 14 });
    let [full, forgetful] = [0, 0];
    fc.assert(
      fc.property(nights, (keys) => {
        let history = EMPTY;
        const answers: (readonly string[])[] = [];
        const sensitive = new Set<string>();
        for (const [night, some] of keys.entries()) {
          const paths = [...ALWAYS, ...some.map(key)];
          history = withAnswer(history, paths, night);
          answers.push(paths);
          for (const path of paths) if (SENSITIVE.has(path)) sensitive.add(path);
          const baseline = baselineOf(history);
          const known = pathsIn(history);
          expect(baseline.paths.length).toBeLessThanOrEqual(MOST_PATHS);
          expect(known.size).toBe(baseline.paths.length);
          expect([...sensitive].filter((path) => !known.has(path))).toEqual([]);
          expect(ALWAYS.filter(lateness(baseline))).toEqual([]);
          const lately = new Set(answers.slice(-LONG_MISSED).flat());
          const lost = [...lately].filter((path) => !known.has(path));
          // What is not known of the last answers is not told as new.
          if (baseline.cut !== true) expect(lost).toEqual([]);
          else expect(lost.filter(lateness(baseline))).toEqual([]);
          full += baseline.cut === true ? 1 : 0;
          forgetful += baseline.cut !== true && new Set(answers.flat()).size > known.size ? 1 : 0;
        }
      }),
      { numRuns: 40, seed: 8 },
    );
    // Both states were met.
    expect([full > 0, forgetful > 0]).toEqual([true, true]);
  }, 60_000);

  const NEW = ["$.note", "$.k39"] as const;
  const keysOf = (from: number, many: number) => Array.from({ length: many }, (_, at) => key(from + at));
  const through = (history: ResponseHistoryEvidence, ...nights: readonly (readonly string[])[]) =>
    nights.reduce((before, more, night) => withAnswer(before, [...ALWAYS, ...more], night), history);
  const quiet = (many: number) => Array.from({ length: many }, () => [] as readonly string[]);

  it("goes on telling what is new where each night brings other keys", () => {
    const nights = Array.from({ length: 30 }, (_, night) => keysOf(3 + night * 4, 4));
    const baseline = baselineOf(through(EMPTY, ...nights));
    expect(baseline.cut).toBeUndefined();
    expect(NEW.filter(lateness(baseline))).toContain("$.note");
    expect(arrivalOf(baseline, email("$.note"), {})).toEqual({ how: "new-field" });
  });

  it("cannot tell for a while where too many came at once, and can again then", () => {
    const flooded = through(EMPTY, keysOf(0, 20), keysOf(20, 20));
    expect(baselineOf(flooded)).toMatchObject({ cut: true });
    for (const nights of [1, 5]) {
      const baseline = baselineOf(through(flooded, ...quiet(nights)));
      expect(baseline).toMatchObject({ cut: true, fitted: nights });
      expect([NEW.filter(lateness(baseline)), arrivalOf(baseline, email("$.note"), {})]).toEqual([[], undefined]);
    }
    const baseline = baselineOf(through(flooded, ...quiet(6)));
    expect(baseline).not.toHaveProperty("cut");
    expect(baseline).not.toHaveProperty("fitted");
    expect(NEW.filter(lateness(baseline))).toContain("$.note");
    expect(baselineOf(through(flooded, ...quiet(5), keysOf(0, 40)))).not.toHaveProperty("fitted");
  });

  it("recovers where an earlier release had lost paths for ever", () => {
    const stored = through(EMPTY, [], [], []);
    const cut: ResponseHistoryEvidence = { ...stored, baselines: [{ ...baselineOf(stored), cut: true }] };
    expect(baselineOf(through(cut, ...quiet(5))).cut).toBe(true);
    expect(through(cut, ...quiet(6))).toEqual(stored);
  });
});
