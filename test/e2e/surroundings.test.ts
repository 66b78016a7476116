import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openSqliteHistory } from "../../src/remember/store/sqlite-history.ts";
import { runCli, startCli } from "../lab/support/run-cli.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";
import { aCommit, aFinding, aRun, theEnd, ulid } from "../remember/samples.ts";
import { damageOf, killAt, reportOf, rowsOf, type SmallEstate, smallEstate } from "./support/small-estate.ts";

/** Machines as they are (history.md 7, rows 45 to 48). */

const FLAGS = ["--depth", "quick"];
const NOBODY = 4242;
const IDS = ["first", "second", "third", "fourth"];
let estate: SmallEstate;
let file: string;

beforeAll(async () => {
  estate = await smallEstate(IDS, { conditions: { fourth: { certificate: "expired", headers: { server: "nginx/1.18.0" } } } });
  file = join(estate.home, "history.db");
});
afterAll(() => estate?.close());
beforeEach(() => Promise.all(["", "-wal", "-shm"].map((suffix) => rm(`${file}${suffix}`, { force: true }))));

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

describe("whoever reads the answer", () => {
  it.each([[[]], [["--json"]]])("may go away: the exit code is the gate's, and history is whole (%j)", async (mode) => {
    const running = estate.startAudit([...FLAGS, ...mode]);
    running.process.stdout.destroy();
    const { code, stderr } = await running.finished;
    expect([code, stderr]).toEqual([1, ""]);
    expect(rowsOf(file, "SELECT status FROM run")).toEqual([{ status: "complete" }]);
    expect(damageOf(file)).toEqual([]);
  });

  it("may be slow: 10 MB of JSON arrive whole", async () => {
    const store = await openSqliteHistory({ file });
    const findings = Array.from({ length: 1_200 }, (_, n) =>
      aFinding(1, { fingerprint: n.toString(16).padStart(32, "0"), subject: `field:${n}`, message: "m".repeat(8_500) }),
    );
    await store.beginRun(aRun(1));
    await store.commitAudit(aCommit(1, { findings }));
    await store.finishRun(ulid(1), theEnd(1));
    await store.close();
    const running = startCli(["finding", "list", "--db", file, "--json"], { home: estate.home });
    const { stdout } = running.process;
    stdout.on("data", () => {
      stdout.pause();
      void pause(2).then(() => stdout.resume());
    });
    const { code, stdout: text } = await running.finished;
    expect(code).toBe(0);
    expect(text.length).toBeGreaterThan(10_000_000);
    expect((JSON.parse(text) as { findings: object[] }).findings).toHaveLength(findings.length);
  }, 300_000);
});

