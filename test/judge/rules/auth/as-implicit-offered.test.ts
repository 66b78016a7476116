import { asImplicitOffered } from "../../../../src/judge/rules/auth/as-implicit-offered.ts";
import { serverMetadata, words } from "../../builders.ts";
import { DISOWNED, listing, MOOT, says, UNSEEN } from "../../metadata-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(asImplicitOffered, {
  pass: [
    says("code", serverMetadata(), "not-offered"),
    says("no grants, which means implicit too, and code alone", listing({ grant_types_supported: undefined }), "not-offered"),
    says(
      "none, and ID tokens, which are no access",
      listing({ response_types_supported: words("code", "id_token", "none") }),
      "not-offered",
    ),
  ],
  fail: [
    says("the grant", listing({ grant_types_supported: words("implicit") }), "offered", "low"),
    says(
      "a response type",
      listing({ grant_types_supported: undefined, response_types_supported: words("code", "code id_token token") }),
      "offered",
      "low",
    ),
  ],
  "not-applicable": [
    ...MOOT,
    says("nothing", listing({ grant_types_supported: undefined, response_types_supported: undefined }), "not-said"),
  ],
  unobserved: [...UNSEEN, DISOWNED],
  hostile: [says("a token alone", listing({ response_types_supported: words("token") }), "offered", "low")],
});
