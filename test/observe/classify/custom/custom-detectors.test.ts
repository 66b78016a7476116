import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CustomClass, CustomRecognition } from "../../../../src/model/custom-class.ts";
import { classifyBody } from "../../../../src/observe/classify/classify-body.ts";
import { checkCustomClass } from "../../../../src/observe/classify/custom/check-custom-class.ts";
import { customDetection } from "../../../../src/observe/classify/custom/custom-detection.ts";
import { customDetectors } from "../../../../src/observe/classify/custom/custom-detectors.ts";
import { StepBudget } from "../../../../src/observe/classify/custom/step-budget.ts";
import { explainBody } from "../../../../src/observe/classify/explain-body.ts";

const MEMBER = aClass("member_number", { pattern: "MB-[0-9]{8}", names: ["member number", "Mitgliedsnummer"] });
const STAFF = aClass("staff_number", { pattern: "[0-9]{6}", names: ["employee number"] });

describe("classes of a consumer", () => {
  it.each([
    ["name and value", MEMBER, { member_number: "MB-48213975" }, 0.95],
    ["a name in camel case", MEMBER, { oldMemberNumber: "MB-48213975" }, 0.95],
    ["a name that two keys make", MEMBER, { member: { number: "MB-48213975" } }, 0.95],
    ["a name of another language", MEMBER, { mitgliedsnummer: "MB-48213975" }, 0.95],
    ["a value that nothing else looks like", MEMBER, { ref: "MB-48213975" }, 0.85],
    ["a number under its name", STAFF, { employeeNumber: 482197 }, 0.95],
    ["a name beside a value", STAFF, { name: "employee_number", value: "482197" }, 0.95],
    ["check digits", aClass("policy", { pattern: "P[0-9]{8}", names: ["policy"], check: "luhn" }), { policy: "P49927398" }, undefined],
    ["right check digits", aClass("policy", { pattern: "P[0-9]{11}", names: ["policy"], check: "luhn" }), { policy: "P49927398716" }, 0.97],
    ["no name, and a value as many have", STAFF, { count: "482197" }, undefined],
    ["another form", MEMBER, { memberNumber: "MB-482" }, undefined],
    ["the name of a label", MEMBER, { errors: { memberNumber: "MB-48213975" } }, 0.85],
    ["its name needed", aClass("a", { pattern: "MB-[0-9]{8}", names: ["member"], needsName: true }), { ref: "MB-48213975" }, undefined],
  ])("%s", async (_, custom, body, confidence) => {
    const found = (await classesOf([custom], body)).filter((fact) => fact.class === custom.id);
    expect(found.map((fact) => fact.confidence)).toEqual(confidence === undefined ? [] : [confidence]);
  });

  it("are looked for inside text where that is asked for", async () => {
    const note = { note: "Please call about MB-48213975, thank you" };
    expect(await classesOf([MEMBER], note)).not.toContainEqual(expect.objectContaining({ class: MEMBER.id }));
    const inText = aClass("member_number", { pattern: "MB-[0-9]{8}", inText: true });
    expect(await classesOf([inText], note)).toContainEqual(expect.objectContaining({ class: MEMBER.id, confidence: 0.85 }));
  });

  it("know placeholders and masks", async () => {
    const [sample] = await classesOf([MEMBER], { memberNumber: "MB-00000000" });
    expect(sample).toMatchObject({ class: MEMBER.id, sample: true });
    const [masked] = await classesOf([MEMBER], { memberNumber: "MB-****3975" });
    expect(masked).toMatchObject({ class: MEMBER.id, masked: true });
  });

  it("take the place of what is less sure, and never of a secret, a card or what the law protects most", async () => {
    const text = { passphrase: "Tr0ub4dor&3x", diagnosis: "E11.9", religion: "catholic", phone: "+49 30 90182047" };
    const everything = aClass("anything", { pattern: ".+", names: Object.keys(text) }, "low");
    const ours = await classesOf([], text);
    const beside = await classesOf([everything], text);
    const weaker = ours.filter((fact) => fact.confidence < 0.95 && fact.path !== "$.phone");
    expect(weaker.length).toBeGreaterThan(0);
    for (const fact of weaker) expect(beside).toContainEqual(fact);
    expect(ours.map((fact) => fact.class)).toContain("phone");
    const number = aClass("customer", { pattern: "[+0-9 ]+", names: ["customer phone"] });
    expect((await classesOf([number], { customerPhone: "030 90182047" })).map((fact) => fact.class)).toEqual(["custom/customer"]);
  });

  it("leave it known what they take the place of, where nothing else of it is left", async () => {
    const member = aClass("member", { pattern: "030 [0-9]{8}", names: ["customer phone"] });
    const shop = aClass("shop", { pattern: "030 9[0-9]{7}", names: ["customer phone"] });
    const phones = ["030 90182047", "030 90182151", "089 21231456"].map((customerPhone) => ({ customerPhone }));
    const [first] = phones;
    const [ours] = await classesOf([], first);
    expect(ours).toMatchObject({ path: "$.customerPhone", class: "phone" });
    expect((await bodyFacts([member, shop], first)).replaced).toEqual([{ ...ours, by: ["custom/member", "custom/shop"] }]);
    const most = await bodyFacts([member], phones);
    expect(most.classes.map((fact) => fact.class)).not.toContain("phone");
    expect(most.replaced).toMatchObject([{ path: "$[].customerPhone", class: "phone", count: 3, by: ["custom/member"] }]);
    const few = await bodyFacts([member], [...phones, ...phones.slice(2), ...phones.slice(2), ...phones.slice(2)]);
    expect(few.classes.map((fact) => fact.class)).toContain("phone");
    expect(few.replaced).toBeUndefined();
    expect((await bodyFacts([member], { note: "none" })).replaced).toBeUndefined();
  });

  it("change nothing of what is known of ours: what is found and what is replaced is what there would be without them", async () => {
    const body = {
      users: Array.from({ length: 600 }, (_, at) => ({
        email: `user${at}@mail-${at % 7}.net`,
        phone: `+49 30 90182${String(100 + (at % 800))}`,
        ip: `84.17.${at % 200}.9`,
        ref: at === 431 ? "correct horse battery staple" : `r${at}`,
        nested: JSON.stringify({ mail: `other${at}@mail.net`, password: at === 433 ? "hunter2 hunter2" : "" }),
      })),
      birthday: "1987-03-14",
    };
    const without = await bodyFacts([], body);
    const named = (facts: typeof without.classes) =>
      facts.map((fact) => `${fact.path} ${fact.class}`).filter((text) => !text.includes("custom/"));
    for (const group of ["low", "personal", "secret"] as const) {
      const anything = aClass(
        "anything",
        { pattern: ".+", names: ["email", "phone", "ip", "birthday", "ref", "nested"], inText: true },
        group,
      );
      const { classes, replaced = [], subjects } = await bodyFacts([anything, MEMBER], body);
      expect([...named(classes), ...named(replaced)].sort()).toEqual(named(without.classes).sort());
      expect(subjects).toBe(without.subjects);
    }
  });

  it("that are secrets are found in every one of many values, whatever they look like", async () => {
    const badge = aClass("badge", { pattern: "door [a-z]{4} seven" }, "secret");
    const values = Array.from({ length: 5000 }, (_, at) => ({ text: at === 4321 ? "door oaks seven" : `door ${at}` }));
    expect(await classesOf([badge], values)).toContainEqual(expect.objectContaining({ class: badge.id, count: 1 }));
  });

  it("are told in the facts of a body, with the definition that was used", async () => {
    const facts = await bodyFacts([STAFF, MEMBER], { a: 1 });
    expect(facts.customClasses).toEqual([
      { class: MEMBER.id, definition: MEMBER.definition },
      { class: STAFF.id, definition: STAFF.definition },
    ]);
    expect((await bodyFacts([aClass("a", { pattern: "x" }, "low")], { a: 1 })).customClasses).toMatchObject([{ low: true }]);
    expect((await bodyFacts([], { a: 1 })).customClasses).toBeUndefined();
  });

  it("are explained", async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ policy: "P49927398", count: "482197", employeeNumber: 482197 }));
    const checked = aClass("policy", { pattern: "P[0-9]{8}", check: "luhn" });
    const explained = explainBody(bytes, [], await customDetection([checked, STAFF]));
    const candidates = explained.flatMap(({ path, candidates: all }) => all.map((one) => ({ path, ...one })));
    expect(candidates).toContainEqual(
      expect.objectContaining({ path: "$.policy", class: "custom/policy", vetoes: [{ veto: "fails-checksum", count: 1 }] }),
    );
    expect(candidates).toContainEqual(expect.objectContaining({ path: "$.count", class: STAFF.id, reported: false, confidence: 0.5 }));
    expect(candidates).toContainEqual(expect.objectContaining({ class: STAFF.id, reported: true, cues: ["name", "pattern"] }));
  });

  it("detect nothing where they are only remembered, or their pattern is none", () => {
    const { known: _known, ...remembered } = MEMBER;
    expect(customDetectors([remembered, aClass("broken", { pattern: "(" })], new StepBudget())).toEqual([]);
  });

  it("cost no more than a body may: beyond that it is not clean, and what was found stays", async () => {
    const costly = Array.from({ length: 30 }, (_, at) => aClass(`c${at}`, { pattern: "X(?:[a-f0-9]{1,8}-?){1,14}" }, "secret"));
    const values = (many: number) => Array.from({ length: many }, (_, at) => ({ ref: at === 0 ? "Xab-cd" : `${at} ${"z".repeat(110)}` }));
    const facts = await bodyFacts(costly, values(8000));
    expect(facts).toMatchObject({ state: "truncated", failure: { reason: "body_truncated" } });
    expect(facts.classes).toContainEqual(expect.objectContaining({ class: "custom/c0", count: 1 }));
    for (const [classes, many] of [
      [costly, 100],
      [[MEMBER, STAFF], 8000],
      [[], 8000],
    ] as const)
      expect((await bodyFacts(classes, values(many))).state).toBe("classified");
  });

  it("never break a body", async () => {
    const detection = await customDetection([aClass("any", { pattern: ".*", names: ["a"], inText: true }), MEMBER, STAFF]);
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), (text) => {
        const facts = classifyBody(new TextEncoder().encode(text), { ...PLAIN, ...(detection && { custom: detection }) });
        expect(["classified", "empty"]).toContain(facts.state);
      }),
    );
  });
});

