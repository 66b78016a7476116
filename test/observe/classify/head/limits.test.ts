import { describe, expect, test } from "vitest";
import { DAY, HOUR, SECOND } from "../../../../src/model/instant.ts";
import { limitFacts } from "../../../../src/observe/classify/head/limits.ts";

const NOW = Date.UTC(2026, 10, 23, 12);
const epoch = (ahead: number) => String((NOW + ahead) / SECOND);
const facts = (headers: Readonly<Record<string, string>>, status = 200) =>
  limitFacts({ httpVersion: "1.1", status, headers: Object.entries(headers), body: new Uint8Array() }, NOW);

test("an answer without limits says nothing", () => {
  expect(facts({ server: "nginx" })).toBeUndefined();
});

test("nothing that differs from call to call", () => {
  const call = (remaining: number, reset: number) =>
    facts({ "x-ratelimit-limit": "5000", "x-ratelimit-remaining": String(remaining), "x-ratelimit-reset": epoch(reset) });
  expect(call(4999, HOUR)).toEqual(call(2000, HOUR / 3));
  expect(call(4999, HOUR)).toEqual({ dialects: ["x-ratelimit"], policies: [{ quota: 5000, unit: "requests" }], odd: [] });
});

test("policies are sorted, and told once", () => {
  const one = facts({ "ratelimit-policy": "10;w=1, 5;w=1", "x-ratelimit-limit-second": "5" });
  const other = facts({ "x-ratelimit-limit-second": "5", "ratelimit-policy": "5;w=1, 10;w=1" });
  expect(one?.policies).toEqual([
    { quota: 10, unit: "requests", windowSeconds: 1 },
    { quota: 5, unit: "requests", windowSeconds: 1 },
  ]);
  expect(other).toEqual(one);
});

test("percentages are no policy", () => {
  expect(facts({ "x-app-usage": '{"call_count":95}' })).toEqual({ dialects: ["meta"], policies: [], nearlyUsedUp: true, odd: [] });
});

describe("nearly used up", () => {
  test.each([
    ["9 %", { "x-ratelimit-limit": "1000", "x-ratelimit-remaining": "90" }, true],
    ["nothing left", { "x-ratelimit-limit": "100", "x-ratelimit-remaining": "0" }, true],
    ["by what is used", { "sforce-limit-info": "api-usage=95000/100000" }, true],
    ["a tenth", { "x-ratelimit-limit": "1000", "x-ratelimit-remaining": "100" }, false],
    ["a quota of one, which we used", { "x-ratelimit-limit": "1", "x-ratelimit-remaining": "0" }, false],
    ["a quota of nought", { "x-ratelimit-limit": "0", "x-ratelimit-remaining": "0" }, false],
    ["of a second", { "x-ratelimit-limit-second": "100", "x-ratelimit-remaining-second": "0" }, false],
    ["of what is not told", { "x-ms-ratelimit-remaining-subscription-reads": "3" }, false],
  ])("%s", (_, headers, expected) => {
    expect(facts(headers)?.nearlyUsedUp ?? false).toBe(expected);
  });
});

describe("what is odd", () => {
  test.each([
    [{ "ratelimit-policy": "many" }, ["malformed"]],
    [{ "x-ratelimit-limit": "10", "x-ratelimit-remaining": "11" }, ["remaining-above-limit"]],
    [{ "x-ratelimit-limit": "10", "x-ratelimit-reset": epoch(-HOUR) }, ["reset-in-the-past"]],
    [{ "x-ratelimit-limit": "10", "x-ratelimit-reset": epoch(-60 * SECOND) }, []],
    [{ "x-ratelimit-limit": "10", "x-ratelimit-reset": epoch(31 * DAY) }, []],
    [{ "x-ratelimit-limit": "10", "x-ratelimit-reset": epoch(32 * DAY) }, ["reset-far-ahead"]],
    [{ "x-ratelimit-limit-year": "10", "x-ratelimit-reset-year": epoch(300 * DAY) }, []],
    [{ "x-ratelimit-limit": "10", "ratelimit-limit": "20" }, ["dialects-disagree"]],
    [{ "x-ratelimit-limit": "10", "ratelimit-limit": "10" }, []],
    [{ "x-ratelimit-limit": "10", "ratelimit-policy": "20;w=60" }, []],
    [{ "x-ratelimit-limit-minute": "10", "ratelimit-policy": "20;w=60" }, ["dialects-disagree"]],
    [{ "retry-after": "-1" }, ["retry-after-malformed"]],
    [{ "retry-after": "-3600" }, ["retry-after-malformed", "retry-after-absurd"]],
    [{ "retry-after": "1.5" }, ["retry-after-malformed"]],
    [{ "retry-after": "86400" }, []],
    [{ "retry-after": "86401" }, ["retry-after-absurd"]],
    [{ "retry-after": epoch(HOUR) }, ["retry-after-absurd"]],
    [{ "retry-after": "Mon, 23 Nov 2026 11:59:00 GMT" }, []],
    [{ "retry-after": "Mon, 23 Nov 2026 10:00:00 GMT" }, ["retry-after-absurd"]],
  ])("%j", (headers, expected) => {
    expect(facts(headers as unknown as Record<string, string>)?.odd ?? []).toEqual(expected);
  });

  test.each([
    [{}, ["no-retry-after"]],
    [{ "retry-after": "5" }, []],
    [{ "x-ratelimit-retry-after": "5" }, []],
    [{ "x-ratelimit-reset": "5" }, []],
    [{ "x-ratelimit-limit": "5" }, ["no-retry-after"]],
  ])("of a 429 with %j", (headers, expected) => {
    expect(facts(headers as Record<string, string>, 429)?.odd ?? []).toEqual(expected);
  });
});
