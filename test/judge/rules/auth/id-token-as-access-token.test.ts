import { idTokenAsAccessToken } from "../../../../src/judge/rules/auth/id-token-as-access-token.ts";
import { token } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { ABOUT_CLAIMS, PROOF, says, TYPED, UNSEEN } from "../../token-cases.ts";

describeRule(idTokenAsAccessToken, {
  pass: [
    says("an access token", token(), "for-api"),
    says("auth_time, which some access tokens have", token(TYPED, { scopes: [], ofIdToken: ["auth_time"] }), "for-api"),
    says("a nonce beside scopes", token(TYPED, { ofIdToken: ["nonce"] }), "for-api"),
    says("a nonce in what says that it is an access token", token({}, { scopes: [], ofIdToken: ["nonce"] }), "for-api"),
  ],
  fail: [
    says("the hash of an access token", token(TYPED, { scopes: [], ofIdToken: ["at_hash", "auth_time"] }), "id-token", "medium"),
    says("a nonce", token(TYPED, { scopes: [], ofIdToken: ["nonce"] }), "id-token", "medium"),
  ],
  "not-applicable": [
    ...ABOUT_CLAIMS,
    says("a proof, which has a nonce of the server", token(PROOF, { scopes: [], ofIdToken: ["nonce"] }), "proof"),
  ],
  unobserved: [...UNSEEN],
  hostile: [
    says(
      "all of them, and nothing else",
      token(TYPED, { scopes: [], names: [], ofIdToken: ["at_hash", "auth_time", "c_hash", "nonce"] }),
      "id-token",
      "medium",
    ),
  ],
});
