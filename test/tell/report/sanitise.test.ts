import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderJson } from "../../../src/tell/report/json.ts";
import { sanitise } from "../../../src/tell/report/sanitise.ts";
import { HIDDEN } from "../hidden.ts";

describe("sanitise for a terminal", () => {
  it.each([
    ["\u001b[31mred\u001b[0m", "\\x1b[31mred\\x1b[0m"],
    ["\u001b]8;;https://evil.example\u0007click", "\\x1b]8;;https://evil.example\\x07click"],
    ["a\r\nb\tc", "a\\r\\nb\\tc"],
    ["nul\u0000del\u007f", "nul\\x00del\\x7f"],
    ["csi\u009b2J", "csi\\x9b2J"],
    ["user\u202egpj.exe\u202c", "user\\u202egpj.exe\\u202c"],
    ["isolate\u2066x\u2069", "isolate\\u2066x\\u2069"],
    ["line\u2028para\u2029", "line\\u2028para\\u2029"],
    ["zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"],
    ["tag\u{e0041}", "tag\\u{e0041}"],
    ["lone\ud800surrogate", "lone\\ud800surrogate"],
    ["::error::oops", ":\\x3aerror:\\x3aoops"],
    ["  ::add-mask::x", "  :\\x3aadd-mask:\\x3ax"],
    ["::Error file=a::oops", ":\\x3aError file=a:\\x3aoops"],
    ["##[error]oops", "#\\x23[error]oops"],
    ["x ##vso[task.setvariable]y", "x #\\x23vso[task.setvariable]y"],
    ["##teamcity[buildStop]", "#\\x23teamcity[buildStop]"],
  ])("escapes %j", (hostile, safe) => {
    expect(sanitise(hostile, "terminal")).toBe(safe);
  });

  it.each(["plain", "Grüße, 世界 👩‍👩‍👧 é", "fe80::abcd", "::1", "2001:db8::", "::ffff:192.0.2.1", "a ## b", "C:\\x", "std::0"])(
    "leaves %j alone",
    (text) => {
      expect(sanitise(text, "terminal")).toBe(text);
    },
  );

  it("leaves nothing hidden, whatever comes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const safe = sanitise(text, "terminal");
        expect(safe).not.toMatch(HIDDEN);
        expect(safe).not.toMatch(/::(error|warning|stop-commands|set-output)/i);
        expect(safe).not.toContain("\n");
      }),
    );
  });

  it("is quick on a megabyte of provocation", () => {
    expect(sanitise("::".repeat(500_000), "terminal")).toHaveLength(1_000_000);
  });
});

describe("renderJson", () => {
  it("prints one document with a newline, equal to what went in", () => {
    const document = { a: "\u001b[31m \u009b \u202e \u2028 \u{e0041} ##[error]x ##vso[y]", b: [1, null, "世界 👍"] };
    const text = renderJson(document);
    expect(JSON.parse(text)).toEqual(document);
    expect(text.endsWith("}\n")).toBe(true);
    expect(text).not.toMatch(HIDDEN);
    expect(text).not.toContain("##[");
    expect(text).not.toContain("##vso[");
  });

  it("keeps any JSON value as it was", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
        expect(JSON.parse(renderJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
