import { rsBearerQuery } from "../../../../src/judge/rules/auth/rs-bearer-query.ts";
import { words } from "../../builders.ts";
import { DISOWNED_RESOURCE, MOOT_RESOURCE, resource, saysOfResource, UNSEEN_RESOURCE } from "../../metadata-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(rsBearerQuery, {
  pass: [saysOfResource("the header", resource(words("header")), "not-in-query")],
  fail: [saysOfResource("the query as well", resource(words("header", "query")), "in-query", "medium")],
  "not-applicable": [...MOOT_RESOURCE, saysOfResource("not said", resource(undefined), "not-said")],
  unobserved: [...UNSEEN_RESOURCE, DISOWNED_RESOURCE],
  hostile: [saysOfResource("the query, among words that nobody knows", resource({ known: ["query"], others: 99 }), "in-query", "medium")],
});
