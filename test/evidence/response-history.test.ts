import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BodyFacts, ClassFact, HttpResponseEvidence, ResponseHistoryEvidence } from "../../src/evidence/kinds.ts";
import { arrivalOf, comparable, historyWith } from "../../src/evidence/response-history.ts";
import { DAY } from "../../src/model/instant.ts";
import { type Answer, NOW, response } from "../judge/builders.ts";

const OF = { endpoint: "list", digest: "0123456789abcdef", classifier: 1 };
const EMPTY: ResponseHistoryEvidence = { ...OF, baselines: [] };

function answer(body: Partial<BodyFacts>, more: Omit<Answer, "body"> = {}): HttpResponseEvidence {
  const observation = response({ ...more, body });
  if (observation.outcome !== "observed" || observation.kind !== "http-response") throw new Error("no answer");
  return observation.evidence;
}
const holding = (
  shape: Readonly<Record<string, string | { readonly types: readonly string[]; readonly filled: number }>>,
  classes: readonly ClassFact[] = [],
) =>
  answer({
    shape: Object.entries(shape).map(([path, one]) => (typeof one === "string" ? { path, types: [one] } : { path, ...one })),
    classes,
  });
const email = (path: string, more: Partial<ClassFact> = {}): ClassFact => ({
  ...{ path, class: "email", confidence: 0.9, count: 1, masked: false, sample: false },
  ...more,
});
const historyOf = (...answers: readonly HttpResponseEvidence[]) =>
  answers.reduce((history, evidence, day) => historyWith(history, OF, { evidence, observedAt: NOW + day * DAY }), EMPTY);
const times = (many: number, one: HttpResponseEvidence) => Array.from({ length: many }, () => one);
const baseline = (history: ResponseHistoryEvidence) => {
  const [first] = history.baselines;
  if (first === undefined) throw new Error("no baseline");
  return first;
};
const pathOf = (history: ResponseHistoryEvidence, path: string) => baseline(history).paths.find((one) => one.path === path);
const PLAIN = holding({ $: "object", "$.id": "string" });

