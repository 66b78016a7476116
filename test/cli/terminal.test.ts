import { describe, expect, it } from "vitest";
import { detectTerminal, type Surroundings, wantsDebug, wantsJson } from "../../src/cli/terminal.ts";

const tty = { isTTY: true, columns: 120 };
const pipe = {};
const detect = (changes: Partial<Surroundings> = {}) =>
  detectTerminal({ env: { LANG: "en_GB.UTF-8" }, argv: [], platform: "linux", stdout: tty, stderr: tty, ...changes });

describe("detectTerminal", () => {
  it("judges stdout and stderr separately", () => {
    expect(detect({ stdout: pipe })).toEqual({
      stdout: { isTTY: false, style: { columns: 80, colour: false, unicode: true } },
      stderr: { isTTY: true, style: { columns: 120, colour: true, unicode: true } },
      ci: false,
      dumb: false,
    });
  });

  it.each<[string, Partial<Surroundings>]>([
    ["NO_COLOR", { env: { NO_COLOR: "1" } }],
    ["APIRISK_NO_COLOR", { env: { APIRISK_NO_COLOR: "true" } }],
    ["TERM=dumb", { env: { TERM: "dumb" } }],
    ["--no-color", { argv: ["audit", "--no-color"] }],
  ])("has no colour with %s", (_, changes) => {
    expect(detect(changes).stdout.style.colour).toBe(false);
  });

  it("keeps its colour with an empty NO_COLOR (no-color.org)", () => {
    expect(detect({ env: { NO_COLOR: "" } }).stdout.style.colour).toBe(true);
  });

  it.each<[number, Partial<Surroundings>]>([
    [60, { env: { OCLIF_COLUMNS: "60" } }],
    [60, { env: { OCLIF_COLUMNS: "60" }, stdout: pipe }],
    [40, { env: { OCLIF_COLUMNS: "7" } }],
    [120, { env: { OCLIF_COLUMNS: "wide" } }],
    [80, { stdout: { isTTY: true, columns: 0 } }],
    [40, { stdout: { isTTY: true, columns: 12 } }],
    [80, { stdout: { isTTY: false, columns: 300 } }],
  ])("is %i columns wide with %j", (columns, changes) => {
    expect(detect(changes).stdout.style.columns).toBe(columns);
  });

  it.each<[boolean, string, Surroundings["env"]]>([
    [true, "linux", { LANG: "C.utf8" }],
    [true, "linux", { LC_ALL: "de_DE.UTF-8", LANG: "C" }],
    [false, "linux", { LC_ALL: "C", LANG: "de_DE.UTF-8" }],
    [false, "linux", { LC_CTYPE: "POSIX" }],
    [false, "linux", {}],
    [false, "linux", { LANG: "C.UTF-8", TERM: "linux" }],
    [true, "win32", { WT_SESSION: "1" }],
    [true, "win32", { TERM_PROGRAM: "vscode" }],
    [false, "win32", { LANG: "C.UTF-8" }],
  ])("says Unicode %s on %s with %j", (unicode, platform, env) => {
    expect(detect({ platform, env }).stdout.style.unicode).toBe(unicode);
  });

  it("knows a CI system", () => {
    expect(detect({ env: { CI: "true" } }).ci).toBe(true);
  });
});

describe("wantsJson", () => {
  it.each([
    [["audit", "--json"], {}, true],
    [["audit", "--", "--json"], {}, false],
    [["audit"], { APIRISK_JSON: "yes" }, true],
    [["audit"], { APIRISK_JSON: "0" }, false],
    [["audit"], {}, false],
  ])("of %j with %j is %s", (argv, env, wanted) => {
    expect(wantsJson(argv, env)).toBe(wanted);
  });
});

describe("wantsDebug", () => {
  it.each([
    ["apirisk", true],
    ["apirisk*", true],
    ["express,apirisk:net", true],
    ["*", true],
    ["express", false],
    ["", false],
  ])("of %j is %s", (value, wanted) => {
    expect(wantsDebug({ DEBUG: value })).toBe(wanted);
  });
});
