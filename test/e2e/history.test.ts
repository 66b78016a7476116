import { stat } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { canonicalJson, sha256Hex } from "../../src/model/digest.ts";
import { integrationIdentity } from "../../src/model/fingerprint.ts";
import type { FleetDocument, IntegrationDocument } from "../../src/model/history.ts";
import type { AuditCommit, HistoryStore, StoredMilestone } from "../../src/model/history-store.ts";
import { DAY, HOUR } from "../../src/model/instant.ts";
import { openSqliteHistory } from "../../src/remember/store/sqlite-history.ts";
import { runCli } from "../lab/support/run-cli.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";
import { ACME, aCommit, aFinding, aRun, failing, passing, theEnd, ulid, unobserved } from "../remember/samples.ts";

const ORIGIN = "https://api.acme.example";
const NASTY = "Evil \u001b[2J\u202e ::error::";

let home: string;
let db: string;
let now: number;
beforeEach(async () => {
  home = (await temporaryFolder()).path;
  db = join(home, "h.db");
  now = Date.now();
});

describe("apirisk history", () => {
  describe("of a fleet with a renewal that is late", () => {
    beforeEach(() => play());

    it("shows it first, with how late it is and on how many renewals that rests", async () => {
      const { code, stdout, stderr } = await runCli(["history", "--db", db, "--json"], { home });
      expect([code, stderr]).toEqual([0, ""]);
      const document = JSON.parse(stdout) as FleetDocument;
      expect(document).toMatchObject({ schemaVersion: "1.0.0", total: 2 });
      const [first, second] = document.integrations;
      expect(first).toMatchObject({ id: "acme", late: true, score: 15, open: {}, visibility: "observed" });
      expect(second).toMatchObject({ id: "quiet", late: false, name: NASTY, nextCertificateEnd: null });
      const [renewal] = first?.renewals ?? [];
      expect(renewal).toMatchObject({ standing: "late", n: 5, confidence: "low", uncertain: 0 });
      expect(Math.round((renewal?.lateBy ?? 0) / DAY)).toBe(18);
      expect(document.forecasts.ends).toMatchObject([{ integration: "acme", basis: "issuer", n: 0 }]);
    });

    it("prints it for people, without a control character from outside, in 80 columns", async () => {
      const { code, stdout } = await runCli(["history", "--db", db], { home, env: { LANG: "C.UTF-8" } });
      expect(code).toBe(0);
      expect(stdout).toContain("2 integrations remembered. 1 renewal is late.");
      expect(stdout).toMatch(/acme .*in 11 d: 18 d late/);
      expect(
        [...stdout].filter((character) => character !== "\n" && (character < " " || character === "\u007f" || character === "\u202e")),
      ).toEqual([]);
      expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    });

    it("shows what happened to one integration, upgrades and gaps marked as such, and what is true since when", async () => {
      const { code, stdout } = await runCli(["history", "acme", "--db", db, "--json"], { home });
      expect(code).toBe(0);
      const { timeline, standing, forecasts } = JSON.parse(stdout) as IntegrationDocument;
      expect(timeline.map((entry) => (entry.what === "event" ? entry.kind : entry.what))).toEqual(["resolved", "upgrade", "gap", "opened"]);
      expect(timeline[1]).toMatchObject({ toolVersion: "0.2.0", rules: { added: ["tls/old"], revised: [], removed: [] } });
      expect(standing).toMatchObject([{ rule: "certificate/expired", verdict: "pass", unseen: false }]);
      expect(standing[0]?.otherUntil).toBeLessThan(standing[0]?.since ?? 0);
      expect(new Set(forecasts.map(({ question }) => question))).toEqual(
        new Set(["renewal", "renewal-manner", "survival", "recurrence", "repair"]),
      );
      for (const forecast of forecasts) expect(forecast).toMatchObject({ n: expect.any(Number), confidence: expect.any(String) });
    });

    it("prints it as a page", async () => {
      const { stdout } = await runCli(["history", "acme", "--db", db], { home });
      expect(stdout).toContain("not observed from");
      expect(stdout).toContain("upgrade to apirisk 0.2.0; new rules: tls/old.");
      expect(stdout.replaceAll(/\s+/g, " ")).toMatch(
        /Usually renewed (29|30) d \(\d+ d to \d+ d\) before the end \(n 5, confidence low\)\. 18 d later than usual\./,
      );
      expect(stdout).toContain("no habit yet");
    });

    it("keeps to --since and --limit", async () => {
      const since = new Date(now - 40 * DAY).toISOString().slice(0, 10);
      const one = await runCli(["history", "acme", "--db", db, "--json", "--limit", "1"], { home });
      expect(JSON.parse(one.stdout)).toMatchObject({ total: 4, timeline: [{ kind: "resolved" }] });
      const late = await runCli(["history", "acme", "--db", db, "--json"], { home, env: { APIRISK_SINCE: since } });
      expect((JSON.parse(late.stdout) as IntegrationDocument).timeline).toEqual([]);
      const fleet = await runCli(["history", "--db", db, "--since", since], { home });
      expect(fleet.stdout).toContain("Nothing happened since then.");
    });

    it("refuses an id that history does not know, and names the one that is meant", async () => {
      const { code, stdout, stderr } = await runCli(["history", "acmee", "--db", db], { home });
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain("apirisk history acme");
      expect((await runCli(["history", "acme", "--db", db, "--since", "soon"], { home })).code).toBe(2);
    });
  });

  it("makes no history by asking for one", async () => {
    const { code, stdout } = await runCli(["history"], { home });
    expect(code).toBe(0);
    expect(stdout).toContain("No history yet.");
    expect(JSON.parse((await runCli(["history", "--json"], { home })).stdout)).toMatchObject({ integrations: [] });
    expect((await runCli(["history", "acme", "--db", db], { home })).code).toBe(2);
    await expect(stat(db)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it.each([["history"], ["finding", "list"], ["run", "list"], ["baseline", "list"], ["report"], ["run", "verify"]])(
    "does not answer %s %s for a history that was named and is not there",
    async (...words) => {
      const { code, stdout, stderr } = await runCli([...words, "--db", db], { home });
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/There is no history(.|\n)*--db/);
      await expect(stat(db)).rejects.toMatchObject({ code: "ENOENT" });
    },
  );
});

let store: HistoryStore | undefined;
afterEach(() => store?.close());

/** Five renewals, each 30 days before its end, and a sixth that is missing 12 days before it; an outage of ours, an upgrade, a repair. */
async function play(): Promise<void> {
  store = await openSqliteHistory({ file: db });
  const leaves = [5, 4, 3, 2, 1, 0].map((back) => now - HOUR - 78 * DAY - back * 60 * DAY);
  const nights = leaves.flatMap((from) => [from, from + 20 * DAY, from + 40 * DAY, from + 59 * DAY]).filter((at) => at < now - 2 * HOUR);
  let n = 0;
  for (const at of [...nights, now - HOUR]) {
    n += 1;
    const begun = leaves.filter((from) => from <= at).length;
    const milestones = [leafFrom(leaves[begun - 1] ?? at)];
    const upgraded = n >= 8;
    await night(n, at, upgraded ? "0.2.0" : "0.1.0", [commitOf(n, at, milestones)]);
  }
  await night(n + 1, now - HOUR / 2, "0.2.0", [
    {
      ...aCommit(n + 1),
      at: now - HOUR / 2,
      integration: { ...ACME, uid: integrationIdentity("quiet", []), id: "quiet", name: NASTY },
      findings: [],
    },
  ]);
  await store.close();
}

function commitOf(n: number, at: number, milestones: readonly StoredMilestone[]): AuditCommit {
  const base = { ...aCommit(n), at, findings: [], milestones, observations: [] };
  const finding = aFinding(n, { firstSeenAt: at, lastSeenAt: at });
  if (n === 1) return { ...base, findings: [finding], verdicts: [failing()] };
  if (n === 6) return { ...base, visibility: "unreachable", verdicts: [unobserved()], milestones: [] };
  if (n < 9) return { ...base, verdicts: [failing()] };
  if (n > 9) return { ...base, verdicts: [passing()] };
  const { fingerprint, rule, subject } = finding;
  const change = { fingerprint, rule, subject, integration: "acme", kind: "resolved", cause: "target" } as const;
  return {
    ...base,
    verdicts: [passing()],
    findings: [{ ...finding, presence: "resolved" }],
    changes: [{ ...change, before: { severity: "high" }, after: { presence: "resolved" } }],
  };
}

function leafFrom(notBefore: number): StoredMilestone {
  const detail = { issuer: "CN=R3", keyType: "ec", keySha256: sha256Hex("key"), notBefore, notAfter: notBefore + 90 * DAY, trusted: true };
  return { kind: "certificate", place: ORIGIN, mark: sha256Hex(String(notBefore)), detail: canonicalJson(detail) };
}

async function night(n: number, at: number, toolVersion: string, commits: readonly AuditCommit[]): Promise<void> {
  const rules = toolVersion === "0.1.0" ? '{"certificate/expired":1}' : '{"certificate/expired":1,"tls/old":1}';
  await store?.beginRun(aRun(n, { startedAt: at, toolVersion, ruleset: { hash: sha256Hex(rules), manifest: rules } }));
  for (const commit of commits) await store?.commitAudit(commit);
  await store?.finishRun(ulid(n), { ...theEnd(n), finishedAt: at });
}
