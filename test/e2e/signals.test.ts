import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { damageOf, killAt, reportOf, rowsOf, smallEstate, untilTrue } from "./support/small-estate.ts";

const FLAGS = ["--json", "--depth", "quick"];

/** History.md 7, row 44, at moments that a test can name. */
describe("SIGINT, SIGTERM and SIGHUP", () => {
  it("end a run wherever it is, with what it has, and the next one starts at once", async () => {
    const estate = await smallEstate(["first", "second", "third", "fourth"], { conditions: { fourth: { certificate: "expired" } } });
    onTestFinished(() => estate.close());
    // Some rules want to see it twice before they believe it.
    expect([(await estate.audit(FLAGS)).code, (await estate.audit(FLAGS)).code]).toEqual([1, 1]);
    const file = join(estate.home, "history.db");
    const before = rowsOf(file, "SELECT 1 FROM event WHERE fingerprint IS NOT NULL");
    for (const [signal, code, point, nth, status] of MOMENTS) {
      const { code: exit, stdout } = await estate.audit(FLAGS, { env: killAt(point, nth, signal) });
      expect([signal, point, exit]).toEqual([signal, point, code]);
      expect(JSON.parse(stdout)).toMatchObject({ run: { status } });
    }
    const next = await estate.audit(FLAGS);
    expect([next.code, reportOf(next).changes, reportOf(next).run.status]).toEqual([1, [], "complete"]);
    const statuses = rowsOf<{ status: string }>(file, "SELECT status FROM run ORDER BY id").map(({ status }) => status);
    expect(statuses).toEqual(["complete", "complete", ...MOMENTS.map(([, , , , status]) => status), "complete"]);
    expect(rowsOf(file, "SELECT 1 FROM event WHERE fingerprint IS NOT NULL")).toEqual(before);
    expect(damageOf(file)).toEqual([]);
  }, 300_000);

  it("a second one ends it at once, and its run is told as crashed", async () => {
    const estate = await smallEstate(["only"]);
    onTestFinished(() => estate.close());
    const twice = await estate.audit(FLAGS, { env: killAt("integration-observed", 1, "SIGINT,SIGTERM") });
    expect([twice.code, twice.stdout]).toEqual([143, ""]);
    expect((await estate.audit(FLAGS)).code).toBe(0);
    const file = join(estate.home, "history.db");
    expect(rowsOf(file, "SELECT status FROM run ORDER BY id")).toEqual([{ status: "crashed" }, { status: "complete" }]);
  }, 300_000);

  it("do not wait for a server that says nothing", async () => {
    const silent = { interference: { reset: 0, stall: 1, tooManyRequests: 0, seed: 1 } };
    const estate = await smallEstate(["silent"], { conditions: { silent } });
    onTestFinished(() => estate.close());
    const running = estate.startAudit([...FLAGS, "--timeout", "3600", "--log-file", "run.log", "--log-format", "json"], {
      timeoutMs: 110_000,
    });
    await untilTrue(() => (estate.connections()["silent"] ?? 0) > 0);
    running.process.kill("SIGTERM");
    const { code, signal } = await running.finished;
    expect([code, signal]).toEqual([143, undefined]);
    const [ending] = readFileSync(join(estate.home, "run.log"), "utf8").trim().split("\n").slice(-1);
    expect(JSON.parse(ending ?? "")).toMatchObject({ event: "run-finished", exit: 143, status: "aborted" });
  }, 300_000);
});

const MOMENTS = [
  ["SIGINT", 130, "history-opened", 1, "aborted"],
  ["SIGTERM", 143, "lock-taken", 1, "aborted"],
  ["SIGHUP", 143, "run-begun", 1, "aborted"],
  ["SIGINT", 130, "knowledge-read", 2, "aborted"],
  ["SIGTERM", 143, "integration-observed", 1, "aborted"],
  ["SIGHUP", 143, "integration-committed", 1, "aborted"],
  ["SIGTERM", 143, "run-concluded", 1, "complete"],
  ["SIGINT", 130, "notified", 1, "complete"],
] as const;
