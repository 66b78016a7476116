import type { HazardKind } from "../../../../src/evidence/kinds.ts";
import { prototypeKey } from "../../../../src/judge/rules/data/prototype-key.ts";
import { anEndpoint, response, unseen } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

const RATE = { path: "$.rate", types: ["number"] };
const answer = (...hazards: readonly (readonly [HazardKind, string])[]) =>
  response({ body: { shape: [RATE], hazards: hazards.map(([kind, path]) => ({ kind, path, count: 1 })) } });
const CLEAN = [["endpoint:list", "none"]] as const;
const FOUND = [["endpoint:list#$.settings.__proto__#prototype-key", "prototype-key", "medium"]] as const;

describeRule(prototypeKey, {
  pass: [
    { name: "no such key", observations: [answer()], expect: CLEAN },
    { name: "script is another rule's", observations: [answer(["script", "$.x"])], expect: CLEAN },
    {
      name: "gone",
      observations: [answer()],
      known: ["endpoint:list#$.settings.__proto__#prototype-key"],
      expect: [...CLEAN, ["endpoint:list#$.settings.__proto__#prototype-key", "none"]],
    },
  ],
  fail: [
    { name: "a key", observations: [answer(["prototype-key", "$.settings.__proto__"])], expect: FOUND },
    {
      name: "rich text is no excuse",
      integration: { endpoints: [anEndpoint({ expect: { richText: ["$.*"] } })] },
      observations: [answer(["prototype-key", "$.settings.__proto__"])],
      expect: FOUND,
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
      observations: [response({ body: { shape: [RATE], hazards: undefined as never } })],
      expect: [["endpoint:list", "unobserved", "not_requested"]],
    },
  ],
  hostile: [
    {
      name: "in a body that ends in the middle",
      observations: [
        response({ body: { state: "truncated", hazards: [{ kind: "prototype-key", path: "$.settings.__proto__", count: 1 }] } }),
      ],
      expect: [["endpoint:list", "unobserved", "body_truncated"], ...FOUND],
    },
  ],
});
