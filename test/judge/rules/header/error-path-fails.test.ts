import { errorPathFails } from "../../../../src/judge/rules/header/error-path-fails.ts";
import { NOT_FOUND_UNOBSERVED, saysOfNotFound } from "../../posture-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(errorPathFails, {
  pass: [saysOfNotFound("a plain refusal", {}, ["in-order"]), saysOfNotFound("401", { status: 401 }, ["in-order"])],
  fail: [saysOfNotFound("500", { status: 500, interference: "server_error" }, ["fails", "info"])],
  "not-applicable": [{ name: "an ad hoc target", integration: { adHoc: true }, expect: [["", "ad-hoc"]] }],
  unobserved: NOT_FOUND_UNOBSERVED,
  hostile: [saysOfNotFound("599", { status: 599, interference: "server_error" }, ["unobserved", "server_error"])],
});
