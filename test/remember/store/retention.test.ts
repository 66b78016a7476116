import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Change } from "../../../src/model/finding.ts";
import { DAY } from "../../../src/model/instant.ts";
import { compareRuns } from "../../../src/remember/changes/compare-runs.ts";
import { sightGaps } from "../../../src/remember/changes/forecast/sight.ts";
import type { Operations } from "../../../src/remember/store/operations.ts";
import {
  ACME,
  aCommit,
  aFinding,
  aRun,
  evidenceOf,
  failing,
  NOON,
  observed,
  passing,
  theEnd,
  ulid,
  unanswered,
  unobserved,
} from "../samples.ts";
import { type InProcess, inProcess } from "./in-process.ts";
import { aNight, type Night, play, uidOf, vantageOf } from "./scripted.ts";

let store: InProcess;
beforeEach(async () => {
  store = await inProcess();
});
afterEach(() => store.remove());

/** Every answer that retention must not change. */
function answers(operations: Operations, now: number) {
  const findings = operations.findings({});
  return {
    knowledge: [0, 1].flatMap((n) => [0, 1].map((vantage) => operations.knowledge(uidOf(n), vantageOf(vantage), now))),
    acme: operations.knowledge(ACME.uid, "local", now),
    findings,
    events: findings.map(({ fingerprint }) => operations.findingEvents(fingerprint)),
    runs: operations.runs(1000).map(({ thinned: _thinned, ...run }) => run),
    chain: operations.verify({ all: true }).head,
  };
}

function comparison(operations: Operations, a: string, b: string): readonly Change[] {
  const { before, after } = operations.auditsThatDiffer(a, b);
  return compareRuns(before, after);
}

function keptRuns(operations: Operations): readonly string[] {
  return operations.runs(1000).flatMap((run) => (run.thinned === true ? [] : [run.ulid]));
}

