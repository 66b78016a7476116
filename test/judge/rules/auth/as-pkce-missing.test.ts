import { asPkceMissing } from "../../../../src/judge/rules/auth/as-pkce-missing.ts";
import { serverMetadata, words } from "../../builders.ts";
import { coded, DISOWNED, listing, MOOT, says, UNSEEN } from "../../metadata-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(asPkceMissing, {
  pass: [coded("S256", serverMetadata(), "said")],
  fail: [
    coded("nothing", listing({ code_challenge_methods_supported: undefined }), "missing", "medium"),
    coded(
      "nothing, and no grants, which means codes",
      listing({ grant_types_supported: undefined, code_challenge_methods_supported: undefined }),
      "missing",
      "medium",
    ),
    {
      ...coded("nobody said what we use", listing({ code_challenge_methods_supported: undefined }), "missing", "medium"),
      integration: { auth: { neededScopes: [] } },
    },
  ],
  "not-applicable": [
    ...MOOT,
    says("we use no codes", listing({ code_challenge_methods_supported: undefined }), "no-codes"),
    coded(
      "no codes",
      listing({ grant_types_supported: words("client_credentials"), code_challenge_methods_supported: undefined }),
      "no-codes",
    ),
  ],
  unobserved: [...UNSEEN, DISOWNED],
  hostile: [coded("an empty list", listing({ code_challenge_methods_supported: words() }), "missing", "medium")],
});
