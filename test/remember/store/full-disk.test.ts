import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAuthority } from "../../../src/demo/certificates.ts";
import { startApi } from "../../../src/demo/servers.ts";
import { openSqliteHistory } from "../../../src/remember/store/sqlite-history.ts";
import { runCli } from "../../lab/support/run-cli.ts";
import { aCommit, aRun, observed, theEnd, ulid } from "../samples.ts";

const SIZE = 1024 * 1024;

/** A file system of a megabyte; undefined with the reason where this process may not mount one. */
function smallDisk(): { readonly folder: string; readonly remove: () => void } | string {
  const folder = mkdtempSync(join(tmpdir(), "apirisk-full-"));
  const { status, stderr, error } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "tmpfs", folder], { encoding: "utf8" });
  const remove = () => {
    if (status === 0) spawnSync("umount", [folder]);
    rmSync(folder, { recursive: true, force: true });
  };
  if (status === 0) return { folder, remove };
  remove();
  return error?.message ?? stderr.trim();
}

const probe = smallDisk();
const reason = typeof probe === "string" ? `no tmpfs can be mounted: ${probe}` : undefined;
if (typeof probe !== "string") probe.remove();

describe.skipIf(reason !== undefined)(`on a full disk${reason === undefined ? "" : ` (skipped: ${reason})`}`, () => {
  let folder: string;
  let remove: () => void;
  beforeEach(() => {
    const disk = smallDisk();
    if (typeof disk === "string") throw new Error(disk);
    ({ folder, remove } = disk);
  });
  afterEach(() => remove());
  /** Leaves `bytes` free. */
  const fill = (name: string, bytes: number) => {
    const used = Number(spawnSync("df", ["--output=avail", "-B1", folder], { encoding: "utf8" }).stdout.split("\n")[1]);
    writeFileSync(join(folder, name), Buffer.alloc(Math.max(0, used - bytes)));
  };

  it("an audit is committed whole or not at all, the ones before stay, and the failure tells where and how much", async () => {
    const file = join(folder, "history.db");
    const store = await openSqliteHistory({ file });
    await store.beginRun(aRun(1));
    await store.commitAudit(aCommit(1));
    await store.finishRun(ulid(1), theEnd(1));
    await store.beginRun(aRun(2));
    fill("ballast", 40_000);
    const big = aCommit(2, { observations: Array.from({ length: 400 }, (_, n) => observed(`kind-${n}`, { noise: Math.sin(n), n })) });
    await expect(store.commitAudit(big)).rejects.toMatchObject({
      kind: "full",
      message: expect.stringMatching(/history\.db could not grow \(SQLITE_FULL\): \d+ bytes are free there, a run needs up to \d+ bytes/),
    });
    expect((await store.auditsOf(ulid(1))).length).toBe(1);
    expect(await store.auditsOf(ulid(2))).toEqual([]);
    rmSync(join(folder, "ballast"));
    await store.commitAudit(big);
    expect((await store.verify({ all: true })).integrity).toEqual([]);
    await store.close();
  });

  it("nothing is sent when not even the -wal or a new history has room: exit 5", async () => {
    const api = await startApi({ authority: createAuthority(), now: new Date() });
    const home = mkdtempSync(join(tmpdir(), "apirisk-home-"));
    try {
      const file = join(folder, "history.db");
      const audit = () => runCli(["audit", `https://127.0.0.1:${api.port}`, "--allow-private", "--db", file], { home });
      fill("ballast", 8192);
      const fresh = await audit();
      expect([fresh.code, fresh.stderr]).toEqual([5, expect.stringContaining(folder)]);
      rmSync(join(folder, "ballast"));
      await (await openSqliteHistory({ file })).close();
      fill("ballast", 4096);
      const known = await audit();
      expect([known.code, known.stderr]).toEqual([5, expect.stringContaining(file)]);
      expect(api.counts().connections).toBe(0);
    } finally {
      await api.close();
      rmSync(home, { recursive: true, force: true });
    }
  });

  it("an answer that has no room leaves the one before as it was: exit 5 (history.md 7, row 6)", async () => {
    const api = await startApi({ authority: createAuthority(), now: new Date() });
    const home = mkdtempSync(join(tmpdir(), "apirisk-home-"));
    try {
      const answer = join(folder, "report.json");
      const audit = () =>
        runCli(["audit", `https://127.0.0.1:${api.port}`, "--allow-private", "--no-history", "--output", answer, "--json"], { home });
      await audit();
      const before = readFileSync(answer, "utf8");
      expect(JSON.parse(before)).toMatchObject({ run: { status: "complete" } });
      fill("ballast", 4096);
      const full = await audit();
      expect([full.code, JSON.parse(full.stdout)]).toMatchObject([5, { error: { exitCode: 5 } }]);
      expect(full.stdout).toContain(answer);
      expect(readFileSync(answer, "utf8")).toBe(before);
      expect(readdirSync(folder).sort()).toEqual(["ballast", "report.json"]);
    } finally {
      await api.close();
      rmSync(home, { recursive: true, force: true });
    }
  });

  it("a migration that has no room for its copy is not begun", async () => {
    const file = join(folder, "history.db");
    await (await openSqliteHistory({ file })).close();
    const size = statSync(file).size;
    const { default: Database } = await import("better-sqlite3");
    const old = new Database(file);
    old.pragma("user_version = 1");
    old.close();
    fill("ballast", size + 40_000);
    await expect(openSqliteHistory({ file })).rejects.toMatchObject({
      kind: "full",
      message: expect.stringContaining(`needs ${2 * size} bytes`),
    });
    expect(statSync(file).size).toBe(size);
  });

  it("no backup is left half written", async () => {
    const file = join(folder, "history.db");
    const store = await openSqliteHistory({ file });
    fill("ballast", 40_000);
    await expect(store.backup(join(folder, "copy.db"))).rejects.toMatchObject({ kind: "full" });
    expect(statSync(join(folder, "copy.db"), { throwIfNoEntry: false })).toBeUndefined();
    await store.close();
  });
});
