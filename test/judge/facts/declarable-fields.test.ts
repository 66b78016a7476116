import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { declarableFields } from "../../../src/judge/facts/declarable-fields.ts";
import { declaredPaths, isDeclarable } from "../../../src/model/declared-path.ts";
import type { ProposedField } from "../../../src/model/proposal.ts";

const EMAIL = [{ class: "email", masked: false }] as const;
const field = (path: string, classes: ProposedField["classes"] = []): ProposedField => ({ path, classes });
const below = (path: string, many: number) => Array.from({ length: many }, (_, at) => field(`${path}.f${at}`));
const pathsOf = (fields: readonly ProposedField[]) =>
  fields.map(({ path, standsFor = 0 }) => (standsFor > 0 ? `${path} ${standsFor}` : path));
const ANY = () => true;
const LONG = "x".repeat(600);

describe("fields that an inventory can take", () => {
  it.each<readonly [string, readonly ProposedField[], number, readonly string[]]>([
    ["all of them, where they fit", [field("$.a"), field("$.b")], 2, ["$.a", "$.b"]],
    [
      "the smallest place that is enough",
      [...below("$.a", 3), ...below("$.a.b", 4), ...below("$.c", 9)],
      13,
      ["$.a.b.* 4", ...pathsOf([...below("$.a", 3), ...below("$.c", 9)])],
    ],
    ["a place whose own places are too small", [field("$.c"), ...below("$.a.p", 2), ...below("$.a.q", 2)], 2, ["$.a.* 4", "$.c"]],
    [
      "the largest of several, and of the rest the smallest that is enough",
      [...below("$.a", 3), ...below("$.b", 4), ...below("$.c", 2)],
      5,
      ["$.a.f0", "$.a.f1", "$.a.f2", "$.b.* 4", "$.c.* 2"],
    ],
    ["elements and keys", [...below("$[].a", 3), ...below("$.b{}", 2)], 3, ["$.b{}.f0", "$.b{}.f1", "$[].a.* 3"]],
    ["the whole answer, where nothing less will do", below("$", 4), 3, ["$.* 4"]],
    ["nothing", [], 3, []],
    ["a place in the stead of a long name", [field("$.a.b"), field(`$.a.${LONG}`), field("$.c")], 9, ["$.a.* 2", "$.c"]],
    ["the nearest place above that can be written", [field(`$.a.b.${LONG}.c.d`)], 9, ["$.a.b.* 1"]],
    [
      "both, where there are many long ones",
      [field("$.a"), ...below(`$.b.${LONG}`, 5), ...below("$.c", 3)],
      3,
      ["$.a", "$.b.* 5", "$.c.* 3"],
    ],
  ])("%s", (_, fields, most, expected) => {
    expect(pathsOf(declarableFields(fields, ANY, most)).sort()).toEqual([...expected].sort());
  });

  it.each([`$.${LONG}`, `$[].${LONG}`, `$[]{}.${LONG}.a`, "$.a b", "words"])(
    "leave out %.20s, which the whole answer would stand for",
    (path) => {
      expect(declarableFields([field("$.a"), field(path)], ANY).filter(({ unwritable }) => unwritable !== true)).toEqual([field("$.a")]);
    },
  );

  it("leave out what stands for keys among named fields, which would cover every field that comes", () => {
    const fields = [field("$.items[].id"), field("$.items[]{}"), field("$.items[]{}.a"), field("$.rates{}"), field("$.rates{}.from")];
    const [id, among, below, rates, from] = fields;
    expect(declarableFields(fields, ANY)).toEqual([id, { ...among, coversMore: true }, { ...below, coversMore: true }, rates, from]);
  });

  it("give way to a place above where their text may not stand", () => {
    const mayStand = (text: string) => !text.includes("secret");
    const fields = [field("$.a.secret.b"), field("$.a.c"), field("$.secret"), field("$.d")];
    expect(declarableFields(fields, mayStand)).toEqual([
      { path: "$.a.*", classes: [], standsFor: 2 },
      field("$.d"),
      { ...field("$.secret"), unwritable: true },
    ]);
  });

  it("say what is sensitive in the place that stands for them, in the clear where one is", () => {
    const masked = [
      { class: "email" as const, masked: true },
      { class: "iban" as const, masked: true },
    ];
    expect(declarableFields([field("$.a.b", masked), field("$.a.c", EMAIL), field("$.a.d", masked)], ANY, 1)).toEqual([
      { path: "$.a.*", classes: [EMAIL[0], { class: "iban", masked: true }], standsFor: 3 },
    ]);
  });

  it("are few, can be written, and stand for every field", () => {
    const step = fc.constantFrom(".a", ".b", ".c", "[]", "{}", "['a b']", `.${"y".repeat(240)}`);
    const path = fc.array(step, { minLength: 1, maxLength: 6 }).map((steps) => `$${steps.join("")}`);
    const leaves = fc
      .uniqueArray(path, { maxLength: 40 })
      .map((all) => all.filter((one) => !all.some((other) => other !== one && other.startsWith(one))).sort());
    fc.assert(
      fc.property(leaves, fc.integer({ min: 1, max: 20 }), (all, most) => {
        const fields = declarableFields(
          all.map((one) => field(one)),
          ANY,
          most,
        );
        const isLeft = ({ unwritable, coversMore }: ProposedField) => unwritable === true || coversMore === true;
        const written = fields.filter((one) => !isLeft(one)).map((one) => one.path);
        expect(written.length).toBeLessThanOrEqual(most);
        expect(written.filter((one) => !isDeclarable(one))).toEqual([]);
        const left = new Set(fields.filter(isLeft).map((one) => one.path));
        const { covers } = declaredPaths(written);
        expect(all.filter((one) => !left.has(one) && !covers(one))).toEqual([]);
      }),
    );
  });
});
