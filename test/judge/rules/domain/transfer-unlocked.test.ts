import { transferUnlocked } from "../../../../src/judge/rules/domain/transfer-unlocked.ts";
import { REGISTRATION_STATUSES, type RegistrationStatus } from "../../../../src/model/registration.ts";
import { registration } from "../../builders.ts";
import { registrationCases, says } from "../../registration-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const inState = (...statuses: readonly RegistrationStatus[]) => registration({ statuses });
const common = registrationCases("locked");
const LOCKS = ["client transfer prohibited", "server transfer prohibited", "transfer prohibited", "locked"] as const;
const OTHERS = REGISTRATION_STATUSES.filter((status) => status !== "pending transfer" && !LOCKS.some((lock) => lock === status));

describeRule(transferUnlocked, {
  pass: [
    ...common.pass,
    ...LOCKS.map((lock) => says(lock, inState("active", lock), "locked")),
    says("a lock on a move", inState("pending transfer", "server transfer prohibited"), "locked"),
  ],
  fail: [
    says("active", inState("active"), "unlocked", "info"),
    says("every state but a lock", inState(...OTHERS), "unlocked", "info"),
    says("on its way to another registrar", inState("pending transfer"), "moving", "info"),
  ],
  "not-applicable": [...common["not-applicable"], says("a registry that gives no state", inState(), "not-told")],
  unobserved: common.unobserved,
  hostile: [says("a lock with something behind it", inState("active", "client transfer prohibited\u0000" as never), "unlocked", "info")],
});
