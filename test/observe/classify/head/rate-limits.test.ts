import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE, SECOND } from "../../../../src/model/instant.ts";
import { rateLimits } from "../../../../src/observe/classify/head/rate-limits.ts";

const NOW = Date.UTC(2026, 10, 23, 12);
const epoch = (ahead: number) => String((NOW + ahead) / SECOND);

/** `name: value`, one a line. */
const said = (lines: string, now = NOW) =>
  rateLimits(
    lines
      .trim()
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf(":")).trim().toLowerCase(), line.slice(line.indexOf(":") + 1).trim()] as const),
    now,
  );

/** With the reset as milliseconds from now. */
const buckets = (lines: string) =>
  said(lines).buckets.map(({ resetAt, ...bucket }) => (resetAt === undefined ? bucket : { ...bucket, resetIn: resetAt - NOW }));

describe("every dialect gives one shape", () => {
  test.each([
    [
      "IETF, draft 08 and later",
      'RateLimit-Policy: "burst";q=100;w=60,"daily";q=1000;w=86400;qu="content-bytes";pk=:aGk=:\nRateLimit: "burst";r=50;t=30, "daily";r=7',
      [
        { dialect: "ietf-draft", name: "burst", quota: 100, unit: "requests", windowSeconds: 60, remaining: 50, resetIn: 30_000 },
        { dialect: "ietf-draft", name: "daily", quota: 1000, unit: "content-bytes", windowSeconds: 86_400, remaining: 7 },
      ],
    ],
    [
      "IETF, draft 07",
      "RateLimit: limit=100, remaining=50, reset=5\nRateLimit-Policy: 100;w=60",
      [{ dialect: "ietf-draft-07", quota: 100, unit: "requests", windowSeconds: 60, remaining: 50, resetIn: 5000 }],
    ],
    [
      "IETF, draft 06, with the windows in a policy",
      "RateLimit-Policy: 10;w=1, 1000;w=3600\nRateLimit-Limit: 10\nRateLimit-Remaining: 9\nRateLimit-Reset: 1",
      [
        { dialect: "ietf-draft", quota: 1000, unit: "requests", windowSeconds: 3600 },
        { dialect: "ietf-draft-06", quota: 10, unit: "requests", windowSeconds: 1, remaining: 9, resetIn: 1000 },
      ],
    ],
    [
      "a policy of another quota, which says nothing of this one",
      "RateLimit-Policy: 1000;w=3600\nRateLimit-Limit: 10\nRateLimit-Remaining: 9",
      [
        { dialect: "ietf-draft", quota: 1000, unit: "requests", windowSeconds: 3600 },
        { dialect: "ietf-draft-06", quota: 10, unit: "requests", remaining: 9 },
      ],
    ],
    [
      "numbers in groups of three",
      "X-RateLimit-Limit: 5,000\nX-RateLimit-Remaining: 4,999",
      [{ dialect: "x-ratelimit", quota: 5000, unit: "requests", remaining: 4999 }],
    ],
    [
      "a field that came twice",
      "X-RateLimit-Limit: 100,100\nX-RateLimit-Remaining: 99,99",
      [{ dialect: "x-ratelimit", quota: 100, unit: "requests", remaining: 99 }],
    ],
    [
      "Zendesk, with the limit in a field without an ending",
      "X-Rate-Limit: 700\nX-Rate-Limit-Remaining: 699",
      [{ dialect: "x-rate-limit", quota: 700, unit: "requests", remaining: 699 }],
    ],
    ["a field of that name that says something else", "X-RateLimit: see the docs", []],
    [
      "IETF, draft 06",
      "RateLimit-Limit: 10\nRateLimit-Remaining: 9\nRateLimit-Reset: 60",
      [{ dialect: "ietf-draft-06", unit: "requests", quota: 10, remaining: 9, resetIn: MINUTE }],
    ],
    [
      "windows in the limit",
      "X-RateLimit-Limit: 100, 100;window=60, 10000;window=86400\nX-RateLimit-Remaining: 98\nX-RateLimit-Reset: 3",
      [
        { dialect: "x-ratelimit", unit: "requests", quota: 100, windowSeconds: 60, remaining: 98, resetIn: 3000 },
        { dialect: "x-ratelimit", unit: "requests", quota: 10_000, windowSeconds: 86_400 },
      ],
    ],
    [
      "Docker Hub",
      "ratelimit-limit: 100;w=21600\nratelimit-remaining: 0;w=21600\ndocker-ratelimit-source: 192.0.2.7",
      [{ dialect: "ietf-draft-06", unit: "requests", quota: 100, windowSeconds: 21_600, remaining: 0 }],
    ],
    [
      "GitHub",
      `X-RateLimit-Limit: 5000\nX-RateLimit-Remaining: 4987\nX-RateLimit-Reset: ${epoch(HOUR)}\nX-RateLimit-Used: 13\nX-RateLimit-Resource: core`,
      [{ dialect: "x-ratelimit", name: "core", unit: "requests", quota: 5000, remaining: 4987, resetIn: HOUR }],
    ],
    [
      "X",
      `x-rate-limit-limit: 900\nx-rate-limit-remaining: 899\nx-rate-limit-reset: ${epoch(15 * MINUTE)}`,
      [{ dialect: "x-rate-limit", unit: "requests", quota: 900, remaining: 899, resetIn: 15 * MINUTE }],
    ],
    [
      "OpenAI, Groq",
      "x-ratelimit-limit-requests: 60\nx-ratelimit-limit-tokens: 150000\nx-ratelimit-remaining-requests: 59\nx-ratelimit-remaining-tokens: 149984\nx-ratelimit-reset-requests: 1h2m3s\nx-ratelimit-reset-tokens: 12.5ms",
      [
        { dialect: "x-ratelimit", name: "requests", unit: "requests", quota: 60, remaining: 59, resetIn: HOUR + 2 * MINUTE + 3000 },
        { dialect: "x-ratelimit", name: "tokens", unit: "tokens", quota: 150_000, remaining: 149_984, resetIn: 12.5 },
      ],
    ],
    [
      "Anthropic",
      `anthropic-ratelimit-requests-limit: 50\nanthropic-ratelimit-requests-remaining: 49\nanthropic-ratelimit-requests-reset: 2026-11-23T12:01:00Z\nanthropic-ratelimit-input-tokens-limit: 40000\nanthropic-ratelimit-unified-reset: ${epoch(HOUR)}`,
      [
        { dialect: "anthropic", name: "requests", unit: "requests", quota: 50, remaining: 49, resetIn: MINUTE },
        { dialect: "anthropic", name: "input-tokens", unit: "tokens", quota: 40_000 },
        { dialect: "anthropic", name: "unified", resetIn: HOUR },
      ],
    ],
    [
      "Atlassian",
      "X-RateLimit-Limit: 1000\nX-RateLimit-Remaining: 900\nX-RateLimit-Reset: 2026-11-23T13:00Z\nRateLimit-Reason: jira-cost-based",
      [{ dialect: "x-ratelimit", unit: "requests", quota: 1000, remaining: 900, resetIn: HOUR }],
    ],
    [
      "lemlist",
      "X-RateLimit-Limit: 20\nX-RateLimit-Reset: Mon Nov 23 2026 13:02:00 GMT+0100 (Central European Standard Time)",
      [{ dialect: "x-ratelimit", unit: "requests", quota: 20, resetIn: 2 * MINUTE }],
    ],
    [
      "Discord",
      "X-RateLimit-Limit: 5\nX-RateLimit-Remaining: 0\nX-RateLimit-Reset: 1795435200.500\nX-RateLimit-Reset-After: 1.5\nX-RateLimit-Bucket: abcd1234\nX-RateLimit-Scope: user",
      [{ dialect: "x-ratelimit", unit: "requests", quota: 5, remaining: 0, resetIn: 1_795_435_200_500 - NOW }],
    ],
    [
      "Discord, after alone",
      "X-RateLimit-Limit: 5\nX-RateLimit-Reset-After: 1.5",
      [{ dialect: "x-ratelimit", unit: "requests", quota: 5, resetIn: 1500 }],
    ],
    ["Shopify", "X-Shopify-Shop-Api-Call-Limit: 2/80", [{ dialect: "shopify", unit: "requests", quota: 80, remaining: 78 }]],
    [
      "Salesforce",
      "Sforce-Limit-Info: api-usage=10018/100000; per-app-api-usage=17/250(appName=sample)",
      [{ dialect: "salesforce", unit: "requests", windowSeconds: 86_400, quota: 100_000, remaining: 89_982 }],
    ],
    [
      "Azure",
      "x-ms-ratelimit-remaining-subscription-reads: 11999\nx-ms-ratelimit-remaining-resource: Microsoft.Compute/HighCostGet3Min;159,Microsoft.Compute/HighCostGet30Min;1260",
      [
        { dialect: "azure", remaining: 11_999 },
        { dialect: "azure", remaining: 159 },
        { dialect: "azure", remaining: 1260 },
      ],
    ],
    [
      "Meta",
      'X-App-Usage: {"call_count":28,"total_time":25,"total_cputime":31}\nX-Business-Use-Case-Usage: {"1122334455":[{"type":"ads_insights","call_count":95,"total_cputime":20,"total_time":20,"estimated_time_to_regain_access":5}]}',
      [
        { dialect: "meta", unit: "percent", quota: 100, remaining: 69 },
        { dialect: "meta", unit: "percent", quota: 100, remaining: 5, resetIn: 5 * MINUTE },
      ],
    ],
    [
      "Kong",
      "X-RateLimit-Limit-Minute: 60\nX-RateLimit-Remaining-Minute: 59\nX-RateLimit-Limit-Hour: 1000",
      [
        { dialect: "x-ratelimit", unit: "requests", windowSeconds: 60, quota: 60, remaining: 59 },
        { dialect: "x-ratelimit", unit: "requests", windowSeconds: 3600, quota: 1000 },
      ],
    ],
    ["Amazon", "x-amzn-RateLimit-Limit: 0.5", [{ dialect: "amazon", unit: "requests", quota: 0.5, windowSeconds: 1 }]],
    ["Akamai", "X-RateLimit-Next: 2026-11-23T12:00:10Z", [{ dialect: "akamai", resetIn: 10_000 }]],
    [
      "milliseconds since 1970",
      `X-RateLimit-Limit: 1\nX-RateLimit-Reset: ${NOW + MINUTE}`,
      [{ dialect: "x-ratelimit", unit: "requests", quota: 1, resetIn: MINUTE }],
    ],
    [
      "HubSpot",
      "X-HubSpot-RateLimit-Daily: 250000\nX-HubSpot-RateLimit-Daily-Remaining: 249000\nX-HubSpot-RateLimit-Interval-Milliseconds: 10000\nX-HubSpot-RateLimit-Max: 100\nX-HubSpot-RateLimit-Remaining: 99\nX-HubSpot-RateLimit-Secondly: 10\nX-HubSpot-RateLimit-Secondly-Remaining: 9",
      [
        { dialect: "vendor", unit: "requests", windowSeconds: 86_400, quota: 250_000, remaining: 249_000 },
        { dialect: "vendor", unit: "requests", windowSeconds: 10, quota: 100, remaining: 99 },
        { dialect: "vendor", unit: "requests", windowSeconds: 1, quota: 10, remaining: 9 },
      ],
    ],
    [
      "a provider's own word before it",
      "X-Acme-Ratelimit: 60\nX-Acme-Ratelimit-Used: 1\nX-Acme-Ratelimit-Reset: 60",
      [{ dialect: "vendor", unit: "requests", quota: 60, remaining: 59, resetIn: MINUTE }],
    ],
    ["a provider's own words", "X-Acme-Rate-Limit: see the docs\nX-Acme-Rate-Limit-Reset: soon\nX-Acme-Rate-Limit-Remaining: some", []],
    [
      "RapidAPI",
      "X-RateLimit-Requests-Limit: 1000\nX-RateLimit-Requests-Remaining: 998\nX-RateLimit-Requests-Reset: 2592000",
      [{ dialect: "x-ratelimit", name: "requests", unit: "requests", quota: 1000, remaining: 998, resetIn: 30 * DAY }],
    ],
    [
      "Linear",
      `X-RateLimit-Requests-Limit: 1500\nX-RateLimit-Requests-Remaining: 1499\nX-RateLimit-Requests-Reset: ${NOW + HOUR}\nX-RateLimit-Complexity-Limit: 250000`,
      [
        { dialect: "x-ratelimit", name: "requests", unit: "requests", quota: 1500, remaining: 1499, resetIn: HOUR },
        { dialect: "x-ratelimit", name: "complexity", unit: "complexity", quota: 250_000 },
      ],
    ],
    [
      "a window before what it is about",
      "X-RateLimit-Minute-Limit: 60\nX-RateLimit-Minute-Remaining: 59\nX-RateLimit-Daily-Limit: 1000",
      [
        { dialect: "x-ratelimit", unit: "requests", windowSeconds: 60, quota: 60, remaining: 59 },
        { dialect: "x-ratelimit", unit: "requests", windowSeconds: 86_400, quota: 1000 },
      ],
    ],
    [
      "BigCommerce",
      "X-Rate-Limit-Requests-Left: 148\nX-Rate-Limit-Requests-Quota: 150\nX-Rate-Limit-Time-Reset-Ms: 3000\nX-Rate-Limit-Time-Window-Ms: 30000",
      [{ dialect: "x-rate-limit", unit: "requests", quota: 150, remaining: 148, windowSeconds: 30, resetIn: 3000 }],
    ],
    [
      "milliseconds from now, by the window that they end",
      "X-RateLimit-Limit: 100;w=60\nX-RateLimit-Reset: 45000",
      [{ dialect: "x-ratelimit", unit: "requests", quota: 100, windowSeconds: 60, resetIn: 45_000 }],
    ],
    [
      "seconds from now, a little beyond their window",
      "X-RateLimit-Limit: 100;w=60\nX-RateLimit-Reset: 61",
      [{ dialect: "x-ratelimit", unit: "requests", quota: 100, windowSeconds: 60, resetIn: 61_000 }],
    ],
    [
      "milliseconds from now, where no limit lasts so many seconds",
      "X-RateLimit-Reset: 3600000",
      [{ dialect: "x-ratelimit", unit: "requests", resetIn: HOUR }],
    ],
    [
      "a delta in milliseconds that may be seconds is not told from them",
      "X-Rate-Limit-Reset: 600000",
      [{ dialect: "x-rate-limit", unit: "requests", resetIn: 600_000 * SECOND }],
    ],
    [
      "two of one: the first counts",
      "X-RateLimit-Limit: 10\nX-RateLimit-Limit: 20",
      [{ dialect: "x-ratelimit", unit: "requests", quota: 10 }],
    ],
  ])("%s", (_, lines, expected) => {
    expect(buckets(lines)).toEqual(expected);
    expect(said(lines).malformed).toEqual([]);
  });

  test.each([
    ["5000 / hour", 5000, 3600],
    ["5,000/hour", 5000, 3600],
    ["100/15min", 100, 900],
    ["60 requests per minute", 60, 60],
    ["10/s", 10, 1],
  ])("a quota for a time: %s", (limit, quota, windowSeconds) => {
    const expected = [{ dialect: "x-ratelimit", unit: "requests", quota, windowSeconds }];
    expect(buckets(`X-RateLimit-Limit: ${limit}`)).toEqual(expected);
    expect(buckets(`X-RateLimit: ${limit}`)).toEqual(expected);
  });

  test.each(["100/0min", "100/fortnight", "/hour", "many/hour", "1.2.3/hour"])("no quota for a time: %s", (limit) => {
    expect(said(`X-RateLimit-Limit: ${limit}`)).toMatchObject({ buckets: [], malformed: ["x-ratelimit-limit"] });
  });

  test("the answer's own clock counts for what is relative", () => {
    expect(said("Date: Mon, 23 Nov 2026 11:00:00 GMT\nRateLimit-Reset: 60").buckets[0]?.resetAt).toBe(NOW - HOUR + MINUTE);
  });
});

