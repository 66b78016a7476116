import type { BodyFacts, ShapeFact } from "../../../../src/evidence/kinds.ts";
import { declaredFieldAbsent } from "../../../../src/judge/rules/data/declared-field-absent.ts";
import { anEndpoint, answeredBefore, neverBefore, response, unseen } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

const at = (path: string, type = "string"): ShapeFact => ({ path, types: [type] });
const BODY = [at("$", "object"), at("$.id"), at("$.items", "array"), at("$.owner", "null")];
const answer = (shape: readonly ShapeFact[] = BODY, more: Partial<BodyFacts> = {}) => response({ body: { shape, ...more } });
const declaring = (...fields: readonly string[]) => ({ endpoints: [anEndpoint({ expect: { fields } })] });
const CLEAN = [["endpoint:list", "all-seen"]] as const;
const NEVER = [["endpoint:list", "never-seen", "info"]] as const;

describeRule(declaredFieldAbsent, {
  pass: [
    { name: "there", integration: declaring("$.id"), observations: [answer()], expect: CLEAN },
    { name: "null counts", integration: declaring("$.owner"), observations: [answer(), neverBefore()], expect: CLEAN },
    { name: "below an empty list", integration: declaring("$.items[].sku"), observations: [answer()], expect: CLEAN },
    { name: "below a null", integration: declaring("$.owner.name", "$.owner.*"), observations: [answer()], expect: CLEAN },
    {
      name: "seen before",
      integration: declaring("$.id", "$.rare"),
      observations: [answer(), answeredBefore(["$", "$.rare"])],
      expect: CLEAN,
    },
  ],
  fail: [
    { name: "mistyped", integration: declaring("$.id", "$.Id"), observations: [answer(), answeredBefore(["$", "$.id"])], expect: NEVER },
    { name: "nor before", integration: declaring("$.rare"), observations: [answer(), answeredBefore(["$", "$.id"])], expect: NEVER },
    {
      name: "at no depth",
      integration: declaring("$..email"),
      observations: [answer([at("$", "object"), at("$.id")]), answeredBefore(["$", "$.id"])],
      expect: NEVER,
    },
  ],
  "not-applicable": [
    {
      name: "the first answer",
      integration: declaring("$.rare"),
      observations: [answer()],
      expect: [["endpoint:list", "not-enough-seen"]],
    },
    {
      name: "seen in answers of another kind only",
      integration: declaring("$.rare"),
      observations: [answer(), answeredBefore(["$", "$.rare"], { status: 4 })],
      expect: [["endpoint:list", "not-enough-seen"]],
    },
    {
      name: "two answers before",
      integration: declaring("$.rare"),
      observations: [answer(), answeredBefore(["$", "$.id"], { runs: 2 })],
      expect: [["endpoint:list", "not-enough-seen"]],
    },
    { name: "no endpoint", integration: { endpoints: [] }, expect: [["", "no-endpoint"]] },
    { name: "nobody said", integration: { endpoints: [anEndpoint()] }, observations: [answer()], expect: [["", "nothing-declared"]] },
    { name: "nothing is needed", integration: declaring(), observations: [answer()], expect: [["", "nothing-declared"]] },
  ],
  unobserved: [
    {
      name: "no answer",
      integration: declaring("$.id"),
      observations: [unseen("http-response", "http_timeout", { endpoint: "list" })],
      expect: [["endpoint:list", "unobserved", "http_timeout"]],
    },
    {
      name: "a cut body",
      integration: declaring("$.gone"),
      observations: [answer(BODY, { state: "truncated" })],
      expect: [["endpoint:list", "unobserved", "body_truncated"]],
    },
    {
      name: "no record",
      integration: declaring("$.data[].gone"),
      observations: [answer([at("$", "object"), at("$.data", "array"), at("$.total", "number")], { records: 0 })],
      expect: [["endpoint:list", "unobserved", "evidence_ambiguous"]],
    },
  ],
  hostile: [
    {
      name: "thousands of declarations",
      integration: declaring(...Array.from({ length: 2000 }, (_, index) => `$..${"n".repeat(200)}${index}`)),
      observations: [answer([at("$", "object"), at("$.id")]), answeredBefore(["$", "$.id"])],
      known: ["endpoint:gone"],
      expect: [["endpoint:gone", "no-endpoint"], ...NEVER],
    },
  ],
});
