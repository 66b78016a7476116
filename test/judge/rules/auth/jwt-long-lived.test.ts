import { expect, test } from "vitest";
import { jwtLongLived } from "../../../../src/judge/rules/auth/jwt-long-lived.ts";
import { DAY, HOUR } from "../../../../src/model/instant.ts";
import { NOW, token } from "../../builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";
import { ABOUT_CLAIMS, says, UNSEEN } from "../../token-cases.ts";

describeRule(
  jwtLongLived,
  {
    pass: [
      says("an hour exactly", token({}, { iat: NOW, exp: NOW + HOUR }), "short"),
      says("it ends before it begins", token({}, { iat: NOW, exp: NOW - HOUR }), "short"),
    ],
    fail: [
      says("an hour and a bit", token({}, { iat: NOW, exp: NOW + HOUR + 1 }), "hours", "low"),
      says("a day", token({}, { iat: NOW, exp: NOW + DAY }), "hours", "low"),
      says("more than a day", token({}, { iat: NOW, exp: NOW + DAY + 1 }), "days", "medium"),
      says("more than a month", token({}, { iat: NOW, exp: NOW + 31 * DAY }), "month", "high"),
      says("more than a year", token({}, { iat: NOW, exp: NOW + 366 * DAY }), "year", "high"),
      says("no beginning, and two days left", token({}, { iat: undefined, exp: NOW + 2 * DAY }), "days", "medium"),
      says("no beginning, and seen a month ago", token({ firstSeenAt: NOW - 31 * DAY }, { iat: undefined, exp: NOW }), "month", "high"),
    ],
    "not-applicable": [...ABOUT_CLAIMS, says("no end", token({}, { exp: undefined }), "no-end")],
    unobserved: [...UNSEEN, says("no beginning, and half an hour left", token({}, { iat: undefined }), "unobserved", "evidence_ambiguous")],
    hostile: [says("for ever", token({}, { iat: -8.64e15, exp: 8.64e15 }), "year", "high")],
  },
  () => {
    test("counts no days of what names an end beyond all dates", () => {
      const [result] = runCase(jwtLongLived, { name: "", observations: [token({}, { iat: 0, exp: 8.64e15 })], expect: [] });
      expect(result?.message).toBe("It lives for more than a hundred years.");
    });
  },
);
