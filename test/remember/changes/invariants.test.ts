import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FindingRecord, VerdictRecord } from "../../../src/model/finding.ts";
import { fingerprint } from "../../../src/model/fingerprint.ts";
import type { IntegrationKnowledge } from "../../../src/model/history-store.ts";
import { DAY, HOUR } from "../../../src/model/instant.ts";
import { SEVERITIES } from "../../../src/model/severity.ts";
import type { ChangeInput } from "../../../src/remember/changes/apply-verdicts.ts";
import { ACME, erring, failing, NOON, NOTHING_KNOWN, notApplicable, passing, unobserved } from "../samples.ts";
import { afterwards, apply } from "./memory.ts";

const word = fc.constantFrom("1", "2");
const wish = fc.record({ rules: word, config: word, tool: word, evidence: fc.constantFrom("e1", "e2", "e3") });
const blind = fc.oneof(
  fc.constantFrom("connect_timeout", "rate_limited", "credential_not_bound", "budget_exhausted").map((reason) => unobserved(reason)),
  fc.constant(erring()),
);
const conclusive = fc.oneof(
  wish.map(passing),
  wish.map(notApplicable),
  fc
    .tuple(fc.constantFrom(...SEVERITIES), wish, fc.constantFrom("expired", "revoked"))
    .map(([severity, w, outcome]) => failing(severity, { ...w, outcome })),
);
const subjects = ["a", "b", "c", "d"] as const;
/** The first rule is believed at once, the second when it was seen twice. */
const CAREFUL = "header/careful";
const confirmationOf = (rule: string) => ({ open: rule === CAREFUL ? 2 : 1, resolve: 2 });

interface Run {
  readonly verdicts: readonly VerdictRecord[];
  /** Hours by which its evidence is older than the run: carried evidence. */
  readonly age: number;
}

function runOf(verdict: fc.Arbitrary<VerdictRecord>): fc.Arbitrary<Run> {
  const verdicts = fc
    .tuple(
      ...subjects.map((subject, place) =>
        fc.option(
          verdict.map((v): VerdictRecord => ({ ...v, subject, ...(place % 2 === 1 ? { rule: CAREFUL } : {}) })),
          { freq: 5, nil: undefined },
        ),
      ),
    )
    .map((listed) => listed.filter((v) => v !== undefined));
  return fc.record({ verdicts, age: fc.constantFrom(0, 0, 0, 13, 24, 48) });
}

const anyRun = runOf(fc.oneof({ arbitrary: conclusive, weight: 3 }, { arbitrary: blind, weight: 1 }));
const rejudged = fc
  .constantFrom(undefined, "pass", "fail", "unobserved")
  .map((verdict) => () => (verdict && { verdict }) as { verdict: "pass" } | undefined);
const NOW = 100;

const injected = (n: number, { age }: Run, more: Partial<ChangeInput> = {}) => ({
  confirmationOf,
  observedAt: () => NOON + n * DAY - age * HOUR,
  ...more,
});
const applyRun = (n: number, run: Run, known: IntegrationKnowledge, more?: Partial<ChangeInput>) =>
  apply(n, run.verdicts, known, injected(n, run, more));
const knownAfter = (n: number, run: Run, known: IntegrationKnowledge, more?: Partial<ChangeInput>) =>
  afterwards(n, run.verdicts, known, injected(n, run, more));
/** Runs 1, 2, 3 ... of one integration, and what is known after them. */
const history = fc
  .array(anyRun, { maxLength: 8 })
  .map((runs) => runs.reduce((known, run, i) => knownAfter(i + 1, run, known), NOTHING_KNOWN));

const presences = (knowledge: IntegrationKnowledge) =>
  new Map(knowledge.findings.map((finding) => [finding.fingerprint, finding.presence]));

