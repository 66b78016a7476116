import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const MAIN = fileURLToPath(new URL("../../dist/src/main.js", import.meta.url));
/** Nothing listens on port 1 of loopback: the run observes nothing, and is remembered. */
const AUDIT = ["audit", "127.0.0.1:1", "--allow-private", "--quiet"];

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "apirisk-place-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The real program by way of a shell, after what `first` does to its surroundings; with no variable but PATH and `env`. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}, first = ":") {
  const script = `${first}; exec "$0" "$@"`;
  const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", script, process.execPath, MAIN, ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...env },
    encoding: "utf8",
    timeout: 60_000,
  });
  return { code: status, stdout, stderr: stderr.replace(/\s+/g, " ") };
}

const database = () => join(folder, "history.db");
const isRoot = process.getuid?.() === 0;

describe("without a home folder", () => {
  it.each([
    ["empty", AUDIT],
    ["relative", ["run", "list"]],
  ])("(%s) a history has to be named, and the variable is", (what, args) => {
    const env = { HOME: what === "empty" ? "" : "." };
    const { code, stderr } = run(args, env);
    expect([code, stderr]).toEqual([2, expect.stringContaining("HOME is not set to an absolute path. Try: Set HOME or XDG_DATA_HOME")]);
    expect(run([...AUDIT, "--db", database()], env).code).toBe(3);
    expect(existsSync(database())).toBe(true);
  });

  it("nor an account: a container that runs as a bare number", ({ skip }) => {
    if (!isRoot || spawnSync("setpriv", ["--version"]).error !== undefined) return skip("needs root and setpriv");
    chownSync(folder, 64321, 64321);
    const asNumber = (args: readonly string[]) =>
      spawnSync("setpriv", ["--reuid=64321", "--regid=64321", "--clear-groups", process.execPath, MAIN, ...args], {
        cwd: folder,
        env: { PATH: process.env["PATH"] },
        encoding: "utf8",
      });
    expect(asNumber(["run", "list"])).toMatchObject({ status: 2, stderr: expect.stringContaining("HOME") });
    expect(asNumber([...AUDIT, "--db", database()]).status).toBe(3);
    expect(asNumber(["--help"]).status).toBe(0);
  });

  it("preferences, trust and doctor do without", () => {
    expect(run(["credential", "list"], { HOME: "" })).toMatchObject({ code: 0, stdout: expect.stringContaining("No credential is bound") });
    const doctor = run(["doctor"], { HOME: "" });
    expect([doctor.code, doctor.stdout]).toEqual([2, expect.stringMatching(/history\s+problem/)]);
  });
});

describe("a home folder that cannot be written", () => {
  it("is named with its variable; a named history works", () => {
    // A file where a folder is needed stops root as well.
    writeFileSync(join(folder, "home"), "");
    for (const [variable, value] of [
      ["HOME", join(folder, "home")],
      ["XDG_DATA_HOME", join(folder, "home")],
      ["APIRISK_DATA_DIR", join(folder, "home", "x")],
    ] as const) {
      const { code, stderr } = run(AUDIT, { HOME: folder, [variable]: value, XDG_CONFIG_HOME: folder });
      expect([code, stderr]).toEqual([2, expect.stringContaining(`where ${variable} puts it.`)]);
    }
    expect(run([...AUDIT, "--db", database()], { HOME: join(folder, "home"), XDG_CONFIG_HOME: folder }).code).toBe(3);
  });

  it("is another matter where a history is there already: that is trouble with the store", () => {
    mkdirSync(join(folder, ".local/share/apirisk"), { recursive: true });
    mkdirSync(join(folder, ".local/share/apirisk/history.db"));
    expect(run(AUDIT, { HOME: folder }).code).toBe(5);
    rmSync(join(folder, ".local/share/apirisk/history.db"), { recursive: true });
    writeFileSync(join(folder, ".local/share/apirisk/history.db"), "not a database");
    expect(run(AUDIT, { HOME: folder }).code).toBe(5);
  });
});

describe("without a working folder", () => {
  const gone = () => {
    mkdirSync(join(folder, "gone"), { recursive: true });
    return "cd gone && rmdir ../gone";
  };

  it("whole paths work", () => {
    expect(run([...AUDIT, "--db", database()], { HOME: folder }, gone())).toMatchObject({ code: 3, stderr: "" });
    expect(existsSync(database())).toBe(true);
  });

  it("relative ones are refused, and nothing is written into another folder", () => {
    const history = run([...AUDIT, "--db", "history.db"], { HOME: folder }, gone());
    expect([history.code, history.stderr]).toEqual([2, expect.stringContaining("was removed. Try: Name the file by its whole path.")]);
    expect(run(["audit", "--inventory", "apirisk.yaml"], { HOME: folder }, gone()).code).toBe(2);
    expect(run([...AUDIT, "--no-history", "--output", "report.txt"], { HOME: folder }, gone()).code).toBe(5);
    expect([existsSync("/history.db"), existsSync("/report.txt"), existsSync(database())]).toEqual([false, false, false]);
  });

  it("one that may not be written is no obstacle", ({ skip }) => {
    if (isRoot) return skip("root may write everywhere");
    chmodSync(folder, 0o500);
    expect(run(["run", "list"], { HOME: folder }).code).toBe(0);
    chmodSync(folder, 0o700);
  });
});

describe("started by systemd", () => {
  const folders = () => ({ HOME: "/", STATE_DIRECTORY: join(folder, "state"), CONFIGURATION_DIRECTORY: join(folder, "etc") });

  it("history and configuration are in the folders that it made", () => {
    mkdirSync(join(folder, "etc"));
    writeFileSync(join(folder, "etc", "config.json"), '{"severity": "dire"}');
    expect(run(AUDIT, folders(), 'export SYSTEMD_EXEC_PID="$$"').code).toBe(2);
    writeFileSync(join(folder, "etc", "config.json"), '{"severity": "low"}');
    expect(run(AUDIT, folders(), 'export SYSTEMD_EXEC_PID="$$"').code).toBe(3);
    expect(statSync(join(folder, "state", "history.db")).mode & 0o777).toBe(0o600);
  });

  it("a program that a service started inherits the variables, and does not take its folders", () => {
    expect(run(AUDIT, { ...folders(), HOME: folder }, "export SYSTEMD_EXEC_PID=1").code).toBe(3);
    expect([existsSync(join(folder, "state")), existsSync(join(folder, ".local/share/apirisk/history.db"))]).toEqual([false, true]);
  });
});

describe("the user's data folder", () => {
  it("holds data, and no code that is run", () => {
    const plugin = join(folder, "plugin");
    mkdirSync(plugin);
    const marker = join(folder, "was-run");
    const manifest = { name: "planted", version: "1.0.0", oclif: { hooks: { init: "./init.js" } } };
    writeFileSync(join(plugin, "package.json"), JSON.stringify(manifest));
    writeFileSync(join(plugin, "init.js"), `module.exports = () => require("fs").writeFileSync(${JSON.stringify(marker)}, "")`);
    const data = join(folder, "data");
    mkdirSync(data);
    writeFileSync(
      join(data, "package.json"),
      JSON.stringify({ name: "data", oclif: { plugins: [{ type: "link", name: "planted", root: plugin }] } }),
    );
    expect(run(["run", "list"], { HOME: folder, APIRISK_DATA_DIR: data }).code).toBe(0);
    expect(existsSync(marker)).toBe(false);
    expect(execFileSync("ls", [data], { encoding: "utf8" })).toBe("package.json\n");
  });
});
