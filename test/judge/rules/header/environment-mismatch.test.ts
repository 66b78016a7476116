import { environmentMismatch } from "../../../../src/judge/rules/header/environment-mismatch.ts";
import { SECOND_ORIGIN } from "../../builders.ts";
import { withHead } from "../../head-cases.ts";
import { leakCases, leaksIn, leaky } from "../../leak-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const {
  "not-applicable": notApplicable,
  pass,
  ...others
} = leakCases({
  clean: "not-contradicted",
  kind: "environment",
  other: "instance-name",
  outcome: "mismatch",
  severity: "medium",
});
const staging = [{ url: `${SECOND_ORIGIN}/v1`, environment: "staging" }];

describeRule(environmentMismatch, {
  ...others,
  pass: [
    ...pass,
    {
      name: "the one that is declared as staging says so",
      integration: { additionalUrls: staging },
      observations: [
        withHead({}),
        {
          ...withHead(leaky(["environment"]), { request: { method: "GET", origin: SECOND_ORIGIN, path: "/", digest: "" } }),
          key: { origin: SECOND_ORIGIN, endpoint: "list" },
        } as never,
      ],
      expect: [
        ["headers", "not-contradicted"],
        ["headers@eu.acme.example:8443", "not-contradicted"],
      ],
    },
  ],
  fail: [leaksIn("staging answers for production", ["environment"], ["header:x-a", "mismatch", "medium"])],
  "not-applicable": [
    ...notApplicable,
    {
      name: "it is a test system by its own declaration",
      integration: { environment: "staging" },
      observations: [withHead(leaky(["environment"]))],
      expect: [["", "not-production"]],
    },
  ],
});
