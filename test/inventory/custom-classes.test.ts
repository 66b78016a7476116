import { describe, expect, it } from "vitest";
import { type CustomClassSupport, isInventory, parseCustomClasses, parseInventory } from "../../src/inventory/parse.ts";
import type { CustomClassProblem } from "../../src/model/custom-class.ts";

const CLASSES = ["customClasses:", "  - { id: custom/member_number, pattern: MB-x, names: [member number], examples: [Kestrel] }"];

describe("classes that an inventory defines", () => {
  it("are shared by its integrations, and known by what they are known by", () => {
    const parsed = parse([...CLASSES, "  - { id: custom/staff, title: Staff, group: low, pattern: S }", ...integration()]);
    const [{ customClasses } = { customClasses: undefined }] = parsed.integrations;
    expect(customClasses).toBe(parsed.customClasses);
    expect(customClasses).toMatchObject([
      {
        id: "custom/member_number",
        group: "personal",
        known: { pattern: "MB-x", names: ["member number"], needsName: false, inText: false },
      },
      { id: "custom/staff", title: "Staff", group: "low" },
    ]);
    const other = parse([...CLASSES.map((line) => line.replace("examples", "group: health, title: M, not")), ...integration()]);
    expect(other.customClasses?.[0]?.definition).toBe(customClasses?.[0]?.definition);
    const looked = ["secret", "special", "card", "low"].map((group) => {
      const defined = parse([...CLASSES.map((line) => line.replace("examples", `group: ${group}, examples`)), ...integration()]);
      return defined.customClasses?.[0]?.definition === customClasses?.[0]?.definition;
    });
    expect(looked).toEqual([false, false, true, true]);
    const another = parse([...CLASSES.map((line) => line.replace("MB-x", "MB-y")), ...integration()]);
    expect(another.customClasses?.[0]?.definition).not.toBe(customClasses?.[0]?.definition);
    expect(parse(integration()).integrations[0]).not.toHaveProperty("customClasses");
  });

  it("may be declared to come, where they are defined", () => {
    const declared = integration(
      "dataClasses: [email, custom/member_number]",
      "endpoints: [{ id: a, request: GET /a, expect: { classes: [custom/staff] } }]",
    );
    expect(problemsOf([...CLASSES, ...declared])).toEqual([
      {
        path: "integrations[0].endpoints[0].expect.classes[0]",
        line: 8,
        column: 63,
        expected: "a class of customClasses",
        found: "custom/staff",
      },
    ]);
    expect(problemsOf(integration("dataClasses: [custom/membr]"), CLASSES)).toMatchObject([{ found: "custom/membr" }]);
    expect(problemsOf(integration("dataClasses: [emial]"))).toMatchObject([{ found: '"emial"', suggestion: "email" }]);
  });

  it.each([
    ["a name of ours", "{ id: email, pattern: x }", "customClasses[0].id", "custom/"],
    ["another name", "{ id: custom/Member, pattern: x }", "customClasses[0].id", "custom/"],
    ["no pattern", "{ id: custom/a }", "customClasses[0].pattern", "RE2"],
    ["a long pattern", `{ id: custom/a, pattern: ${"a".repeat(501)} }`, "customClasses[0].pattern", "500"],
    ["a group that is none", "{ id: custom/a, pattern: x, group: persnal }", "customClasses[0].group", "one of personal"],
    ["a check that is none", "{ id: custom/a, pattern: x, check: crc }", "customClasses[0].check", "one of luhn, mod97"],
    ["an unknown key", "{ id: custom/a, pattern: x, regex: y }", "customClasses[0].regex", "one of id"],
    [
      "a secret among its examples",
      "{ id: custom/a, pattern: x, examples: [ghp_abcdefghij0123456789ABCD] }",
      "customClasses[0].examples[0]",
      "instead of a secret",
    ],
  ])("%s is refused", (_, entry, path, expected) => {
    const [problem, second] = problemsOf(["customClasses:", `  - ${entry}`, ...integration()]);
    expect(problem).toMatchObject({ path, line: 3, expected: expect.stringContaining(expected) });
    expect(second).toBeUndefined();
    expect(JSON.stringify(problem)).not.toContain("ghp_");
  });

  it("have patterns in single quotes: in others YAML reads their backslashes", () => {
    const entry = (pattern: string) => problemsOf(["customClasses:", `  - { id: custom/a, pattern: ${pattern} }`, ...integration()]);
    expect(entry('"a\\.Kestrel"')).toMatchObject([{ line: 3, column: 32, expected: expect.stringContaining("single quotes") }]);
    expect(JSON.stringify(entry('"a\\.Kestrel"'))).not.toContain("Kestrel");
    expect(parse(["customClasses:", "  - { id: custom/a, pattern: 'a\\.b' }", ...integration()]).customClasses?.[0]?.known?.pattern).toBe(
      "a\\.b",
    );
  });

  it("stand once each, thirty at the most", () => {
    expect(problemsOf([...CLASSES, ...CLASSES.slice(1), ...integration()])).toMatchObject([
      { path: "customClasses[1].id", found: "the same id again" },
    ]);
    const many = Array.from({ length: 31 }, (_, at) => `  - { id: custom/a${at}, pattern: x }`);
    expect(problemsOf(["customClasses:", ...many, ...integration()])).toMatchObject([{ expected: "a list of classes, at most 30" }]);
  });

  it("are looked at by whoever knows their patterns, and a problem has its place", () => {
    const problem: CustomClassProblem = { path: ["examples", 0], expected: "another", found: "one" };
    expect(problemsOf([...CLASSES, ...integration()], [], { check: () => [problem] })).toEqual([
      { path: "customClasses[0].examples[0]", line: 3, column: 83, expected: "another", found: "one" },
    ]);
  });
});

