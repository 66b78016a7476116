import { jwksNotRotated } from "../../../../src/judge/rules/auth/jwks-not-rotated.ts";
import { DAY } from "../../../../src/model/instant.ts";
import { publishedKey as key, keySet, NOW } from "../../builders.ts";
import { MOOT, says, UNSEEN } from "../../key-set-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(jwksNotRotated, {
  pass: [
    says(
      "a key came last month",
      keySet([key({ thumbprint: "a" }), key({ thumbprint: "b" })], {
        history: { since: NOW - 400 * DAY, firstSeen: { a: NOW - 400 * DAY, b: NOW - 30 * DAY } },
      }),
      "replaced",
    ),
    says(
      "a key that was never seen",
      keySet([key({ thumbprint: "c" })], { history: { since: NOW - 400 * DAY, firstSeen: {} } }),
      "replaced",
    ),
  ],
  fail: [
    says(
      "one key for more than a year",
      keySet([key({ thumbprint: "a" })], { history: { since: NOW - 366 * DAY, firstSeen: { a: NOW - 366 * DAY } } }),
      "not-replaced",
      "low",
    ),
  ],
  "not-applicable": [
    ...MOOT,
    says("a shared key alone", keySet([key({ kty: "oct", privateMembers: ["k"] })]), "no-public-key"),
    says(
      "known for a year",
      keySet([key({ thumbprint: "a" })], { history: { since: NOW - 365 * DAY, firstSeen: { a: NOW - 365 * DAY } } }),
      "too-early",
    ),
  ],
  unobserved: [...UNSEEN, says("nobody remembers", keySet([key({ thumbprint: "a" })]), "unobserved", "not_requested")],
  hostile: [
    says(
      "seen before there were computers",
      keySet([key({ thumbprint: "a" })], { history: { since: -8.64e15, firstSeen: { a: -8.64e15 } } }),
      "not-replaced",
      "low",
    ),
  ],
});
