import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { stableDelayMs } from "../../src/model/jitter.ts";
import { openSqliteHistory } from "../../src/remember/store/sqlite-history.ts";
import { canariesIn } from "../lab/support/canary.ts";
import { killAt, reportOf, rowsOf, type SmallEstate, type SmallEstateOptions, smallEstate } from "./support/small-estate.ts";

const IDS = ["first", "second", "third"];
const CRON = ["--cron", "--depth", "quick"];
/** Who is spoken to in TLS 1.1 alone is asked nothing over HTTP, and one of three is a fifth of all questions. */
const LENIENT = [...CRON, "--min-coverage", "0.5"];
const WORSE = { tlsVersions: { min: "TLS 1.0", max: "TLS 1.1" } } as const;

describe("audit --cron", () => {
  it("says nothing at all when nothing changed, and speaks when something did", async () => {
    const estate = await place({ second: { headers: { server: "nginx/1.18.0" } } });
    await estate.audit(LENIENT);
    const quiet = await estate.audit(LENIENT);
    expect([quiet.code, quiet.stdout, quiet.stderr]).toEqual([0, "", ""]);

    await estate.api("first").change(WORSE);
    const worse = await estate.audit(LENIENT);
    expect([worse.code, worse.stderr]).toEqual([1, ""]);
    expect(worse.stdout).toContain("first");

    // It is still bad, and no news any more.
    const still = await estate.audit(LENIENT);
    expect([still.code, still.stdout, still.stderr]).toEqual([0, "", ""]);
    // A gate that somebody chose is theirs.
    const open = await estate.audit([...LENIENT, "--fail-on", "open"]);
    expect([open.code, open.stdout === ""]).toEqual([1, false]);
  }, 300_000);

  it("speaks of what is no regression, and exits with 0", async () => {
    const estate = await place({});
    await estate.audit(CRON);
    await estate.api("third").change({ headers: { server: "nginx/1.18.0" } });
    // Some rules want to see it twice before they believe it.
    const nights = [await estate.audit(CRON), await estate.audit(CRON)];
    expect(nights.map(({ code }) => code)).toEqual([0, 0]);
    expect(nights.map(({ stdout }) => stdout).filter((text) => text.includes("third"))).toHaveLength(1);
  }, 300_000);

  it("with --json is always one document, also when nothing changed", async () => {
    const estate = await place({});
    await estate.audit(CRON);
    const quiet = await estate.audit([...CRON, "--json"]);
    expect([quiet.code, reportOf(quiet).changes, quiet.stderr]).toEqual([0, [], ""]);
  }, 300_000);

  it("is refused with 4 while another run holds the lock, and waits for it with --wait", async () => {
    const estate = await place({});
    const history = await openSqliteHistory({ file: join(estate.home, "history.db") });
    const lock = await history.acquireLock(0);
    if (!lock.ok) throw new Error("the lock is not free");
    const refused = await estate.audit(CRON);
    expect([refused.code, refused.stdout]).toEqual([4, ""]);
    expect(refused.stderr).toContain(`process ${process.pid}`);
    expect(Object.values(estate.connections())).toEqual([0, 0, 0]);

    const waiting = estate.startAudit([...CRON, "--wait"]);
    await lock.value.release();
    await history.close();
    expect((await waiting.finished).code).toBe(0);
  }, 300_000);

  it("ends with what it has after --max-time: exit 3, and what was not seen did not change", async () => {
    const estate = await place({ first: { headers: { server: "nginx/1.18.0" } } });
    await estate.audit(CRON);
    await estate.api("second").change({ interference: { reset: 0, stall: 1, tooManyRequests: 0, seed: 1 } });
    await estate.api("third").change(WORSE);
    const cut = await estate.audit([...CRON, "--json", "--max-time", "4s", "--timeout", "3600"]);
    const report = reportOf(cut);
    expect([cut.code, report.run.status, report.gate.reasons]).toEqual([3, "partial", ["the run ended by its deadline"]]);
    expect(report.changes).toEqual([]);
    expect(report.integrations.map(({ id }) => id)).not.toContain("third");
    expect(report.notices.join()).toMatch(/integrations were not audited: the run was ended before/);
    // Nobody answered for those that it did not come to.
    expect(report.run.coverage).toBeLessThanOrEqual(report.integrations.length / 3);
    expect(report.run.bound.connections).toBeGreaterThanOrEqual(report.run.connections);
    const file = join(estate.home, "history.db");
    expect(rowsOf(file, "SELECT status FROM run ORDER BY id")).toEqual([{ status: "complete" }, { status: "partial" }]);

    await estate.api("second").change({ interference: { reset: 0, stall: 0, tooManyRequests: 0, seed: 1 } });
    const next = await estate.audit([...CRON, "--json"]);
    expect([next.code, new Set(reportOf(next).changes.map(({ integration }) => integration))]).toEqual([1, new Set(["third"])]);
  }, 300_000);
});

