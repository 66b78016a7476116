import { expect, test } from "vitest";
import type { ShapeFact } from "../../../../src/evidence/kinds.ts";
import { undocumentedField } from "../../../../src/judge/rules/data/undocumented-field.ts";
import { anEndpoint, describedAs, response, unseen } from "../../builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const at = (path: string, filled = 1): ShapeFact => ({ path, types: ["string"], filled });
const answer = (...shape: readonly ShapeFact[]) => response({ body: { shape: [{ path: "$", types: ["object"] }, ...shape] } });
const DECLARED = { openapi: "acme.yaml" };
const SAYS_NOTHING = { state: "not-described" } as const;
const CLEAN = [["endpoint:list", "as-described"]] as const;
const UNREAD = [["endpoint:list", "unobserved", "description_unavailable"]] as const;
const FOUND = [["endpoint:list", "undocumented", "low"]] as const;

describeRule(undocumentedField, {
  pass: [
    {
      name: "what is described",
      integration: DECLARED,
      observations: [answer(at("$.id"), at("$.owner.name")), describedAs(["$.id", "$.owner.*"])],
      expect: CLEAN,
    },
    {
      name: "an empty field",
      integration: DECLARED,
      observations: [answer(at("$.id"), at("$.note", 0)), describedAs(["$.id"])],
      expect: CLEAN,
    },
    {
      name: "nothing in what was not read",
      integration: DECLARED,
      observations: [answer(at("$.id"), at("$.owner.name", 0)), describedAs(["$.id"], { unread: ["$.owner.*"] })],
      expect: CLEAN,
    },
    {
      name: "what the consumer needs",
      integration: {
        ...DECLARED,
        endpoints: [anEndpoint({ expect: { fields: ["$.note"] } })],
      },
      observations: [answer(at("$.id"), at("$.note")), describedAs(["$.id"])],
      expect: CLEAN,
    },
  ],
  fail: [
    {
      name: "one more field",
      integration: DECLARED,
      observations: [answer(at("$.id"), at("$.note")), describedAs(["$.id"])],
      expect: FOUND,
    },
    {
      name: "beside what was not read",
      integration: DECLARED,
      observations: [answer(at("$.note"), at("$.owner.name")), describedAs(["$.id"], { unread: ["$.owner.*"] })],
      expect: FOUND,
    },
    {
      name: "in a body that ends in the middle",
      integration: DECLARED,
      observations: [response({ body: { state: "truncated", shape: [at("$.note")] } }), describedAs(["$.id"])],
      expect: FOUND,
    },
  ],
  "not-applicable": [
    { name: "no endpoint", integration: { endpoints: [] }, expect: [["", "no-endpoint"]] },
    { name: "no description", observations: [answer(at("$.note"))], expect: [["", "not-described"]] },
    {
      name: "a description of other endpoints",
      integration: DECLARED,
      observations: [answer(at("$.note")), describedAs([], SAYS_NOTHING)],
      expect: [["", "not-described"]],
    },
    {
      name: "of one of two endpoints",
      integration: {
        ...DECLARED,
        endpoints: [anEndpoint(), anEndpoint({ id: "other" })],
      },
      observations: [answer(at("$.id")), describedAs(["$.id"]), describedAs([], SAYS_NOTHING, { endpoint: "other" })],
      known: ["endpoint:other"],
      expect: [...CLEAN, ["endpoint:other", "not-described"]],
    },
  ],
  unobserved: [
    {
      name: "no answer",
      integration: DECLARED,
      observations: [unseen("http-response", "http_timeout", { endpoint: "list" }), describedAs(["$.id"])],
      expect: [["endpoint:list", "unobserved", "http_timeout"]],
    },
    {
      name: "a description that could not be read",
      integration: DECLARED,
      observations: [answer(at("$.note")), describedAs([], { state: "unavailable", problem: "expected a file there, found none" })],
      expect: UNREAD,
    },
    {
      name: "a field in a part that was not read",
      integration: DECLARED,
      observations: [answer(at("$.id"), at("$.owner.name")), describedAs(["$.id"], { unread: ["$.owner.*"] })],
      expect: UNREAD,
    },
    {
      name: "a description that nobody read",
      integration: DECLARED,
      observations: [answer(at("$.note"))],
      expect: [["endpoint:list", "unobserved", "evidence_missing"]],
    },
  ],
  hostile: [
    {
      name: "thousands of fields, and an endpoint that is gone",
      integration: DECLARED,
      observations: [answer(...Array.from({ length: 4000 }, (_, index) => at(`$.${"y".repeat(200)}${index}`))), describedAs(["$.id"])],
      known: ["endpoint:gone"],
      expect: [["endpoint:gone", "no-endpoint"], ...FOUND],
    },
  ],
});

test("tells how the endpoint is asked where its answer shows it", () => {
  const observations = [answer(at("$.data[].type"), at("$.data[].attributes.note")), describedAs(["$.data[].type"])];
  const [result] = runCase(undocumentedField, { name: "", integration: DECLARED, observations, expect: [] });
  expect(result?.data).toMatchObject({ fields: 1, dialect: "json-api" });
});
