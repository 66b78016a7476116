import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CorsFacts, UNSAFE_METHODS } from "../../../src/model/posture.ts";
import { corsFacts } from "../../../src/observe/classify/cors.ts";

const ORIGIN = "https://apirisk-canary.invalid";
const NONE: CorsFacts = { allowOrigin: "none", credentials: false, varies: false, unsafeMethods: [] };
type Fields = readonly (readonly [string, string])[];
const factsOf = (...headers: Fields) => corsFacts({ headers }, ORIGIN);
const allowing = (...values: readonly string[]) => values.map((value) => ["access-control-allow-origin", value] as const);

describe("what scripts of other origins may do", () => {
  it.each<[CorsFacts["allowOrigin"], readonly string[]]>([
    ["none", []],
    ["any", ["*"]],
    ["any", [" * "]],
    ["echoed", [ORIGIN]],
    ["echoed", [`  ${ORIGIN}\t`]],
    ["echoed", ["HTTPS://APIRISK-CANARY.INVALID"]],
    ["null", ["null"]],
    ["own", ["https://app.acme.example"]],
    ["own", [`${ORIGIN}.acme.example`]],
    ["own", [`${ORIGIN}/`]],
    ["own", ["http://apirisk-canary.invalid"]],
    ["own", ["NULL"]],
    ["own", [""]],
    ["own", ["https://*.acme.example"]],
    ["several", ["https://a.example, https://b.example"]],
    ["several", [`${ORIGIN} https://a.example`]],
    ["several", [`*, ${ORIGIN}`]],
    ["several", ["*", "*"]],
    ["several", [ORIGIN, ORIGIN]],
    ["several", ["https://a.example", ORIGIN]],
  ])("origin: %s of %j", (allowOrigin, values) => {
    expect(factsOf(...allowing(...values))).toEqual({ ...NONE, allowOrigin });
  });

  it.each([
    [true, ["true"]],
    [true, [" true "]],
    [false, ["TRUE"]],
    [false, ["True"]],
    [false, ["1"]],
    [false, ["false"]],
    [false, [""]],
    [false, ["true, true"]],
    [false, ["true", "true"]],
    [false, ["true", "false"]],
  ])("credentials: %j of %j", (credentials, values) => {
    const fields = values.map((value) => ["access-control-allow-credentials", value] as const);
    expect(factsOf(...fields)).toEqual({ ...NONE, credentials });
  });

  it.each([
    [true, ["Origin"]],
    [true, ["accept-encoding, ORIGIN"]],
    [true, ["Accept", "Origin"]],
    [true, ["*"]],
    [false, ["Original"]],
    [false, ["X-Origin"]],
    [false, ["Access-Control-Request-Method"]],
  ])("varies: %j of %j", (varies, values) => {
    expect(factsOf(...values.map((value) => ["vary", value] as const))).toEqual({ ...NONE, varies });
  });

  it.each<[readonly string[], Fields]>([
    [["TRACE"], [["allow", "GET, HEAD, TRACE"]]],
    [["TRACE", "TRACK"], [["allow", "GET,TRACK,TRACE,TRACE"]]],
    [["CONNECT", "DEBUG", "PROPFIND"], [["access-control-allow-methods", "PROPFIND, DEBUG,  CONNECT , GET"]]],
    [
      ["DEBUG", "TRACE"],
      [
        ["allow", "TRACE"],
        ["access-control-allow-methods", "DEBUG"],
      ],
    ],
    [[], [["allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"]]],
    // Methods are case-sensitive (RFC 9110 section 9.1).
    [[], [["allow", "trace, Trace"]]],
    [[], [["allow", "TRACEROUTE, UNTRACE, TRACE-X"]]],
    [[], [["access-control-allow-methods", "*"]]],
    [
      [],
      [
        ["access-control-allow-headers", "TRACE"],
        ["x-allow", "TRACE"],
      ],
    ],
  ])("unsafe: %j of %j", (unsafeMethods, fields) => {
    expect(factsOf(...fields)).toEqual({ ...NONE, unsafeMethods });
  });

  it("keeps words of our own alone, whatever comes", () => {
    const names = fc.constantFrom(
      "access-control-allow-origin",
      "access-control-allow-credentials",
      "vary",
      "allow",
      "access-control-allow-methods",
    );
    const values = fc.oneof(fc.string(), fc.constantFrom("*", ORIGIN, "true", "TRACE", ",".repeat(10_000)));
    fc.assert(
      fc.property(fc.array(fc.tuple(names, values), { maxLength: 20 }), (fields) => {
        const { allowOrigin, credentials, varies, unsafeMethods } = factsOf(...fields);
        expect(["none", "any", "echoed", "null", "own", "several"]).toContain(allowOrigin);
        expect([typeof credentials, typeof varies]).toEqual(["boolean", "boolean"]);
        expect(unsafeMethods.filter((method) => !(UNSAFE_METHODS as readonly string[]).includes(method))).toEqual([]);
      }),
    );
  });
});