describe("no limit", () => {
  test.each([
    "X-RateLimit-Limit: unlimited",
    "X-RateLimit-Limit:",
    "X-RateLimit-Limit: -1",
    "RateLimit-Policy:",
    "X-RateLimit-Reset: none",
    "X-RateLimit-Resource: core",
    "X-Powered-By: RateLimit",
  ])("%s", (lines) => {
    expect(said(lines)).toEqual({ dialects: [], buckets: [], malformed: [] });
  });
});

describe("what cannot be read is named, and counts for nothing", () => {
  test.each([
    'RateLimit-Policy: "burst";q="many"',
    "RateLimit-Policy: burst",
    'RateLimit: "default"',
    "RateLimit: 100",
    "X-RateLimit-Limit: lots",
    "X-RateLimit-Remaining: some",
    "X-RateLimit-Reset: soon",
    "X-RateLimit-Reset: 2026-13-45T00:00Z",
    "X-Shopify-Shop-Api-Call-Limit: 2 of 80",
    "Sforce-Limit-Info: usage unknown",
    "X-App-Usage: {",
    "X-App-Usage: []",
    "x-amzn-RateLimit-Limit: half",
  ])("%s", (lines) => {
    const { buckets: none, malformed } = said(lines);
    expect([none, malformed]).toEqual([[], [lines.split(":")[0]?.toLowerCase()]]);
  });
});