describe("what an entry has to do", () => {
  it.each([
    ["fit its examples", { pattern: "MB-[0-9]{8}" }, { examples: ["MB-48213975", "MB-1"] }, ["examples.1"]],
    ["fit them without spaces", { pattern: "MB-[0-9]{8}" }, { examples: [" MB-48213975"] }, ["examples.0"]],
    ["not fit what it is told not to", { pattern: "MB-[0-9]{8}" }, { not: ["MB-48213975"] }, ["not.0"]],
    ["have right check digits", { pattern: "P[0-9]{8}", check: "luhn" } as const, { examples: ["P49927398"] }, ["examples.0"]],
    ["be told from others, or have a name", { pattern: "[A-Z]{2}[0-9]{6}" }, {}, ["pattern"]],
    ["be told from others inside text", { pattern: "[0-9]{6}", names: ["staff"], inText: true }, {}, ["inText"]],
    ["have a name where it needs one", { pattern: "MB-[0-9]{8}", needsName: true }, {}, ["names"]],
    ["fit something", { pattern: "(?:MB-[0-9]{8})?" }, {}, ["pattern"]],
    ["compile", { pattern: "(?!x)MB" }, { examples: ["MB"] }, ["pattern"]],
    [
      "nothing else",
      { pattern: "CTR[0-9]{8}", names: ["contract"], check: "mod97" } as const,
      { examples: ["CTR00012380"], not: ["CTR00012381"] },
      [],
    ],
  ])("%s", (_, known, proof, paths) => {
    const problems = checkCustomClass({ custom: aClass("x", known), examples: [], not: [], ...proof });
    expect(problems.map(({ path }) => path.join("."))).toEqual(paths);
    expect(JSON.stringify(problems)).not.toMatch(/4821|P499/);
  });
});

function aClass(
  name: string,
  known: Partial<CustomRecognition> & Pick<CustomRecognition, "pattern">,
  group: CustomClass["group"] = "personal",
): CustomClass {
  return { id: `custom/${name}`, group, definition: `of ${name}`, known: { names: [], needsName: false, inText: false, ...known } };
}

async function bodyFacts(classes: readonly CustomClass[], body: unknown) {
  const custom = await customDetection(classes);
  return classifyBody(new TextEncoder().encode(JSON.stringify(body)), { ...PLAIN, ...(custom !== undefined && { custom }) });
}

async function classesOf(classes: readonly CustomClass[], body: unknown) {
  return (await bodyFacts(classes, body)).classes;
}

const PLAIN = { contentType: undefined, truncated: false, knownMaps: [] } as const;
