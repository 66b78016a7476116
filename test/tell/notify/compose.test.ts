import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALERT_KINDS, type Alert, type ChannelInterest } from "../../../src/model/notification.ts";
import { SEVERITIES } from "../../../src/model/severity.ts";
import { composeMessages } from "../../../src/tell/notify/compose.ts";
import type { Digest } from "../../../src/tell/notify/digest.ts";
import type { Incident } from "../../../src/tell/notify/incident.ts";
import { readPayload } from "../../../src/tell/notify/payload.ts";
import { NOON } from "../../remember/samples.ts";
import { aChannel, anAlert } from "./alerts.ts";

const messagesFor = (alerts: readonly Alert[], channel: Partial<ChannelInterest> = {}) =>
  composeMessages(alerts, [aChannel(channel)], NOON);

function digests(alerts: readonly Alert[], channel: Partial<ChannelInterest> = {}): readonly Digest[] {
  return messagesFor(alerts, channel).flatMap(({ payload }) => {
    const read = readPayload(payload);
    return read?.as === "digest" ? [read.digest] : [];
  });
}

function incidents(alerts: readonly Alert[]): readonly Incident[] {
  return messagesFor(alerts, { type: "pagerduty" }).flatMap(({ payload }) => {
    const read = readPayload(payload);
    return read?.as === "incident" ? [read.incident] : [];
  });
}

describe("a digest", () => {
  it("is one message per channel, whatever there is to tell", () => {
    const alerts = [anAlert(1), anAlert(2, { severity: "low" }), anAlert(3, { kind: "resolved" })];
    const messages = composeMessages(alerts, [aChannel(), aChannel({ id: "mail", type: "email" })], NOON);
    expect(messages.map(({ channel }) => channel)).toEqual(["ops", "mail"]);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(2);
    expect(messages[0]).toMatchObject({ createdAt: NOON, dedupKey: messages[1]?.dedupKey });
  });

  it("puts what is urgent first, then by severity, one integration together, good news last", () => {
    const [digest] = digests([
      anAlert(1, { integration: "a", severity: "low" }),
      anAlert(2, { integration: "b", severity: "critical", kind: "resolved" }),
      anAlert(3, { integration: "c", severity: "high" }),
      anAlert(4, { integration: "a", severity: "critical" }),
      { dedupKey: "b", at: NOON, kind: "blind" },
    ]);
    expect(digest?.lines.map(({ kind, integrations, severity }) => [kind, integrations[0], severity])).toEqual([
      ["blind", undefined, undefined],
      ["new", "a", "critical"],
      ["new", "a", "low"],
      ["new", "c", "high"],
      ["resolved", "b", "critical"],
    ]);
  });

  it("tells alerts with one root cause in one line", () => {
    const shared = { rootCause: "issuer Example CA renewed late" };
    const alerts = Array.from({ length: 7 }, (_, n) => anAlert(n, { ...shared, integration: `api-${n}`, dueAt: NOON + n }));
    const [digest] = digests([...alerts, anAlert("other")]);
    expect(digest?.lines).toHaveLength(2);
    expect(digest?.lines.find(({ rootCause }) => rootCause !== undefined)).toMatchObject({
      count: 7,
      integrationCount: 7,
      integrations: ["api-0", "api-1", "api-2", "api-3", "api-4"],
      dueAt: NOON,
    });
    expect(digest?.counts.immediate).toBe(8);
  });

  it("shows 20 lines and counts the rest", () => {
    const alerts = Array.from({ length: 57 }, (_, n) => anAlert(n, { integration: `api-${n}` }));
    const [digest] = digests(alerts);
    expect([digest?.lines.length, digest?.more]).toEqual([20, 37]);
  });

  it("only counts what rules, tool or configuration newly detected, and what is unstable", () => {
    const [digest] = digests([
      anAlert(1, { kind: "newly-detected", cause: "rules" }),
      anAlert(2, { cause: "tool" }),
      anAlert(3, { unstable: true }),
      anAlert(4, { kind: "baseline" }),
    ]);
    expect(digest).toMatchObject({ lines: [], more: 0, counts: { immediate: 0, digest: 0, newlyDetected: 2, unstable: 1, baseline: 1 } });
  });

  it("says once per integration that it is no longer visible", () => {
    const lost = (n: number, integration: string) => anAlert(n, { kind: "visibility-lost", integration });
    const [digest] = digests([lost(1, "a"), lost(2, "a"), lost(3, "b")]);
    expect(digest?.lines.map(({ integrations }) => integrations)).toEqual([["a"], ["b"]]);
    expect(digest?.more).toBe(0);
  });

  it.each([
    ["nothing", []],
    ["what flaps", [anAlert(1, { unstable: true })]],
    ["the baseline of a new integration", [anAlert(1, { kind: "baseline" })]],
  ])("is not written for %s alone", (_what, alerts) => {
    expect(messagesFor(alerts)).toEqual([]);
  });

  it("is not written for the first run ever, whatever it found, unless it saw nothing", () => {
    const first: Alert = { dedupKey: "first", at: NOON, run: "R1", kind: "baseline" };
    const found = anAlert(1, { run: "R1" });
    expect(messagesFor([first, found])).toEqual([]);
    expect(messagesFor([first, found], { type: "pagerduty" })).toEqual([]);
    expect(digests([first, found, { dedupKey: "b", at: NOON, run: "R1", kind: "blind" }])).toMatchObject([{ lines: [{ kind: "blind" }] }]);
    expect(digests([first, found, anAlert(2, { run: "R2" })])).toMatchObject([{ lines: [{ fingerprints: ["fp-2"] }] }]);
  });

  it("is the same message whatever the order, and another one for other alerts", () => {
    const alerts = [anAlert(1), anAlert(2), anAlert(3, { severity: "low", integration: "b" })];
    const [one] = messagesFor(alerts);
    expect(messagesFor([...alerts].reverse())).toEqual([one]);
    const [other] = messagesFor([...alerts, anAlert(4)]);
    expect([other?.id === one?.id, other?.dedupKey === one?.dedupKey]).toEqual([false, false]);
  });

  it("of 10,000 alerts is small", () => {
    const alerts = Array.from({ length: 10_000 }, (_, n) =>
      anAlert(n, {
        integration: `api-${n % 997}`,
        severity: SEVERITIES[n % 5] ?? "info",
        title: "x".repeat(500),
        ...(n % 3 === 0 ? { rootCause: `cause ${n % 9}` } : {}),
      }),
    );
    const [message] = messagesFor(alerts);
    expect(message?.payload.length).toBeLessThan(32_000);
    expect(digests(alerts)[0]?.lines).toHaveLength(20);
  });
});

