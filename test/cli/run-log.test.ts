import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRunLog, wantsLevels } from "../../src/cli/run-log.ts";
import { createFilePort } from "../../src/local/files.ts";
import type { FileProblem } from "../../src/model/file-port.ts";
import { err, ok } from "../../src/model/result.ts";
import type { RunLogEntry } from "../../src/model/run-event.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "apirisk-log-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const notice = (text: string): RunLogEntry => ({ run: "01KARB3PWQ8Z3N7XJ9Q2ABCDEF", at: 0, event: "notice", text });
const open = (file: string, scrub = (text: string) => text) =>
  openRunLog({ format: "json", levels: false, files: createFilePort(), file, scrub });
const texts = (file: string) =>
  readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { text: string }).text);

describe("a log in a file", () => {
  it("is added to, in the order of the events, readable by its owner alone", async () => {
    const file = join(folder, "run.log");
    for (const night of [0, 1]) {
      const log = await open(file);
      if (!log.ok) throw new Error(log.error.detail);
      for (let n = 0; n < 50; n += 1) log.value.write(notice(`${night}.${n}`));
      expect(await log.value.close()).toEqual(ok(undefined));
    }
    expect(texts(file)).toEqual([0, 1].flatMap((night) => Array.from({ length: 50 }, (_, n) => `${night}.${n}`)));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("keeps the mode that a log rotation chose", async () => {
    const file = join(folder, "run.log");
    writeFileSync(file, "", { mode: 0o640 });
    const log = await open(file);
    if (log.ok) await log.value.close();
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  it("has no secret in it", async () => {
    const file = join(folder, "run.log");
    const log = await open(file, (text) => text.replaceAll("s3cr3t", "[secret]"));
    if (!log.ok) throw new Error(log.error.detail);
    log.value.write(notice("the token s3cr3t"));
    log.value.write(notice(`${"x".repeat(997)}s3cr3t`));
    await log.value.close();
    expect(texts(file)[0]).toBe("the token [secret]");
    expect(texts(file)[1]).toMatch(/^x{997}\[se\.\.\.$/);
  });

  it("that cannot be opened is told before the run", async () => {
    mkdirSync(join(folder, "folder"));
    expect(await open(join(folder, "folder"))).toMatchObject({ ok: false, error: { kind: "not-writable", detail: "is a folder" } });
    expect(await open(join(folder, "none", "run.log"))).toMatchObject({ ok: false, error: { kind: "not-writable" } });
    expect(await open("/dev/full")).toMatchObject({ ok: false, error: { detail: "exists and is not a regular file" } });
  });

  it("that cannot be written any more ends no run, and says how much was lost", async () => {
    const problem: FileProblem = { kind: "not-writable", path: "run.log", detail: "no space left on the device" };
    let left = 2;
    const files = {
      openAppend: async () => ok({ append: async () => (left-- > 0 ? ok(undefined) : err(problem)), close: async () => ok(undefined) }),
    };
    const log = await openRunLog({ format: "text", levels: false, files, file: "run.log", scrub: (text) => text });
    if (!log.ok) throw new Error(log.error.detail);
    for (let n = 0; n < 5; n += 1) log.value.write(notice(String(n)));
    expect(await log.value.close()).toEqual(err({ problem, lines: 3 }));
  });
});

describe("levels for the journal", () => {
  it.each([
    [{ JOURNAL_STREAM: "8:1", SYSTEMD_EXEC_PID: "7" }, true],
    [{ JOURNAL_STREAM: "8:1", SYSTEMD_EXEC_PID: "8" }, false],
    [{ SYSTEMD_EXEC_PID: "7" }, false],
    [{ JOURNAL_STREAM: "8:1" }, false],
  ])("%j: %s", (env, wanted) => {
    expect(wantsLevels(env, 7)).toBe(wanted);
  });
});
