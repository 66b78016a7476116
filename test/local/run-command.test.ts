import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCommand, splitCommand } from "../../src/local/run-command.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "apirisk-command-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (
  script: string,
  options: { timeoutMs?: number; maxBytes?: number; environment?: Record<string, string>; input?: string } = {},
) => runCommand([process.execPath, "-e", script], { environment: {}, folder, timeoutMs: 20_000, maxBytes: 1000, ...options });

describe("running", () => {
  test("gives what is printed, and nothing of standard error", async () => {
    const result = await run("process.stderr.write('noise'); process.stdout.write('answer')");
    expect(result.ok && Buffer.from(result.value).toString()).toBe("answer");
  });

  test("with the given environment and folder, and no shell", async () => {
    const result = await run("process.stdout.write(JSON.stringify([process.env.GIVEN, process.env.HOME, process.cwd()]))", {
      environment: { GIVEN: "$(id) ;", PATH: "" },
    });
    expect(JSON.parse(result.ok ? Buffer.from(result.value).toString() : "")).toEqual(["$(id) ;", null, folder]);
  });

  test("with what it is given to read, whether it reads it or not", async () => {
    const input = `{"title":"é"}${" ".repeat(200_000)}`;
    const result = await run("process.stdin.pipe(require('crypto').createHash('sha256').setEncoding('hex')).pipe(process.stdout)", {
      input,
    });
    expect(result.ok && Buffer.from(result.value).toString()).toBe(createHash("sha256").update(input).digest("hex"));
    expect(await run("process.exit(0)", { input })).toMatchObject({ ok: true });
    const nothing = await run("process.stdout.write(String(require('fs').readFileSync(0).length))");
    expect(nothing.ok && Buffer.from(nothing.value).toString()).toBe("0");
  });

  test("a failure is said without the output", async () => {
    const result = await run("process.stdout.write('canary'); process.stderr.write('canary'); process.exit(3)");
    expect(result).toEqual({ ok: false, error: "the command ended with 3" });
  });

  test("too much output", async () => {
    expect(await run("process.stdout.write('x'.repeat(1000))")).toMatchObject({ ok: true });
    expect(await run("process.stdout.write('x'.repeat(1001))")).toEqual({ ok: false, error: "the command printed more than 1000 bytes" });
  });

  test("a program that does not exist, an empty command, a word that no program can get", async () => {
    const options = { environment: {}, folder, timeoutMs: 1000, maxBytes: 10 };
    expect(await runCommand([join(folder, "none")], options)).toEqual({ ok: false, error: "the command could not be started (ENOENT)" });
    expect(await runCommand([], options)).toEqual({ ok: false, error: "the command is empty" });
    expect(await runCommand(["a\0b"], options)).toEqual({ ok: false, error: "the command could not be started (ERR_INVALID_ARG_VALUE)" });
  });

  test.skipIf(process.platform === "win32")("one that never ends is ended, with what it started", async () => {
    const marker = join(folder, "pid");
    const script = `const c = require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });
      require("fs").writeFileSync(${JSON.stringify(marker)}, String(c.pid)); setInterval(() => {}, 1000);`;
    expect(await run(script, { timeoutMs: 2000 })).toEqual({ ok: false, error: "the command took longer than 2 s" });
    expect(existsSync(marker)).toBe(true);
    await expect.poll(() => isRunning(Number(readFileSync(marker, "utf8"))), { timeout: 10_000 }).toBe(false);
  });
});

describe("splitting", () => {
  test.each([
    ["op read op://vault/item", ["op", "read", "op://vault/item"]],
    ["  a   b ", ["a", "b"]],
    [`printf '%s' "two words"`, ["printf", "%s", "two words"]],
    [`a --x="b c"d ''`, ["a", "--x=b cd", ""]],
    ["a; rm -rf $HOME `id` | b > c", ["a;", "rm", "-rf", "$HOME", "`id`", "|", "b", ">", "c"]],
    [`a "it's"`, ["a", "it's"]],
    ["", []],
    [`a "open`, undefined],
    [`a 'open`, undefined],
  ])("%s", (command, words) => {
    expect(splitCommand(command)).toEqual(words);
  });
});

/** A killed child of init may stay as a zombie until somebody asks for it. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
