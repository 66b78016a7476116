import type { ShapeFact } from "../../../../src/evidence/kinds.ts";
import { undocumentedField } from "../../../../src/judge/rules/data/undocumented-field.ts";
import { anEndpoint, response, unseen } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

const at = (path: string, filled = 1): ShapeFact => ({ path, types: ["string"], filled });
const answer = (...shape: readonly ShapeFact[]) => response({ body: { shape: [{ path: "$", types: ["object"] }, ...shape] } });
const describing = (...paths: readonly string[]) => ({
  openapi: "acme.yaml",
  endpoints: [anEndpoint({ described: { state: "described", paths } })],
});
const CLEAN = [["endpoint:list", "as-described"]] as const;
const FOUND = [["endpoint:list", "undocumented", "low"]] as const;

describeRule(undocumentedField, {
  pass: [
    {
      name: "what is described",
      integration: describing("$.id", "$.owner.*"),
      observations: [answer(at("$.id"), at("$.owner.name"))],
      expect: CLEAN,
    },
    { name: "an empty field", integration: describing("$.id"), observations: [answer(at("$.id"), at("$.note", 0))], expect: CLEAN },
    {
      name: "what the consumer needs",
      integration: {
        openapi: "acme.yaml",
        endpoints: [anEndpoint({ described: { state: "described", paths: ["$.id"] }, expect: { fields: ["$.note"] } })],
      },
      observations: [answer(at("$.id"), at("$.note"))],
      expect: CLEAN,
    },
  ],
  fail: [
    { name: "one more field", integration: describing("$.id"), observations: [answer(at("$.id"), at("$.note"))], expect: FOUND },
    {
      name: "in a body that ends in the middle",
      integration: describing("$.id"),
      observations: [response({ body: { state: "truncated", shape: [at("$.note")] } })],
      expect: FOUND,
    },
  ],
  "not-applicable": [
    { name: "no endpoint", integration: { endpoints: [] }, expect: [["", "no-endpoint"]] },
    { name: "no description", observations: [answer(at("$.note"))], expect: [["", "not-described"]] },
    {
      name: "a description of other endpoints",
      integration: { openapi: "acme.yaml", endpoints: [anEndpoint({ described: { state: "not-described" } })] },
      observations: [answer(at("$.note"))],
      expect: [["", "not-described"]],
    },
    {
      name: "of one of two endpoints",
      integration: {
        openapi: "acme.yaml",
        endpoints: [...describing("$.id").endpoints, anEndpoint({ id: "other", described: { state: "not-described" } })],
      },
      observations: [answer(at("$.id"))],
      known: ["endpoint:other"],
      expect: [...CLEAN, ["endpoint:other", "not-described"]],
    },
  ],
  unobserved: [
    {
      name: "no answer",
      integration: describing("$.id"),
      observations: [unseen("http-response", "http_timeout", { endpoint: "list" })],
      expect: [["endpoint:list", "unobserved", "http_timeout"]],
    },
    {
      name: "a description that could not be read",
      integration: { openapi: "acme.yaml" },
      observations: [answer(at("$.note"))],
      expect: [["endpoint:list", "unobserved", "evidence_missing"]],
    },
  ],
  hostile: [
    {
      name: "thousands of fields, and an endpoint that is gone",
      integration: describing("$.id"),
      observations: [answer(...Array.from({ length: 4000 }, (_, index) => at(`$.${"y".repeat(200)}${index}`)))],
      known: ["endpoint:gone"],
      expect: [["endpoint:gone", "no-endpoint"], ...FOUND],
    },
  ],
});
