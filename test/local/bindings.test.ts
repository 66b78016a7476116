import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addBindings, addFolders, NO_TRUST, readTrust, revokeBindings, writeTrust } from "../../src/local/bindings.ts";
import { createFilePort } from "../../src/local/files.ts";

const files = createFilePort();
const NOW = Date.UTC(2026, 10, 23, 12);
const PAIR = { reference: "env:ACME_TOKEN", origin: "https://api.acme.example" };
const TRUST = addBindings(NO_TRUST, [PAIR], NOW);
let root: string;
let file: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "apirisk-trust-"));
  file = join(root, "config", "trust.json");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("nothing is trusted where there is no file", async () => {
  expect(await readTrust(files, file)).toEqual({ ok: true, value: { version: 1, bindings: [], folders: [], exec: false } });
});

test("is written 0600 in a folder of 0700, and read again", async () => {
  const trust = { ...addFolders(TRUST, ["/run/secrets"]), exec: true };
  expect(await writeTrust(files, file, trust)).toEqual({ ok: true, value: undefined });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(root, "config")).mode & 0o777).toBe(0o700);
  expect(await readTrust(files, file)).toEqual({
    ok: true,
    value: { version: 1, bindings: [{ ...PAIR, trustedAt: "2026-11-23T12:00:00Z" }], folders: ["/run/secrets"], exec: true },
  });
});

test("a pair is added once, and one that is bound again has the newer date", () => {
  expect(
    addBindings(TRUST, [PAIR, { ...PAIR, origin: "https://eu.acme.example" }, { ...PAIR, origin: "https://eu.acme.example" }], NOW + 60_000)
      .bindings,
  ).toEqual([
    { ...PAIR, trustedAt: "2026-11-23T12:01:00Z" },
    { reference: "env:ACME_TOKEN", origin: "https://eu.acme.example", trustedAt: "2026-11-23T12:01:00Z" },
  ]);
});

test("revoking takes one origin, or all of a reference", () => {
  const two = addBindings(
    TRUST,
    [
      { ...PAIR, origin: "https://eu.acme.example" },
      { reference: "env:OTHER", origin: PAIR.origin },
    ],
    NOW,
  );
  const pairs = (trust: typeof two) => trust.bindings.map(({ reference, origin }) => `${reference} ${origin}`);
  expect(pairs(revokeBindings(two, "env:ACME_TOKEN", PAIR.origin))).toEqual([
    "env:ACME_TOKEN https://eu.acme.example",
    "env:OTHER https://api.acme.example",
  ]);
  expect(pairs(revokeBindings(two, "env:ACME_TOKEN"))).toEqual(["env:OTHER https://api.acme.example"]);
});

test("folders are absolute and named once", () => {
  expect(addFolders(addFolders(NO_TRUST, ["secrets"]), ["secrets", "/run/secrets"]).folders).toEqual([resolve("secrets"), "/run/secrets"]);
});

describe.skipIf(process.platform === "win32")("a file that others may write is not believed", () => {
  beforeEach(async () => {
    await writeTrust(files, file, TRUST);
  });

  test.each([0o620, 0o602, 0o666])("file of mode %o", async (mode) => {
    chmodSync(file, mode);
    expect(await readTrust(files, file)).toMatchObject({
      ok: false,
      error: { detail: expect.stringContaining("other users"), next: `chmod 600 ${file}` },
    });
  });

  test.each([0o770, 0o707])("folder of mode %o", async (mode) => {
    chmodSync(join(root, "config"), mode);
    expect(await readTrust(files, file)).toMatchObject({ ok: false, error: { next: `chmod go-w ${join(root, "config")}` } });
  });

  test("the folder behind a link counts too", async () => {
    const open = join(root, "open");
    mkdirSync(open);
    writeFileSync(join(open, "trust.json"), JSON.stringify(TRUST), { mode: 0o600 });
    chmodSync(open, 0o777);
    rmSync(file);
    symlinkSync(join(open, "trust.json"), file);
    expect(await readTrust(files, file)).toMatchObject({ ok: false, error: { detail: expect.stringContaining(open) } });
  });

  test("a sticky folder protects our own file, and readers are no danger", async () => {
    chmodSync(join(root, "config"), 0o1777);
    chmodSync(file, 0o644);
    expect(await readTrust(files, file)).toEqual({ ok: true, value: TRUST });
  });
});

test.each([
  ["no JSON", "{"],
  ["another version", JSON.stringify({ ...TRUST, version: 2 })],
  ["an unknown key", JSON.stringify({ ...TRUST, all: true })],
  ["an http origin", JSON.stringify({ ...TRUST, bindings: [{ ...TRUST.bindings[0], origin: "http://api.acme.example" }] })],
  ["an origin with a path", JSON.stringify({ ...TRUST, bindings: [{ ...TRUST.bindings[0], origin: "https://api.acme.example/" }] })],
  ["an origin with a user", JSON.stringify({ ...TRUST, bindings: [{ ...TRUST.bindings[0], origin: "https://a@api.acme.example" }] })],
  ["a pattern as origin", JSON.stringify({ ...TRUST, bindings: [{ ...TRUST.bindings[0], origin: "*" }] })],
  ["a relative folder", JSON.stringify({ ...TRUST, folders: ["secrets"] })],
  ["exec as text", JSON.stringify({ ...TRUST, exec: "true" })],
])("%s is no trust file", async (_what, text) => {
  mkdirSync(join(root, "config"), { mode: 0o700 });
  writeFileSync(file, text, { mode: 0o600 });
  expect(await readTrust(files, file)).toMatchObject({ ok: false, error: { detail: expect.stringContaining("is no trust file") } });
});
