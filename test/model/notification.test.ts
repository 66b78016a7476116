import { describe, expect, it } from "vitest";
import { ALERT_KINDS, type Alert, urgencyOf } from "../../src/model/notification.ts";
import { SEVERITIES } from "../../src/model/severity.ts";
import { anAlert } from "../tell/notify/alerts.ts";

describe("urgency", () => {
  it.each([
    [{ kind: "new", cause: "target", severity: "critical" }, "immediate"],
    [{ kind: "worse", cause: "time", severity: "high" }, "immediate"],
    [{ kind: "reopened", cause: "target", severity: "high" }, "immediate"],
    [{ kind: "new", cause: "target", severity: "medium" }, "digest"],
    [{ kind: "new", cause: "target", severity: "high", unstable: true }, "line"],
    [{ kind: "worse", cause: "rules", severity: "critical" }, "line"],
    [{ kind: "new", cause: "tool", severity: "critical" }, "line"],
    [{ kind: "reopened", cause: "config", severity: "critical" }, "line"],
    [{ kind: "newly-detected", cause: "rules", severity: "critical" }, "line"],
    [{ kind: "waiver-expired", severity: "high" }, "immediate"],
    [{ kind: "waiver-void", severity: "critical" }, "immediate"],
    [{ kind: "waiver-expired", severity: "low" }, "digest"],
    [{ kind: "waiver-unused", severity: "critical" }, "digest"],
    [{ kind: "resolved", cause: "target", severity: "critical" }, "digest"],
    [{ kind: "visibility-lost" }, "digest"],
    [{ kind: "clock-suspect" }, "digest"],
    [{ kind: "blind" }, "immediate"],
    [{ kind: "baseline", unstable: true }, "line"],
  ] as const)("%j is %s", (over, urgency) => {
    const alert: Alert = { dedupKey: "k", at: 0, ...over };
    expect(urgencyOf(alert)).toBe(urgency);
  });

  it("is never immediate below high, but for a run that saw nothing", () => {
    const low = SEVERITIES.filter((severity) => !["critical", "high"].includes(severity));
    const urgent = ALERT_KINDS.filter((kind) => low.some((severity) => urgencyOf(anAlert(1, { kind, severity })) === "immediate"));
    expect(urgent).toEqual(["blind"]);
  });
});