describe("a notify.json that cannot be followed", () => {
  it("is no quiet night: 2 where it would be 0, and 1 stays 1; what is to be told waits", async () => {
    const estate = await place({ first: { headers: { server: "nginx/1.18.0" } } });
    const env = { APIRISK_NOTIFY: await estate.write("notify.json", '{"version": 1, "channels": [{"id": "x"}]}') };
    const invalid = await estate.audit(LENIENT, { env });
    expect([invalid.code, invalid.stderr]).toEqual([2, expect.stringMatching(/Nobody is told of this run(.|\n)*notify\.json/)]);
    await estate.api("third").change(WORSE);
    const worse = await estate.audit(LENIENT, { env });
    expect(worse.code).toBe(1);
    expect(rowsOf(join(estate.home, "history.db"), "SELECT status FROM run")).toHaveLength(2);
    await estate.write("notify.json", '{"version": 1}');
    expect((await estate.audit([...LENIENT, "--fail-on", "none"], { env })).code).toBe(0);
  }, 300_000);
});

describe("--jitter", () => {
  it("is the same for a history on every night, and another one for another", async () => {
    const [one, other] = [await place({}), await place({})];
    const delayOf = async (estate: SmallEstate) => {
      const history = await openSqliteHistory({ file: join(estate.home, "history.db") });
      const delay = stableDelayMs(await history.identity(), 3_600_000);
      await history.close();
      return delay;
    };
    const first = await delayOf(one);
    expect((await one.audit([...CRON, "--jitter", "1s"])).code).toBe(0);
    expect(await delayOf(one)).toBe(first);
    expect(await delayOf(other)).not.toBe(first);
    expect(first).toBeLessThan(3_600_000);
  }, 300_000);

  it("has nothing to start from without a history", async () => {
    const estate = await place({});
    const { code, stderr } = await estate.cli(["audit", "--no-history", "--jitter", "1s"]);
    expect([code, stderr.includes("--jitter takes its time from the history")]).toEqual([2, true]);
  });
});

