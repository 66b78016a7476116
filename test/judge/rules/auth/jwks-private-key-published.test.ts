import { jwksPrivateKeyPublished } from "../../../../src/judge/rules/auth/jwks-private-key-published.ts";
import { publishedKey as key, keySet } from "../../builders.ts";
import { MOOT, says, UNSEEN } from "../../key-set-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(jwksPrivateKeyPublished, {
  pass: [
    says("public parts", keySet([key()]), "public"),
    says("a shared key, which another rule is about", keySet([key({ kty: "oct", privateMembers: ["k"] })]), "public"),
  ],
  fail: [says("a private exponent", keySet([key(), key({ privateMembers: ["d", "p", "q"] })]), "private", "critical")],
  "not-applicable": [...MOOT],
  unobserved: [
    ...UNSEEN,
    says("public parts, and keys that were not looked at", keySet([key()], { unread: 3001, cut: true }), "unobserved", "body_truncated"),
  ],
  hostile: [
    says(
      "a private exponent among keys that were looked at",
      keySet([key({ privateMembers: ["d"] })], { unread: 1, cut: true }),
      "private",
      "critical",
    ),
    says("a hundred", keySet(Array.from({ length: 100 }, () => key({ privateMembers: ["d"] }))), "private", "critical"),
  ],
});