describe("Retry-After", () => {
  test.each([
    ["0", { legal: true, seconds: 0 }],
    ["120", { legal: true, seconds: 120 }],
    ["Mon, 23 Nov 2026 12:01:00 GMT", { legal: true, seconds: 60 }],
    ["Monday, 23-Nov-26 12:01:00 GMT", { legal: true, seconds: 60 }],
    ["Mon Nov 23 12:01:00 2026", { legal: true, seconds: 60 }],
    ["1795435260", { legal: true, seconds: 1_795_435_260 }],
    ["-5", { legal: false, seconds: -5 }],
    ["1.5", { legal: false, seconds: 1.5 }],
    ["1500ms", { legal: false, seconds: 2 }],
    ["2026-11-23T12:01:00Z", { legal: false, seconds: 60 }],
    ["Mon Nov 23 2026 12:01:00 GMT+0000 (Coordinated Universal Time)", { legal: false, seconds: 60 }],
    ["a minute", { legal: false }],
    ["", { legal: false }],
    ["1".repeat(65_536), { legal: false }],
  ])("%s", (value, expected) => {
    expect(said(`Retry-After: ${value}`).retryAfter).toEqual(expected);
  });

  test("a vendor's own field says it as well", () => {
    expect(said("x-ms-retry-after-ms: 1200").comeBack).toBe(true);
  });
});

