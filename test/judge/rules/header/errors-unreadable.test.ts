import { errorsUnreadable } from "../../../../src/judge/rules/header/errors-unreadable.ts";
import { notFound, response } from "../../builders.ts";
import { NOT_FOUND_UNOBSERVED, saysOfNotFound } from "../../posture-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(errorsUnreadable, {
  pass: [{ name: "JSON", observations: [response(), notFound()], expect: [["not-found", "alike"]] }],
  fail: (["page", "text"] as const).map((format) => ({
    name: format,
    observations: [response(), notFound({ page: { format } })],
    expect: [["not-found", "page-for-people", "info"]],
  })),
  "not-applicable": [
    { name: "an ad hoc target", integration: { adHoc: true }, expect: [["", "ad-hoc"]] },
    {
      name: "answers are no JSON",
      observations: [response({ body: { state: "unsupported", format: "text" } }), notFound({ page: { format: "page" } })],
      expect: [["not-found", "not-json"]],
    },
  ],
  unobserved: [
    saysOfNotFound("no answer was seen", { page: { format: "page" } }, ["unobserved", "not_requested"]),
    ...NOT_FOUND_UNOBSERVED.filter(({ observations }) => observations !== undefined).map(({ observations = [], ...one }) => ({
      ...one,
      observations: [response(), ...observations],
    })),
  ],
  hostile: [
    { name: "nothing at all", observations: [response(), notFound({ page: { format: "empty" } })], expect: [["not-found", "alike"]] },
  ],
});
