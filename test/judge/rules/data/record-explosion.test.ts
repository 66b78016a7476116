import { recordExplosion } from "../../../../src/judge/rules/data/record-explosion.ts";
import { anEndpoint, answeredBefore, neverBefore, response, unseen } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

const answer = (records: number, subjects?: number) => response({ body: { records, ...(subjects !== undefined && { subjects }) } });
const usual = (...records: readonly number[]) => answeredBefore([], { records });
const STEADY = [["endpoint:list", "steady"]] as const;
const MORE = [["endpoint:list", "more-records", "medium"]] as const;

describeRule(recordExplosion, {
  pass: [
    { name: "as many as ever", observations: [answer(10), usual(10, 10, 10)], expect: STEADY },
    { name: "not a hundred more", observations: [answer(110), usual(10, 10, 10)], expect: STEADY },
    { name: "not three times as many", observations: [answer(900), usual(300, 300, 300)], expect: STEADY },
    {
      name: "as many as are declared",
      integration: { endpoints: [anEndpoint({ expect: { maxRecords: 1000 } })] },
      observations: [answer(900), usual(1, 1, 1)],
      expect: STEADY,
    },
    {
      name: "persons as ever",
      observations: [answer(10, 10), answeredBefore([], { records: [10, 10, 10], subjects: [10, 10, 10] })],
      expect: STEADY,
    },
  ],
  fail: [
    { name: "a hundred and one more", observations: [answer(111), usual(10, 10, 10)], expect: MORE },
    { name: "more than three times as many", observations: [answer(901), usual(300, 300, 300)], expect: MORE },
    { name: "an odd night before changes nothing", observations: [answer(111), usual(10, 5000, 10)], expect: MORE },
    {
      name: "as many records of more persons",
      observations: [answer(500, 400), answeredBefore([], { records: [500, 500, 500], subjects: [1, 1, 1] })],
      expect: [["endpoint:list", "more-persons", "medium"]],
    },
    {
      name: "in what was seen of a cut body",
      observations: [response({ body: { state: "truncated", records: 111 } }), usual(10, 10, 10)],
      expect: MORE,
    },
  ],
  "not-applicable": [
    { name: "no endpoint", integration: { endpoints: [] }, expect: [["", "no-endpoint"]] },
    { name: "the first answer", observations: [answer(1000), neverBefore()], expect: [["endpoint:list", "not-enough-seen"]] },
    { name: "two answers", observations: [answer(1000), usual(1, 1)], expect: [["endpoint:list", "not-enough-seen"]] },
  ],
  unobserved: [
    {
      name: "no answer",
      observations: [unseen("http-response", "http_timeout", { endpoint: "list" }), usual(1, 1, 1)],
      expect: [["endpoint:list", "unobserved", "http_timeout"]],
    },
    { name: "no history", observations: [answer(1000)], expect: [["endpoint:list", "unobserved", "not_requested"]] },
    {
      name: "not declared any more where nothing else is",
      integration: { adHoc: true },
      observations: [answer(1), usual(1, 1, 1)],
      known: ["endpoint:other"],
      expect: [...STEADY, ["endpoint:other", "unobserved", "not_requested"]],
    },
  ],
  hostile: [
    {
      name: "an endpoint that is gone",
      observations: [answer(1), usual(1, 1, 1)],
      known: ["endpoint:other"],
      expect: [...STEADY, ["endpoint:other", "no-endpoint"]],
    },
    {
      name: "an empty list where many were",
      observations: [response({ body: { records: 0 } }), usual(900, 900, 900)],
      expect: [["endpoint:list", "unobserved", "evidence_ambiguous"]],
    },
  ],
});
