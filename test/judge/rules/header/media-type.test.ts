import type { BodyFacts } from "../../../../src/evidence/kinds.ts";
import { mediaType } from "../../../../src/judge/rules/header/media-type.ts";
import { type Answer, response, unseen } from "../../builders.ts";
import { describeRule, type RuleCase } from "../../rule-cases.ts";

const JSON_BODY: Partial<BodyFacts> = {
  shape: [
    { path: "$", types: ["object"] },
    { path: "$.id", types: ["string"] },
  ],
};

function says(name: string, type: string | undefined, said: readonly [string, string?], raw: Answer = {}): RuleCase {
  const headers = type === undefined ? {} : { "content-type": type };
  return {
    name,
    observations: [response({ body: JSON_BODY, ...raw, headers })],
    expect: [["endpoint:list", ...said] as unknown as RuleCase["expect"][number]],
  };
}

const EMPTY: Answer = { status: 204, body: { state: "empty" } };

describeRule(mediaType, {
  pass: [
    ...["application/json", "application/json; charset=utf-8", "application/problem+json", "application/vnd.acme.v2+json"].map((type) =>
      says(type, type, ["fits"]),
    ),
    says("NDJSON", "application/x-ndjson", ["fits"], { body: { ...JSON_BODY, format: "ndjson" } }),
    says("a word in plain text", "text/plain", ["fits"], { body: { shape: [{ path: "$", types: ["string"] }] } }),
    says("a picture", "image/png", ["fits"], { body: { state: "unsupported" } }),
    says("nothing, without a type", undefined, ["no-content"], EMPTY),
  ],
  fail: [
    says("content without a type", undefined, ["unnamed", "medium"]),
    says("JSON as a page", "text/html", ["json-as-page", "medium"]),
    says("JSON as a script", "application/javascript", ["json-as-page", "medium"]),
    says("JSON as text", "text/plain; charset=utf-8", ["json-as-text", "low"]),
    says("a login page", "text/html", ["page-in-success", "medium"], { interference: "not_the_api", body: { state: "not-read" } }),
  ],
  "not-applicable": [
    { name: "no endpoint", integration: { endpoints: [] }, expect: [["", "no-endpoint"]] },
    {
      name: "an endpoint that left the inventory",
      observations: [response({ headers: { "content-type": "application/json" } })],
      known: ["endpoint:gone"],
      expect: [
        ["endpoint:gone", "no-endpoint"],
        ["endpoint:list", "fits"],
      ],
    },
  ],
  unobserved: [
    { name: "nobody asked", expect: [["endpoint:list", "unobserved", "not_requested"]] },
    {
      name: "no answer",
      observations: [unseen("http-response", "http_timeout", { endpoint: "list" })],
      expect: [["endpoint:list", "unobserved", "http_timeout"]],
    },
    says("a firewall", "text/html", ["unobserved", "blocked"], { status: 403, interference: "blocked", body: { state: "not-read" } }),
    says("a refusal", "application/json", ["unobserved", "credential_rejected"], { status: 401, interference: "credential_rejected" }),
    says("content that was not read", "application/json", ["unobserved", "evidence_missing"], { body: { state: "not-read" } }),
  ],
  hostile: [says("a type that is none", "<script>", ["unnamed", "medium"])],
});
