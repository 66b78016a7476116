import { describe, expect, test } from "vitest";
import type { BodyFacts, HttpResponseEvidence } from "../../../src/evidence/kinds.ts";
import { answerReason, bodyReason, fieldValue, foreignReason, holdsNoRecord, showsNothing } from "../../../src/judge/facts/responses.ts";

type Evidence = Omit<Partial<HttpResponseEvidence>, "body"> & { readonly body?: Partial<BodyFacts> };

const answer = ({ body = {}, ...overrides }: Evidence = {}): HttpResponseEvidence => ({
  endpoint: "list",
  request: { method: "GET", origin: "https://api.acme.example", path: "/list", digest: "0123456789abcdef" },
  credential: { state: "sent" },
  status: 200,
  httpVersion: "1.1",
  headers: [],
  body: { state: "classified", shape: [], classes: [], maps: [], ...body },
  ...overrides,
});
const reasons = (evidence: HttpResponseEvidence) => [foreignReason(evidence), answerReason(evidence), bodyReason(evidence)];

describe("who is heard: in the headers, as an answer, in the body", () => {
  test.each([
    [undefined, [undefined, undefined, undefined]],
    ["rate_limited", ["rate_limited", "rate_limited", "rate_limited"]],
    ["blocked", ["blocked", "blocked", "blocked"]],
    ["server_error", ["server_error", "server_error", "server_error"]],
    ["credential_rejected", [undefined, "credential_rejected", "credential_rejected"]],
    ["not_found", [undefined, "not_found", "not_found"]],
    ["unexpected_status", [undefined, "unexpected_status", "unexpected_status"]],
  ] as const)("%s", (interference, expected) => {
    expect(reasons(answer(interference === undefined ? {} : { interference }))).toEqual(expected);
  });

  test("a credential that stayed here explains what the API did about it, not what somebody else did", () => {
    const credential = { state: "withheld", reason: "credential_not_bound" } as const;
    expect(reasons(answer({ credential }))).toEqual([undefined, "credential_not_bound", "credential_not_bound"]);
    expect(answerReason(answer({ credential, interference: "unexpected_status" }))).toBe("credential_not_bound");
    expect(answerReason(answer({ credential, interference: "blocked" }))).toBe("blocked");
    expect(answerReason(answer({ credential: { state: "withheld" } }))).toBe("credential_withheld");
    expect(answerReason(answer({ credential: { state: "none" } }))).toBeUndefined();
  });

  test.each([
    ["classified", undefined],
    ["empty", undefined],
    ["unsupported", "body_unsupported_type"],
    ["undecodable", "body_undecodable"],
    ["truncated", "body_truncated"],
    ["too-deep", "body_too_deep"],
    ["not-read", "evidence_missing"],
  ] as const)("a body that is %s", (state, reason) => {
    expect(bodyReason(answer({ body: { state } }))).toBe(reason);
    expect(answerReason(answer({ body: { state } }))).toBeUndefined();
  });

  test("a body whose failure is known", () => {
    expect(bodyReason(answer({ body: { state: "truncated", failure: { reason: "http_timeout" } } }))).toBe("http_timeout");
  });
});

test("an answer without a record", () => {
  expect(holdsNoRecord(answer().body)).toBe(false);
  expect(holdsNoRecord(answer({ body: { records: 0 } }).body)).toBe(true);
  expect(holdsNoRecord(answer({ body: { records: 1 } }).body)).toBe(false);
  expect(holdsNoRecord(answer({ body: { state: "empty" } }).body)).toBe(true);
});

test("a field's value, its mere presence, its absence", () => {
  const headers = [
    { name: "sunset", value: "soon", count: 1 },
    { name: "x-internal", count: 1 },
  ];
  expect(fieldValue(headers, "sunset")).toBe("soon");
  expect(fieldValue(headers, "x-internal")).toBe("");
  expect(fieldValue(headers, "deprecation")).toBeUndefined();
});

describe("a body that shows nothing", () => {
  const body = (records: number | undefined, ...fields: readonly (readonly [path: string, type: string])[]) => ({
    ...answer().body,
    ...(records === undefined ? {} : { records }),
    shape: fields.map(([path, type]) => ({ path, types: [type] })),
  });
  const envelope = [
    ["$", "object"],
    ["$.data", "array"],
  ] as const;

  test.each([
    ["no body", { ...body(undefined), state: "empty" }],
    ["an empty list", body(0, ["$", "array"])],
    ["an empty object", body(undefined, ["$", "object"])],
    ["null", body(undefined, ["$", "null"])],
    ["an empty page", body(0, ...envelope, ["$.object", "string"], ["$.paging.Has-More", "boolean"], ["$.total_count", "number"])],
  ] as const)("%s", (_name, facts) => {
    expect(showsNothing(facts)).toBe(true);
  });

  test.each([
    ["a list with something in it", body(1, ["$", "array"])],
    ["an object without a list", body(undefined, ["$", "object"], ["$.status", "string"])],
    ["a number", body(undefined, ["$", "number"])],
    ["a record with an empty list in it", body(0, ...envelope, ["$.rate", "number"])],
    ["a map with an empty list beside it", body(0, ...envelope, ["$.rates{}", "number"])],
    [
      "a page with a class in what surrounds it",
      { ...body(0, ...envelope), classes: [{ path: "$.total", class: "phone", confidence: 0.9, count: 1, masked: false, sample: false }] },
    ],
  ] as const)("not %s", (_name, facts) => {
    expect(showsNothing(facts)).toBe(false);
  });
});
