import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOUR } from "../../src/model/instant.ts";
import { inDatabase, killAt, reportOf, rowsOf, type SmallEstate, smallEstate, untilTrue } from "./support/small-estate.ts";

const IDS = ["first", "second", "third", "fourth", "fifth", "sixth"];
const FLAGS = ["--json", "--depth", "quick", "--fail-on", "regression"];
/** The first two wait for a third server that says the time; "fifth" got worse before the run that stops. */
const COMMITTED = ["third", "fourth", "fifth"];

describe("audit --resume", () => {
  let estate: SmallEstate;
  let file: string;
  /** ULID of the run that stopped. */
  let killed: string;

  beforeAll(async () => {
    estate = await smallEstate(IDS);
    file = join(estate.home, "history.db");
    expect((await estate.audit(FLAGS)).code).toBe(0);
    await estate.api("fifth").change({ tlsVersions: { min: "TLS 1.0", max: "TLS 1.1" } });
    await copyFile(file, join(estate.home, "clean.db"));
    expect((await estate.audit(FLAGS, { env: killAt("integration-committed", 3) })).signal).toBe("SIGKILL");
    // Opened and closed once, it is one file again.
    killed = rowsOf<{ ulid: string }>(file, "SELECT ulid FROM run WHERE id = 2")[0]?.ulid ?? "none";
    await copyFile(file, join(estate.home, "killed.db"));
  }, 300_000);

  afterAll(() => estate?.close());

  it("goes on with a run that was killed: the same run, nobody asked twice, gate and report as of a whole one", async () => {
    const asked = await askedDuring(() => estate.audit([...FLAGS, "--resume"]));
    const report = reportOf(asked.result);
    expect(asked.ids).toEqual(IDS.filter((id) => !COMMITTED.includes(id)));
    expect(report.run).toMatchObject({ id: killed, status: "complete" });
    expect(report.run.connections).toBeGreaterThan(Object.values(asked.connections).reduce((sum, count) => sum + count, 0));
    expect(report.integrations.map(({ id, visibility }) => `${id} ${visibility}`)).toEqual(
      IDS.map((id) => `${id} ${id === "fifth" ? "partial" : "observed"}`),
    );
    // It has no TLS 1.3 any more; that it has no post-quantum key exchange is not said twice.
    expect(new Set(report.changes.map(({ integration, kind, cause }) => `${integration} ${kind} ${cause}`))).toEqual(
      new Set(["fifth new target"]),
    );
    expect([asked.result.code, report.gate.passed]).toEqual([1, false]);
    expect(report.notices).toContain(
      `Went on with run ${killed}, which had audited 3 of ${report.integrations.length} integrations before it stopped.`,
    );
    expect(rowsOf(file, "SELECT status FROM run ORDER BY id")).toEqual([{ status: "complete" }, { status: "complete" }]);
    expect(rowsOf(file, "SELECT kind FROM event WHERE fingerprint IS NULL ORDER BY id")).toEqual([
      { kind: "run-crashed" },
      { kind: "run-resumed" },
    ]);
    expect(rowsOf(file, "SELECT 1 FROM audit WHERE run_id = 2")).toHaveLength(IDS.length);

    // It is over now: there is nothing to go on with any more.
    const again = reportOf(await estate.audit([...FLAGS, "--resume"]));
    expect([again.run.id === killed, again.changes]).toEqual([false, []]);
    expect(again.notices).toContain("There was no stopped run to go on with: this is a whole one.");
  }, 300_000);

  it.each([
    ["longer ago than six hours", `UPDATE run SET started_at = started_at - ${6 * HOUR} WHERE id = 2`],
    ["of another version", "UPDATE run SET tool_version = '0.0.9' WHERE id = 2"],
    ["and was asked for something else", "UPDATE run SET scope_hash = 'another' WHERE id = 2"],
    ["that saw something else", "UPDATE run SET capability_hash = 'another' WHERE id = 2"],
  ])(
    "makes a whole run of one that stopped %s, and says so",
    async (_what, sql) => {
      const other = join(estate.home, "other.db");
      await copyFile(join(estate.home, "killed.db"), other);
      inDatabase(other, sql);
      const { result, ids } = await askedDuring(() => estate.audit([...FLAGS, "--resume", "--db", other]));
      const report = reportOf(result);
      expect(ids).toEqual(IDS);
      expect([report.run.id === killed, report.run.status]).toEqual([false, "complete"]);
      expect(report.notices).toContain("There was no stopped run to go on with: this is a whole one.");
      expect(rowsOf(other, "SELECT status FROM run WHERE id = 2")).toEqual([{ status: "crashed" }]);
    },
    300_000,
  );

  it("goes on with a run that SIGTERM stopped: exit 143, aborted, and what was there is kept", async () => {
    const other = join(estate.home, "stopped.db");
    await copyFile(join(estate.home, "clean.db"), other);
    const env = killAt("integration-committed", 3, "SIGTERM");
    const stopped = await estate.audit([...FLAGS, "--db", other], { env });
    expect([stopped.code, reportOf(stopped).run.status, reportOf(stopped).gate.passed]).toEqual([143, "aborted", false]);
    expect(rowsOf(other, "SELECT status FROM run ORDER BY id")).toEqual([{ status: "complete" }, { status: "aborted" }]);

    const { result, ids } = await askedDuring(() => estate.audit([...FLAGS, "--resume", "--db", other]));
    expect(ids).toEqual(["sixth"]);
    expect(reportOf(result)).toMatchObject({ run: { id: reportOf(stopped).run.id, status: "complete" } });
    expect(result.code).toBe(1);
  }, 300_000);

  it("counts what the first part sent and gave up", async () => {
    const other = join(estate.home, "given-up.db");
    await copyFile(join(estate.home, "clean.db"), other);
    const before = estate.connections()["third"] ?? 0;
    await estate.api("third").change({ interference: { reset: 0, stall: 1, tooManyRequests: 0, seed: 1 } });
    const running = estate.startAudit([...FLAGS, "--db", other, "--timeout", "3600"], { timeoutMs: 110_000 });
    await untilTrue(() => (estate.connections()["third"] ?? 0) > before);
    running.process.kill("SIGTERM");
    const stopped = reportOf(await running.finished);
    await estate.api("third").change({ interference: { reset: 0, stall: 0, tooManyRequests: 0, seed: 1 } });
    const resumed = reportOf(await estate.audit([...FLAGS, "--resume", "--db", other]));
    const ofAudits = ({ integrations }: typeof stopped) => integrations.reduce((sum, { connections }) => sum + connections, 0);
    const givenUp = stopped.run.connections - ofAudits(stopped);
    expect(givenUp).toBeGreaterThan(0);
    expect([resumed.run.id, resumed.run.connections]).toEqual([stopped.run.id, ofAudits(resumed) + givenUp]);
    expect(resumed.run.bound.connections).toBeGreaterThanOrEqual(resumed.run.connections);
  }, 300_000);

  /** Ids of the integrations to which a connection was made meanwhile, in the order of the inventory. */
  async function askedDuring<T>(work: () => Promise<T>) {
    const before = estate.connections();
    const result = await work();
    const after = estate.connections();
    const connections = Object.fromEntries(IDS.map((id) => [id, (after[id] ?? 0) - (before[id] ?? 0)]));
    return { result, connections, ids: IDS.filter((id) => (connections[id] ?? 0) > 0) };
  }
});
