import { jwtSensitiveClaims } from "../../../../src/judge/rules/auth/jwt-sensitive-claims.ts";
import { token } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { ABOUT_CLAIMS, says, UNSEEN } from "../../token-cases.ts";

describeRule(jwtSensitiveClaims, {
  pass: [says("nothing", token(), "none")],
  fail: [
    says("an address by name", token({}, { sensitive: [{ name: "email", class: "email", by: "name" }] }), "names", "low"),
    says(
      "the number of a card",
      token(
        {},
        {
          sensitive: [
            { name: "email", class: "email", by: "name" },
            { name: "ref", class: "payment_card", by: "value" },
          ],
        },
      ),
      "values",
      "medium",
    ),
  ],
  "not-applicable": [...ABOUT_CLAIMS],
  unobserved: [...UNSEEN],
  hostile: [
    says(
      "many, with long names",
      token({}, { sensitive: Array.from({ length: 100 }, () => ({ name: "x".repeat(128), class: "email", by: "name" as const })) }),
      "names",
      "low",
    ),
  ],
});
