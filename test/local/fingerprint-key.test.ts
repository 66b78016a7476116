import { chmod, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { fingerprintKey } from "../../src/local/fingerprint-key.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";

async function place() {
  const { path } = await temporaryFolder();
  return `${path}/made/for/it/fingerprint.key`;
}

describe("the key of fingerprints", () => {
  it("is made once, for its owner alone, and is the same from then on", async () => {
    const file = await place();
    const first = await fingerprintKey(file);
    expect(first?.reveal()).toMatch(/^[0-9a-f]{64}$/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await fingerprintKey(file))?.reveal()).toBe(first?.reveal());
  });

  it("is one, whoever comes first", async () => {
    const file = await place();
    const keys = await Promise.all([1, 2, 3, 4].map(() => fingerprintKey(file)));
    const written = (await readFile(file, "latin1")).trim();
    expect(keys.map((key) => key?.reveal())).toEqual([written, written, written, written]);
    expect(await readdir(dirname(file))).toEqual(["fingerprint.key"]);
  });

  it.skipIf(process.getuid === undefined)("is not used where others may read it", async () => {
    const file = await place();
    await fingerprintKey(file);
    await chmod(file, 0o640);
    expect(await fingerprintKey(file)).toBeUndefined();
  });

  it.each(["", "short", "g".repeat(64), "0".repeat(200)])("is not made of %j, and that is left as it is", async (text) => {
    const file = await place();
    await fingerprintKey(file);
    await writeFile(file, text);
    expect(await fingerprintKey(file)).toBeUndefined();
    expect(await readFile(file, "latin1")).toBe(text);
  });

  it("is none where there is no place for it", async () => {
    expect(await fingerprintKey("/dev/null/fingerprint.key")).toBeUndefined();
  });
});
