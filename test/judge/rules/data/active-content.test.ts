import type { HazardKind } from "../../../../src/evidence/kinds.ts";
import { activeContent } from "../../../../src/judge/rules/data/active-content.ts";
import { sha256Hex } from "../../../../src/model/digest.ts";
import { anEndpoint, response, unseen } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

const RATE = { path: "$.rate", types: ["number"] };
const answer = (...hazards: readonly (readonly [HazardKind, string])[]) =>
  response({ body: { shape: [RATE], hazards: hazards.map(([kind, path]) => ({ kind, path, count: 2 })) } });
const RICH = { endpoints: [anEndpoint({ expect: { richText: ["$.posts[].html", "$.page.*"] } })] };
const LONG = `$.${"x".repeat(3000)}`;
const CLEAN = [["endpoint:list", "plain"]] as const;

describeRule(activeContent, {
  pass: [
    { name: "nothing of the kind", observations: [answer()], expect: CLEAN },
    {
      name: "in rich text",
      integration: RICH,
      observations: [answer(["script", "$.posts[].html"], ["event-handler", "$.page.body.text"])],
      expect: CLEAN,
    },
    { name: "a key is another rule's", observations: [answer(["prototype-key", "$.x"])], expect: CLEAN },
    {
      name: "gone",
      observations: [answer()],
      known: ["endpoint:list#$.note#script"],
      expect: [...CLEAN, ["endpoint:list#$.note#script", "plain"]],
    },
  ],
  fail: [
    ...(["script", "event-handler", "script-url"] as const).map((kind) => ({
      name: kind,
      observations: [answer([kind, "$.note"])],
      expect: [[`endpoint:list#$.note#${kind}`, "runs", "medium"]] as const,
    })),
    ...(["data-url", "template", "formula", "control-character", "bidi-control"] as const).map((kind) => ({
      name: kind,
      observations: [answer([kind, "$.note"])],
      expect: [[`endpoint:list#$.note#${kind}`, "misleads", "low"]] as const,
    })),
    {
      name: "what no text has, in rich text too",
      integration: RICH,
      observations: [answer(["bidi-control", "$.page.title"])],
      expect: [["endpoint:list#$.page.title#bidi-control", "misleads", "low"]],
    },
    {
      name: "beside rich text",
      integration: RICH,
      observations: [answer(["script", "$.posts[].title"])],
      expect: [["endpoint:list#$.posts[].title#script", "runs", "medium"]],
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
    {
      name: "an answer of somebody else",
      observations: [response({ status: 403, interference: "blocked", body: { hazards: [{ kind: "script", path: "$.x", count: 1 }] } })],
      expect: [["endpoint:list", "unobserved", "blocked"]],
    },
  ],
  hostile: [
    {
      name: "a path as long as the provider likes",
      observations: [answer(["script", LONG])],
      expect: [[`endpoint:list#${LONG.slice(0, 200)}...${sha256Hex(LONG).slice(0, 12)}#script`, "runs", "medium"]],
    },
  ],
});
