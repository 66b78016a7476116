import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFilePort, wholePathsOnly } from "../../src/local/files.ts";

const files = createFilePort();
let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "apirisk-files-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("reading", () => {
  test("text, without its byte order mark", async () => {
    expect(await files.readText(put("a", "\uFEFFgrüße\n"), 100)).toEqual({ ok: true, value: "grüße\n" });
  });

  test("exactly as many bytes as allowed, and not one more", async () => {
    expect(await files.readText(put("a", "12345"), 5)).toEqual({ ok: true, value: "12345" });
    expect(await files.readText(put("b", "123456"), 5)).toMatchObject({
      ok: false,
      error: { kind: "too-large", detail: "is larger than 5 bytes" },
    });
  });

  test.each([
    [1000, "1000 bytes"],
    [2048, "2 KB"],
    [1024 * 1024, "1 MB"],
  ])("a limit of %d bytes is told as %s", async (most, words) => {
    const detail = `is larger than ${words}`;
    expect(await files.readBytes(put("a", Buffer.alloc(most + 1)), most)).toMatchObject({ error: { detail } });
  });

  test("an empty file", async () => {
    expect(await files.readBytes(put("a", ""), 5)).toEqual({ ok: true, value: Buffer.alloc(0) });
  });

  test.each([
    ["invalid UTF-8", Uint8Array.of(0x61, 0xff)],
    ["UTF-16", new Uint8Array(Buffer.from("abc", "utf16le"))],
    ["a NUL", "a\0b"],
  ])("%s is not text", async (_what, content) => {
    expect(await files.readText(put("a", content), 100)).toMatchObject({ ok: false, error: { kind: "not-text" } });
  });

  test("what is not there, a folder, a file as folder", async () => {
    expect(await files.readText(join(folder, "none"), 5)).toEqual({
      ok: false,
      error: { kind: "not-found", path: join(folder, "none"), detail: "does not exist" },
    });
    expect(await files.readText(folder, 5)).toMatchObject({ ok: false, error: { kind: "not-readable", detail: "is a folder" } });
    expect(await files.readText(join(put("a", "x"), "b"), 5)).toMatchObject({ ok: false, error: { kind: "not-readable" } });
  });

  test.skipIf(process.platform === "win32")("a pipe without a writer is not waited for, a device has no end", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    expect(await files.readText(pipe, 5)).toMatchObject({ ok: false, error: { detail: "is not a regular file" } });
    expect(await files.readText("/dev/zero", 5)).toMatchObject({ ok: false, error: { detail: "is not a regular file" } });
  });

  test.skipIf(process.platform !== "linux")("a file whose size the system does not know", async () => {
    const read = await files.readText("/proc/self/status", 100_000);
    expect(read.ok && read.value).toMatch(/^Name:/);
    expect(await files.readText("/proc/self/status", 10)).toMatchObject({ ok: false, error: { kind: "too-large" } });
  });
});

