import { describe, expect, it } from "vitest";
import { HIDDEN } from "../tell/hidden.ts";
import { runFixture } from "./run-fixture.ts";

describe("a command that answers", () => {
  it("prints text on stdout and notices on stderr", async () => {
    expect(await runFixture(["thing", "do", "--verbose"])).toEqual({
      code: 0,
      signal: null,
      stdout: "did it, only , verbose true\n",
      stderr: "Notice: watch out\\x1b[2J\n",
    });
  });

  it("prints one document under --json, with the notices, and nothing else", async () => {
    const { stdout, stderr, code } = await runFixture(["thing", "do", "x", "--json"]);
    expect(JSON.parse(stdout)).toEqual({ done: "x", only: null, notices: ["from the report", "watch out\u001b[2J"] });
    expect([stdout.endsWith("}\n"), stderr, code]).toEqual([true, "Notice: watch out\\x1b[2J\n", 0]);
  });

  it("takes the env twin of every flag", async () => {
    const env = { APIRISK_JSON: "true", APIRISK_ONLY: "tls,header,tls", APIRISK_EXIT: "1" };
    const { stdout, code } = await runFixture(["thing", "do"], env);
    expect([JSON.parse(stdout).only, code]).toEqual([["tls", "header"], 1]);
  });

  it("lets a flag win over its env twin", async () => {
    expect((await runFixture(["thing", "do", "--only", "tls"], { APIRISK_ONLY: "header" })).stdout).toContain("only tls,");
  });

  it("does not read --json behind a --", async () => {
    expect((await runFixture(["thing", "do", "--", "--json"])).stdout).toBe("did --json, only , verbose false\n");
  });
});

describe("exit codes", () => {
  it.each([
    [["do", "--exit", "0"], 0],
    [["do", "--exit", "1"], 1],
    [["do", "--exit", "3"], 3],
    [["do", "--nope"], 2],
    [["do", "a", "b"], 2],
    [["do", "--exit", "x"], 2],
    [["do", "--exit"], 2],
    [["do", "--only", "weather"], 2],
    [["do", "--quiet", "--verbose"], 2],
    [["fail"], 2],
    [["fail", "user"], 2],
    [["fail", "oclif-exit"], 3],
    [["fail", "oclif-error"], 2],
    [["fail", "lock"], 4],
    [["fail", "store"], 5],
    [["fail", "raw-store"], 5],
    [["fail", "file"], 5],
    [["fail", "bug"], 70],
    [["fail", "json"], 70],
    [["fail", "rejection"], 70],
    [["fail", "thrown-text"], 70],
  ])("%j is %i, with and without --json", async (args, code) => {
    const [text, json] = await Promise.all([runFixture(["thing", ...args]), runFixture(["thing", ...args, "--json"])]);
    expect([text.code, json.code]).toEqual([code, code]);
  });

  it.each([["nothing-like-it"], ["thnig do"]])("%j, an unknown command, is 2 with and without --json", async (command) => {
    const args = command.split(" ");
    const [text, json] = await Promise.all([runFixture(args), runFixture([...args, "--json"])]);
    expect([text.code, json.code]).toEqual([2, 2]);
    expect(JSON.parse(json.stdout).error).toMatchObject({ code: "UNKNOWN_COMMAND", exitCode: 2 });
    expect(text.stdout).toBe("");
  });
});

describe("a failure", () => {
  it("is a small document under --json, and repeats neither argv nor the parser", async () => {
    const { stdout, stderr } = await runFixture(["thing", "do", "--onyl=canary-4711", "--json"]);
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: "UNKNOWN_FLAG",
        message: "unknown flag --onyl",
        suggestions: ["--only", "apirisk thing do --help"],
        ref: null,
        exitCode: 2,
      },
    });
    expect(stdout.length).toBeLessThan(300);
    expect(stderr).toBe("");
  });

  it.each([
    [["do", "--only", "canary-4711"], "--only: expected a list of: tls, header"],
    [["do", "--exit", "canary-4711"], "--exit: expected a whole number from 0 to 5"],
    [["do", "a", "canary-4711"], "1 argument more than this command takes"],
    [["do", "--canary=canary-4711"], "unknown flag --canary"],
    [["fail"], "missing argument HOW"],
  ])("%j does not repeat what was typed", async (args, message) => {
    const { stdout, stderr } = await runFixture(["thing", ...args]);
    expect(stdout + stderr).not.toContain("canary-4711");
    expect(stderr.split("\n")[0]).toBe(`Error: ${message}`);
  });

  it("says what was meant by an unknown command", async () => {
    expect((await runFixture(["thnig", "do"])).stderr).toContain("Try: apirisk thing do\n");
    expect((await runFixture(["thing", "fial", "x"])).stderr).toContain("Try: apirisk thing fail\n");
  });

  it("tells people what is wrong, what to try and where to read, all of it sanitised", async () => {
    const { stdout, stderr } = await runFixture(["thing", "fail", "user"]);
    expect(stdout).toBe("");
    expect(stderr).toBe("Error: bad\\x1b[2J \\u202eevil :\\x3aerror:\\x3ax\nTry: try \\x9bthis\nReference: https://docs.example\n");
  });

  it("keeps hostile characters out of the document as well", async () => {
    const { stdout } = await runFixture(["thing", "fail", "user", "--json"]);
    expect(stdout).not.toMatch(HIDDEN);
    expect(JSON.parse(stdout).error.message).toBe("bad\u001b[2J \u202eevil ::error::x");
  });

  it("of our own says that it is a bug, and shows neither message nor stack", async () => {
    const { stderr } = await runFixture(["thing", "fail", "bug"]);
    expect(stderr.split("\n")[0]).toBe("Error: This is a bug in apirisk (TypeError).");
    expect(stderr).not.toMatch(/canary|in a message|\.mjs|\.js:/);
  });

  it("of our own shows the stack under DEBUG, scrubbed", async () => {
    const { stderr } = await runFixture(["thing", "fail", "bug"], { DEBUG: "apirisk*" });
    expect(stderr).toContain("[secret] in a message");
    expect(stderr.replaceAll(/\s/g, "")).toContain("commands/thing/fail.mjs");
    expect(stderr).not.toContain("canary-4711");
  });

  it.each([{}, { DEBUG: "*" }])("of JSON.parse does not quote what it parsed (%j)", async (env) => {
    const { stdout, stderr } = await runFixture(["thing", "fail", "json", "--json"], env);
    expect(stdout + stderr).not.toContain("response-value");
    expect(JSON.parse(stdout).error.message).toContain("(SyntaxError)");
  });

  it("after the answer adds no second document", async () => {
    const { stdout, stderr, code } = await runFixture(["thing", "fail", "after-answer", "--json"]);
    expect([JSON.parse(stdout), code]).toEqual([{ answered: true }, 70]);
    expect(stderr).toContain("Error: This is a bug in apirisk (Error).");
  });
});