describe("a history of answers", () => {
  it("keeps of each path since when, how often and how full it was seen", () => {
    const history = historyOf(PLAIN, holding({ $: "object", "$.id": "number", "$.note": "null" }));
    expect(baseline(history)).toMatchObject({ status: 2, mediaType: "", credential: "sent", since: NOW, runs: 2, records: [1, 1] });
    expect(baseline(history).paths).toEqual([
      { path: "$", types: ["object"], runs: 2, filled: false },
      { path: "$.id", types: ["number", "string"], runs: 2, filled: true },
      { path: "$.note", types: ["null"], runs: 1, filled: false },
    ]);
  });

  it("is the same every night where the answers are", () => {
    const nights = historyOf(...times(3, PLAIN));
    expect(historyOf(...times(12, PLAIN))).toEqual(nights);
    expect(baseline(nights)).toMatchObject({ runs: 3, records: [1, 1, 1] });
  });

  it("goes by what is filled, where that was counted", () => {
    expect(pathOf(historyOf(holding({ "$.note": { types: ["string"], filled: 0 } })), "$.note")?.filled).toBe(false);
    expect(pathOf(historyOf(holding({ "$.note": { types: ["string"], filled: 1 } })), "$.note")?.filled).toBe(true);
  });

  it("has one baseline for all answers that can be compared, and few of them", () => {
    const error = answer({ shape: [{ path: "$.error", types: ["string"] }] }, { status: 404 });
    const open = answer({ shape: [{ path: "$.id", types: ["string"] }] }, { credential: { state: "none" } });
    const history = historyOf(PLAIN, error, open, PLAIN);
    expect(history.baselines.map(({ status, credential, runs }) => [status, credential, runs])).toEqual([
      [4, "sent", 1],
      [2, "none", 1],
      [2, "sent", 2],
    ]);
    expect(comparable(history, error)?.paths.map(({ path }) => path)).toEqual(["$.error"]);
    expect(comparable(history, answer({}, { status: 500 }))).toBeUndefined();
    const many = historyOf(...[100, 200, 300, 400, 500].map((status) => answer({}, { status })));
    expect(many.baselines.map(({ status }) => status)).toEqual([2, 3, 4, 5]);
  });

  it.each([
    ["somebody else answered", answer({}, { interference: "blocked" })],
    ["our credential stayed here", answer({}, { credential: { state: "withheld" } })],
    ["there was no body", answer({ state: "empty" })],
    ["the body could not be read", answer({ state: "undecodable" })],
    ["another request was answered", answer({}, { request: { method: "GET", origin: "https://a.example", path: "/", digest: "other" } })],
  ])("takes in nothing where %s", (_, evidence) => expect(historyOf(PLAIN, evidence)).toEqual(historyOf(PLAIN)));

  it("begins anew with another request, and with another classifier", () => {
    const history = historyOf(PLAIN, PLAIN);
    expect(historyWith(history, { ...OF, digest: "other" }, undefined).baselines).toEqual([]);
    const newer = { ...OF, classifier: 2 };
    expect(historyWith(history, newer, { evidence: PLAIN, observedAt: NOW }).baselines).toEqual([]);
    // Who read an answer before there was a history is not known.
    expect(historyWith(undefined, OF, { evidence: PLAIN, observedAt: NOW }).baselines).toEqual([]);
  });

  it("counts what is missed where an answer shows it", () => {
    const LIST = holding({ $: "object", "$.items": "array", "$.items[]": "object", "$.items[].sku": "string", "$.old": "string" });
    const empty = holding({ $: "object", "$.items": "array" });
    expect(pathOf(historyOf(LIST, empty, empty), "$.items[].sku")).not.toHaveProperty("missed");
    expect(pathOf(historyOf(LIST, empty, empty), "$.old")).toMatchObject({ missed: 2 });
    expect(pathOf(historyOf(LIST, ...times(9, empty)), "$.old")).toMatchObject({ missed: 6, runs: 1 });
    expect(pathOf(historyOf(LIST, empty, LIST), "$.old")).not.toHaveProperty("missed");
    expect(pathOf(historyOf(LIST, answer({ state: "truncated", shape: empty.body.shape })), "$.old")).not.toHaveProperty("missed");
    expect(pathOf(historyOf(LIST, answer({ records: 0, shape: empty.body.shape })), "$.old")).not.toHaveProperty("missed");
  });

  it("tells a late field from one that was always there now and then", () => {
    const more = holding({ $: "object", "$.id": "string", "$.more": "string" });
    expect(pathOf(historyOf(PLAIN, more, PLAIN), "$.more")).not.toHaveProperty("late");
    expect(pathOf(historyOf(...times(3, PLAIN), more), "$.more")).toMatchObject({ late: true, runs: 1 });
    expect(pathOf(historyOf(...times(3, PLAIN), ...times(2, more)), "$.more")).toMatchObject({ late: true, runs: 2 });
    expect(pathOf(historyOf(...times(3, PLAIN), ...times(4, more)), "$.more")).not.toHaveProperty("late");
  });

  it("is bounded, and says so", () => {
    const huge = answer({ shape: Array.from({ length: 6000 }, (_, at) => ({ path: `$.k${at}`, types: ["string"] })) });
    const history = historyOf(huge, huge);
    expect(baseline(history)).toMatchObject({ cut: true });
    expect(baseline(history).paths).toHaveLength(5000);
    expect(arrivalOf(baseline(history), email("$.elsewhere"), {})).toBeUndefined();
  });

  it("is made of any answer", () => {
    const path = fc.constantFrom("$", "$.a", "$.a.b", "$.a[]", "$.__proto__", "not a path", "");
    const shapes = fc.uniqueArray(fc.record({ path, types: fc.array(fc.constantFrom("string", "null", "array", "object")) }), {
      selector: (one) => one.path,
    });
    fc.assert(
      fc.property(fc.array(shapes, { maxLength: 5 }), (bodies) => {
        const history = historyOf(...bodies.map((shape) => answer({ shape })));
        const paths = history.baselines.flatMap((one) => one.paths.map((known) => known.path));
        expect(paths).toEqual([...new Set(bodies.flat().map((fact) => fact.path))].sort());
        expect(JSON.parse(JSON.stringify(history))).toEqual(history);
      }),
    );
  });
});

