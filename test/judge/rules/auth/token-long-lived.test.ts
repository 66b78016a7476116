import { tokenLongLived } from "../../../../src/judge/rules/auth/token-long-lived.ts";
import { LOGIN_CASES, saysOfLogin } from "../../login-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const DAY = 86_400;

describeRule(tokenLongLived, {
  pass: [
    saysOfLogin("an hour", {}, "short"),
    saysOfLogin("a day", { expiresIn: DAY }, "short"),
    saysOfLogin("nothing", { expiresIn: 0 }, "short"),
  ],
  fail: [
    saysOfLogin("a second over a day", { expiresIn: DAY + 1 }, "over-a-day", "low"),
    saysOfLogin("thirty days", { expiresIn: 30 * DAY }, "over-a-day", "low"),
    saysOfLogin("a second over thirty days", { expiresIn: 30 * DAY + 1 }, "over-a-month", "medium"),
  ],
  "not-applicable": [...LOGIN_CASES["not-applicable"], { ...saysOfLogin("no word of it", {}, "not-told"), observations: [withoutEnd()] }],
  unobserved: [
    ...LOGIN_CASES.unobserved,
    saysOfLogin("no token", { status: 400, issued: false, error: "invalid_client" }, "unobserved", "credential_rejected"),
  ],
  hostile: [saysOfLogin("ages", { expiresIn: 999_999_999_999 }, "over-a-month", "medium")],
});

function withoutEnd() {
  const [observation] = saysOfLogin("", {}).observations ?? [];
  if (observation?.outcome !== "observed") throw new Error("no observation");
  const { expiresIn: _end, ...evidence } = observation.evidence as unknown as { expiresIn?: number };
  return { ...observation, evidence } as unknown as typeof observation;
}
