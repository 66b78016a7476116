import { asAlgDeprecated } from "../../../../src/judge/rules/auth/as-alg-deprecated.ts";
import { serverMetadata, words } from "../../builders.ts";
import { DISOWNED, listing, MOOT, says, UNSEEN } from "../../metadata-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(asAlgDeprecated, {
  pass: [says("good ones", serverMetadata(), "current")],
  fail: [says("RSA1_5", listing({ id_token_encryption_alg_values_supported: words("RSA-OAEP", "RSA1_5") }), "deprecated", "low")],
  "not-applicable": [...MOOT, says("nothing", listing({ id_token_signing_alg_values_supported: undefined }), "not-said")],
  unobserved: [...UNSEEN, DISOWNED],
  hostile: [says("all of them", listing({ userinfo_encryption_alg_values_supported: words("HS1", "RS1", "RSA1_5") }), "deprecated", "low")],
});
