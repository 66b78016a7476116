import { expect, test } from "vitest";
import { recordExcess } from "../../../../src/judge/rules/data/record-excess.ts";
import type { Endpoint } from "../../../../src/model/integration.ts";
import { anEndpoint, response, unseen } from "../../builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const RATE = { path: "$.rate", types: ["number"] };
const answer = (records: number) => response({ body: { records, shape: [RATE] } });
const asking = (path: string, expect: Endpoint["expect"] = {}) => ({ endpoints: [anEndpoint({ path, expect })] });
const WITHIN = [["endpoint:list", "within"]] as const;
const OVER = [["endpoint:list", "over-requested", "low"]] as const;

describeRule(recordExcess, {
  pass: [
    { name: "as many as were asked for", integration: asking("/list?limit=10"), observations: [answer(10)], expect: WITHIN },
    { name: "as many as are declared", integration: asking("/list", { maxRecords: 50 }), observations: [answer(50)], expect: WITHIN },
    {
      name: "what is declared counts before what is asked for",
      integration: asking("/list?limit=10", { maxRecords: 50 }),
      observations: [answer(20)],
      expect: WITHIN,
    },
    {
      name: "of a limit of 0 every API has its own opinion",
      integration: asking("/list?limit=0"),
      observations: [answer(20)],
      expect: WITHIN,
    },
  ],
  fail: [
    ...[
      "limit",
      "per_page",
      "perPage",
      "pageSize",
      "page_size",
      "first",
      "page[size]",
      "page%5Bsize%5D",
      "$top",
      "maxResults",
      "max-keys",
      "count",
    ].map((name) => ({
      name,
      integration: asking(`/list?q=x&${name}=10`),
      observations: [answer(11)],
      expect: OVER,
    })),
    {
      name: "more than is declared",
      integration: asking("/list?limit=10", { maxRecords: 50 }),
      observations: [answer(51)],
      expect: [["endpoint:list", "over-declared", "medium"]],
    },
    {
      name: "none is declared to be enough",
      integration: asking("/list", { maxRecords: 0 }),
      observations: [answer(1)],
      expect: [["endpoint:list", "over-declared", "medium"]],
    },
    {
      name: "in what was seen of a cut body",
      integration: asking("/list?limit=10"),
      observations: [response({ body: { state: "truncated", records: 11 } })],
      expect: OVER,
    },
  ],
  "not-applicable": [
    { name: "no endpoint", integration: { endpoints: [] }, expect: [["", "no-endpoint"]] },
    ...["/list", "/list?page=2", "/list?limit=many", "/limit=10", "/list?offset=10"].map((path) => ({
      name: path,
      integration: asking(path),
      observations: [answer(1000)],
      expect: [["", "no-bound"]] as const,
    })),
  ],
  unobserved: [
    {
      name: "no answer",
      integration: asking("/list?limit=1"),
      observations: [unseen("http-response", "http_timeout", { endpoint: "list" })],
      expect: [["endpoint:list", "unobserved", "http_timeout"]],
    },
    {
      name: "a cut body",
      integration: asking("/list?limit=10"),
      observations: [response({ body: { state: "truncated", records: 4 } })],
      expect: [["endpoint:list", "unobserved", "body_truncated"]],
    },
  ],
  hostile: [
    {
      name: "an endpoint that declares nothing any more, and one that is gone",
      integration: { endpoints: [anEndpoint({ path: "/list?limit=10" }), anEndpoint({ id: "other" })] },
      observations: [answer(1)],
      known: ["endpoint:other", "endpoint:gone"],
      expect: [["endpoint:gone", "no-endpoint"], ...WITHIN, ["endpoint:other", "no-bound"]],
    },
  ],
});

test("tells how the endpoint is asked where that is shown", () => {
  const dataOf = (path: string, expect?: Endpoint["expect"]) =>
    runCase(recordExcess, { name: "", integration: asking(path, expect), observations: [answer(60)], expect: [] })[0]?.data;
  expect(dataOf("/Patient?_count=10&_elements=name")).toMatchObject({ dialect: "fhir", parameters: ["_count"] });
  expect(dataOf("/list?q=x", { maxRecords: 50 })).toEqual({ endpoint: "list", records: 60, most: 50 });
});