describe("classes of a consumer", () => {
  const asked = (definition: string, found: boolean) =>
    answer({
      shape: [
        { path: "$", types: ["object"] },
        { path: "$.member", types: ["string"] },
      ],
      customClasses: [{ class: "custom/member", definition }],
      classes: found ? [MEMBER] : [],
    });
  const MEMBER: ClassFact = { ...email("$.member"), class: "custom/member" };
  const arrival = (history: ResponseHistoryEvidence, now: HttpResponseEvidence) => arrivalOf(baseline(history), MEMBER, now.body);

  it("come to a path where answers before were looked at for them, by the same definition", () => {
    expect(arrival(historyOf(asked("one", false)), asked("one", true))).toEqual({ how: "other-data" });
    expect(arrival(historyOf(asked("one", false)), asked("two", true))).toBeUndefined();
    expect(arrival(historyOf(holding({ $: "object", "$.member": "string" })), asked("one", true))).toBeUndefined();
  });

  it("are forgotten where they are known otherwise, and no news from then on", () => {
    const history = historyOf(asked("one", true), asked("two", false));
    expect(pathOf(history, "$.member")?.classes).toBeUndefined();
    expect(arrival(history, asked("two", true))).toEqual({ how: "other-data" });
    const found = historyOf(asked("one", false), asked("two", true));
    expect(pathOf(found, "$.member")?.classes).toEqual([{ class: "custom/member", masked: false }]);
    expect(historyOf(asked("two", true), asked("two", true)).baselines[0]?.customClasses).toEqual([
      { class: "custom/member", definition: "two" },
    ]);
  });
});

describe("how a class came to a path", () => {
  const arrival = (history: ResponseHistoryEvidence, fact: ClassFact) => arrivalOf(baseline(history), fact, {});
  const note = (value: string, classes: readonly ClassFact[] = []) => holding({ $: "object", "$.note": value }, classes);

  it.each([
    ["it was there from the first answer on", historyOf(note("string", [email("$.note")])), undefined],
    ["the field was not there", historyOf(PLAIN), "new-field"],
    ["the field was always empty", historyOf(note("null"), note("null")), "filled"],
    ["it was masked", historyOf(note("string", [email("$.note", { masked: true })])), "unmasked"],
    ["something else stood there", historyOf(note("string")), "other-data"],
    ["a value that is nobody's stood there", historyOf(note("string", [email("$.note", { sample: true })])), undefined],
    [
      "it was masked lately, and not before",
      historyOf(note("string", [email("$.note")]), note("string", [email("$.note", { masked: true })])),
      undefined,
    ],
  ])("%s", (_, history, how) => expect(arrival(history, email("$.note"))?.how).toBe(how));

  it("is no matter of masked values, nor of those that are nobody's", () => {
    expect(arrival(historyOf(PLAIN), email("$.note", { masked: true }))).toBeUndefined();
    expect(arrival(historyOf(PLAIN), email("$.note", { sample: true }))).toBeUndefined();
  });

  it("stays known, with the day on which it came", () => {
    const history = historyOf(note("null"), note("null"), note("string", [email("$.note")]), note("string", [email("$.note")]));
    expect(arrival(history, email("$.note"))).toEqual({ how: "filled", since: NOW + 2 * DAY });
  });
});
