import { asPkcePlain } from "../../../../src/judge/rules/auth/as-pkce-plain.ts";
import { serverMetadata, words } from "../../builders.ts";
import { coded, DISOWNED, listing, MOOT, says, UNSEEN } from "../../metadata-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(asPkcePlain, {
  pass: [coded("S256", serverMetadata(), "hash-only")],
  fail: [
    coded("plain", listing({ code_challenge_methods_supported: words("plain") }), "plain-only", "medium"),
    coded("both", listing({ code_challenge_methods_supported: words("S256", "plain") }), "plain-beside", "low"),
  ],
  "not-applicable": [
    ...MOOT,
    says("we use no codes", listing({ code_challenge_methods_supported: words("plain") }), "no-codes"),
    coded("not said", listing({ code_challenge_methods_supported: undefined }), "not-said"),
  ],
  unobserved: [...UNSEEN, DISOWNED],
  hostile: [
    coded(
      "plain, among words that nobody knows",
      listing({ code_challenge_methods_supported: { known: ["plain"], others: 99 } }),
      "plain-only",
      "medium",
    ),
  ],
});