describe("a channel", () => {
  const keysOf = (alerts: readonly Alert[], channel: Partial<ChannelInterest>) =>
    digests(alerts, channel).flatMap(({ lines }) => lines.flatMap(({ fingerprints, kind }) => fingerprints[0] ?? kind));

  it("hears from its severity on, and what has none", () => {
    const alerts = [anAlert(1, { severity: "low" }), anAlert(2, { severity: "high" }), { dedupKey: "b", at: NOON, kind: "blind" } as const];
    expect(keysOf(alerts, { minSeverity: "medium" })).toEqual(["blind", "fp-2"]);
  });

  it("hears of its owner, and of the run", () => {
    const { owner: _owner, ...ownerless } = anAlert(3);
    const alerts = [anAlert(1), anAlert(2, { owner: "others" }), ownerless, { dedupKey: "b", at: NOON, kind: "clock-suspect" } as const];
    expect(keysOf(alerts, { owner: "payments" })).toEqual(["fp-1", "clock-suspect"]);
  });

  it("hears only of its kinds", () => {
    expect(keysOf([anAlert(1), anAlert(2, { kind: "resolved" })], { kinds: ["resolved"] })).toEqual(["fp-2"]);
  });
});

describe("a channel in immediate mode", () => {
  it("gets a message per urgent matter, then a digest of the rest", () => {
    const shared = { rootCause: "one issuer" };
    const alerts = [anAlert(1, shared), anAlert(2, shared), anAlert(3), anAlert(4, { severity: "low" })];
    expect(
      digests(alerts, { mode: "immediate" }).map(({ type, lines }) => [type, lines.flatMap(({ fingerprints }) => fingerprints)]),
    ).toEqual([
      ["alert", ["fp-1", "fp-2"]],
      ["alert", ["fp-3"]],
      ["digest", ["fp-4"]],
    ]);
  });

  it("is not flooded", () => {
    const all = digests(
      Array.from({ length: 500 }, (_, n) => anAlert(n)),
      { mode: "immediate" },
    );
    expect(all.map(({ type }) => type)).toEqual([...Array.from({ length: 20 }, () => "alert"), "digest"]);
    expect(all.at(-1)).toMatchObject({ more: 460, counts: { immediate: 480 } });
  });
});

