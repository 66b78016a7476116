import { contentDigest } from "../../../../src/judge/rules/header/content-digest.ts";
import { headCases, saysOfHead } from "../../head-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const common = headCases("nothing-wrong");

describeRule(contentDigest, {
  ...common,
  pass: [...common.pass, saysOfHead("it fits", { digest: "matches" }, ["nothing-wrong"])],
  unobserved: [...common.unobserved, saysOfHead("it was not compared", { digest: "unchecked" }, ["unobserved", "evidence_missing"])],
  fail: (["differs", "weak"] as const).map((digest) => saysOfHead(digest, { digest }, [digest, "low"])),
  hostile: [saysOfHead("in a refusal", { digest: "differs" }, ["differs", "low"], { status: 401, interference: "credential_rejected" })],
});
