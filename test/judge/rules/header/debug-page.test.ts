import { debugPage } from "../../../../src/judge/rules/header/debug-page.ts";
import { NOT_FOUND_UNOBSERVED, saysOfNotFound } from "../../posture-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(debugPage, {
  pass: [saysOfNotFound("a plain refusal", {}, ["none"])],
  fail: [
    saysOfNotFound("of Django", { page: { format: "page", debugPage: "django" } }, ["debug", "high"]),
    saysOfNotFound("with 200", { status: 200, page: { format: "page", debugPage: "laravel" } }, ["debug", "high"]),
  ],
  "not-applicable": [{ name: "an ad hoc target", integration: { adHoc: true }, expect: [["", "ad-hoc"]] }],
  unobserved: NOT_FOUND_UNOBSERVED,
  hostile: [
    saysOfNotFound(
      "with everything",
      { status: 500, interference: "server_error", page: { debugPage: "werkzeug", stack: "python", signatures: ["nginx/1.18.0"] } },
      ["debug", "high"],
    ),
  ],
});
