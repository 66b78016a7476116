import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { outcomeOf, runFixture, runMain, startFixture } from "./run-fixture.ts";

describe("signals", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 143],
  ] as const)("%s ends a run with what it has and exit code %i", async (signal, code) => {
    for (const args of [
      ["thing", "wait"],
      ["thing", "wait", "--json"],
    ]) {
      const child = startFixture(args);
      const outcome = outcomeOf(child);
      await once(child.stderr, "data");
      child.kill(signal);
      const { stdout, stderr, ...end } = await outcome;
      expect(end).toEqual({ code, signal: null });
      expect(stdout).toBe(args.includes("--json") ? '{\n  "partial": true\n}\n' : "what was seen so far\n");
      expect(stderr).toMatch(/^ready\nStopping: /);
    }
  });

  it("a second one ends it at once", async () => {
    const child = startFixture(["thing", "wait", "--verbose"]);
    const outcome = outcomeOf(child);
    await once(child.stderr, "data");
    child.kill("SIGINT");
    await once(child.stderr, "data");
    child.kill("SIGINT");
    expect(await outcome).toMatchObject({ code: 130, stdout: "" });
  });
});

describe("a reader that goes away", () => {
  it.each([[[]], [["--json"]]])("ends a flood quietly, with the exit code it had (%j)", async (flags) => {
    const child = startFixture(["thing", "flood", ...flags]);
    const outcome = outcomeOf(child);
    child.stdout.once("data", () => child.stdout.destroy());
    const { code, stderr } = await outcome;
    expect([code, stderr]).toEqual([1, ""]);
  });
});

describe.runIf(existsSync("/dev/full"))("a disk that is full", () => {
  it.each([[[]], [["--json"]]])("is exit code 5, not a bug (%j)", (flags) => {
    const full = openSync("/dev/full", "w");
    const bin = fileURLToPath(new URL("../fixtures/cli/bin.mjs", import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [bin, "thing", "do", ...flags], {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    closeSync(full);
    expect(status).toBe(5);
    expect(stderr).toContain("Error: The answer could not be written (ENOSPC).");
  });
});

describe("NODE_ENV", () => {
  it("changes nothing for people who develop something else", async () => {
    expect(await runFixture(["thing", "do"], { NODE_ENV: "development" })).toEqual(await runFixture(["thing", "do"]));
  });
});

describe("the built program", () => {
  it("answers --version without loading anything", async () => {
    const { name, version } = createRequire(import.meta.url)("#package");
    const { stdout, stderr, code } = await runMain(["--version"]);
    expect([stdout, stderr, code]).toEqual([`${name}/${version} ${process.platform}-${process.arch} node-${process.version}\n`, "", 0]);
  });

  it("refuses an unknown command with exit code 2 and one small document", async () => {
    const { stdout, code } = await runMain(["definitely-not-a-command", "--json"]);
    expect([JSON.parse(stdout).error.code, code]).toEqual(["UNKNOWN_COMMAND", 2]);
  });

  it("prints help without colours when piped", async () => {
    const { stdout, code } = await runMain(["--help"]);
    expect(stdout).toContain("USAGE");
    expect(stdout).not.toContain("\u001b");
    expect(code).toBe(0);
  });
});
