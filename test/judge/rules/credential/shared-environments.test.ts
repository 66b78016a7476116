import type { SharedCredential } from "../../../../src/evidence/kinds.ts";
import { sharedEnvironments } from "../../../../src/judge/rules/credential/shared-environments.ts";
import { commonCases, says } from "../../credential-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const shared = (more: Partial<SharedCredential>) => ({
  shared: { elsewhere: 0, acrossEnvironments: 0, compared: 4, uncompared: 0, ...more },
});

describeRule(sharedEnvironments, {
  pass: [
    says("nobody else has it", shared({}), "apart"),
    says("there is nobody else", shared({ compared: 0 }), "apart"),
    says("shared in the other sense", shared({ elsewhere: 1 }), "apart"),
  ],
  fail: [
    says("one other", shared({ acrossEnvironments: 1 }), "shared", "high"),
    says("several, and some that could not be compared", shared({ acrossEnvironments: 3, uncompared: 2 }), "shared", "high"),
  ],
  "not-applicable": commonCases["not-applicable"],
  unobserved: [
    ...commonCases.unobserved,
    says("some could not be compared", shared({ uncompared: 1 }), "unobserved", "evidence_missing"),
    says(
      "some are not bound, which says what to do",
      shared({ uncompared: 1, because: "credential_not_bound" }),
      "unobserved",
      "credential_not_bound",
    ),
    says("no fingerprint", { shared: undefined } as never, "unobserved", "evidence_missing"),
  ],
  hostile: commonCases.hostile,
});
