import { expect, test } from "vitest";
import type { Observation } from "../../../../src/evidence/observation.ts";
import { unauthenticatedAccess } from "../../../../src/judge/rules/auth/unauthenticated-access.ts";
import type { DataClass } from "../../../../src/model/data-class.ts";
import type { UnobservedReason } from "../../../../src/model/reason.ts";
import { anEndpoint, response, SECOND_ORIGIN, unseen, withoutCredential } from "../../builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const refusedWith = (status: number) => ({
  name: `status ${status}`,
  observations: [withoutCredential({ status })],
  expect: [["endpoint:list", "refused"]] as const,
});
const ended = (code: string): Observation => ({
  ...(unseen("http-unauthenticated", "client_certificate_required", { endpoint: "list" }, "failed") as Observation & {
    readonly outcome: "failed";
  }),
  failure: { reason: "client_certificate_required", phase: "tls", code, retriable: false },
});
const refusedBeside = (status: number) => ({
  name: `status ${status}, and a success with the credential`,
  observations: [response(), withoutCredential({ status })],
  expect: [["endpoint:list", "refused"]] as const,
});
const unclear = (status: number, reason: UnobservedReason, name = `status ${status}`, ...beside: readonly Observation[]) => ({
  name,
  observations: [...beside, withoutCredential({ status })],
  expect: [["endpoint:list", "unobserved", reason]] as const,
});
const unclearOpening = (raw: Parameters<typeof withoutCredential>[0], name: string) => ({
  name,
  observations: [response(), withoutCredential({ status: 200, unsteady: "server_error", ...raw })],
  expect: [["endpoint:list", "unobserved", "server_error"]] as const,
});
const shape = (classes: readonly DataClass[] = [], errorShaped = false) => ({ topLevel: ["data"], classes, errorShaped });

