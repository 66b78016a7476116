import { expect, test } from "vitest";
import { inspectHeaders } from "../../src/app/inspect-headers.ts";

const NOW = Date.UTC(2026, 10, 23, 12);
const inspected = (text: string) =>
  inspectHeaders(Buffer.from(text, "latin1"), "saved", { origin: "https://api.acme.example", now: NOW })?.answers[0];

test("what is left of a limit is shown, and is no evidence", () => {
  const answer = inspected("X-RateLimit-Limit: 5000\nX-RateLimit-Remaining: 4711\nX-RateLimit-Reset: 60\nRetry-After: 4712\n");
  expect(answer?.facts["rateLimits"]).toEqual({
    dialects: ["x-ratelimit"],
    buckets: [{ dialect: "x-ratelimit", unit: "requests", quota: 5000, remaining: 4711, resetAt: NOW + 60_000 }],
    retryAfter: { legal: true, seconds: 4712 },
    malformed: [],
  });
  expect(JSON.stringify(answer?.observation)).not.toMatch(/471[12]/);
  expect(JSON.stringify(answer?.observation)).toContain('"policies":[{"quota":5000,"unit":"requests"}]');
});

test("the text of a warning is nowhere", () => {
  const answer = inspected(
    'Warning: 299 - "canary-4711 is deprecated"\nX-Deprecation-Notice: canary-4711\nX-API-Warn: canary-4711 retired\n',
  );
  expect(answer?.facts["notices"]).toEqual(
    ["warning", "x-api-warn", "x-deprecation-notice"].map((field) => ({ field, what: "deprecated" })),
  );
  expect(JSON.stringify(answer)).not.toContain("canary-4711");
});
