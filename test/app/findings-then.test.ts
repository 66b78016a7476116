import { describe, expect, it } from "vitest";
import { changesOf, findingsThen } from "../../src/app/findings-then.ts";
import type { ReportableAudit, RunEvent } from "../../src/model/history-store.ts";
import { DAY } from "../../src/model/instant.ts";
import { ACME, aCommit, aFinding, failing, NOON, ulid, unobserved } from "../remember/samples.ts";

const PRINT = aFinding(1).fingerprint;
const now = aFinding(9, { presence: "resolved", resolvedAt: NOON + 9 * DAY, severity: "critical", openedAt: NOON + DAY });

function audit(n: number, over: Partial<ReportableAudit> = {}): ReportableAudit {
  const { at, visibility, coverage, sent, configuration } = aCommit(n);
  return {
    run: ulid(n),
    uid: ACME.uid,
    integrationId: "acme",
    vantage: "local",
    at,
    visibility,
    coverage,
    sent,
    configurationHash: configuration.hash,
    configuration: configuration.json,
    first: false,
    newest: false,
    verdicts: [],
    failedBefore: [],
    findings: [now],
    events: [],
    ...over,
  };
}

function event(n: number, kind: string, before: object, after: object, cause = "target"): RunEvent {
  return { fingerprint: PRINT, at: NOON + n * DAY, run: ulid(n), kind, cause, detail: JSON.stringify({ before, after }) };
}
const OPENED = event(1, "opened", {}, { presence: "open" });

describe("the findings of a run that others followed", () => {
  it("are those of which something had happened, as it had left them", () => {
    expect(findingsThen(audit(1))).toEqual([]);
    const [then] = findingsThen(audit(2, { verdicts: [failing("high")], events: [OPENED] }));
    expect(then).toMatchObject({ presence: "open", severity: "high", openedAt: NOON + DAY, lastSeenAt: NOON + 2 * DAY, triage: "none" });
    expect(then).toMatchObject({ message: "It ended. (high)", lastRunApplied: ulid(2), cause: "target" });
    expect(then).not.toHaveProperty("resolvedAt");
  });

  it("are out of sight where they were, since then", () => {
    const lost = event(3, "lost-sight", { presence: "open" }, { presence: "open" });
    const failedBefore = [{ verdict: failing("high"), at: NOON + 2 * DAY }];
    const [unseen] = findingsThen(audit(4, { verdicts: [unobserved()], failedBefore, events: [OPENED, lost] }));
    expect(unseen).toMatchObject({
      presence: "open",
      unobservedSince: NOON + 3 * DAY,
      lastSeenAt: NOON + 2 * DAY,
      lastRunApplied: ulid(4),
    });
    const found = event(5, "regained-sight", { presence: "open" }, { presence: "open" });
    const [seen] = findingsThen(audit(5, { verdicts: [failing("high")], events: [OPENED, lost, found] }));
    expect(seen).not.toHaveProperty("unobservedSince");
    expect(findingsThen(audit(6, { failedBefore, events: [OPENED] }))[0]?.lastRunApplied).toBe("");
  });

  it("opened when they last did, and are due when that is known to hold for then", () => {
    const closed = event(2, "resolved", { presence: "open" }, { presence: "resolved" });
    const again = event(3, "reopened", { presence: "resolved" }, { presence: "open" });
    expect(findingsThen(audit(2, { events: [OPENED, closed] }))[0]).toMatchObject({ presence: "resolved", resolvedAt: NOON + 2 * DAY });
    const events = [OPENED, closed, again];
    expect(findingsThen(audit(3, { verdicts: [failing("critical")], events }))[0]).toMatchObject({ openedAt: NOON + 3 * DAY });
    expect(findingsThen(audit(3, { verdicts: [failing("critical")], events }))[0]).not.toHaveProperty("dueAt");
    expect(findingsThen(audit(1, { verdicts: [failing("high")], events: [OPENED] }))[0]).not.toHaveProperty("dueAt");
    expect(findingsThen(audit(1, { verdicts: [failing("critical")], events: [OPENED] }))[0]?.dueAt).toBe(now.dueAt);
  });

  it("are put aside where a person had done so", () => {
    const decided: RunEvent = { fingerprint: PRINT, at: NOON + DAY + 1, kind: "triage", detail: '{"triage":"accepted"}' };
    expect(findingsThen(audit(2, { events: [OPENED, decided] }))[0]?.triage).toBe("accepted");
    expect(findingsThen(audit(2, { events: [OPENED, { ...decided, detail: "{" }] }))[0]?.triage).toBe("none");
  });

  it("stand as they are now where no other run followed", () => {
    expect(findingsThen(audit(9, { newest: true }))).toEqual([now]);
  });
});

describe("the changes of a run", () => {
  it("are those of its events that are changes", () => {
    const worse = event(2, "worse", { severity: "high" }, { severity: "critical" }, "time");
    const { rule, subject } = now;
    const sides = { before: { severity: "high" }, after: { severity: "critical" } };
    expect(changesOf(audit(2, { events: [OPENED, worse] }))).toEqual([
      { fingerprint: PRINT, integration: "acme", rule, subject, kind: "worse", cause: "time", ...sides },
    ]);
    expect(changesOf(audit(1, { events: [OPENED, worse] }))).toEqual([]);
    expect(changesOf(audit(2, { events: [{ ...worse, cause: "magic" }] }))).toEqual([]);
  });
});