describe("a file of classes", () => {
  const file = (lines: readonly string[] = CLASSES) => parseCustomClasses(["version: 1", ...lines].join("\n"), "classes.yaml", () => []);

  it("stands beside an inventory that names it", () => {
    const text = ["customClassesFile: data/classes.yaml", ...integration("dataClasses: [custom/member_number]")];
    expect(parse(text)).toMatchObject({ customClassesFile: "data/classes.yaml" });
    const fromFile = file();
    if (!fromFile.ok) throw new Error("was refused");
    expect(parse(text, { fromFile: fromFile.value }).customClasses).toEqual(fromFile.value);
    expect(problemsOf(text, [], { fromFile: [] })).toMatchObject([{ expected: "a class of customClasses" }]);
    expect(problemsOf([...CLASSES, ...text], [], { fromFile: fromFile.value })).toMatchObject([
      { found: "one of customClassesFile again" },
    ]);
  });

  it.each(["/etc/classes.yaml", "../classes.yaml", "a/../../classes.yaml", "~/classes.yaml", "classes.txt", "C:/classes.yaml"])(
    "lies below the inventory: %s",
    (path) => expect(problemsOf([`customClassesFile: ${path}`, ...integration()])).toMatchObject([{ path: "customClassesFile" }]),
  );

  it("is told from an inventory", () => {
    expect(isInventory(["version: 1", ...integration()].join("\n"))).toBe(true);
    expect([isInventory(["version: 1", ...CLASSES].join("\n")), isInventory("["), isInventory("")]).toEqual([false, false, false]);
  });

  it("is as strict", () => {
    expect(file(["customClasses: []", "integrations: []"])).toMatchObject({ ok: false, error: [{ path: "integrations" }] });
    expect(file([])).toMatchObject({ ok: false, error: [{ path: "customClasses" }] });
    expect(parseCustomClasses("", "classes.yaml", () => [])).toMatchObject({ ok: false, error: [{ found: "an empty file" }] });
  });
});

function integration(...lines: readonly string[]): readonly string[] {
  return ["integrations:", "  - id: acme", "    baseUrl: https://api.acme.example", ...lines.map((line) => `    ${line}`)];
}

function parse(lines: readonly string[], support?: CustomClassSupport) {
  const result = parseInventory(["version: 1", ...lines].join("\n"), "apirisk.yaml", undefined, support);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function problemsOf(lines: readonly string[], before: readonly string[] = [], support?: CustomClassSupport) {
  const result = parseInventory(["version: 1", ...before, ...lines].join("\n"), "apirisk.yaml", undefined, support);
  if (result.ok) throw new Error("was accepted");
  return result.error.map(({ file: _file, ...problem }) => problem);
}
