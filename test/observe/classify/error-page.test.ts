import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEBUG_PAGES, type ErrorPageFacts, STACK_KINDS } from "../../../src/model/posture.ts";
import { errorPageFacts } from "../../../src/observe/classify/error-page.ts";
import { DEBUG_BODIES, INNOCENT_BODIES, SIGNED_BODIES, STACK_BODIES } from "./error-bodies.ts";

const factsOf = (body = "", type?: string) => errorPageFacts(Buffer.from(body), type);
const said = ({ stack, debugPage, signatures }: ErrorPageFacts) => [stack, debugPage, ...signatures].filter((word) => word !== undefined);

describe("the content of an error", () => {
  it.each(STACK_BODIES)("shows a stack: %s", (_what, stack, body, type) => {
    expect(factsOf(body, type).stack).toBe(stack);
  });

  it.each(DEBUG_BODIES)("is a debug page: %s", (_what, debugPage, body, type) => {
    expect(factsOf(body, type).debugPage).toBe(debugPage);
  });

  it.each(SIGNED_BODIES)("is signed: %s", (_what, signatures, body) => {
    expect(factsOf(body, "text/html")).toEqual({ format: "page", signatures });
  });

  it.each(INNOCENT_BODIES)("gives nothing away: %s", (_what, body, type) => {
    expect(said(factsOf(body, type))).toEqual([]);
  });

  it.each([
    ["", "application/json", "empty"],
    [" \n", undefined, "empty"],
    ["\ufeff", undefined, "empty"],
    ['{"type":"about:blank"}', "application/problem+json; charset=utf-8", "problem"],
    ["<problem/>", "application/problem+xml", "problem"],
    ['\ufeff{"error":1}', "text/html", "json"],
    ["[]", undefined, "json"],
    ["<!DOCTYPE html><p>", "application/json", "page"],
    ["Not found", "text/html; charset=utf-8", "page"],
    ["<center><h1>404 Not Found</h1></center>", undefined, "page"],
    ['<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>', "application/xml", "xml"],
    ["<Error/>", undefined, "xml"],
    ["Not found", "text/plain", "text"],
    ["404 page not found\n", undefined, "text"],
  ] as const)("%j as %s is %s", (body, type, format) => {
    expect(factsOf(body, type).format).toBe(format);
  });

  it("counts as far as 64 KB, in whatever octets it comes", () => {
    const [, , stack = ""] = STACK_BODIES[0] ?? [];
    expect(factsOf(`${" ".repeat(60_000)}${stack}`).stack).toBe("java");
    expect(factsOf(`${" ".repeat(66_000)}${stack}`).stack).toBeUndefined();
    expect(errorPageFacts(Buffer.from(stack, "utf16le"), undefined).stack).toBeUndefined();
    expect(errorPageFacts(Buffer.from([0xff, 0xfe, 0, 0x80, 0xc3]), "text/html")).toEqual({ format: "page", signatures: [] });
  });

  it("never throws, and says nothing but words of ours and names with versions", () => {
    const pieces = fc.oneof(
      fc.string(),
      fc.constantFrom(...[...STACK_BODIES, ...DEBUG_BODIES, ...SIGNED_BODIES].map(([, , body]) => body)),
      fc.constantFrom(
        "at ",
        "\n",
        "\\n",
        "\tat a.b(",
        ".java:1)",
        'File "',
        '", line 1, in f',
        '"trace":"',
        "nginx/",
        "1.",
        "#0 /",
        ".php(1)",
        "<div ",
        "&quot;",
      ),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), fc.constantFrom(undefined, "text/html", "application/json"), (parts, type) => {
        const { format, stack, debugPage, signatures } = factsOf(parts.join(""), type);
        expect(["problem", "json", "xml", "page", "text", "empty"]).toContain(format);
        expect([undefined, ...STACK_KINDS]).toContain(stack);
        expect([undefined, ...DEBUG_PAGES]).toContain(debugPage);
        for (const signature of signatures)
          expect(signature).toMatch(
            /^[A-Z][\w -]{2,20}\/\d[\w.-]{0,30}(?: \([A-Z][\w ]{3,8}\))?$|^(?:nginx|openresty|tengine|lighttpd|squid|gunicorn|mod_perl)\/\d[\w.-]{0,30}(?: \([A-Z][\w ]{3,8}\))?$/,
          );
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ...[
      "a",
      "/",
      "a/",
      "at ",
      " at /x",
      "\n",
      "\\n",
      "&",
      "<",
      "<div ",
      '"stack":"',
      '"trace":"a.',
      "#1 /",
      'File "',
      "nginx/1",
      "nginx/1.",
    ],
    ...["Server Error in 'x' Application. ", "at a(", "x.rb:1", "a.b.", "/a/a.", '"file":"/a.php","line":', "C:\\", "C:\\\\", "Jetty:// "],
  ])("of 64 KB of %j ends", (part) => {
    for (const type of ["text/html", "application/json"]) {
      for (const body of [part.repeat(65_536 / part.length), `{"a":"${part.repeat(65_536 / part.length)}`]) {
        expect(factsOf(body, type).debugPage).toBeUndefined();
      }
    }
  });
});
