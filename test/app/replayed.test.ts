import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { alertsOf } from "../../src/app/alerts.ts";
import { commitOf, type JudgeInput, judgeIntegration } from "../../src/app/judge-integration.ts";
import { dueDatesFor } from "../../src/app/report.ts";
import { decodeObservation } from "../../src/evidence/codec.ts";
import type { AuditCommit, HistoryStore, StoredObservation } from "../../src/model/history-store.ts";
import { HOUR } from "../../src/model/instant.ts";
import type { Integration } from "../../src/model/integration.ts";
import { RULE_FAMILIES } from "../../src/model/rule.ts";
import { rowsOf } from "../e2e/support/small-estate.ts";
import { aRun, theEnd, ulid } from "../remember/samples.ts";
import { sqlitePlace } from "../remember/store/sqlite-place.ts";

const REPLAYS = 1_000;
/** By then whatever has to be seen more than once was seen often enough. */
const SETTLED = 3;
const BUNDLES = ["oldmill-warehouse", "crewbase-hr", "printbarn-documents"].map((name) => bundle(name));

/** Identical observations, in whatever order they come (history.md 7, row 53; the real judge and the real store). */
describe("the same evidence", () => {
  it("1,000 runs in shuffled order: not one event, finding, alert or span more", async () => {
    const { history, file } = await openHistory();
    const shuffled = shuffler(53);
    let settled: unknown;
    for (let n = 1; n <= REPLAYS; n++) {
      await play(history, n, (items) => shuffled(items));
      if (n === SETTLED) settled = stateOf(file);
    }
    expect(stateOf(file)).toEqual(settled);
    expect(rowsOf(file, "SELECT 1 FROM finding WHERE presence = 'open'").length).toBeGreaterThanOrEqual(8);
    expect(rowsOf(file, "SELECT 1 FROM run")).toHaveLength(REPLAYS);
    expect(rowsOf(file, "SELECT 1 FROM audit")).toHaveLength(REPLAYS * BUNDLES.length);
  }, 240_000);

  it("the same run committed 1,000 times, in shuffled order: byte for byte the same history", async () => {
    const { history, file } = await openHistory();
    const shuffled = shuffler(54);
    const commits = await play(history, 1, (items) => items);
    const before = contentOf(file);
    for (let n = 1; n < REPLAYS; n++) {
      for (const commit of shuffled(commits)) await history.commitAudit(inOrder(commit, shuffled));
    }
    expect(contentOf(file)).toEqual(before);
  }, 120_000);
});

type Order = <T>(items: readonly T[]) => readonly T[];

/** One run over all bundles, an hour after the one before; as an audit does it, but that nobody is asked. */
async function play(history: HistoryStore, n: number, order: Order): Promise<readonly AuditCommit[]> {
  const at = FIRST_NIGHT + n * HOUR;
  const run = ulid(n);
  await history.beginRun(aRun(n, { startedAt: at, planned: BUNDLES.length }));
  const commits: AuditCommit[] = [];
  for (const one of order(BUNDLES)) {
    const input = await inputOf(history, one, run, at, order);
    const judged = judgeIntegration(input);
    const commit = inOrder(commitOf(input, judged, 50, alertsOf(input, judged)), order);
    await history.commitAudit(commit);
    commits.push(commit);
  }
  await history.finishRun(run, { ...theEnd(1), finishedAt: at + 1000 });
  return commits;
}

async function inputOf(
  history: HistoryStore,
  { integration, observations }: Bundle,
  run: string,
  at: number,
  order: Order,
): Promise<JudgeInput> {
  return {
    run,
    integration,
    observed: {
      observations: order(observations).map((observation) => ({ ...observation, observedAt: at })),
      sent: { connections: 9, requests: 2 },
      pace: [],
      durationMs: 20,
      clockOffsets: new Map(),
    },
    knowledge: await history.knowledge(integration.uid, "local"),
    policy: { packs: [], rules: {} },
    families: RULE_FAMILIES,
    // Time itself is evidence for some rules: it stands still, so that nothing but repetition is left.
    asOf: FIRST_NIGHT,
    at,
    runStartedAt: at,
    capability: "the same tool",
    vantage: "local",
    dueDates: dueDatesFor(integration, FIRST_NIGHT),
  };
}

function inOrder(commit: AuditCommit, order: Order): AuditCommit {
  return { ...commit, observations: order(commit.observations), verdicts: order(commit.verdicts), findings: order(commit.findings) };
}

/** What repetition must not add to. */
function stateOf(file: string): unknown {
  return [
    "SELECT fingerprint, kind, cause, detail FROM event ORDER BY id",
    "SELECT fingerprint, presence, severity, outcome, cause, streak, flap_times, reopened, first_seen_at, opened_at, resolved_at, due_at FROM finding ORDER BY id",
    "SELECT dedup_key FROM alert ORDER BY id",
    "SELECT track_id, first_run, sheet_id, tool_id FROM judgement ORDER BY 1, 2",
    "SELECT rule, subject, verdict, outcome FROM claim ORDER BY id",
    "SELECT track_id, question_id, first_run, outcome FROM answer ORDER BY 1, 2, 3",
    "SELECT hash FROM evidence ORDER BY id",
    "SELECT kind, place, mark, first_at FROM milestone ORDER BY 1, 2, 3",
  ].map((sql) => rowsOf(file, sql));
}

function contentOf(file: string): unknown {
  const tables = rowsOf<{ readonly name: string }>(file, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  return tables.map(({ name }) => rowsOf(file, `SELECT * FROM ${name}`));
}

async function openHistory() {
  const place = await sqlitePlace();
  const history = await place.open();
  onTestFinished(async () => {
    await history.close();
    await place.remove();
  });
  return { history, file: place.file };
}

/** Fisher and Yates, drawing from a linear congruential generator (Numerical Recipes): the same seed, the same orders. */
function shuffler(seed: number): Order {
  let state = seed;
  const draw = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return (items) => {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = draw(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other] as (typeof shuffled)[number], shuffled[last] as (typeof shuffled)[number]];
    }
    return shuffled;
  };
}

type Bundle = ReturnType<typeof bundle>;

function bundle(name: string) {
  const text = readFileSync(new URL(`../replay/bundles/${name}.before.json`, import.meta.url), "utf8");
  const { integration, observations } = JSON.parse(text) as { integration: Integration; observations: readonly StoredObservation[] };
  const decoded = observations.map((stored) => decodeObservation(stored, { carried: false }));
  return { integration, observations: decoded.filter((observation) => observation !== undefined) };
}

/** When the bundles were captured. */
const FIRST_NIGHT = 1_795_470_198_543;