describe("whatever is thinned", () => {
  it("changes no answer about what is known, found, told or compared", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aNight, { minLength: 4, maxLength: 24 }), fc.constantFrom(5, 40, 150), async (nights, daysApart) => {
        const own = await inProcess();
        try {
          const { operations } = own;
          play(operations, nights, daysApart);
          const now = NOON + (nights.length + 1) * daysApart * DAY + 100 * DAY;
          const before = answers(operations, now);
          const runs = nights.map((_, index) => ulid(index + 1));
          const compared = new Map(runs.flatMap((a) => runs.map((b) => [`${a} ${b}`, comparison(operations, a, b)])));
          const audits = new Map(runs.map((run) => [run, operations.auditsOf(run)]));
          operations.prune({ now, evidenceKeptMs: DAY }, false);
          expect(answers(operations, now)).toEqual(before);
          const kept = keptRuns(operations);
          for (const a of kept) {
            for (const b of kept) expect(comparison(operations, a, b)).toEqual(compared.get(`${a} ${b}`));
          }
          for (const run of kept) if (operations.auditsOf(run).length > 0) expect(operations.auditsOf(run)).toEqual(audits.get(run));
          const again = operations.prune({ now, evidenceKeptMs: DAY }, false);
          expect(again).toMatchObject({ runs: 0, audits: 0, spans: 0, evidence: 0 });
          expect(operations.verify({ all: true })).toMatchObject({ integrity: [], danglingRows: 0 });
        } finally {
          await own.remove();
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it("is only told by a dry run", () => {
    play(store.operations, nightly(200));
    const now = NOON + 400 * DAY;
    const before = [answers(store.operations, now), store.operations.health()];
    const told = store.operations.prune({ now, evidenceKeptMs: DAY }, true);
    expect([answers(store.operations, now), store.operations.health()]).toEqual(before);
    expect(told.audits).toBeGreaterThan(20);
    expect(store.operations.prune({ now, evidenceKeptMs: DAY }, false)).toEqual(told);
  });

  it("is thinned by runs themselves, month by month", () => {
    play(store.operations, nightly(200));
    for (let n = 0; n < 9; n += 1) store.operations.tidy(NOON + 400 * DAY);
    expect(store.operations.prune({ now: NOON + 400 * DAY }, true)).toMatchObject({ runs: 0, audits: 0 });
    expect(store.operations.health().counts.audit).toBeLessThan(50);
  });
});

describe("audits", () => {
  it("stay in full for 90 days, then one run a week, with the figures of their month", () => {
    play(store.operations, nightly(150));
    store.operations.prune({ now: NOON + 151 * DAY }, false);
    const days = keptRuns(store.operations).map((run) => Number.parseInt(run.slice(0, 6), 10));
    expect(days.filter((day) => day > 61)).toHaveLength(150 - 61);
    const old = days.filter((day) => day <= 38); // up to the end of December
    expect(old.length).toBeGreaterThanOrEqual(6);
    expect(old.length).toBeLessThanOrEqual(8);
    const december = store.db.prepare("SELECT * FROM rollup_month WHERE month = 202612").get();
    expect(december).toMatchObject({ observed: 31, planned: 31, score_min: 18, score_avg: 33, latency_p50: 73, latency_p95: 87 });
  });

  it("that went were looks all the same: no gap, an upgrade on its own night, and a blind week as blind as before", () => {
    const { operations } = store;
    const blind = (n: number) => n >= 30 && n < 38;
    for (let n = 1; n <= 400; n += 1) {
      const eyes = n < 20 ? "old eyes" : "new eyes";
      operations.beginRun(aRun(n, { capabilityHash: eyes }));
      if (!blind(n)) operations.commitAudit(aCommit(n, { findings: [], verdicts: [passing({ tool: eyes })] }));
      operations.finishRun(ulid(n), theEnd(n));
    }
    const told = () => {
      const { audits = [], toolChanges = [] } = operations.integrationHistory("acme") ?? {};
      return { gaps: sightGaps(audits.map(({ at }) => ({ at, seen: true }))), toolChanges };
    };
    const before = told();
    expect(before.gaps).toEqual([{ from: NOON + 29 * DAY, to: NOON + 38 * DAY }]);
    expect(before.toolChanges).toMatchObject([{ at: NOON + 20 * DAY, run: ulid(20), tool: true }]);
    expect(operations.prune({ now: NOON + 401 * DAY }, false).audits).toBeGreaterThan(200);
    expect(told().toolChanges).toEqual(before.toolChanges);
    expect(told().gaps).toEqual(before.gaps);
  });

  it("of a named baseline stay", () => {
    play(store.operations, nightly(120));
    const run = store.db.prepare("SELECT id FROM run WHERE ulid = ?").pluck().get(ulid(3));
    store.db.prepare("INSERT INTO baseline(name, run_id, by, at) VALUES ('signed', ?, 'ciso', 0)").run(run);
    const before = store.operations.auditsOf(ulid(3));
    store.operations.prune({ now: NOON + 7 * 366 * DAY, evidenceKeptMs: DAY }, false);
    expect(store.operations.auditsOf(ulid(3))).toEqual(before);
    expect(before).toHaveLength(1);
  });

  it("that were the last to see anything stay, however long nothing is seen", () => {
    play(store.operations, [night({}), ...Array.from({ length: 150 }, () => night({ verdicts: [3, 3, 3, 3] }))]);
    store.operations.prune({ now: NOON + 300 * DAY }, false);
    expect(store.operations.knowledge(uidOf(0), "local", NOON + 300 * DAY).baseline?.run).toBe(ulid(1));
  });
});

describe("evidence", () => {
  type Content = ReturnType<typeof evidenceOf>;
  const late = NOON + 500 * DAY;
  const bodies = () => new Set(store.operations.evidence(ALL.map((content) => content.hash)).map(({ hash }) => hash));
  const contents = (name: string) => evidenceOf("tls-session", { name });
  const ALL = ["plain", "before", "told", "live", "named", "newest"].map(contents);
  const [plain, former, told, live, named, newest] = ALL as [Content, Content, Content, Content, Content, Content];
  const verdictOn = (verdict: ReturnType<typeof passing>, hash: string) => ({
    ...verdict,
    evidence: verdict.evidence.map((piece) => ({ ...piece, hash })),
  });
  const audit = (n: number, evidence: typeof plain, over: Parameters<typeof aCommit>[1]) => {
    const { operations } = store;
    operations.beginRun(aRun(n));
    const observations = [{ ...observed("tls-session", {}, { observedAt: NOON + n * DAY }), evidence }];
    operations.commitAudit(aCommit(n, { observations, findings: [], ...over }));
    operations.finishRun(ulid(n), theEnd(n));
  };

  it("goes after 13 months, but for what something rests on; its hash stays", () => {
    const other = { rule: "header/version-disclosure", subject: "server" };
    audit(1, plain, { verdicts: [verdictOn(passing(), plain.hash)] });
    audit(2, former, { verdicts: [verdictOn(passing(), former.hash)] });
    audit(3, told, {
      verdicts: [verdictOn(failing(), told.hash)],
      findings: [aFinding(3, { presence: "resolved" })],
      changes: [{ ...CHANGE, fingerprint: aFinding(3).fingerprint }],
    });
    audit(4, live, { verdicts: [verdictOn(failing("high", other), live.hash)] });
    // Of a finding that no event tells of, and that nobody asked for since.
    audit(5, named, { verdicts: [verdictOn(passing(), named.hash)], findings: [aFinding(5, { ...other, lastSeenAt: NOON + 4 * DAY })] });
    store.db.exec(`INSERT INTO baseline(name, run_id, by, at) SELECT 'signed', id, 'ciso', 0 FROM run WHERE ulid = '${ulid(5)}'`);
    audit(6, newest, { verdicts: [verdictOn(passing(), newest.hash)] });
    expect(bodies().size).toBe(6);
    expect(store.operations.prune({ now: late }, false).evidence).toBe(1);
    expect(bodies()).toEqual(new Set([former, told, live, named, newest].map(({ hash }) => hash)));
    const row = store.db
      .prepare("SELECT body, size FROM evidence LEFT JOIN evidence_body ON evidence_id = id WHERE hash = ?")
      .get(Buffer.from(plain.hash, "hex"));
    expect(row).toEqual({ body: null, size: plain.json.length });
  });

  it("is not taken before its time, and is put back when it is seen again", () => {
    audit(1, plain, { verdicts: [verdictOn(passing(), plain.hash)] });
    audit(2, newest, { verdicts: [verdictOn(passing(), newest.hash)] });
    expect(store.operations.prune({ now: NOON + 390 * DAY }, false).evidence).toBe(0);
    expect(store.operations.prune({ now: late }, false).evidence).toBe(1);
    audit(3, plain, { verdicts: [verdictOn(passing(), plain.hash)] });
    expect(store.operations.evidence([plain.hash])).toEqual([plain]);
  });
});

describe("after five years", () => {
  it("spans that nothing refers to go, and what was known last of a question stays", () => {
    const audit = (n: number, at: number, verdicts: Parameters<typeof aCommit>[1]) => {
      store.operations.beginRun(aRun(n, { startedAt: at }));
      store.operations.commitAudit(aCommit(n, { at, findings: [], ...verdicts }));
      store.operations.finishRun(ulid(n), { ...theEnd(n), finishedAt: at });
    };
    const asked = { rule: "header/version-disclosure", subject: "server" };
    audit(1, NOON, { verdicts: [passing({ evidence: "a" })], observations: [observed("tls", { a: 1 })] });
    audit(2, NOON + DAY, { verdicts: [failing("high"), failing("low", asked)], observations: [unanswered("tls", "connect_timeout")] });
    audit(3, NOON + 2 * DAY, { verdicts: [passing()], observations: [observed("tls", { a: 3 })] });
    audit(4, NOON + 6 * 366 * DAY, {
      verdicts: [unobserved()],
      observations: [observed("tls", { a: 4 }, { observedAt: NOON + 6 * 366 * DAY })],
    });
    const now = NOON + 6 * 366 * DAY;
    const before = store.operations.knowledge(ACME.uid, "local", now);
    const report = store.operations.prune({ now }, false);
    expect(report.spans).toBeGreaterThanOrEqual(4);
    expect(store.operations.knowledge(ACME.uid, "local", now)).toEqual(before);
    expect(before.baseline?.verdicts.map(({ rule, outcome }) => [rule, outcome]).length).toBe(2);
  });
});

const CHANGE = {
  integration: "acme",
  rule: "certificate/expired",
  subject: "leaf",
  kind: "new",
  cause: "target",
  before: {},
  after: {},
} as const;

function night(over: Partial<Night>): Night {
  return { integration: 0, verdicts: [1, 2, 1, 1], contents: [0, 0], words: 0, tool: 0, vantage: 0, ...over };
}

function nightly(count: number): readonly Night[] {
  return Array.from({ length: count }, (_, n) => night({ contents: [n % 3, n % 2], verdicts: [1, n % 7 === 0 ? 2 : 1, 1, 1] }));
}
