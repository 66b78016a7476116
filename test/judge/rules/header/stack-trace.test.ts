import { stackTrace } from "../../../../src/judge/rules/header/stack-trace.ts";
import { NOT_FOUND_UNOBSERVED, saysOfNotFound } from "../../posture-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(stackTrace, {
  pass: [saysOfNotFound("a plain refusal", {}, ["none"])],
  fail: [
    saysOfNotFound("frames", { status: 500, interference: "server_error", page: { stack: "java" } }, ["shown", "medium"]),
    saysOfNotFound("a member", { page: { stack: "member" } }, ["shown", "medium"]),
    saysOfNotFound("on a page for everything", { status: 200, page: { stack: "php" } }, ["shown", "medium"]),
  ],
  "not-applicable": [{ name: "an ad hoc target", integration: { adHoc: true }, expect: [["", "ad-hoc"]] }],
  unobserved: NOT_FOUND_UNOBSERVED,
  hostile: [
    saysOfNotFound("on a debug page, which has its own rule", { page: { stack: "python", debugPage: "django" } }, ["shown", "medium"]),
  ],
});
