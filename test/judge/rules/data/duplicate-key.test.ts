import { duplicateKey } from "../../../../src/judge/rules/data/duplicate-key.ts";
import { response, unseen } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

const RATE = { path: "$.rate", types: ["number"] };
const answer = (...duplicateKeys: readonly string[]) => response({ body: { shape: [RATE], duplicateKeys } });
const CLEAN = [["endpoint:list", "none"]] as const;
const TWICE = [["endpoint:list", "came-twice", "info"]] as const;

describeRule(duplicateKey, {
  pass: [{ name: "none", observations: [answer()], expect: CLEAN }],
  fail: [
    { name: "one", observations: [answer("$")], expect: TWICE },
    {
      name: "in a body that ends in the middle",
      observations: [response({ body: { state: "truncated", duplicateKeys: ["$.a"] } })],
      expect: TWICE,
    },
  ],
  "not-applicable": [{ name: "no endpoint", integration: { endpoints: [] }, expect: [["", "no-endpoint"]] }],
  unobserved: [
    {
      name: "no answer",
      observations: [unseen("http-response", "http_timeout", { endpoint: "list" })],
      expect: [["endpoint:list", "unobserved", "http_timeout"]],
    },
    {
      name: "nobody looked",
      observations: [response({ body: { shape: [RATE], duplicateKeys: undefined as never } })],
      expect: [["endpoint:list", "unobserved", "not_requested"]],
    },
  ],
  hostile: [
    { name: "thousands", observations: [answer(...Array.from({ length: 3000 }, (_, at) => `$.${"k".repeat(90)}${at}`))], expect: TWICE },
    {
      name: "an endpoint that is gone",
      observations: [answer()],
      known: ["endpoint:gone"],
      expect: [["endpoint:gone", "no-endpoint"], ...CLEAN],
    },
  ],
});