describe("the terminal", () => {
  it.each([
    ["none", { LANG: "C" }],
    ["dumb", { TERM: "dumb", LANG: "C" }],
    ["without colours, of no width", { NO_COLOR: "1", COLUMNS: "0", OCLIF_COLUMNS: "0" }],
  ])("%s: plain ASCII, no line longer than 80", async (_what, env) => {
    const { code, stdout, stderr } = await estate.audit(FLAGS, { env });
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toMatch(/^[\n\x20-\x7e]+$/);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it.runIf(existsProgram("script"))("that is dumb and has no width: nothing is painted over, and nothing is asked", async () => {
    const line = 'exec script -qec "stty cols 0 rows 0; $*" /dev/null';
    const env = { TERM: "dumb", LANG: "C" };
    const { code, stdout } = await estate.audit(FLAGS, { env, through: ["sh", "-c", line, "sh"] });
    expect(code).toBe(1);
    expect(stdout.replaceAll("\r\n", "\n")).toMatch(/^[\n\x20-\x7e]+$/);
  });
});

describe("the inventory (history.md 7, row 55)", () => {
  it("is what it was when the run began, whatever is written into it meanwhile", async () => {
    const whole = await readFile(join(estate.home, "apirisk.yaml"), "utf8");
    const running = estate.startAudit([...FLAGS, "--json"], { env: killAt("integration-committed", 1, "SIGSTOP") });
    const { pid } = running.process;
    await once(running.process.stderr, "data");
    await estate.write("apirisk.yaml", "version: 1\nintegrations: [");
    if (pid === undefined) throw new Error("the program did not start");
    // It tells before it stops: a signal to go on that comes between the two would be lost.
    while (!/^\d+ \(.*\) T/s.test(await readFile(`/proc/${pid}/stat`, "utf8"))) await pause(10);
    process.kill(pid, "SIGCONT");
    const result = await running.finished;
    expect(reportOf(result).integrations.map(({ id }) => id)).toEqual(IDS);
    expect(rowsOf(file, "SELECT presence FROM finding WHERE presence = 'retired'")).toEqual([]);
    expect((await estate.audit(FLAGS)).code).toBe(2);
    await estate.write("apirisk.yaml", whole);
  }, 300_000);
});

describe("the places of a process", () => {
  const adHoc = () => ["audit", estate.api("first").url, "--ca", join(estate.home, "ca.pem"), "--allow-private", ...FLAGS];

  it("no home, and no account: works with --db, else exit 2 that names the variable", async () => {
    const through = ["env", "-u", "HOME", ...asNobody()];
    const folder = await openFolder();
    const named = await runCli([...adHoc(), "--db", join(folder, "h.db")], { home: folder, through });
    expect([named.code, named.stderr]).toEqual([0, ""]);
    if (!bound()) return;
    const unnamed = await runCli(adHoc(), { home: folder, through });
    expect(unnamed.code).toBe(2);
    expect(unnamed.stderr).toMatch(/HOME is not set/);
    expect(unnamed.stderr).toMatch(/--db or APIRISK_DB/);
  });

  it("a home that may only be read: the same", async () => {
    const folder = await openFolder();
    const home = join(folder, "home");
    await mkdir(home);
    await chmod(home, 0o555);
    const through = asNobody();
    const named = await runCli([...adHoc(), "--db", join(folder, "h.db")], { home, through });
    expect([named.code, named.stderr]).toEqual([0, ""]);
    const unnamed = await runCli(adHoc(), { home, through });
    expect(unnamed.code).toBe(2);
    expect(unnamed.stderr.replaceAll(/\s+/g, " ")).toMatch(/cannot be made in .*, where HOME puts it/);
    await chmod(home, 0o755);
  });

  it("a working folder that was removed: works where it is not needed, else exit 2 that says so", async () => {
    const folder = await openFolder();
    const gone = join(folder, "gone");
    await mkdir(gone);
    const through = ["sh", "-c", 'rmdir "$PWD" && exec "$@"', "sh"];
    const named = await runCli([...adHoc(), "--db", join(folder, "h.db")], { home: folder, cwd: gone, through });
    expect([named.code, named.stderr]).toEqual([0, ""]);
    await mkdir(gone);
    const relative = await runCli([...adHoc(), "--db", "h.db"], { home: folder, cwd: gone, through });
    expect(relative.code).toBe(2);
    expect(relative.stderr.replaceAll(/\s+/g, " ")).toMatch(/h\.db is in the folder that this was started in, which was removed/);
  });

  it("a working folder that may only be read: works with --db elsewhere, else exit 5", async () => {
    const folder = await openFolder();
    const cwd = join(folder, "fixed");
    await mkdir(cwd);
    await chmod(cwd, 0o555);
    const through = asNobody();
    const named = await runCli([...adHoc(), "--db", join(folder, "h.db")], { home: folder, cwd, through });
    expect([named.code, named.stderr]).toEqual([0, ""]);
    const relative = await runCli([...adHoc(), "--db", "h.db"], { home: folder, cwd, through });
    expect(relative.code).toBe(5);
    expect(relative.stderr).toContain("h.db");
    await chmod(cwd, 0o755);
  });

  it("no folder for temporary files: nothing is missed", async () => {
    const env = { TMPDIR: "/nonexistent", SQLITE_TMPDIR: "/nonexistent" };
    const { code, stderr } = await estate.audit(FLAGS, { env });
    expect([code, stderr]).toEqual([1, ""]);
  });
});

describe("too little of everything", () => {
  it.each([
    ["memory", { NODE_OPTIONS: "--max-old-space-size=64" }, ""],
    ["threads", { UV_THREADPOOL_SIZE: "1" }, ""],
    ["file descriptors", {}, "ulimit -n 256; "],
  ])("%s, and still a whole run", async (_what, env, limit) => {
    const through = ["sh", "-c", `${limit}exec "$@"`, "sh"];
    const result = await estate.audit([...FLAGS, "--json"], { env, through });
    expect([result.code, result.stderr]).toEqual([1, ""]);
    expect(reportOf(result).run.status).toBe("complete");
  });

  it("so few file descriptors that it cannot even start: exit 2, and what to do", async () => {
    const { code, stderr } = await estate.audit(FLAGS, { through: ["sh", "-c", 'ulimit -n 40; exec "$@"', "sh"] });
    expect([code, stderr]).toEqual([2, expect.stringContaining("ulimit -n 1024")]);
  });

  it("no file descriptor left in the middle: what could not be asked is unknown, and nothing is fixed by it", async () => {
    const before = await estate.audit([...FLAGS, "--json"]);
    const through = ["sh", "-c", 'ulimit -n 256; exec "$@"', "sh"];
    const starved = await estate.audit([...FLAGS, "--json"], { env: killAt("integration-observed", 1, "files"), through });
    expect(starved.stderr).toContain("reached integration-observed:1");
    expect([1, 3, 5]).toContain(starved.code);
    const after = await estate.audit([...FLAGS, "--json"]);
    expect([after.code, reportOf(after).changes]).toEqual([1, []]);
    expect(openIn(reportOf(after))).toEqual(openIn(reportOf(before)));
    expect(damageOf(file)).toEqual([]);
  }, 300_000);

  it("no memory at all in the middle: the next run starts at once, and nothing was made of it", async () => {
    const before = await estate.audit([...FLAGS, "--json"]);
    const { NODE_OPTIONS, ...env } = killAt("integration-committed", 1, "memory");
    const options = { ...env, NODE_OPTIONS: `--max-old-space-size=48 ${NODE_OPTIONS}` };
    const starved = await estate.audit([...FLAGS, "--json"], { env: options, through: ["sh", "-c", 'ulimit -c 0; exec "$@"', "sh"] });
    expect(starved.stderr).toContain("reached integration-committed:1");
    expect([starved.code, starved.signal]).toEqual([undefined, "SIGABRT"]);
    const after = await estate.audit([...FLAGS, "--json"]);
    expect([after.code, reportOf(after).changes]).toEqual([1, []]);
    expect(openIn(reportOf(after))).toEqual(openIn(reportOf(before)));
    expect(rowsOf(file, "SELECT status FROM run ORDER BY id")).toEqual(["complete", "crashed", "complete"].map((status) => ({ status })));
    expect(damageOf(file)).toEqual([]);
  }, 300_000);
});

function openIn(report: ReturnType<typeof reportOf>): readonly string[] {
  return report.integrations.flatMap(({ findings }) => findings.map(({ fingerprint, state }) => `${fingerprint} ${state.presence}`)).sort();
}

/** Whether somebody who is bound by file permissions can be played, who has no account. */
function bound(): boolean {
  return process.getuid?.() === 0 && existsProgram("setpriv");
}

function asNobody(): readonly string[] {
  return bound() ? ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"] : [];
}

/** In which whoever starts the process may write. */
async function openFolder(): Promise<string> {
  const { path } = await temporaryFolder();
  await chmod(path, 0o755);
  if (bound()) await chown(path, NOBODY, NOBODY);
  await chmod(estate.home, 0o755);
  await chmod(join(estate.home, "ca.pem"), 0o644);
  return path;
}

function existsProgram(name: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${name}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
