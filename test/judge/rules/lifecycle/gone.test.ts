import { endpointGone } from "../../../../src/judge/rules/lifecycle/gone.ts";
import { anEndpoint, response } from "../../builders.ts";
import { answered, lifecycleCases } from "../../lifecycle-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const cases = lifecycleCases("there");
const GONE = [response({ status: 410, interference: "not_found" })];

describeRule(endpointGone, {
  ...cases,
  pass: [
    answered("an answer", {}, ["there"]),
    {
      name: "where that is the right answer",
      integration: { endpoints: [anEndpoint({ expect: { status: 410 } })] },
      observations: [response({ status: 410 })],
      expect: [["endpoint:list", "there"]],
    },
  ],
  fail: [{ name: "410", observations: GONE, expect: [["endpoint:list", "gone", "high"]] }],
  unobserved: [
    ...cases.unobserved,
    {
      name: "404 may be a mistake of ours",
      observations: [response({ status: 404, interference: "not_found" })],
      expect: [["endpoint:list", "unobserved", "not_found"]],
    },
  ],
  hostile: [
    {
      name: "a firewall that says 410",
      observations: [response({ status: 410, interference: "blocked" })],
      expect: [["endpoint:list", "unobserved", "blocked"]],
    },
  ],
});
