import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillTemplate, PLACEHOLDERS, parseTemplate, type TemplatePart } from "../../src/model/request-signing.ts";

const VALUES = Object.fromEntries(PLACEHOLDERS.map((name) => [name, `<${name}>`])) as Record<(typeof PLACEHOLDERS)[number], string>;
const written = (parts: readonly TemplatePart[]) =>
  parts.map((part) => ("text" in part ? part.text.replaceAll("{", "{{").replaceAll("}", "}}") : `{${part.placeholder}}`)).join("");

describe("a template of what is signed", () => {
  it.each([
    ["{timestamp}.{body}", "<timestamp>.<body>"],
    ["a{{b}}c", "a{b}c"],
    ["{{{method}}}", "{<method>}"],
    ["{method}\n{path}", "<method>\n<path>"],
  ])("%j is read", (template, text) => {
    const parts = parseTemplate(template);
    expect(parts.ok && fillTemplate(parts.value, VALUES)).toBe(text);
  });

  it.each([
    ["{timestamp}.{boddy}", { at: 12, kind: "unknown-placeholder", name: "boddy" }],
    ["{constructor}", { at: 0, kind: "unknown-placeholder", name: "constructor" }],
    ["{}", { at: 0, kind: "unknown-placeholder", name: "" }],
    ["ab{body", { at: 2, kind: "open-brace", name: "" }],
    ["ab}c", { at: 2, kind: "stray-brace", name: "" }],
  ])("%j is refused, with the place", (template, error) => {
    expect(parseTemplate(template)).toEqual({ ok: false, error });
  });

  it("whatever is written can be read again, and gives what was meant", () => {
    const part = fc.oneof(
      fc.string({ minLength: 1, unit: fc.constantFrom("{", "}", "a", ".", "\n", "é") }).map((text) => ({ text })),
      fc.constantFrom(...PLACEHOLDERS).map((placeholder) => ({ placeholder })),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const read = parseTemplate(written(parts));
        expect(read.ok && fillTemplate(read.value, VALUES)).toBe(fillTemplate(parts, VALUES));
      }),
    );
  });

  it("any text is read or refused at a place within it", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("{", "}", "body", "x") }), (text) => {
        const read = parseTemplate(text);
        if (read.ok) expect(text.length === 0 || read.value.length > 0).toBe(true);
        else expect(text.charAt(read.error.at)).toMatch(/[{}]/);
      }),
    );
  });
});
