import { errorPageVersion } from "../../../../src/judge/rules/header/error-page-version.ts";
import { NOT_FOUND_UNOBSERVED, saysOfNotFound } from "../../posture-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(errorPageVersion, {
  pass: [
    saysOfNotFound("a plain refusal", {}, ["no-version"]),
    saysOfNotFound("a constant", { page: { format: "page", signatures: ["Kestrel/2.0"] } }, ["no-version"]),
  ],
  fail: [
    saysOfNotFound("nginx", { page: { format: "page", signatures: ["nginx/1.18.0 (Ubuntu)"] } }, ["disclosed", "low"]),
    saysOfNotFound("Tomcat", { page: { format: "page", signatures: ["Apache Tomcat/10.1.18"] } }, ["disclosed", "low"]),
  ],
  "not-applicable": [{ name: "an ad hoc target", integration: { adHoc: true }, expect: [["", "ad-hoc"]] }],
  unobserved: NOT_FOUND_UNOBSERVED,
  hostile: [
    saysOfNotFound("numbers of no release", { page: { format: "page", signatures: ["nginx/1.99999999999999999999"] } }, ["no-version"]),
  ],
});
