import { asPasswordOffered } from "../../../../src/judge/rules/auth/as-password-offered.ts";
import { serverMetadata, words } from "../../builders.ts";
import { DISOWNED, listing, MOOT, says, UNSEEN } from "../../metadata-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(asPasswordOffered, {
  pass: [says("codes", serverMetadata(), "not-offered")],
  fail: [says("passwords", listing({ grant_types_supported: words("authorization_code", "password") }), "offered", "medium")],
  "not-applicable": [...MOOT, says("not said", listing({ grant_types_supported: undefined }), "not-said")],
  unobserved: [...UNSEEN, DISOWNED],
  hostile: [
    says(
      "passwords, among words that nobody knows",
      listing({ grant_types_supported: { known: ["password"], others: 99 } }),
      "offered",
      "medium",
    ),
  ],
});
