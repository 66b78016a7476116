import type { Observation } from "../../../../src/evidence/observation.ts";
import { mtlsNotRequired } from "../../../../src/judge/rules/auth/mtls-not-required.ts";
import type { Integration } from "../../../../src/model/integration.ts";
import type { UnobservedReason } from "../../../../src/model/reason.ts";
import { anEndpoint, response, unseen, withoutCredential } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

const CLIENT_CERTIFICATE = { cert: "file:acme.crt", key: "file:acme.key" };
const MTLS: Partial<Integration> = { auth: { scheme: "mtls", clientCertificate: CLIENT_CERTIFICATE, neededScopes: [] } };
const BESIDE_BEARER: Partial<Integration> = {
  auth: { scheme: "bearer", credential: "env:KEY", clientCertificate: CLIENT_CERTIFICATE, neededScopes: [] },
};
const shown = (status = 200) => response({ status, credential: { state: "sent", certificate: true } });
const notShown = () => response();
const dead = (code: string, reason: UnobservedReason, endpoint = "list"): Observation => ({
  ...(unseen("http-unauthenticated", reason, { endpoint }, "failed") as Observation & { readonly outcome: "failed" }),
  failure: { reason, phase: "tls", code, retriable: false },
});
const shape = { topLevel: ["data"], classes: [], errorShaped: false };

describeRule(mtlsNotRequired, {
  pass: [
    {
      name: "the alert that says it, whatever became of ours",
      integration: MTLS,
      observations: [dead("alert 116", "client_certificate_required")],
      expect: [["endpoint:list", "demanded"]],
    },
    ...["alert 40", "alert 41", "alert 42"].map((code) => ({
      name: `${code}, where the certificate made the difference`,
      integration: BESIDE_BEARER,
      observations: [shown(), dead(code, "tls_alert")],
      expect: [["endpoint:list", "demanded"]] as const,
    })),
    ...[400, 401, 403].map((status) => ({
      name: `status ${status}, where the certificate made the difference`,
      integration: MTLS,
      observations: [shown(), withoutCredential({ status })],
      expect: [["endpoint:list", "refused"]] as const,
    })),
  ],
  fail: [
    {
      name: "the same answer",
      integration: MTLS,
      observations: [shown(), withoutCredential({ status: 200, shape, sameShape: true })],
      expect: [["endpoint:list", "same-answer", "high"]],
    },
    {
      name: "the same answer, with data in it",
      integration: MTLS,
      observations: [shown(), withoutCredential({ status: 200, shape: { ...shape, classes: ["iban"] }, sameShape: true })],
      expect: [["endpoint:list", "same-data", "critical"]],
    },
    {
      name: "the same answer of what is declared to hold data",
      integration: { ...MTLS, dataClasses: ["email"] },
      observations: [shown(), withoutCredential({ status: 200, shape: { ...shape, records: 2 }, sameShape: true, sameRecords: true })],
      expect: [["endpoint:list", "same-data", "critical"]],
    },
    {
      name: "a success of which only the status is known",
      integration: { auth: { scheme: "mtls", neededScopes: [] } },
      observations: [withoutCredential({ level: "headers", status: 204 })],
      expect: [["endpoint:list", "success", "medium"]],
    },
  ],
  "not-applicable": [
    ...[
      { status: 200, shape, sameShape: true },
      { level: "headers" as const, status: 204 },
    ].map((raw) => ({
      name: `an answer without certificate and credential, which another rule tells of: ${raw.status}`,
      integration: BESIDE_BEARER,
      observations: [shown(), withoutCredential(raw)],
      expect: [["endpoint:list", "open-anyway"]] as const,
    })),
    { name: "no certificate is declared", observations: [withoutCredential({ status: 200 })], expect: [["", "no-certificate"]] },
    {
      name: "the endpoint was taken out",
      integration: { ...MTLS, endpoints: [] },
      known: ["endpoint:list"],
      expect: [["endpoint:list", "not-declared"]],
    },
  ],
  unobserved: [
    ...(
      [
        ["a handshake that failed, and with the certificate too", [dead("alert 40", "tls_alert")], "tls_alert"],
        ["a handshake that failed, and ours showed nothing", [notShown(), dead("alert 40", "tls_alert")], "tls_alert"],
        ["a handshake that failed, and ours was refused", [shown(403), dead("alert 40", "tls_alert")], "tls_alert"],
        ["another alert", [shown(), dead("alert 80", "tls_alert")], "tls_alert"],
        ["a reset", [shown(), dead("ECONNRESET", "connection_reset")], "connection_reset"],
        ["a connection that was closed", [shown(), dead("ECONNRESET", "connection_closed")], "connection_closed"],
        ["a closed port", [shown(), unseen("http-unauthenticated", "connect_refused", { endpoint: "list" })], "connect_refused"],
        ["a refusal with nothing to hold it against", [withoutCredential({ status: 403 })], "evidence_ambiguous"],
        ["a page to log in", [shown(), withoutCredential({ status: 302 })], "evidence_ambiguous"],
        [
          "an error dressed as a success",
          [withoutCredential({ status: 200, shape: { ...shape, errorShaped: true } })],
          "evidence_ambiguous",
        ],
        ["a public part", [shown(), withoutCredential({ status: 200, shape, sameShape: false })], "evidence_ambiguous"],
        [
          "another answer the second time",
          [withoutCredential({ status: 200, shape, sameShape: true, unsteady: "http_timeout" })],
          "http_timeout",
        ],
        ["a limiter", [shown(), withoutCredential({ status: 429 })], "rate_limited"],
        ["a broken server", [shown(), withoutCredential({ status: 502 })], "server_error"],
        ["nobody asked", [shown()], "not_requested"],
      ] as const
    ).map(([name, observations, reason]) => ({
      name,
      integration: MTLS,
      observations,
      expect: [["endpoint:list", "unobserved", reason]] as const,
    })),
    {
      name: "a refusal where the credential was left out as well",
      integration: BESIDE_BEARER,
      observations: [shown(), withoutCredential({ status: 401 })],
      expect: [["endpoint:list", "unobserved", "evidence_ambiguous"]],
    },
  ],
  hostile: [
    {
      name: "an endpoint of the name of another's member, and a code that is no alert",
      integration: { ...MTLS, endpoints: [anEndpoint({ id: "constructor" })] },
      observations: [dead("alert 116\u001b[2J", "tls_alert", "constructor")],
      expect: [["endpoint:constructor", "unobserved", "tls_alert"]],
    },
  ],
});