describe("--log-format json", () => {
  it.each([["stderr"], ["a file"]])(
    "to %s: every line is a document with run, time and event, in order",
    async (where) => {
      const estate = await place({ second: { listens: false } });
      await estate.audit(CRON);
      await estate.api("first").change(WORSE);
      const log = join(estate.home, "run.log");
      const flags = where === "stderr" ? [] : ["--log-file", log];
      const logged = await estate.audit([...CRON, "--json", "--min-coverage", "0", "--log-format", "json", ...flags]);
      const lines = (where === "stderr" ? logged.stderr : await readFile(log, "utf8")).split("\n").filter((line) => line !== "");
      const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      const report = reportOf(logged);
      expect(new Set(entries.map((entry) => entry["run"]))).toEqual(new Set([report.run.id]));
      for (const entry of entries) expect(Date.parse(String(entry["at"]))).toBeGreaterThanOrEqual(Date.parse(report.run.startedAt));
      expect(entries[0]).toMatchObject({ event: "run-started", planned: IDS.length, trigger: "cron" });
      expect(entries.at(-1)).toMatchObject({ event: "run-finished", exit: logged.code, status: "partial" });
      expect(entries.filter(({ event }) => event === "integration-audited").map(({ integration }) => integration)).toEqual(IDS);
      expect(entries.filter(({ event }) => event === "change")).toHaveLength(report.changes.length);
      expect([logged.code, where === "stderr" ? "" : logged.stderr]).toEqual([1, ""]);
    },
    300_000,
  );

  it("holds no credential, whatever the provider sends back and however the run ends", async () => {
    const canary = "canary-f3a9c1d27b604e58a1";
    const entry = { auth: { scheme: "bearer", in: "header", name: "authorization", credential: "env:ACME_TOKEN" } };
    const echo = { auth: { in: "header", name: "authorization", value: `Bearer ${canary}` }, headers: { "x-echo": canary } } as const;
    const estate = await smallEstate(["first", "second"], { entry, conditions: { first: echo, second: echo } });
    onTestFinished(() => estate.close());
    const env = { ACME_TOKEN: canary, APIRISK_TRUST: join(estate.home, "trust.json"), DEBUG: "apirisk*" };
    expect((await estate.cli(["credential", "trust", "first", "second"], { env })).code).toBe(0);
    const log = ["--log-format", "json", "--log-file", "run.log", "--verbose", "--min-coverage", "0"];
    const outputs = [await estate.audit([...CRON, ...log], { env })];
    await estate.api("first").change({ ...WORSE, status: 500 });
    outputs.push(await estate.audit([...CRON, ...log], { env }));
    outputs.push(await estate.audit([...CRON, ...log], { env: { ...env, ...killAt("integration-observed", 1, "SIGTERM") } }));
    outputs.push(await estate.audit([...CRON, ...log], { env }));
    expect(
      estate
        .api("first")
        .requests()
        .map(({ head }) => head)
        .join("\n"),
    ).toContain(canary);
    for (const { stdout, stderr } of outputs) expect(canariesIn(stdout + stderr, [canary])).toEqual([]);
    const files = (await readdir(estate.home, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name)).toContain("fingerprint.key");
    for (const { parentPath, name } of files)
      expect([name, canariesIn(await readFile(join(parentPath, name)), [canary])]).toEqual([name, []]);
    expect((await readFile(join(estate.home, "run.log"), "utf8")).split("\n").length).toBeGreaterThan(6);
  }, 300_000);
});

describe("two runs that start together (history.md 7, row 9)", () => {
  it("50 times: exactly one gets the lock", async () => {
    const estate = await place({});
    const [one, other] = await Promise.all([0, 1].map(() => openSqliteHistory({ file: join(estate.home, "history.db") })));
    if (one === undefined || other === undefined) throw new Error("no history");
    for (let round = 0; round < 50; round++) {
      const locks = await Promise.all([one.acquireLock(0), other.acquireLock(0)]);
      expect(locks.map(({ ok }) => ok).sort()).toEqual([false, true]);
      for (const lock of locks) {
        if (lock.ok) await lock.value.release();
      }
    }
    await Promise.all([one.close(), other.close()]);
  });

  it("one proceeds, and the others are refused with 4", async () => {
    const estate = await place({});
    const runs = await Promise.all(Array.from({ length: 6 }, () => estate.startAudit(CRON).finished));
    const codes = runs.map(({ code }) => code).sort();
    // Those that came when the first had ended may go as well; never two at the same time.
    expect(codes.every((code) => code === 0 || code === 4)).toBe(true);
    expect(codes.filter((code) => code === 0).length).toBeGreaterThanOrEqual(1);
    const file = join(estate.home, "history.db");
    expect(rowsOf(file, "SELECT 1 FROM run")).toHaveLength(codes.filter((code) => code === 0).length);
    expect(rowsOf(file, "SELECT 1 FROM run AS a JOIN run AS b ON b.id > a.id AND b.started_at < a.finished_at")).toEqual([]);
    expect(rowsOf(file, "SELECT DISTINCT status FROM run")).toEqual([{ status: "complete" }]);
  }, 300_000);
});

async function place(conditions: NonNullable<SmallEstateOptions["conditions"]>): Promise<SmallEstate> {
  const estate = await smallEstate(IDS, { conditions });
  onTestFinished(() => estate.close());
  return estate;
}
