import { expect, it } from "vitest";
import { alertOfLeaving } from "../../src/app/alerts.ts";
import { urgencyOf } from "../../src/model/notification.ts";
import { ACME, aFinding, NOON, ulid } from "../remember/samples.ts";

const TRACK = { uid: ACME.uid, id: "acme", vantage: "local", owner: "payments" };

it("an integration that leaves with open findings is told of once, by the worst of them; what was put aside is nobody's news", () => {
  const findings = [
    aFinding(1, { subject: "low", severity: "low" }),
    aFinding(1, { subject: "worst", severity: "critical" }),
    aFinding(1, { subject: "suspected", severity: "critical", presence: "suspect" }),
    aFinding(1, { subject: "passed once", severity: "high", presence: "clearing" }),
  ];
  const [alert, another] = alertOfLeaving(findings, TRACK, ulid(2), NOON);
  expect(alert).toMatchObject({
    kind: "retired",
    cause: "config",
    integration: "acme",
    owner: "payments",
    severity: "critical",
    dedupKey: `${ACME.uid}:retired:local:${ulid(2)}`,
  });
  expect(another).toBeUndefined();
  expect(alert === undefined ? "" : urgencyOf(alert)).toBe("digest");
  expect(alertOfLeaving([aFinding(1, { triage: "accepted" }), aFinding(1, { presence: "resolved" })], TRACK, ulid(2), NOON)).toEqual([]);
});
