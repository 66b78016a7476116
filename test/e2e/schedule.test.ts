import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqliteHistory } from "../../src/remember/store/sqlite-history.ts";
import { runCli } from "../lab/support/run-cli.ts";
import { aCommit, aRun, theEnd, ulid } from "../remember/samples.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "apirisk-schedule-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const FORMATS = [
  ["cron", ["--inventory", "apirisk.yaml"], ["crontab"]],
  ["systemd", [], ["/etc/systemd/system/apirisk.service", "/etc/systemd/system/apirisk.timer"]],
  ["kubernetes", ["--image", "registry.example.com/apirisk:1"], ["apirisk.kubernetes.yaml"]],
  ["github-actions", [], [".github/workflows/apirisk.yml"]],
] as const;

describe("apirisk schedule", () => {
  it.each(FORMATS)("%s prints the same in every time zone, as text and as JSON", async (format, flags, paths) => {
    const said = new Set<string>();
    for (const env of [{}, { TZ: "Pacific/Chatham" }]) {
      const { code, stdout, stderr } = await runCli(["schedule", format, ...flags, "--at", "02:30"], { home, env });
      expect([code, stderr]).toEqual([0, ""]);
      said.add(stdout);
    }
    expect(said.size).toBe(1);
    const { stdout } = await runCli(["schedule", format, ...flags, "--at", "02:30", "--json"], { home });
    const { schemaVersion, files } = JSON.parse(stdout) as { schemaVersion: string; files: { path: string; content: string }[] };
    expect([schemaVersion, files.map(({ path }) => path)]).toEqual(["1.0.0", paths]);
    expect(`${files.map(({ content }) => content.trimEnd()).join("\n\n")}\n`).toBe([...said][0]);
  });

  it("cron takes the minute from the history once there is one, the same every time, and makes none", async () => {
    const line = async () => {
      const { stdout } = await runCli(["schedule", "cron", "--inventory", "/i.yaml", "--at", "02:00", "--jitter", "59m"], { home });
      return stdout.trimEnd().split("\n").at(-1) ?? "";
    };
    const file = join(home, ".local/share/apirisk/history.db");
    expect(await line()).toMatch(new RegExp(`^0 2 \\* .* --db ${file} --max-time 45m --jitter 59m$`));
    expect((await runCli(["status", "--json"], { home })).stdout).toContain('"database": null');
    await (await openSqliteHistory({ file })).close();
    const own = await line();
    expect(own).toMatch(new RegExp(`^[1-5]?\\d 2 \\* .* --db ${file} --max-time 45m$`));
    expect(await line()).toBe(own);
  });

  it.each([
    [["cron", "--inventory", "a\nb"], "line break"],
    [["cron", "--inventory", "a\\b"], "backslash"],
    [["cron", "--user", "a b", "--inventory", "x"], "the name of an account"],
    [["cron", "--mail-to", "a\nMAILTO=b", "--inventory", "x"], "an address"],
    [["cron"], "no apirisk.yaml"],
    [["systemd", "--program", "apirisk"], "absolute path"],
    [["systemd", "--program", "/a$b"], "dollar sign"],
    [["systemd", "--db", "/x/h.db"], "needs --user"],
    [["systemd", "--credential", "acme=/x"], "NAME:FILE"],
    [["kubernetes"], "image"],
    [["kubernetes", "--image", "a b"], "the name of an image"],
    [["github-actions", "--inventory", "/etc/x"], "not a path inside the repository"],
    [["cron", "--at", "25:00", "--inventory", "x"], "a time like 03:17"],
  ])("%j is refused with exit code 2", async (args, reason) => {
    const { code, stdout, stderr } = await runCli(["schedule", ...args], { home });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.replace(/\s+/g, " ")).toContain(reason);
  });
});

describe("apirisk status", () => {
  const file = () => join(home, "h.db");
  const status = (...args: string[]) => runCli(["status", "--db", file(), ...args], { home });
  /** A run that ended so many milliseconds ago by the real clock, of which the program knows no other. */
  const ended = async (ago: number) => {
    const history = await openSqliteHistory({ file: file() });
    const startedAt = Date.now() - ago - 60_000;
    await history.beginRun(aRun(1, { startedAt }));
    await history.commitAudit(aCommit(1, { at: startedAt }));
    await history.finishRun(ulid(1), { ...theEnd(1), finishedAt: startedAt + 60_000 });
    await history.close();
  };

  it("exits with 3 where there is no history, and makes none", async () => {
    expect((await status()).code).toBe(3);
    expect((await status("--json")).code).toBe(3);
  });

  it("is silent with --quiet while all is well, and exits with 3 when the last run is too old", async () => {
    await ended(37 * 3_600_000);
    expect(await status("--max-age", "38h", "--quiet")).toMatchObject({ code: 0, stdout: "", stderr: "" });
    expect(await status("--max-age", "36h", "--quiet")).toMatchObject({ code: 3, stdout: expect.stringContaining("Nobody is watching") });
    const json = await status("--max-age", "36h", "--json");
    expect(json.code).toBe(3);
    expect(JSON.parse(json.stdout)).toMatchObject({
      schemaVersion: "1.0.0",
      alive: false,
      maxAgeSeconds: 129_600,
      lastRun: { id: ulid(1), status: "complete", observed: 1 },
      unseen: [],
      openFindings: { high: 1 },
      database: { path: file() },
      inventory: null,
    });
  });

  it("refuses an inventory that was named and is not there, and ages that are none", async () => {
    await ended(0);
    expect((await status("--inventory", join(home, "none.yaml"))).code).toBe(2);
    expect((await status("--max-age", "36")).code).toBe(2);
  });
});