describeRule(
  unauthenticatedAccess,
  {
    pass: [
      ...[401, 403].map(refusedWith),
      ...[301, 302, 303, 307, 308, 400, 404, 499].map(refusedBeside),
      {
        name: "a handshake that wants a certificate",
        observations: [ended("alert 116")],
        expect: [["endpoint:list", "certificate-demanded"]],
      },
      {
        name: "an error dressed as a success",
        observations: [withoutCredential({ status: 200, shape: shape([], true), sameShape: false })],
        expect: [["endpoint:list", "error-in-success"]],
      },
    ],
    fail: [
      {
        name: "the same data",
        observations: [withoutCredential({ status: 200, shape: shape(["email"]), sameShape: true })],
        expect: [["endpoint:list", "same-data", "critical"]],
      },
      {
        name: "the same records where personal data is declared",
        integration: { dataClasses: ["email"] },
        observations: [withoutCredential({ status: 200, shape: { ...shape(), records: 2 }, sameShape: true, sameRecords: true })],
        expect: [["endpoint:list", "same-data", "critical"]],
      },
      {
        name: "all values of the one record where the endpoint declares card data",
        integration: { endpoints: [anEndpoint({ expect: { classes: ["payment_card"] } })] },
        observations: [withoutCredential({ status: 200, shape: shape(), sameShape: true, sameRecords: true })],
        expect: [["endpoint:list", "same-data", "critical"]],
      },
      ...[{ records: 1 }, {}].map((records, index) => ({
        name: `a part of the list, or what an earlier release kept, where personal data is declared (${index})`,
        integration: { dataClasses: ["email"] as const },
        observations: [
          withoutCredential({
            status: 200,
            shape: { ...shape(), ...records },
            sameShape: true,
            ...("records" in records && { sameRecords: false }),
          }),
        ],
        expect: [["endpoint:list", "same-shape", "high"]] as const,
      })),
      {
        name: "an object like ours, which may be nobody's, where personal data is declared",
        integration: { dataClasses: ["email"] },
        observations: [withoutCredential({ status: 200, shape: shape(), sameShape: true, sameRecords: true })],
        expect: [["endpoint:list", "same-shape", "high"]],
      },
      {
        name: "an empty list both times, where personal data is declared",
        integration: { dataClasses: ["email"] },
        observations: [
          withoutCredential({ status: 200, shape: { ...shape(), records: 0, empty: true }, sameShape: true, sameRecords: true }),
        ],
        expect: [["endpoint:list", "nothing-given", "info"]],
      },
      {
        name: "an endpoint that declares no data, of an integration that declares some",
        integration: { dataClasses: ["email"], endpoints: [anEndpoint({ expect: { classes: [] } })] },
        observations: [withoutCredential({ status: 200, shape: shape(), sameShape: true, sameRecords: true })],
        expect: [["endpoint:list", "nothing-given", "info"]],
      },
      {
        name: "data in the answer of an endpoint that declares none",
        integration: { endpoints: [anEndpoint({ expect: { classes: [] } })] },
        observations: [withoutCredential({ status: 200, shape: shape(["email"]), sameShape: true, sameRecords: true })],
        expect: [["endpoint:list", "same-data", "critical"]],
      },
      {
        name: "the same shape, and nothing that matters in it",
        observations: [withoutCredential({ status: 200, shape: shape(["card_last4"]), sameShape: true })],
        expect: [["endpoint:list", "same-shape", "high"]],
      },
      {
        name: "a success of which only the status is known",
        observations: [withoutCredential({ level: "headers", status: 204 })],
        expect: [["endpoint:list", "success", "medium"]],
      },
      {
        name: "a success of which only the status was asked, whatever became of the other",
        observations: [
          unseen("http-response", "connection_reset", { endpoint: "list" }),
          withoutCredential({ level: "headers", status: 200 }),
        ],
        expect: [["endpoint:list", "success", "medium"]],
      },
      {
        name: "something else than with the credential",
        observations: [withoutCredential({ status: 299, shape: shape(), sameShape: false })],
        expect: [["endpoint:list", "other-answer", "info"]],
      },
      {
        name: "one endpoint of two",
        integration: { endpoints: [anEndpoint(), anEndpoint({ id: "show" })] },
        observations: [
          withoutCredential(),
          withoutCredential({ status: 200, shape: shape(["iban"]), sameShape: true }, { endpoint: "show" }),
        ],
        expect: [
          ["endpoint:list", "refused"],
          ["endpoint:show", "same-data", "critical"],
        ],
      },
    ],
    "not-applicable": [
      { name: "open by design", integration: { auth: { scheme: "none", neededScopes: [] } }, expect: [["", "no-credential"]] },
      {
        name: "a client certificate alone, which another rule tells of",
        integration: { auth: { scheme: "mtls", neededScopes: [] } },
        observations: [withoutCredential({ status: 200, shape: shape(["email"]), sameShape: true })],
        expect: [["", "certificate-alone"]],
      },
      { name: "nothing declared", integration: { auth: { neededScopes: [] } }, expect: [["", "no-credential"]] },
      {
        name: "an endpoint that left the inventory",
        observations: [withoutCredential()],
        known: ["endpoint:gone"],
        expect: [
          ["endpoint:gone", "not-declared"],
          ["endpoint:list", "refused"],
        ],
      },
    ],
    unobserved: [
      {
        name: "a success, and a credential that nobody bound",
        observations: [
          unseen("http-response", "credential_not_bound", { endpoint: "list" }, "skipped"),
          withoutCredential({ status: 200, shape: shape() }),
        ],
        expect: [["endpoint:list", "unobserved", "credential_not_bound"]],
      },
      {
        name: "a copy from a cache, which was asked for none",
        observations: [
          response({}, { endpoint: "list" }),
          withoutCredential({ status: 200, shape: shape(), sameShape: true, headers: [["age", "300"]] }),
        ],
        expect: [["endpoint:list", "unobserved", "evidence_ambiguous"]],
      },
      {
        name: "a handshake that failed otherwise",
        observations: [ended("alert 40")],
        expect: [["endpoint:list", "unobserved", "client_certificate_required"]],
      },
      ...[{ shape: shape(["email"]), sameShape: true }, { level: "headers" as const }, { shape: shape() }].map((raw, index) =>
        unclearOpening(raw, `another answer the second time (${index})`),
      ),
      { name: "authProof is none", expect: [["endpoint:list", "unobserved", "not_requested"]] },
      {
        name: "no permission",
        observations: [unseen("http-unauthenticated", "permission_missing", { endpoint: "list" }, "skipped")],
        expect: [["endpoint:list", "unobserved", "permission_missing"]],
      },
      {
        name: "a limiter answered",
        observations: [withoutCredential({ status: 429, interference: "rate_limited" })],
        expect: [["endpoint:list", "unobserved", "rate_limited"]],
      },
      {
        name: "a firewall answered, with a success",
        observations: [withoutCredential({ status: 200, interference: "blocked", shape: shape(), sameShape: true })],
        expect: [["endpoint:list", "unobserved", "blocked"]],
      },
      {
        name: "a broken server refuses nobody",
        observations: [withoutCredential({ status: 500 })],
        expect: [["endpoint:list", "unobserved", "server_error"]],
      },
      ...[302, 400, 404, 499].map((status) => unclear(status, "evidence_ambiguous", `status ${status}, and nothing to compare with`)),
      unclear(404, "evidence_ambiguous", "a path that is wrong for everybody", response({ status: 404, interference: "not_found" })),
      unclear(404, "evidence_ambiguous", "a redirect with the credential, too", response({ status: 301 })),
      unclear(404, "evidence_ambiguous", "choices with the credential, as expected", response({ status: 300 })),
      unclear(404, "evidence_ambiguous", "a success of another endpoint", response({}, { endpoint: "show" })),
      unclear(404, "evidence_ambiguous", "a success of another origin", response({}, { origin: SECOND_ORIGIN })),
      unclear(404, "evidence_ambiguous", "a success without the credential", response({ credential: { state: "none" } })),
      unclear(404, "evidence_ambiguous", "a success of a firewall", response({ interference: "blocked" })),
      unclear(404, "evidence_ambiguous", "no answer with the credential", unseen("http-response", "http_timeout", { endpoint: "list" })),
      ...[
        unseen("http-response", "connection_reset", { endpoint: "list" }, "failed"),
        response({ status: 502, interference: "server_error" }),
        response({ body: { state: "truncated", failure: { reason: "body_truncated" } } }),
      ].map((missed, index) => ({
        name: `a success, and by chance nothing to compare it with (${index})`,
        observations: [missed, withoutCredential({ status: 200, shape: shape() })],
        expect: [["endpoint:list", "unobserved", ["connection_reset", "server_error", "body_truncated"][index] ?? ""]] as const,
      })),
      unclear(407, "proxy_auth_required", "a proxy's demand is not the endpoint's", response()),
      unclear(408, "http_timeout", "a matter of time", response()),
      unclear(425, "evidence_ambiguous", "too early", response()),
      unclear(429, "rate_limited", "a limiter that the probe did not notice", response()),
      ...[300, 304].map((status) => unclear(status, "evidence_ambiguous", `status ${status} leads nowhere else`, response())),
      {
        name: "a subject of a declared endpoint that this rule never had",
        observations: [withoutCredential()],
        known: ["endpoint:list#x"],
        expect: [
          ["endpoint:list", "refused"],
          ["endpoint:list#x", "unobserved", "evidence_missing"],
        ],
      },
    ],
    hostile: [
      {
        name: "an interim status as the answer",
        observations: [withoutCredential({ status: 103 })],
        expect: [["endpoint:list", "unobserved", "http_protocol_error"]],
      },
    ],
  },
  () => {
    test("a refusal that hides itself rests on both answers", () => {
      const [result] = runCase(unauthenticatedAccess, {
        name: "",
        observations: [response(), withoutCredential({ status: 404 })],
        expect: [],
      });
      expect(result?.evidence.map(({ kind, pointer, summary }) => [kind, pointer, summary])).toEqual([
        ["http-unauthenticated", "/status", "status 404 without the credential"],
        ["http-response", "/status", "status 200 with the credential"],
      ]);
    });

    test("is surer the more was compared", () => {
      const confidence = (raw: Parameters<typeof withoutCredential>[0]) =>
        runCase(unauthenticatedAccess, { name: "", observations: [withoutCredential(raw)], expect: [] })[0]?.confidence;
      expect(confidence({ status: 200, shape: shape(["email"]), sameShape: true })).toBe(0.95);
      expect(confidence({ status: 200, shape: shape(), sameShape: true })).toBe(0.9);
      expect(confidence({ level: "headers", status: 200 })).toBe(0.6);
      expect(confidence({ status: 200, shape: shape(), sameShape: false })).toBe(0.5);
    });
  },
);
