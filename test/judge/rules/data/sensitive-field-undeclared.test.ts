import { expect, test } from "vitest";
import type { BodyFacts, ClassFact } from "../../../../src/evidence/kinds.ts";
import { sensitiveFieldUndeclared } from "../../../../src/judge/rules/data/sensitive-field-undeclared.ts";
import type { DataClass } from "../../../../src/model/data-class.ts";
import { anEndpoint, response, unseen } from "../../builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const field = (dataClass: DataClass, path: string, more: Partial<ClassFact> = {}): ClassFact => ({
  path,
  class: dataClass,
  confidence: 0.9,
  count: 2,
  masked: false,
  sample: false,
  ...more,
});
const body = (...classes: readonly ClassFact[]) => response({ body: { classes } });
const RATE = { path: "$.rate", types: ["number"] };
const EMAIL = field("email", "$.data[].email");
const CLEAN = [["endpoint:list", "nothing-undeclared"]] as const;
const cut = (state: BodyFacts["state"], ...classes: readonly ClassFact[]) => response({ body: { state, classes } });

describeRule(
  sensitiveFieldUndeclared,
  {
    pass: [
      ...[{ method: "HEAD" }, { expect: { status: 204 } }, { expect: { maxRecords: 0 } }].map((declared) => ({
        name: `empty by nature: ${JSON.stringify(declared)}`,
        integration: { endpoints: [anEndpoint(declared)] },
        observations: [cut("empty")],
        known: ["endpoint:list#$.data[].email#email"],
        expect: [...CLEAN, ["endpoint:list#$.data[].email#email", "nothing-undeclared"]] as const,
      })),
      { name: "an empty list that is part of a record", observations: [response({ body: { records: 0, shape: [RATE] } })], expect: CLEAN },
      { name: "nothing classified", observations: [response()], expect: CLEAN },
      { name: "masked", observations: [body(field("payment_card", "$.card", { masked: true }))], expect: CLEAN },
      { name: "made up", observations: [body(field("email", "$.example", { sample: true }))], expect: CLEAN },
      { name: "of low sensitivity", observations: [body(field("card_last4", "$.card.last4"))], expect: CLEAN },
      { name: "a secret is another rule's", observations: [body(field("api_key", "$.key"))], expect: CLEAN },
      {
        name: "so is what an error gives away",
        observations: [body(field("stack_trace", "$.trace"), field("sql_error", "$.error"))],
        expect: CLEAN,
      },
      ...["$..email", "$.data[].*", "$.data[]..email", "$.*"].map((path) => ({
        name: `declared as ${path}`,
        integration: { endpoints: [anEndpoint({ expect: { fields: [path] } })] },
        observations: [body(EMAIL)],
        expect: CLEAN,
      })),
      {
        name: "declared by its path",
        integration: { endpoints: [anEndpoint({ expect: { fields: ["$.data[].email"] } })] },
        observations: [body(EMAIL)],
        expect: CLEAN,
      },
      {
        name: "declared by its class for the endpoint",
        integration: { endpoints: [anEndpoint({ expect: { classes: ["email"] } })] },
        observations: [body(EMAIL)],
        expect: CLEAN,
      },
      { name: "declared for the integration", integration: { dataClasses: ["email"] }, observations: [body(EMAIL)], expect: CLEAN },
      {
        name: "gone from an answer that still has records",
        observations: [body()],
        known: ["endpoint:list#$.data[].email#email"],
        expect: [...CLEAN, ["endpoint:list#$.data[].email#email", "nothing-undeclared"]],
      },
      {
        name: "declared since",
        integration: { dataClasses: ["email"] },
        observations: [body(EMAIL)],
        known: ["endpoint:list#$.data[].email#email"],
        expect: [...CLEAN, ["endpoint:list#$.data[].email#email", "nothing-undeclared"]],
      },
    ],
    fail: [
      {
        name: "by what it is worth",
        observations: [body(EMAIL, field("payment_card", "$.card"), field("file_path", "$.trace"))],
        expect: [
          ["endpoint:list#$.card#payment_card", "undeclared-critical-data", "high"],
          ["endpoint:list#$.data[].email#email", "undeclared-personal-data", "medium"],
          ["endpoint:list#$.trace#file_path", "undeclared-internal-data", "low"],
        ],
      },
      {
        name: "declared for another endpoint, and under another path",
        integration: {
          endpoints: [anEndpoint({ expect: { fields: ["$.data[].mail"] } }), anEndpoint({ id: "show", expect: { classes: ["email"] } })],
        },
        observations: [body(EMAIL), response({ body: { classes: [EMAIL] } }, { endpoint: "show" })],
        expect: [
          ["endpoint:list#$.data[].email#email", "undeclared-personal-data", "medium"],
          ["endpoint:show", "nothing-undeclared"],
        ],
      },
      {
        name: "what was seen of a body that was cut",
        observations: [cut("truncated", EMAIL)],
        expect: [
          ["endpoint:list", "unobserved", "body_truncated"],
          ["endpoint:list#$.data[].email#email", "undeclared-personal-data", "medium"],
        ],
      },
      {
        name: "taken over from an earlier run",
        observations: [response({ body: { classes: [EMAIL] } }, { carried: true })],
        known: ["endpoint:list#$.data[].email#email"],
        expect: [["endpoint:list#$.data[].email#email", "undeclared-personal-data", "medium"]],
      },
    ],
    "not-applicable": [
      { name: "no endpoint", integration: { endpoints: [] }, expect: [["", "no-endpoint"]] },
      {
        name: "an endpoint that left the inventory",
        observations: [body()],
        known: ["endpoint:gone#$.email#email"],
        expect: [["endpoint:gone#$.email#email", "no-endpoint"], ...CLEAN],
      },
    ],
    unobserved: [
      { name: "nothing was asked", expect: [["endpoint:list", "unobserved", "not_requested"]] },
      {
        name: "another path of an ad hoc target, asked another day",
        integration: { adHoc: true },
        observations: [body()],
        known: ["endpoint:/users#$.email#email"],
        expect: [["endpoint:/users#$.email#email", "unobserved", "not_requested"], ...CLEAN],
      },
      {
        name: "nothing was asked of what is open",
        known: ["endpoint:list#$.data[].email#email"],
        expect: [
          ["endpoint:list", "unobserved", "not_requested"],
          ["endpoint:list#$.data[].email#email", "unobserved", "not_requested"],
        ],
      },
      {
        name: "no answer",
        observations: [unseen("http-response", "connection_reset", { endpoint: "list" })],
        known: ["endpoint:list#$.data[].email#email"],
        expect: [
          ["endpoint:list", "unobserved", "connection_reset"],
          ["endpoint:list#$.data[].email#email", "unobserved", "connection_reset"],
        ],
      },
      {
        name: "a page of somebody else, whatever is in it",
        observations: [response({ status: 403, interference: "blocked", body: { classes: [field("email", "$.support")] } })],
        expect: [["endpoint:list", "unobserved", "blocked"]],
      },
      {
        name: "a credential that was turned down",
        observations: [response({ status: 401, interference: "credential_rejected" })],
        known: ["endpoint:list#$.data[].email#email"],
        expect: [
          ["endpoint:list", "unobserved", "credential_rejected"],
          ["endpoint:list#$.data[].email#email", "unobserved", "credential_rejected"],
        ],
      },
      {
        name: "a credential that stayed here explains the refusal",
        observations: [
          response({ status: 401, interference: "unexpected_status", credential: { state: "withheld", reason: "credential_not_bound" } }),
        ],
        expect: [["endpoint:list", "unobserved", "credential_not_bound"]],
      },
      {
        name: "a credential that stayed here for a reason that is not known",
        observations: [response({ credential: { state: "withheld" } })],
        expect: [["endpoint:list", "unobserved", "credential_withheld"]],
      },
      {
        name: "an empty list does not show that a field is gone",
        observations: [response({ body: { records: 0 } })],
        known: ["endpoint:list#$.data[].email#email"],
        expect: [
          ["endpoint:list", "unobserved", "evidence_ambiguous"],
          ["endpoint:list#$.data[].email#email", "unobserved", "evidence_ambiguous"],
        ],
      },
      {
        name: "neither does an empty body",
        observations: [cut("empty")],
        known: ["endpoint:list#$.data[].email#email"],
        expect: [
          ["endpoint:list", "unobserved", "evidence_ambiguous"],
          ["endpoint:list#$.data[].email#email", "unobserved", "evidence_ambiguous"],
        ],
      },
      {
        name: "an empty list where nothing was ever seen",
        observations: [response({ body: { records: 0 } })],
        expect: [["endpoint:list", "unobserved", "evidence_ambiguous"]],
      },
      { name: "cut", observations: [cut("truncated")], expect: [["endpoint:list", "unobserved", "body_truncated"]] },
      { name: "not JSON", observations: [cut("unsupported")], expect: [["endpoint:list", "unobserved", "body_unsupported_type"]] },
      { name: "not decodable", observations: [cut("undecodable")], expect: [["endpoint:list", "unobserved", "body_undecodable"]] },
      { name: "too deep", observations: [cut("too-deep")], expect: [["endpoint:list", "unobserved", "body_too_deep"]] },
      { name: "not read", observations: [cut("not-read")], expect: [["endpoint:list", "unobserved", "evidence_missing"]] },
      {
        name: "cut, and it is known why",
        observations: [response({ body: { state: "truncated", failure: { reason: "deadline_exceeded" } } })],
        expect: [["endpoint:list", "unobserved", "deadline_exceeded"]],
      },
    ],
    hostile: [
      {
        name: "a path longer than any subject",
        observations: [body(field("email", `$.${"a".repeat(3000)}`))],
        expect: [[`endpoint:list#$.${"a".repeat(198)}...fe943697ddfa#email`, "undeclared-personal-data", "medium"]],
      },
    ],
  },
  () => {
    test("a body full of data fills no report, and what is left out stays open", () => {
      const many = Array.from({ length: 500 }, (_, index) => field("email", `$.f${String(index).padStart(3, "0")}`));
      const known = "endpoint:list#$.f499#email";
      const results = runCase(sensitiveFieldUndeclared, { name: "", observations: [body(...many)], known: [known], expect: [] });
      expect(results).toHaveLength(101);
      expect(results.every(({ verdict }) => verdict === "fail")).toBe(true);
      expect(results.at(-1)?.subject).toBe(known);
    });

    test("what is left out is what is least sure", () => {
      const many = Array.from({ length: 150 }, (_, index) => field("email", `$.f${index}`, { confidence: 0.5 + index / 1000 }));
      const results = runCase(sensitiveFieldUndeclared, { name: "", observations: [body(...many)], expect: [] });
      expect(Math.min(...results.map(({ confidence }) => confidence))).toBe(0.55);
    });

    test("tells the kind within a class where it is known, and nothing where it is not", () => {
      const data = (more: Partial<ClassFact>) =>
        runCase(sensitiveFieldUndeclared, { name: "", observations: [body(field("national_id", "$.id", more))], expect: [] })[0]?.data;
      expect(data({ note: "us_ssn" })).toEqual({ endpoint: "list", path: "$.id", class: "national_id", count: 2, note: "us_ssn" });
      expect(data({})).toEqual({ endpoint: "list", path: "$.id", class: "national_id", count: 2 });
    });

    test("tells how the endpoint is asked where its answer shows it", () => {
      const shape = ["$.schemas", "$.Resources[].emails[].value"].map((path) => ({ path, types: ["string"] }));
      const [result] = runCase(sensitiveFieldUndeclared, {
        name: "",
        observations: [response({ body: { shape, classes: [field("email", "$.Resources[].emails[].value")] } })],
        expect: [],
      });
      expect(result?.data).toMatchObject({ class: "email", dialect: "scim" });
    });

    test("keeps its sentences short", () => {
      const [result] = runCase(sensitiveFieldUndeclared, {
        name: "",
        observations: [body(field("email", `$.${"a".repeat(3000)}`))],
        expect: [],
      });
      expect(result?.message?.length).toBe(600);
      expect(result?.evidence[0]?.summary.length).toBe(300);
    });

    test("says what is sent, where and how often", () => {
      const [result] = runCase(sensitiveFieldUndeclared, { name: "", observations: [body(EMAIL)], expect: [] });
      expect(result?.message).toBe("The endpoint list sends email at $.data[].email (values in this answer: 2), and nobody declared it.");
      expect(result?.confidence).toBe(0.9);
      expect(result?.evidence[0]?.pointer).toBe("/body/classes/0");
    });
  },
);