describe("writing", () => {
  test("whole, 0600, without anything left beside it", async () => {
    const path = join(folder, "out.json");
    expect(await files.writeWhole(path, "one")).toEqual({ ok: true, value: undefined });
    expect(await files.writeWhole(path, "two")).toEqual({ ok: true, value: undefined });
    expect(readFileSync(path, "utf8")).toBe("two");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["out.json"]);
  });

  test("another mode when told, whatever the umask", async () => {
    const path = join(folder, "public");
    await files.writeWhole(path, "x", 0o644);
    expect(statSync(path).mode & 0o777).toBe(0o644);
  });

  test("through a link, which stays a link", async () => {
    const target = put("target", "old");
    symlinkSync(target, join(folder, "link"));
    await files.writeWhole(join(folder, "link"), "new");
    expect(readFileSync(target, "utf8")).toBe("new");
    expect(realpathSync(join(folder, "link"))).toBe(target);
  });

  test("never over a folder or a device", async () => {
    mkdirSync(join(folder, "inner"));
    expect(await files.writeWhole(join(folder, "inner"), "x")).toMatchObject({
      ok: false,
      error: { kind: "not-writable", detail: "exists and is not a regular file" },
    });
    expect(await files.writeWhole("/dev/null", "x")).toMatchObject({ ok: false, error: { kind: "not-writable" } });
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  test("a missing folder is said", async () => {
    expect(await files.writeWhole(join(folder, "no", "file"), "x")).toMatchObject({
      ok: false,
      error: { kind: "not-writable", detail: "its folder does not exist" },
    });
  });

  test.skipIf(process.getuid?.() === 0)("a folder without permission leaves the old file as it was", async () => {
    const path = put("a", "old");
    chmodSync(folder, 0o500);
    expect(await files.writeWhole(path, "new")).toMatchObject({ ok: false, error: { kind: "not-writable", detail: "permission denied" } });
    chmodSync(folder, 0o700);
    expect(readFileSync(path, "utf8")).toBe("old");
  });
});

describe("looking upward", () => {
  test("finds the nearest, and only a file", async () => {
    const inner = join(folder, "a", "b");
    mkdirSync(inner, { recursive: true });
    const outer = put("apirisk.yaml", "x");
    expect(await files.findUpward("apirisk.yaml", inner)).toBe(outer);
    mkdirSync(join(inner, "apirisk.yaml"));
    expect(await files.findUpward("apirisk.yaml", inner)).toBe(outer);
    writeFileSync(join(folder, "a", "apirisk.yaml"), "y");
    expect(await files.findUpward("apirisk.yaml", inner)).toBe(join(folder, "a", "apirisk.yaml"));
  });

  test("ends at the root", async () => {
    expect(await files.findUpward(`none-${Date.now()}`, folder)).toBeUndefined();
    expect(existsSync(folder)).toBe(true);
  });
});

describe("adding", () => {
  test("to a new file of our own, and to the end of one that is there", async () => {
    const path = join(folder, "log");
    for (const text of ["first\n", "second\n"]) {
      const file = await files.openAppend(path);
      if (!file.ok) throw new Error(file.error.detail);
      expect([await file.value.append(text), await file.value.close()]).toEqual([
        { ok: true, value: undefined },
        { ok: true, value: undefined },
      ]);
    }
    expect([readFileSync(path, "utf8"), statSync(path).mode & 0o777]).toEqual(["first\nsecond\n", 0o600]);
  });

  test("to what is no file is refused", async () => {
    execFileSync("mkfifo", [join(folder, "pipe")]);
    for (const path of [folder, join(folder, "pipe"), "/dev/null", join(folder, "none", "log")]) {
      expect(await files.openAppend(path)).toMatchObject({ ok: false, error: { kind: "not-writable", path } });
    }
  });
});

describe("without a working folder", () => {
  const whole = wholePathsOnly(files);

  test("whole paths are as before", async () => {
    const path = put("a", "text");
    expect(await whole.readText(path, 10)).toEqual({ ok: true, value: "text" });
    expect(await whole.readBytes(path, 10)).toMatchObject({ ok: true });
    expect(await whole.writeWhole(path, "new")).toMatchObject({ ok: true });
    expect(await whole.openAppend(path).then((file) => (file.ok ? file.value.close() : file))).toMatchObject({ ok: true });
    expect(await whole.findUpward("a", folder)).toBe(path);
  });

  test("relative ones lead nowhere", async () => {
    const inside = (kind: string) => ({ ok: false, error: { kind, path: "package.json", detail: expect.stringContaining("was removed") } });
    expect(await whole.readText("package.json", 1e6)).toEqual(inside("not-readable"));
    expect(await whole.readBytes("package.json", 1e6)).toEqual(inside("not-readable"));
    expect(await whole.writeWhole("package.json", "{}")).toEqual(inside("not-writable"));
    expect(await whole.openAppend("package.json")).toEqual(inside("not-writable"));
  });
});
