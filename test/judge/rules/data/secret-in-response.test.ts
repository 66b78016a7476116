import type { ClassFact } from "../../../../src/evidence/kinds.ts";
import { secretInResponse } from "../../../../src/judge/rules/data/secret-in-response.ts";
import type { DataClass } from "../../../../src/model/data-class.ts";
import { anEndpoint, response, unseen } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

const secret = (dataClass: DataClass, path = "$.secret", more: Partial<ClassFact> = {}): ClassFact => ({
  path,
  class: dataClass,
  confidence: 0.95,
  count: 1,
  masked: false,
  sample: false,
  ...more,
});
const body = (...classes: readonly ClassFact[]) => response({ body: { classes } });
const CLEAN = [["endpoint:list", "no-secret"]] as const;
const fails = (dataClass: DataClass, outcome: string, severity: string) => ({
  name: dataClass,
  observations: [body(secret(dataClass))],
  expect: [[`endpoint:list#$.secret#${dataClass}`, outcome, severity]] as const,
});
const declaring = (classes: readonly DataClass[], fields: readonly string[] = []) => ({
  endpoints: [anEndpoint({ expect: { classes, fields } })],
});

describeRule(secretInResponse, {
  pass: [
    { name: "no secret", observations: [body(secret("email"))], expect: CLEAN },
    { name: "a public key is public", observations: [body(secret("public_key"))], expect: CLEAN },
    { name: "masked", observations: [body(secret("api_key", "$.key", { masked: true }))], expect: CLEAN },
    { name: "made up", observations: [body(secret("api_key", "$.key", { sample: true }))], expect: CLEAN },
    {
      name: "tokens that are there to be handed out",
      integration: declaring(["access_token"], ["$.refresh"]),
      observations: [body(secret("access_token"), secret("refresh_token", "$.refresh"))],
      expect: CLEAN,
    },
    {
      name: "an access token that is a JWT, declared by its kind or by its place",
      integration: declaring(["access_token"], ["$.refresh"]),
      observations: [body(secret("access_token"), secret("jwt"), secret("refresh_token", "$.refresh"), secret("jwt", "$.refresh"))],
      expect: CLEAN,
    },
    {
      name: "gone",
      observations: [body()],
      known: ["endpoint:list#$.secret#api_key"],
      expect: [...CLEAN, ["endpoint:list#$.secret#api_key", "no-secret"]],
    },
  ],
  fail: [
    ...(["private_key", "api_key", "password", "client_secret", "connection_string", "webhook_secret", "otp_secret"] as const).map((name) =>
      fails(name, "lasting-secret", "critical"),
    ),
    ...(["access_token", "refresh_token", "session_token", "jwt", "password_hash"] as const).map((name) =>
      fails(name, "passing-secret", "high"),
    ),
    {
      name: "a JWT that stands elsewhere than the declared token, and one beside a token that nobody declared",
      integration: declaring(["access_token"], ["$.other"]),
      observations: [body(secret("access_token"), secret("jwt", "$.other"), secret("refresh_token", "$.r"), secret("jwt", "$.r"))],
      expect: [
        ["endpoint:list#$.other#jwt", "passing-secret", "high"],
        ["endpoint:list#$.r#jwt", "passing-secret", "high"],
        ["endpoint:list#$.r#refresh_token", "passing-secret", "high"],
      ],
    },
    {
      name: "no other secret can be declared away",
      integration: { ...declaring(["api_key", "jwt"], ["$.secret"]), dataClasses: ["api_key", "jwt"] },
      observations: [body(secret("api_key"), secret("jwt"))],
      expect: [
        ["endpoint:list#$.secret#api_key", "lasting-secret", "critical"],
        ["endpoint:list#$.secret#jwt", "passing-secret", "high"],
      ],
    },
    {
      name: "in what was seen of a body that was cut",
      observations: [response({ body: { state: "truncated", classes: [secret("private_key")] } })],
      expect: [
        ["endpoint:list", "unobserved", "body_truncated"],
        ["endpoint:list#$.secret#private_key", "lasting-secret", "critical"],
      ],
    },
    {
      name: "without our credential, too",
      observations: [
        response({ credential: { state: "withheld", reason: "credential_not_bound" }, body: { classes: [secret("api_key")] } }),
      ],
      expect: [
        ["endpoint:list", "unobserved", "credential_not_bound"],
        ["endpoint:list#$.secret#api_key", "lasting-secret", "critical"],
      ],
    },
  ],
  "not-applicable": [{ name: "no endpoint", integration: { endpoints: [] }, expect: [["", "no-endpoint"]] }],
  unobserved: [
    {
      name: "no answer",
      observations: [unseen("http-response", "http_timeout", { endpoint: "list" })],
      known: ["endpoint:list#$.secret#api_key"],
      expect: [
        ["endpoint:list", "unobserved", "http_timeout"],
        ["endpoint:list#$.secret#api_key", "unobserved", "http_timeout"],
      ],
    },
    {
      name: "a broken server's trace is not the resource",
      observations: [response({ status: 500, interference: "server_error", body: { classes: [secret("connection_string")] } })],
      expect: [["endpoint:list", "unobserved", "server_error"]],
    },
    {
      name: "not found",
      observations: [response({ status: 404, interference: "not_found" })],
      expect: [["endpoint:list", "unobserved", "not_found"]],
    },
  ],
  hostile: [
    {
      name: "an endpoint whose id begins like another one's",
      integration: { endpoints: [anEndpoint(), anEndpoint({ id: "list#$" })] },
      observations: [body(), response({ body: { classes: [secret("api_key")] } }, { endpoint: "list#$" })],
      known: ["endpoint:list#$.secret#api_key"],
      expect: [
        ["endpoint:list", "no-secret"],
        ["endpoint:list#$#$.secret#api_key", "lasting-secret", "critical"],
        ["endpoint:list#$.secret#api_key", "no-secret"],
      ],
    },
  ],
});
