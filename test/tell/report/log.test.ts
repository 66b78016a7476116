import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RunEvent, RunLogEntry } from "../../../src/model/run-event.ts";
import { logLine } from "../../../src/tell/report/log.ts";
import { HIDDEN } from "../hidden.ts";

const RUN = "01KARB3PWQ8Z3N7XJ9Q2ABCDEF";
const AT = Date.UTC(2028, 1, 29, 3, 17, 5, 999);
const entry = (event: RunEvent): RunLogEntry => ({ run: RUN, at: AT, ...event });

const CHANGE = {
  event: "change",
  kind: "new",
  cause: "target",
  severity: "high",
  rule: "certificate/expired",
  integration: "acme-payments",
  fingerprint: "0123456789abcdef0123456789abcdef",
} as const;
const FINISHED = { event: "run-finished", status: "complete", exit: 0, coverage: 0.97, connections: 214, requests: 61 } as const;

const EVENTS: readonly (readonly [RunEvent, string, number])[] = [
  [
    { event: "run-started", trigger: "cron", planned: 25, vantage: "local", version: "0.1.0" },
    "run-started trigger=cron planned=25 vantage=local version=0.1.0",
    6,
  ],
  [{ event: "run-resumed", from: RUN, kept: 12, planned: 13 }, `run-resumed from=${RUN} kept=12 planned=13`, 6],
  [
    { event: "integration-audited", integration: "acme-payments", visibility: "partial", changes: 2, durationMs: 812 },
    "integration-audited integration=acme-payments visibility=partial changes=2 durationMs=812",
    6,
  ],
  [
    CHANGE,
    "change kind=new cause=target severity=high rule=certificate/expired integration=acme-payments fingerprint=0123456789abcdef0123456789abcdef",
    4,
  ],
  [
    { ...CHANGE, cause: "rules" },
    "change kind=new cause=rules severity=high rule=certificate/expired integration=acme-payments fingerprint=0123456789abcdef0123456789abcdef",
    5,
  ],
  [{ event: "notice", text: 'we are "blind"' }, 'notice text="we are \\"blind\\""', 5],
  [{ event: "delivery", channel: "ops", outcome: "sent", messages: 1 }, "delivery channel=ops outcome=sent messages=1", 6],
  [{ event: "delivery", channel: "ops", outcome: "given-up", messages: 1 }, "delivery channel=ops outcome=given-up messages=1", 4],
  [FINISHED, "run-finished status=complete exit=0 coverage=0.97 connections=214 requests=61", 6],
  [{ ...FINISHED, exit: 3, coverage: null }, "run-finished status=complete exit=3 coverage=null connections=214 requests=61", 4],
  [{ ...FINISHED, exit: 5 }, "run-finished status=complete exit=5 coverage=0.97 connections=214 requests=61", 3],
];

describe("a line of the log", () => {
  it.each(EVENTS)("%j", (event, text, level) => {
    expect(logLine(entry(event), { format: "text", levels: false })).toBe(`2028-02-29T03:17:05Z ${RUN} ${text}\n`);
    expect(logLine(entry(event), { format: "text", levels: true })).toBe(`<${level}>2028-02-29T03:17:05Z ${RUN} ${text}\n`);
    expect(JSON.parse(logLine(entry(event), { format: "json", levels: false }))).toEqual({
      run: RUN,
      at: "2028-02-29T03:17:05Z",
      ...event,
    });
    expect(logLine(entry(event), { format: "json", levels: true })).toMatch(new RegExp(`^<${level}>\\{"run"`));
  });

  it("is one line, without a control character, below 16 KB, whatever an event says", () => {
    const nasty = fc.string({ unit: "binary", maxLength: 300 });
    const long = fc.tuple(fc.constantFrom("\u0000", "\u202e", "\ud800", "漢", "\u2028", '"', "\\"), fc.integer({ min: 0, max: 3000 }));
    const text = fc.oneof(
      nasty,
      long.map(([unit, times]) => unit.repeat(times)),
    );
    fc.assert(
      fc.property(text, text, text, fc.constantFrom("text", "json"), (first, second, third, format) => {
        const style = { format, levels: true } as const;
        for (const event of [
          { ...CHANGE, rule: first, integration: second, fingerprint: third },
          { event: "notice", text: first } as const,
          { event: "run-started", trigger: "cron", planned: 1, vantage: second, version: third } as const,
        ]) {
          const line = logLine(entry(event), style);
          expect(line.endsWith("\n") && !line.slice(0, -1).includes("\n")).toBe(true);
          expect(HIDDEN.test(line)).toBe(false);
          expect(Buffer.byteLength(line)).toBeLessThan(16 * 1024);
          if (format === "json") expect(JSON.parse(line.slice(3))).toMatchObject({ run: RUN, event: event.event });
        }
      }),
    );
  });

  it("is no command to a CI system", () => {
    for (const format of ["text", "json"] as const) {
      const line = logLine(entry({ event: "notice", text: "::error::x ##vso[task.complete]" }), { format, levels: false });
      expect(line).not.toMatch(/^::|##vso\[/);
    }
  });
});
