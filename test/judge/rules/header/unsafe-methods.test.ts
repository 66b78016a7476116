import { unsafeMethods } from "../../../../src/judge/rules/header/unsafe-methods.ts";
import { CORS_UNOBSERVED, saysOfCors } from "../../posture-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(unsafeMethods, {
  pass: [saysOfCors("none", {}, ["none"])],
  fail: [saysOfCors("TRACE", { unsafeMethods: ["TRACE"] }, ["offered", "low"])],
  "not-applicable": [{ name: "an ad hoc target", integration: { adHoc: true }, expect: [["", "ad-hoc"]] }],
  unobserved: CORS_UNOBSERVED,
  hostile: [saysOfCors("all", { unsafeMethods: ["CONNECT", "DEBUG", "PROPFIND", "TRACE", "TRACK"] }, ["offered", "low"])],
});
