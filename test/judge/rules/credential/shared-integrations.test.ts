import type { SharedCredential } from "../../../../src/evidence/kinds.ts";
import { sharedIntegrations } from "../../../../src/judge/rules/credential/shared-integrations.ts";
import { commonCases, says } from "../../credential-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const shared = (more: Partial<SharedCredential>) => ({
  shared: { elsewhere: 0, acrossEnvironments: 0, compared: 4, uncompared: 0, ...more },
});

describeRule(sharedIntegrations, {
  pass: [
    says("nobody else has it", shared({}), "alone"),
    says("there is nobody else", shared({ compared: 0 }), "alone"),
    says("shared in the other sense", shared({ acrossEnvironments: 1 }), "alone"),
  ],
  fail: [
    says("one other", shared({ elsewhere: 1 }), "shared", "medium"),
    says("several, and some that could not be compared", shared({ elsewhere: 3, uncompared: 2 }), "shared", "medium"),
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
