import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readUserConfig } from "../../src/local/config.ts";
import { createFilePort } from "../../src/local/files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "apirisk-config-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("no file, no preferences", async () => {
  expect(await readUserConfig(createFilePort(), join(folder, "config.json"))).toEqual({ ok: true, value: {} });
});

test("plain values by name", async () => {
  const file = join(folder, "config.json");
  writeFileSync(file, '{"severity": "medium", "concurrency": 2, "quiet": true}');
  expect(await readUserConfig(createFilePort(), file)).toEqual({ ok: true, value: { severity: "medium", concurrency: 2, quiet: true } });
});

test.each(["", "[]", "null", "{", '{"a": {}}', '{"a": null}', `"${"x".repeat(70_000)}"`])("refuses %.20s", async (text) => {
  const file = join(folder, "config.json");
  writeFileSync(file, text);
  const read = await readUserConfig(createFilePort(), file);
  expect(read).toMatchObject({ ok: false, error: expect.stringContaining(file) });
});
