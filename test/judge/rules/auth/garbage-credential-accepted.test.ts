import { expect, test } from "vitest";
import type { Observation } from "../../../../src/evidence/observation.ts";
import { garbageCredentialAccepted } from "../../../../src/judge/rules/auth/garbage-credential-accepted.ts";
import { anEndpoint, response, SECOND_ORIGIN, unseen, withGarbage, withoutCredential } from "../../builders.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const shape = (errorShaped = false) => ({ topLevel: ["data"], classes: [], errorShaped });
const SAME = { status: 200, shape: shape(), sameShape: true } as const;
const says = (name: string, observations: readonly Observation[], ...said: readonly string[]): RuleCase => ({
  name,
  observations,
  expect: [["endpoint:list", ...said] as unknown as RuleCase["expect"][number]],
});
const beside = (garbage: Parameters<typeof withGarbage>[0], without: Parameters<typeof withoutCredential>[0] = {}) => [
  response(),
  withoutCredential(without),
  withGarbage(garbage),
];

describeRule(
  garbageCredentialAccepted,
  {
    pass: [
      ...[401, 403].map((status) => says(`status ${status}`, [withGarbage({ status })], "refused")),
      ...[302, 400, 404].map((status) => says(`status ${status}, and a success with ours`, beside({ status }), "refused")),
      says("Slack's refusal", beside({ status: 200, shape: shape(true), sameShape: false }), "error-in-success"),
      says("a page to log in", beside({ status: 200, shape: shape(), sameShape: false }), "other-answer"),
    ],
    fail: [
      ...[401, 403, 404, 400, 302].map((status) => says(`without one it is ${status}`, beside(SAME, { status }), "accepted", "critical")),
      says(
        "without one it is an error dressed as a success",
        beside(SAME, { status: 200, shape: shape(true), sameShape: false }),
        "accepted",
        "critical",
      ),
      says("without one it is a page to log in", beside(SAME, { status: 200, shape: shape(), sameShape: false }), "accepted", "critical"),
      says("and only the headers of the refusal were read", beside(SAME, { level: "headers" }), "accepted", "critical"),
      {
        name: "one endpoint of two",
        integration: { endpoints: [anEndpoint(), anEndpoint({ id: "show" })] },
        observations: [
          withGarbage(),
          response({}, { endpoint: "show" }),
          withoutCredential({}, { endpoint: "show" }),
          withGarbage(SAME, { endpoint: "show" }),
        ],
        expect: [
          ["endpoint:list", "refused"],
          ["endpoint:show", "accepted", "critical"],
        ],
      },
    ],
    "not-applicable": [
      says("open to everybody: said elsewhere", beside(SAME, SAME), "open-anyway"),
      says(
        "open to everybody, and therefore not asked",
        [withoutCredential(SAME), unseen("http-invalid-credential", "not_requested", { endpoint: "list" }, "skipped")],
        "open-anyway",
      ),
      { name: "open by design", integration: { auth: { scheme: "none", neededScopes: [] } }, expect: [["", "no-credential"]] },
      { name: "nothing declared", integration: { auth: { neededScopes: [] } }, expect: [["", "no-credential"]] },
      {
        name: "an endpoint that left the inventory",
        observations: [withGarbage()],
        known: ["endpoint:gone"],
        expect: [
          ["endpoint:gone", "not-declared"],
          ["endpoint:list", "refused"],
        ],
      },
    ],
    unobserved: [
      says("nobody tried", [withoutCredential()], "unobserved", "not_requested"),
      says(
        "no permission",
        [unseen("http-invalid-credential", "permission_missing", { endpoint: "list" }, "skipped")],
        "unobserved",
        "permission_missing",
      ),
      says(
        "no credential to imitate",
        [unseen("http-invalid-credential", "credential_not_bound", { endpoint: "list" }, "skipped")],
        "unobserved",
        "credential_not_bound",
      ),
      says("a limiter", [withGarbage({ status: 429, interference: "rate_limited" })], "unobserved", "rate_limited"),
      says("a firewall, with a success", beside({ ...SAME, interference: "blocked" }), "unobserved", "blocked"),
      says("a broken server", [withGarbage({ status: 500 })], "unobserved", "server_error"),
      says("a 404, and nothing to compare with", [withGarbage({ status: 404 })], "unobserved", "evidence_ambiguous"),
      says("a success, and none with ours", [withoutCredential(), withGarbage(SAME)], "unobserved", "evidence_ambiguous"),
      says(
        "a success of ours at another origin",
        [response({}, { origin: SECOND_ORIGIN }), withoutCredential(), withGarbage(SAME)],
        "unobserved",
        "evidence_ambiguous",
      ),
      says("nothing that could be compared", beside({ status: 200 }), "unobserved", "evidence_ambiguous"),
      says("a copy out of a cache", beside({ ...SAME, headers: [["age", "12"]] }), "unobserved", "evidence_ambiguous"),
      says("another answer the second time", beside({ ...SAME, unsteady: "evidence_ambiguous" }), "unobserved", "evidence_ambiguous"),
      says(
        "now open without any, now not",
        [response(), withoutCredential({ ...SAME, unsteady: "connection_reset" })],
        "unobserved",
        "connection_reset",
      ),
      says("nobody knows what it is without one", [response(), withGarbage(SAME)], "unobserved", "evidence_ambiguous"),
      says("without one a firewall spoke", beside(SAME, { status: 403, interference: "blocked" }), "unobserved", "blocked"),
      says(
        "without one it was a success that was not compared",
        beside(SAME, { level: "headers", status: 200 }),
        "unobserved",
        "evidence_ambiguous",
      ),
    ],
    hostile: [says("an interim status as the answer", beside({ ...SAME, status: 103 }), "unobserved", "http_protocol_error")],
  },
  () => {
    test("rests on all three answers", () => {
      const [result] = runCase(garbageCredentialAccepted, { name: "", observations: beside(SAME), expect: [] });
      expect(result?.evidence.map(({ kind, summary }) => [kind, summary])).toEqual([
        ["http-invalid-credential", "status 200 with a credential that is nobody's"],
        ["http-unauthenticated", "status 401 without a credential"],
        ["http-response", "status 200 with the credential"],
      ]);
    });
  },
);
