import { expect, test } from "vitest";
import { registrationExpiring } from "../../../../src/judge/rules/domain/registration-expiring.ts";
import { DAY, SECOND } from "../../../../src/model/instant.ts";
import type { RegistrationStatus } from "../../../../src/model/registration.ts";
import { NOW, registration } from "../../builders.ts";
import { registrationCases, says } from "../../registration-cases.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const until = (left: number, statuses: readonly RegistrationStatus[] = ["active"], observedAt = NOW) =>
  registration({ expiresAt: NOW + left, statuses }, {}, observedAt);
const common = registrationCases("registered");

describeRule(
  registrationExpiring,
  {
    pass: [
      ...common.pass,
      says("thirty days and a second", until(30 * DAY + SECOND), "registered"),
      says("thirty days", until(30 * DAY), "registered"),
      says("its last days, renewed by the registry", until(DAY, ["auto renew period"]), "renewed-by-registry"),
      says("past its end, renewed by the registry", until(-DAY, ["auto renew period"]), "renewed-by-registry"),
    ],
    fail: [
      says("a second less than thirty days", until(30 * DAY - SECOND), "ending", "info"),
      says("a week and a second", until(7 * DAY + SECOND), "ending", "info"),
      says("a week", until(7 * DAY), "ending", "info"),
      says("a second less than a week", until(7 * DAY - SECOND), "ending-very-soon", "low"),
      says("its last second", until(SECOND), "ending-very-soon", "low"),
      says("ended, as the registry says by then", until(0), "expired-or-on-hold", "high"),
      says("ended yesterday", until(-DAY), "expired-or-on-hold", "high"),
      ...(["client hold", "server hold", "redemption period", "pending delete", "pending restore"] as const).map((status) =>
        says(`a year left and ${status}`, until(365 * DAY, ["client transfer prohibited", status]), "expired-or-on-hold", "high"),
      ),
      says(
        "given up within the time of grace after an automatic renewal",
        until(365 * DAY, ["auto renew period", "redemption period"]),
        "expired-or-on-hold",
        "high",
      ),
    ],
    "not-applicable": [
      ...common["not-applicable"],
      says("a registry that gives no end", registration({ expiresAt: undefined as never, statuses: ["active"] }), "not-told"),
    ],
    unobserved: [
      ...common.unobserved,
      says("an end that came after the registry was asked", until(-DAY, ["active"], NOW - DAY - SECOND), "unobserved", "evidence_too_old"),
    ],
    hostile: [
      says("states that nobody knows", until(DAY, ["<b>" as never, "__proto__" as never]), "ending-very-soon", "low"),
      says("an end in three thousand years", until(3000 * 365 * DAY), "registered"),
    ],
  },
  () => {
    test("says when, and that most domains are renewed by themselves", () => {
      expect(runCase(registrationExpiring, says("", until(9 * DAY)))).toMatchObject([
        {
          message: expect.stringMatching(
            /^The registration ends at 2\S+Z, in 9 days\. Most are renewed by themselves; this one has not been/,
          ),
        },
      ]);
      expect(runCase(registrationExpiring, says("", until(DAY, ["server hold", "pending delete"])))).toMatchObject([
        { message: expect.stringMatching(/^The registry says of the domain: pending delete, server hold\./) },
      ]);
    });
  },
);
