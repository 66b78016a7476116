import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runCli } from "../lab/support/run-cli.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";

// Each test starts whole processes, some of them one after the other.
vi.setConfig({ testTimeout: 120_000 });

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "apirisk-commands-"));
  expect((await cli("demo", "--db", "history.db")).code).toBe(1); // bad on purpose
}, 120_000);
afterAll(() => rm(home, { recursive: true, force: true }));

/** The main thread of every process here cannot load SQLite's binary: what works, works on the store's thread. */
const POISON = new URL("../support/poison-sqlite.mjs", import.meta.url).href;

function cli(...args: readonly string[]) {
  return runCli(args, { home, env: { NODE_OPTIONS: `--import ${POISON}` }, timeoutMs: 110_000 });
}

async function json(...args: readonly string[]) {
  const { code, stdout, stderr } = await cli(...args, "--db", "history.db", "--json");
  return { code, stderr, document: JSON.parse(stdout) };
}

describe("with a main thread that cannot load SQLite", () => {
  it.each([
    ["run list", "runs"],
    ["run show latest", "audits"],
    ["run compare previous latest", "changes"],
    ["finding list", "findings"],
    ["run verify", "whole"],
    ["run prune --dry-run", "retention"],
  ])("%s works", async (command, key) => {
    const { code, document } = await json(...command.split(" "));
    expect([code, Object.keys(document)]).toEqual([0, expect.arrayContaining([key])]);
  });

  it("the poison is one", async () => {
    const script = `import("better-sqlite3").then(({ default: D }) => new D(":memory:")).then(() => console.log("loaded"), (e) => console.log(e.message));`;
    const root = new URL("../..", import.meta.url);
    const { stdout } = spawnSync(process.execPath, ["--import", POISON, "-e", script], { cwd: root, encoding: "utf8" });
    expect(stdout).toContain("the main thread loaded");
  });
});

describe("run verify", () => {
  it("prints the head of the chain, and holds it against one that was written down", async () => {
    const { document } = await json("run", "verify", "--all");
    expect(document).toMatchObject({ schemaVersion: "1.0.0", whole: true, problems: [], head: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(document.evidence.checked).toBe(document.evidence.kept);
    expect((await json("run", "verify", "--head", document.head)).code).toBe(0);
    const other = await json("run", "verify", "--head", "ab".repeat(32));
    expect([other.code, other.document.problems]).toEqual([5, ["the event of --head is not in the chain"]]);
    expect((await cli("run", "verify", "--head", "xyz", "--db", "history.db")).code).toBe(2);
  });

  it("ends with 5 for a history that was changed", async () => {
    const folder = await temporaryFolder();
    const copy = join(folder.path, "changed.db");
    await cli("run", "backup", copy, "--db", "history.db");
    const { default: Database } = await import("better-sqlite3");
    const db = new Database(copy);
    db.exec("UPDATE event SET cause = 'time' WHERE id = (SELECT min(id) FROM event WHERE cause IS NOT NULL)");
    db.close();
    const { code, stdout } = await cli("run", "verify", "--db", copy);
    expect([code, stdout.replace(/\s+/g, " ")]).toEqual([5, expect.stringMatching(/the chain of events is broken at event \d+/)]);
  });
});

describe("run backup", () => {
  it("makes a copy that is a history, and refuses to replace a file", async () => {
    const folder = await temporaryFolder();
    const copy = join(folder.path, "copy.db");
    const made = await json("run", "backup", copy);
    expect(made.document).toEqual({ schemaVersion: "1.0.0", file: copy, bytes: (await stat(copy)).size });
    expect((await stat(copy)).mode & 0o777).toBe(0o600);
    const lists = await Promise.all(["history.db", copy].map((file) => cli("run", "list", "--json", "--db", file)));
    expect(lists[1]?.stdout).toBe(lists[0]?.stdout);
    const before = await readFile(copy);
    const again = await cli("run", "backup", copy, "--db", "history.db");
    expect([again.code, again.stderr.replace(/\s+/g, " ")]).toEqual([5, expect.stringContaining("is there already")]);
    expect((await readFile(copy)).equals(before)).toBe(true);
  });

  it("has nothing to copy where there is no history, and makes none", async () => {
    const folder = await temporaryFolder();
    const { code } = await cli("run", "backup", join(folder.path, "copy.db"), "--db", join(folder.path, "none.db"));
    expect(code).toBe(2);
    expect((await folder.contents()).size).toBe(0);
  });
});

describe("run prune --integration", () => {
  it("asks for --yes, and then deletes one integration and nothing else", async () => {
    const folder = await temporaryFolder();
    const copy = join(folder.path, "copy.db");
    await cli("run", "backup", copy, "--db", "history.db");
    const prune = (...flags: readonly string[]) => cli("run", "prune", "--db", copy, "--integration", ...flags);
    const findings = async () =>
      JSON.parse((await cli("finding", "list", "--db", copy, "--json")).stdout).findings as { integrationId: string }[];
    const before = await findings();
    const [target] = before;
    if (target === undefined) throw new Error("the demo has findings");
    const id = target.integrationId;
    expect((await prune(id)).code).toBe(2);
    expect((await prune(id, "--dry-run")).code).toBe(0);
    expect((await prune("nobody", "--yes")).code).toBe(2);
    const { code, stderr } = await prune(id, "--yes");
    expect([code, stderr]).toEqual([0, expect.stringContaining("copies")]);
    expect(await findings()).toEqual(before.filter(({ integrationId }) => integrationId !== id));
    expect((await cli("run", "verify", "--all", "--db", copy)).code).toBe(0);
  });

  it("understands lengths of time, and no others", async () => {
    expect((await cli("run", "prune", "--dry-run", "--older-than", "6mo", "--db", "history.db")).code).toBe(0);
    expect((await cli("run", "prune", "--dry-run", "--older-than", "soon", "--db", "history.db")).code).toBe(2);
  });
});

it("doctor ends with 5 for a history that is damaged, and with 2 for a notify.json that cannot be followed", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder.path, "cut.db"), (await readFile(join(home, "history.db"))).subarray(0, 5000), { mode: 0o600 });
  expect((await cli("doctor", "--db", join(folder.path, "cut.db"))).code).toBe(5);
  await folder.write("notify.json", "{}");
  const { code, stdout } = await runCli(["doctor", "--db", "history.db"], {
    home,
    env: { APIRISK_NOTIFY: join(folder.path, "notify.json") },
  });
  expect([code, stdout]).toEqual([2, expect.stringMatching(/notifications\s+problem/)]);
});

it("doctor tells size and how often evidence was stored once", async () => {
  const { stdout } = await cli("doctor", "--json", "--db", "history.db");
  const { checks } = JSON.parse(stdout) as { checks: { check: string; detail: string }[] };
  expect(checks.find(({ check }) => check === "history")?.detail).toMatch(
    /schema \d+, SQLite [\d.]+, \d+\.\d MB, \d+\.\d of them free, integrity ok/,
  );
  expect(checks.find(({ check }) => check === "evidence stored once")?.detail).toMatch(/tls-session \d+ %/);
});