describe("hostile", () => {
  const LIMIT_FIELDS = [
    ...["ratelimit", "ratelimit-policy", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "retry-after", "x-app-usage"],
    ...["sforce-limit-info", "x-ms-ratelimit-remaining-resource", "x-shopify-shop-api-call-limit", "x-business-use-case-usage"],
  ];

  test.each(["9", ",", "1,", '"', "{", '{"a":', "[", "1s", "a;1,", "api-usage=1/", " ", "(", "\\"])(
    "64 KB of %s in every field",
    (piece) => {
      const value = piece.repeat(65_536 / piece.length);
      const { buckets: found } = rateLimits(
        LIMIT_FIELDS.map((name) => [name, value] as const),
        NOW,
      );
      expect(found).toEqual([]);
    },
  );

  test("10,000 fields: 64 buckets at the most", () => {
    const headers = Array.from({ length: 10_000 }, (_, index) => [`x-ratelimit-limit-bucket-${index}`, "10"] as const);
    expect(rateLimits(headers, NOW).buckets.length).toBeLessThanOrEqual(64);
  });

  test.each([
    "tenant-4711-ada",
    "8f14e45fceea167a5a36dedd4bea2543",
    "QWxhZGRpbjpvcGVuIHNlc2FtZQ",
    "qwxhzgrpbjpvcgvuihnlc",
    "ada@acme.example",
    "a b",
  ])("an identifier is no name: %s", (name) => {
    const [bucket] = said(`RateLimit-Policy: "${name}";q=10;qu="${name}"`).buckets;
    expect(bucket).toEqual({ dialect: "ietf-draft", quota: 10 });
    expect(said(`X-RateLimit-Limit: 1\nX-RateLimit-Resource: ${name}`).buckets[0]?.name).toBeUndefined();
  });

  test.each(["core", "code_search", "dependency_snapshots", "integration-manifest-2", "per-60s"])("a name is: %s", (name) => {
    expect(said(`RateLimit-Policy: "${name}";q=10`).buckets[0]?.name).toBe(name);
  });

  test("any value is answered, and no reset is no number", () => {
    const value = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(...'0123456789;,=/."msqrtw {}:-') }));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...LIMIT_FIELDS), value), { maxLength: 6 }), (headers) => {
        for (const { resetAt = 0, quota = 0, remaining = 0 } of rateLimits(headers, NOW).buckets) {
          expect([resetAt, quota, remaining].every(Number.isFinite)).toBe(true);
          expect(quota).toBeGreaterThanOrEqual(0);
          expect(remaining).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test("a day is a day", () => {
    expect(said(`X-RateLimit-Limit: 1\nX-RateLimit-Reset: 1d`).buckets[0]?.resetAt).toBe(NOW + DAY);
  });
});