describe("whatever happened before", () => {
  it("(a) a run that saw nothing changes no presence, severity or due date, and opens nothing", () => {
    fc.assert(
      fc.property(history, runOf(blind), fc.constantFrom(NOW, 9, 12), (known, run, n) => {
        const after = knownAfter(n, run, known);
        expect(presences(after)).toEqual(presences(known));
        const fixed = ({ severity, outcome, dueAt, openedAt, lastSeenAt, streak }: FindingRecord) => ({
          severity,
          outcome,
          dueAt,
          openedAt,
          lastSeenAt,
          streak,
        });
        expect(after.findings.map(fixed)).toEqual(known.findings.map(fixed));
        const { changes, events, dropped } = applyRun(n, run, known);
        expect(changes.every(({ kind }) => kind === "lost-sight")).toBe(true);
        expect([events, dropped]).toEqual([[], []]);
      }),
    );
  });

  it("(b) the same verdicts again and again change nothing more, once they were believed", () => {
    fc.assert(
      fc.property(history, anyRun, rejudged, (known, run, rejudge) => {
        const believed = [NOW, NOW + 1, NOW + 20].reduce((before, n) => knownAfter(n, run, before, { rejudge }), known);
        let last = believed;
        for (const n of [NOW + 21, NOW + 22, NOW + 60]) {
          const again = applyRun(n, run, last, { rejudge });
          expect([again.changes, again.events, again.dropped]).toEqual([[], [], []]);
          last = knownAfter(n, run, last, { rejudge });
        }
        expect(presences(last)).toEqual(presences(believed));
      }),
    );
  });

  it("(b) verdicts of a run that was applied already change nothing at all", () => {
    fc.assert(
      fc.property(history, anyRun, (known, run) => {
        const once = knownAfter(NOW, run, known);
        const dropped = new Set(applyRun(NOW, run, known).dropped);
        const kept = run.verdicts.filter(({ rule, subject }) => !dropped.has(fingerprint(ACME.uid, rule, subject)));
        expect(applyRun(NOW, { ...run, verdicts: kept }, once)).toEqual({ findings: [], dropped: [], changes: [], events: [] });
      }),
    );
  });

  it("(c) the order of verdicts does not matter", () => {
    const shuffled = anyRun.chain((run) =>
      fc.tuple(fc.constant(run), fc.shuffledSubarray([...run.verdicts], { minLength: run.verdicts.length })),
    );
    fc.assert(
      fc.property(history, shuffled, (known, [run, other]) => {
        expect(applyRun(NOW, { ...run, verdicts: other }, known)).toEqual(applyRun(NOW, run, known));
      }),
    );
  });

  it("(e) every change of presence or severity is told once, as a change or as an event, with its cause", () => {
    fc.assert(
      fc.property(history, anyRun, rejudged, (known, run, rejudge) => {
        const { findings, changes, events, dropped } = applyRun(NOW, run, known, { rejudge });
        const told = [...changes, ...events].map(({ fingerprint: print }) => print);
        expect(new Set(told).size).toBe(told.length);
        expect([...changes, ...events].every(({ cause }) => cause !== undefined)).toBe(true);
        const before = new Map(known.findings.map((finding) => [finding.fingerprint, finding]));
        for (const finding of findings) {
          const former = before.get(finding.fingerprint);
          const wasSuspect = former?.presence === "suspect" && finding.presence === "suspect";
          if (former?.presence !== finding.presence || (former.severity !== finding.severity && !wasSuspect))
            expect(told).toContain(finding.fingerprint);
        }
        for (const print of dropped) expect(told).toContain(print);
      }),
    );
  });

  it("(f) nothing resolves or clears without a pass or a not-applicable, and nothing opens without a fail", () => {
    fc.assert(
      fc.property(history, anyRun, rejudged, (known, run, rejudge) => {
        const before = presences(known);
        const after = applyRun(NOW, run, known, { rejudge });
        const verdictOf = (print: string) =>
          run.verdicts.find(({ rule, subject }) => fingerprint(ACME.uid, rule, subject) === print)?.verdict;
        for (const { fingerprint: print, presence } of after.findings) {
          if (presence === before.get(print)) continue;
          const isGood = presence === "resolved" || presence === "clearing";
          expect(isGood ? ["pass", "not-applicable"] : ["fail"]).toContain(verdictOf(print));
        }
        for (const print of after.dropped) expect(["pass", "not-applicable"]).toContain(verdictOf(print));
      }),
    );
  });

  it("nothing resolves by one sight, unless the old evidence says so too; and no suspect opens by one", () => {
    fc.assert(
      fc.property(history, anyRun, (known, run) => {
        const before = new Map(known.findings.map((finding) => [finding.fingerprint, finding]));
        for (const { fingerprint: print, presence, rule } of applyRun(NOW, run, known).findings) {
          const former = before.get(print);
          if (presence === "resolved" && former?.presence !== "suspect") expect(former?.presence).toBe("clearing");
          if (presence === "open" && rule === CAREFUL) expect(["suspect", "open", "clearing"]).toContain(former?.presence);
        }
      }),
    );
  });

  it("(g) triage is never written by verdicts", () => {
    const decided = history.map((known) => ({
      ...known,
      findings: known.findings.map((finding) => ({ ...finding, triage: "accepted" as const })),
    }));
    fc.assert(
      fc.property(decided, anyRun, (known, run) => {
        const prints = new Set(known.findings.map((finding) => finding.fingerprint));
        for (const { fingerprint: print, triage } of applyRun(NOW, run, known).findings)
          expect(triage).toBe(prints.has(print) ? "accepted" : "none");
      }),
    );
  });
});
