import type { BodyFacts, ShapeFact } from "../../../../src/evidence/kinds.ts";
import { schemaChanged } from "../../../../src/judge/rules/data/schema-changed.ts";
import { answeredBefore, neverBefore, response, unseen } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

const at = (path: string, type = "string"): ShapeFact => ({ path, types: [type] });
const ROOT = at("$", "object");
const answer = (paths: readonly ShapeFact[], more: Partial<BodyFacts> = {}) => response({ body: { shape: [ROOT, ...paths], ...more } });
const ID = at("$.id");
const CLEAN = [["endpoint:list", "unchanged"]] as const;
const GONE = [["endpoint:list", "fields-gone", "info"]] as const;
const NEW = [["endpoint:list", "fields-new", "info"]] as const;
const missed = (times: number, runs = 3) => answeredBefore(["$", "$.id", { path: "$.old", runs, missed: times }]);

describeRule(schemaChanged, {
  pass: [
    { name: "the same fields", observations: [answer([ID]), answeredBefore(["$", "$.id"])], expect: CLEAN },
    { name: "missed twice", observations: [answer([ID]), missed(1)], expect: CLEAN },
    { name: "missed for long", observations: [answer([ID]), missed(6)], expect: CLEAN },
    { name: "one that never came often", observations: [answer([ID]), missed(4, 2)], expect: CLEAN },
    {
      name: "below an empty list",
      observations: [
        answer([ID, at("$.items", "array")]),
        answeredBefore(["$", "$.id", "$.items", "$.items[]", { path: "$.items[].sku", missed: 4 }]),
      ],
      expect: CLEAN,
    },
    {
      name: "the first element of a list that was always empty",
      observations: [answer([at("$.items", "array"), at("$.items[]", "object"), at("$.items[].sku")]), answeredBefore(["$", "$.items"])],
      expect: CLEAN,
    },
    { name: "no record today", observations: [answer([ID], { records: 0 }), missed(4)], expect: CLEAN },
    {
      name: "new a while ago",
      observations: [answer([ID, at("$.more")]), answeredBefore(["$", "$.id", { path: "$.more", runs: 3, late: true }])],
      expect: CLEAN,
    },
    {
      name: "other keys of a map",
      observations: [answer([at("$.rates", "object"), at("$.rates{}", "number")]), answeredBefore(["$", "$.rates", "$.rates{}"])],
      expect: CLEAN,
    },
  ],
  fail: [
    { name: "missed three times", observations: [answer([ID]), missed(2)], expect: GONE },
    { name: "missed six times", observations: [answer([ID]), missed(5)], expect: GONE },
    { name: "a new field", observations: [answer([ID, at("$.more")]), answeredBefore(["$", "$.id"])], expect: NEW },
    {
      name: "a field that came lately",
      observations: [answer([ID, at("$.more")]), answeredBefore(["$", "$.id", { path: "$.more", runs: 2, late: true }])],
      expect: NEW,
    },
    {
      name: "one for another",
      observations: [answer([ID, at("$.more")]), missed(3)],
      expect: [["endpoint:list", "fields-exchanged", "info"]],
    },
    {
      name: "new in a cut body",
      observations: [answer([ID, at("$.more")], { state: "truncated" }), answeredBefore(["$", "$.id"])],
      expect: NEW,
    },
  ],
  "not-applicable": [
    { name: "no endpoint", integration: { endpoints: [] }, expect: [["", "no-endpoint"]] },
    { name: "the first answer", observations: [answer([ID]), neverBefore()], expect: [["endpoint:list", "not-enough-seen"]] },
    {
      name: "two answers",
      observations: [answer([ID, at("$.more")]), answeredBefore(["$", "$.id"], { runs: 2 })],
      expect: [["endpoint:list", "not-enough-seen"]],
    },
  ],
  unobserved: [
    {
      name: "where not all former paths could be kept",
      observations: [answer([ID, at("$.more")]), answeredBefore(["$", "$.id"], { cut: true })],
      expect: [["endpoint:list", "unobserved", "evidence_ambiguous"]],
    },
    {
      name: "no answer",
      observations: [unseen("http-response", "http_timeout", { endpoint: "list" }), missed(3)],
      expect: [["endpoint:list", "unobserved", "http_timeout"]],
    },
    { name: "no history", observations: [answer([ID])], expect: [["endpoint:list", "unobserved", "not_requested"]] },
    {
      name: "gone from a cut body",
      observations: [answer([ID], { state: "truncated" }), missed(3)],
      expect: [["endpoint:list", "unobserved", "body_truncated"]],
    },
  ],
  hostile: [
    {
      name: "paths of any length and number",
      observations: [answer(Array.from({ length: 500 }, (_, index) => at(`$.${"a".repeat(500)}${index}`))), missed(3)],
      expect: [["endpoint:list", "fields-exchanged", "info"]],
    },
    {
      name: "an endpoint that is gone",
      observations: [answer([ID]), missed(0)],
      known: ["endpoint:other"],
      expect: [...CLEAN, ["endpoint:other", "no-endpoint"]],
    },
  ],
});
