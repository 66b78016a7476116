import type { ClassFact } from "../../../../src/evidence/kinds.ts";
import { providerErrorDetail } from "../../../../src/judge/rules/data/provider-error-detail.ts";
import type { DataClass } from "../../../../src/model/data-class.ts";
import { anEndpoint, response, unseen } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

const found = (dataClass: DataClass, path: string, more: Partial<ClassFact> = {}): ClassFact => ({
  path,
  class: dataClass,
  confidence: 0.9,
  count: 1,
  masked: false,
  sample: false,
  ...more,
});
const SQL = found("sql_error", "$.error.message");
const STACK = found("stack_trace", "$.error.trace");
const answer = (...classes: readonly ClassFact[]) => response({ body: { classes } });
const CLEAN = [["endpoint:list", "nothing"]] as const;
const SHOWN = [
  ["endpoint:list#$.error.message#sql_error", "database-error", "medium"],
  ["endpoint:list#$.error.trace#stack_trace", "stack", "low"],
] as const;

describeRule(providerErrorDetail, {
  pass: [
    { name: "other data", observations: [answer(found("email", "$.email"), found("file_path", "$.file"))], expect: CLEAN },
    {
      name: "an API of logs, by the class",
      integration: { dataClasses: ["stack_trace", "sql_error"] },
      observations: [answer(SQL, STACK)],
      expect: CLEAN,
    },
    { name: "made up", observations: [answer({ ...STACK, sample: true })], expect: CLEAN },
    {
      name: "gone",
      observations: [answer()],
      known: ["endpoint:list#$.error.trace#stack_trace"],
      expect: [...CLEAN, ["endpoint:list#$.error.trace#stack_trace", "nothing"]],
    },
  ],
  fail: [
    { name: "in a good answer", observations: [answer(SQL, STACK)], expect: SHOWN },
    {
      name: "in a field that is needed for something else",
      integration: { endpoints: [anEndpoint({ expect: { fields: ["$.error.*"] } })] },
      observations: [answer(SQL, STACK)],
      expect: SHOWN,
    },
    {
      name: "in the answer of a server that failed",
      observations: [response({ status: 500, interference: "server_error", body: { classes: [SQL, STACK] } })],
      expect: [["endpoint:list", "unobserved", "server_error"], ...SHOWN],
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
      name: "a page of somebody else",
      observations: [response({ status: 403, interference: "blocked", body: { classes: [STACK] } })],
      known: ["endpoint:list#$.error.trace#stack_trace"],
      expect: [
        ["endpoint:list", "unobserved", "blocked"],
        ["endpoint:list#$.error.trace#stack_trace", "unobserved", "blocked"],
      ],
    },
  ],
  hostile: [
    {
      name: "an endpoint that is gone",
      observations: [answer()],
      known: ["endpoint:gone#$.x#sql_error"],
      expect: [["endpoint:gone#$.x#sql_error", "no-endpoint"], ...CLEAN],
    },
  ],
});
