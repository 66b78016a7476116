import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { commitOf } from "../../src/app/judge-integration.ts";
import { canonicalJson } from "../../src/model/digest.ts";
import type { IntegrationKnowledge } from "../../src/model/history-store.ts";
import { DAY } from "../../src/model/instant.ts";
import { recordAudit } from "../../src/remember/store/audits.ts";
import { knowledgeOf } from "../../src/remember/store/knowledge.ts";
import { KNOWN_MIGRATIONS } from "../../src/remember/store/known-migrations.ts";
import { migrate } from "../../src/remember/store/migrate.ts";
import { recordRun } from "../../src/remember/store/runs.ts";
import { judgeNight, Memory } from "../app/remembering.ts";
import { aRun } from "../remember/samples.ts";
import { QUIET_REASONS } from "./oracle.ts";
import { type Played, play } from "./score.ts";
import { scriptOf } from "./script.ts";
import { storyOf } from "./story.ts";
import { tableOf } from "./table.ts";
import { nightsOf } from "./world.ts";

/** A few short histories of those that `npm run bench:histories` plays; figures stand in docs/benchmarks.md. */
const NIGHTS = 120;
const SEEDS = [0, 1, 2, 3, 4, 5];

describe("scripted histories", () => {
  const played = new Map<number, Played>();
  it.each(SEEDS)("history %i: every regression of the provider is told on its night, and nothing else is", (seed) => {
    const history = play(seed, NIGHTS);
    played.set(seed, history);
    expect([history.misses, history.falseAlarms], storyOf(history)).toEqual([[], []]);
  });

  it("have something to tell, and something to keep quiet about", () => {
    const all = SEEDS.map((seed) => played.get(seed) ?? play(seed, NIGHTS));
    const hits = all.flatMap((history) => history.hits);
    expect(hits.length).toBeGreaterThan(40);
    expect(new Set(hits.map(({ kind }) => kind))).toEqual(new Set(["new", "worse", "reopened"]));
    expect(new Set(hits.map(({ what }) => what)).size).toBeGreaterThan(7);
    const reasons = new Set(all.flatMap(({ quiet }) => quiet.map(({ why }) => why)));
    expect(reasons.size).toBeGreaterThan(Object.keys(QUIET_REASONS).length / 2);
  });

  it("are counted by what happened, with every miss and every false alarm", () => {
    const [first] = [...played.values()];
    const history = first ?? play(0, NIGHTS);
    const counted = { ...history, seed: history.script.seed };
    expect(tableOf([counted])).toMatchObject({
      wrong: 0,
      text: expect.stringMatching(/\*\*all\*\* \| (\d+) \| \1 \| 0 \| 0 \| 1\.0000 \| 1\.0000/),
    });
    const [alarm, hit] = [history.alarms[0], history.hits[0]];
    if (alarm === undefined || hit === undefined) throw new Error("this history tells nothing");
    const wrong = tableOf([{ ...counted, misses: [hit], falseAlarms: [alarm] }]);
    expect(wrong.wrong).toBe(2);
    expect(wrong.text).toContain(`- history 0, night ${hit.night}: ${hit.kind} ${hit.rule}`);
  });

  it("are the same for the same seed", () => {
    expect(scriptOf(4, NIGHTS)).toEqual(scriptOf(4, NIGHTS));
    expect(scriptOf(4, NIGHTS)).not.toEqual(scriptOf(5, NIGHTS));
  });
});

describe("history in memory", () => {
  it.each([0, 3])("knows what the database knows, night by night (history %i)", async (seed) => {
    const db = new Database(":memory:");
    await migrate(db, ":memory:", KNOWN_MIGRATIONS);
    const memory = new Memory();
    for (const night of nightsOf(scriptOf(seed, NIGHTS))) {
      if (night === undefined) continue;
      const known = knowledgeOf(db, night.integration.uid, "local", night.at);
      expect(comparable(known)).toEqual(comparable(memory.knowledge));
      const { input, judged } = judgeNight(night, known);
      expect(memory.audit(night).changes).toEqual(judged.changes);
      recordRun(db, { ...aRun(night.run), startedAt: night.at });
      recordAudit(db, commitOf(input, judged, null, []));
    }
    db.close();
  });
});

/** What a judgement reads of it, without an order. */
function comparable({ baseline, findings, observations, waivers }: IntegrationKnowledge) {
  const sorted = (list: readonly unknown[]) => list.map((one) => canonicalJson(one)).sort();
  return {
    at: baseline === undefined ? undefined : Math.round(baseline.at / DAY),
    verdicts: sorted(baseline?.verdicts ?? []),
    findings: sorted(findings),
    observations: sorted(observations),
    waivers: sorted(waivers),
  };
}
