import { describe, expect, it } from "vitest";
import type { HttpAnswer } from "../../../src/model/net-port.ts";
import { interferenceOf, interferenceWith } from "../../../src/observe/probes/interference.ts";

const HTML: [string, string] = ["content-type", "text/html; charset=utf-8"];
const JSON_TYPE: [string, string] = ["content-type", "application/problem+json"];

function answer(status: number, ...headers: readonly (readonly [string, string])[]): HttpAnswer {
  return { httpVersion: "1.1", status, headers, body: new Uint8Array() };
}

const asked = (credentialSent: boolean, expectedStatus?: number) => ({ credentialSent, expectedStatus, takesPages: false });
const page = (text: string, type = HTML) => ({ ...answer(200, type), body: Buffer.from(text) });

describe("interferenceOf", () => {
  it.each<[string | undefined, HttpAnswer]>([
    [undefined, answer(200, JSON_TYPE)],
    [undefined, answer(200, HTML)],
    [undefined, answer(200, ["x-datadome", "protected"])],
    [undefined, answer(403, JSON_TYPE)],
    [undefined, answer(401, HTML)],
    ["rate_limited", answer(429, HTML)],
    ["rate_limited", answer(503, ["retry-after", "30"])],
    ["server_error", answer(503)],
    ["server_error", answer(500, HTML)],
    ["blocked", answer(403, HTML)],
    ["blocked", answer(403, ["content-type", "Application/XHTML+xml"])],
    ["blocked", answer(200, ["cf-mitigated", "challenge"])],
    ["blocked", answer(202, ["x-amzn-waf-action", "challenge"])],
    ["blocked", answer(405, ["x-datadome", "protected"])],
    ["blocked", answer(503, ["cf-mitigated", "challenge"], HTML)],
  ])("is %s for %j", (interference, each) => {
    expect(interferenceOf(each)).toBe(interference);
  });
});

describe("interferenceWith", () => {
  it.each<[string | undefined, HttpAnswer, boolean, number | undefined]>([
    [undefined, answer(204), true, undefined],
    ["credential_rejected", answer(401), true, undefined],
    ["credential_rejected", answer(403, JSON_TYPE), true, undefined],
    ["unexpected_status", answer(401), false, undefined],
    [undefined, answer(401), true, 401],
    [undefined, answer(404), true, 404],
    [undefined, answer(500), true, 500],
    ["not_found", answer(404), true, 200],
    ["not_found", answer(410), false, undefined],
    ["unexpected_status", answer(302, ["location", "/login"]), true, 200],
    ["unexpected_status", answer(422), true, 200],
    ["server_error", answer(502), true, 200],
    ["rate_limited", answer(429), true, 429],
    ["blocked", answer(403, HTML), true, 403],
  ])("is %s for %j, credential sent: %s, expected: %s", (interference, each, sent, expected) => {
    expect(interferenceWith(each, asked(sent, expected))).toBe(interference);
  });

  it.each([
    ["not_the_api", page("<!DOCTYPE html><title>Log in</title>")],
    ["not_the_api", page("\n  <html><body>maintenance")],
    ["not_the_api", page("<!-- notice --><html>")],
    [undefined, page('{"id": 1}')],
    [undefined, page("[]")],
    [undefined, page("")],
    [undefined, page("<feed/>", ["content-type", "application/xml"])],
  ])("is %s for a page or what is called one", (interference, each) => {
    expect(interferenceWith(each, asked(true))).toBe(interference);
    expect(interferenceWith(each, { ...asked(true), takesPages: true })).toBeUndefined();
  });
});
