import { expect, test } from "vitest";
import type { BodyFacts, ShapeFact } from "../../../../src/evidence/kinds.ts";
import { fieldUndeclared } from "../../../../src/judge/rules/data/field-undeclared.ts";
import { anEndpoint, response, unseen } from "../../builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const at = (path: string, filled = 1, octets = 10): ShapeFact => ({ path, types: ["string"], filled, octets });
const BODY = [{ path: "$", types: ["object"] }, at("$.id"), at("$.name"), at("$.note", 1, 980)];
const answer = (shape: readonly ShapeFact[], more: Partial<BodyFacts> = {}) => response({ body: { shape, ...more } });
const declaring = (fields?: readonly string[]) => ({ endpoints: [anEndpoint({ expect: fields === undefined ? {} : { fields } })] });
const CLEAN = [["endpoint:list", "as-declared"]] as const;
const PARTLY = [["endpoint:list", "partly-undeclared", "info"]] as const;

describeRule(
  fieldUndeclared,
  {
    pass: [
      { name: "all are declared", integration: declaring(["$.id", "$.name", "$.note"]), observations: [answer(BODY)], expect: CLEAN },
      { name: "as a whole", integration: declaring(["$.*"]), observations: [answer(BODY)], expect: CLEAN },
      {
        name: "the others are empty",
        integration: declaring(["$.id"]),
        observations: [answer([at("$.id"), at("$.name", 0)])],
        expect: CLEAN,
      },
      {
        name: "null in evidence that counts nothing",
        integration: declaring(["$.id"]),
        observations: [answer([at("$.id"), { path: "$.name", types: ["null"] }])],
        expect: CLEAN,
      },
    ],
    fail: [
      { name: "one of three", integration: declaring(["$.id", "$.name"]), observations: [answer(BODY)], expect: PARTLY },
      { name: "half of them", integration: declaring(["$.a"]), observations: [answer([at("$.a"), at("$.b")])], expect: PARTLY },
      {
        name: "most of them",
        integration: declaring(["$.id"]),
        observations: [answer(BODY)],
        expect: [["endpoint:list", "mostly-undeclared", "low"]],
      },
      {
        name: "nothing is needed",
        integration: declaring([]),
        observations: [answer(BODY)],
        expect: [["endpoint:list", "mostly-undeclared", "low"]],
      },
      {
        name: "in what was seen of a cut body",
        integration: declaring(["$.id", "$.name"]),
        observations: [answer(BODY, { state: "truncated" })],
        expect: PARTLY,
      },
    ],
    "not-applicable": [
      { name: "no endpoint", integration: { endpoints: [] }, expect: [["", "no-endpoint"]] },
      { name: "nobody said", integration: declaring(), observations: [answer(BODY)], expect: [["", "nothing-declared"]] },
      {
        name: "of one of two endpoints",
        integration: { endpoints: [anEndpoint({ expect: { fields: ["$.*"] } }), anEndpoint({ id: "other" })] },
        observations: [answer(BODY)],
        known: ["endpoint:other"],
        expect: [...CLEAN, ["endpoint:other", "nothing-declared"]],
      },
    ],
    unobserved: [
      {
        name: "no answer",
        integration: declaring(["$.id"]),
        observations: [unseen("http-response", "http_timeout", { endpoint: "list" })],
        expect: [["endpoint:list", "unobserved", "http_timeout"]],
      },
      {
        name: "an error has other fields",
        integration: declaring(["$.id"]),
        observations: [response({ status: 404, interference: "not_found", body: { shape: BODY } })],
        expect: [["endpoint:list", "unobserved", "not_found"]],
      },
      {
        name: "cut, and as declared as far as it was seen",
        integration: declaring(["$.*"]),
        observations: [answer(BODY, { state: "truncated" })],
        expect: [["endpoint:list", "unobserved", "body_truncated"]],
      },
    ],
    hostile: [
      {
        name: "thousands of fields",
        integration: declaring(["$.id"]),
        observations: [answer(Array.from({ length: 5000 }, (_, index) => at(`$.${"x".repeat(300)}${index}`)))],
        expect: [["endpoint:list", "mostly-undeclared", "low"]],
      },
      {
        name: "an endpoint that is gone",
        integration: declaring(["$.*"]),
        observations: [answer(BODY)],
        known: ["endpoint:gone"],
        expect: [["endpoint:gone", "no-endpoint"], ...CLEAN],
      },
    ],
  },
  () => {
    test("says how much of the answer it is, and how much of that is sensitive", () => {
      const classes = [{ path: "$.note", class: "email" as const, confidence: 0.9, count: 1, masked: false, sample: false }];
      const [result] = runCase(fieldUndeclared, {
        name: "",
        integration: declaring(["$.id", "$.name"]),
        observations: [answer([...BODY, at("$.empty", 0, 0)], { classes })],
        expect: [],
      });
      expect(result?.data).toEqual({
        endpoint: "list",
        fields: 1,
        paths: ["$.note"],
        empty: 1,
        fieldExcess: 0.33,
        byteExcess: 0.98,
        sensitiveExcess: 1,
      });
      expect(result?.message).toBe("The endpoint list fills 1 fields that nobody declared, 33 % of all: $.note.");
    });

    test("tells how the endpoint is asked where that is shown", () => {
      const [result] = runCase(fieldUndeclared, {
        name: "",
        integration: { endpoints: [anEndpoint({ path: "/list?$expand=owner", expect: { fields: ["$.id"] } })] },
        observations: [answer(BODY)],
        expect: [],
      });
      expect(result?.data).toMatchObject({ dialect: "odata", parameters: ["$expand"] });
    });
  },
);
