import { describe, expect, it } from "vitest";
import { fileTrouble, heldLock, invalidClasses, invalidInventory, storeTrouble } from "../../src/cli/errors.ts";
import { EXIT } from "../../src/cli/exit-code.ts";
import { describeFailure } from "../../src/cli/failure.ts";
import { StoreFailure } from "../../src/model/history-store.ts";

const problem = { file: "apirisk.yaml", line: 4, column: 3, path: "integrations[0].basUrl", expected: "a known key", found: "basUrl" };

describe("invalidInventory", () => {
  it("gives every problem its place, and what was probably meant", () => {
    const { message, suggestions, exitCode, code } = invalidInventory([
      { ...problem, suggestion: "baseUrl" },
      { ...problem, line: 9, path: "" },
    ]);
    expect(message.split("\n")).toEqual([
      "The inventory is invalid.",
      "apirisk.yaml:4:3: integrations[0].basUrl: expected a known key, found basUrl",
      "apirisk.yaml:9:3: expected a known key, found basUrl",
    ]);
    expect([suggestions, exitCode, code]).toEqual([["baseUrl (line 4)"], 2, "INVENTORY_INVALID"]);
  });

  it("says what is invalid", () => {
    const { message, code } = invalidClasses([problem]);
    expect([message.split("\n")[0], code]).toEqual(["The file of classes is invalid.", "CLASSES_INVALID"]);
  });

  it("stops after twenty", () => {
    const { message } = invalidInventory(Array.from({ length: 25 }, () => problem));
    expect(message.split("\n")).toHaveLength(22);
    expect(message.endsWith("\nand 5 more")).toBe(true);
  });
});

describe("trouble with files, store and lock", () => {
  it.each([
    ["not-ours", "STORE_NOT_OURS", 5],
    ["corrupt", "STORE_CORRUPT", 5],
    ["driver-missing", "STORE_DRIVER_MISSING", 5],
    ["locked", "STORE_LOCKED", 5],
    ["not-private", "STORE_NOT_PRIVATE", 5],
    ["bug", "STORE_BUG", 70],
  ] as const)("a store that is %s", (kind, code, exitCode) => {
    expect(storeTrouble(new StoreFailure(kind, "m", "n"))).toMatchObject({ code, exitCode, message: "m", suggestions: ["n"] });
  });

  it("a file that cannot be read is usage, one that cannot be written is storage", () => {
    expect(fileTrouble({ kind: "not-found", path: "x.yaml", detail: "no such file" })).toMatchObject({
      exitCode: 2,
      message: "x.yaml: no such file",
    });
    expect(fileTrouble({ kind: "not-writable", path: "x", detail: "d" })).toMatchObject({ exitCode: 5, code: "OUTPUT_NOT_WRITABLE" });
  });

  it("a held lock says by whom and since when, as far as known", () => {
    expect(heldLock({ pid: 42, since: Date.UTC(2026, 10, 23, 19) })).toMatchObject({
      exitCode: 4,
      message: "Another run (process 42) holds the lock of the history since 2026-11-23T19:00:00Z.",
    });
    expect(heldLock({}).message).toBe("Another run holds the lock of the history.");
  });
});

describe("describeFailure", () => {
  it.each([undefined, null, 7, "text", {}, new Error("x"), new Proxy({}, {})])("takes %o for a bug", (thrown) => {
    expect(describeFailure(thrown)).toMatchObject({ code: "BUG", exitCode: 70, ref: null });
  });

  it("scrubs messages and suggestions", () => {
    const scrub = (text: string) => text.replaceAll("s3cret", "[secret]");
    const failure = new StoreFailure("full", "at s3cret", "move s3cret");
    expect(describeFailure(failure, { scrub })).toMatchObject({ message: "at [secret]", suggestions: ["move [secret]"] });
  });
});

describe("exit codes", () => {
  it("are the contract", () => {
    expect(EXIT).toEqual({
      passed: 0,
      gateFailed: 1,
      usage: 2,
      notAudited: 3,
      locked: 4,
      storage: 5,
      bug: 70,
      interrupted: 130,
      terminated: 143,
    });
  });
});
