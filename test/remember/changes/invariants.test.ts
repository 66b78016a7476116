import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FindingRecord, VerdictRecord } from "../../../src/model/finding.ts";
import type { IntegrationKnowledge } from "../../../src/model/history-store.ts";
import { SEVERITIES } from "../../../src/model/severity.ts";
import { erring, failing, NOTHING_KNOWN, notApplicable, passing, unobserved } from "../samples.ts";
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

function runOf(verdict: fc.Arbitrary<VerdictRecord>): fc.Arbitrary<readonly VerdictRecord[]> {
  return fc
    .tuple(
      ...subjects.map((subject) =>
        fc.option(
          verdict.map((v): VerdictRecord => ({ ...v, subject })),
          { freq: 5, nil: undefined },
        ),
      ),
    )
    .map((verdicts) => verdicts.filter((v) => v !== undefined));
}

const anyRun = runOf(fc.oneof({ arbitrary: conclusive, weight: 3 }, { arbitrary: blind, weight: 1 }));
const rejudged = fc
  .constantFrom(undefined, "pass", "fail", "unobserved")
  .map((verdict) => () => (verdict && { verdict }) as { verdict: "pass" } | undefined);
/** Runs 1, 2, 3 ... of one integration, and what is known after them. */
const history = fc
  .array(anyRun, { maxLength: 6 })
  .map((runs) => runs.reduce((known, run, i) => afterwards(i + 1, run, known), NOTHING_KNOWN));
const NOW = 100;

const presences = (knowledge: IntegrationKnowledge) =>
  new Map(knowledge.findings.map((finding) => [finding.fingerprint, finding.presence]));

describe("whatever happened before", () => {
  it("a run that saw nothing changes no presence, severity or due date, and opens nothing", () => {
    fc.assert(
      fc.property(history, runOf(blind), (known, run) => {
        const after = afterwards(NOW, run, known);
        expect(presences(after)).toEqual(presences(known));
        const fixed = ({ severity, outcome, dueAt, openedAt, lastSeenAt }: FindingRecord) => ({
          severity,
          outcome,
          dueAt,
          openedAt,
          lastSeenAt,
        });
        expect(after.findings.map(fixed)).toEqual(known.findings.map(fixed));
        expect(apply(NOW, run, known).changes.every(({ kind }) => kind === "lost-sight")).toBe(true);
      }),
    );
  });

  it("the same verdicts in another run change nothing more", () => {
    fc.assert(
      fc.property(history, anyRun, rejudged, (known, run, rejudge) => {
        const once = afterwards(NOW, run, known, { rejudge });
        const again = apply(NOW + 1, run, once, { rejudge });
        expect(again.changes).toEqual([]);
        expect(presences(afterwards(NOW + 1, run, once, { rejudge }))).toEqual(presences(once));
      }),
    );
  });

  it("verdicts of a run that was applied already change nothing at all", () => {
    fc.assert(
      fc.property(history, anyRun, (known, run) => {
        const once = afterwards(NOW, run, known);
        expect(apply(NOW, run, once)).toEqual({ findings: [], changes: [] });
      }),
    );
  });

  it("the order of verdicts does not matter", () => {
    const shuffled = anyRun.chain((run) => fc.tuple(fc.constant(run), fc.shuffledSubarray([...run], { minLength: run.length })));
    fc.assert(
      fc.property(history, shuffled, (known, [run, other]) => {
        expect(apply(NOW, other, known)).toEqual(apply(NOW, run, known));
      }),
    );
  });

  it("nothing resolves without a pass or a not-applicable, and nothing opens without a fail", () => {
    fc.assert(
      fc.property(history, anyRun, rejudged, (known, run, rejudge) => {
        const before = presences(known);
        for (const finding of apply(NOW, run, known, { rejudge }).findings) {
          const verdict = run.find(({ subject }) => subject === finding.subject)?.verdict;
          if (finding.presence === before.get(finding.fingerprint)) continue;
          expect(finding.presence === "resolved" ? ["pass", "not-applicable"] : ["fail"]).toContain(verdict);
        }
      }),
    );
  });

  it("every change of presence or severity is told once, with a cause, after the first audit", () => {
    fc.assert(
      fc.property(history, anyRun, (known, run) => {
        const { findings, changes } = apply(NOW, run, known);
        const prints = changes.map(({ fingerprint }) => fingerprint);
        expect(new Set(prints).size).toBe(prints.length);
        const before = new Map(known.findings.map((finding) => [finding.fingerprint, finding]));
        for (const finding of findings) {
          const former = before.get(finding.fingerprint);
          const differs = former?.presence !== finding.presence || former.severity !== finding.severity;
          const isFirst = former === undefined && known.baseline === undefined;
          if (differs && !isFirst) expect(prints).toContain(finding.fingerprint);
        }
      }),
    );
  });

  it("triage is never written", () => {
    const decided = history.map((known) => ({
      ...known,
      findings: known.findings.map((finding) => ({ ...finding, triage: "accepted" as const })),
    }));
    fc.assert(
      fc.property(decided, anyRun, (known, run) => {
        const prints = new Set(known.findings.map(({ fingerprint }) => fingerprint));
        for (const { fingerprint, triage } of apply(NOW, run, known).findings)
          expect(triage).toBe(prints.has(fingerprint) ? "accepted" : "none");
      }),
    );
  });
});