describe("a pager", () => {
  it("opens an incident for what is urgent and closes it by the same key", () => {
    expect(incidents([anAlert(1)])).toMatchObject([{ action: "trigger", key: "fp-1", severity: "high" }]);
    expect(incidents([anAlert(1, { kind: "resolved" })])).toMatchObject([{ action: "resolve", key: "fp-1" }]);
    expect(incidents([anAlert(1, { kind: "improved", severity: "medium" })])).toMatchObject([{ action: "resolve" }]);
    expect(incidents([anAlert(1, { kind: "improved", severity: "high" }), anAlert(2, { severity: "medium" })])).toEqual([]);
  });

  it("believes the newest alert of a finding", () => {
    const before = anAlert(1, { at: NOON });
    const after = anAlert(1, { at: NOON + 1, kind: "resolved", dedupKey: "fp-1:resolved:0" });
    expect(incidents([after, before])).toMatchObject([{ action: "resolve" }]);
    expect(incidents([{ ...before, at: NOON + 2 }, after])).toMatchObject([{ action: "trigger" }]);
  });

  it("replaces what waits for the same finding", () => {
    expect(messagesFor([anAlert(1)], { type: "pagerduty" })[0]?.thread).toBe("fp-1");
    expect(messagesFor([anAlert(1)])[0]?.thread).toBeUndefined();
  });

  it("opens 20 and one for the rest, and leaves no closing out", () => {
    const opened = Array.from({ length: 50 }, (_, n) => anAlert(n, { severity: n === 49 ? "critical" : "high" }));
    const closed = Array.from({ length: 30 }, (_, n) => anAlert(`c${n}`, { kind: "resolved" }));
    const all = incidents([...opened, ...closed]);
    expect(all.filter(({ action }) => action === "trigger")).toHaveLength(21);
    expect(all[0]).toMatchObject({ key: "fp-49" });
    expect(all[20]).toMatchObject({ key: "apirisk-more", count: 30 });
    expect(all.filter(({ action }) => action === "resolve")).toHaveLength(30);
  });

  it("is told that a run saw nothing", () => {
    expect(incidents([{ dedupKey: "b", at: NOON, kind: "blind" }])).toMatchObject([{ key: "apirisk-blind", severity: "critical" }]);
  });
});

it("tells or counts every alert exactly once, the same in any order", () => {
  const alert = fc.record({
    n: fc.nat(60),
    kind: fc.constantFrom(...ALERT_KINDS.filter((kind) => kind !== "visibility-lost" && kind !== "baseline")),
    cause: fc.constantFrom("target" as const, "time" as const, "rules" as const),
    severity: fc.constantFrom(...SEVERITIES),
    integration: fc.constantFrom("a", "b", "c"),
    rootCause: fc.constantFrom("x", "y", undefined),
  });
  const alerts = fc
    .uniqueArray(alert, { selector: ({ n }) => n, maxLength: 50 })
    .map((list) => list.map(({ n, rootCause, ...rest }) => anAlert(n, { ...rest, ...(rootCause === undefined ? {} : { rootCause }) })));
  fc.assert(
    fc.property(alerts, fc.constantFrom("digest" as const, "immediate" as const), (list, mode) => {
      const told = digests(list, { mode });
      const total = told.map(({ lines, more, counts }) => lines.reduce((sum, { count }) => sum + count, more) + counts.newlyDetected);
      expect(total.reduce((a, b) => a + b, 0)).toBe(list.length);
      expect(messagesFor([...list].reverse(), { mode })).toEqual(messagesFor(list, { mode }));
    }),
  );
});
