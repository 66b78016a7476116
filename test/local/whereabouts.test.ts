import { execFileSync } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { NO_TRUST } from "../../src/local/bindings.ts";
import { createFilePort } from "../../src/local/files.ts";
import { createCredentialPort } from "../../src/local/secrets.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";

const ORIGIN = "https://api.acme.example";

async function keeper() {
  const { path: folder } = await temporaryFolder();
  const bindings = ["file:key", "env:ACME_KEY", "exec:echo hello"].map((reference) => ({
    reference,
    origin: ORIGIN,
    trustedAt: "2026-01-01T00:00:00Z",
  }));
  const port = createCredentialPort({
    trust: { ...NO_TRUST, bindings, folders: [folder] },
    env: { ACME_KEY: "a-secret-of-acme", PATH: process.env["PATH"] },
    files: createFilePort(),
    folder,
  });
  const whereabouts = async (reference: string) => {
    await port.resolve(reference, ORIGIN);
    return port.whereabouts(reference, ORIGIN);
  };
  return { folder, port, whereabouts };
}

describe.skipIf(process.getuid === undefined)("where a credential lies", () => {
  it("is a file with a mode and a folder", async () => {
    const { folder, whereabouts } = await keeper();
    await writeFile(`${folder}/key`, "a-secret-of-acme", { mode: 0o600 });
    expect(await whereabouts("file:key")).toEqual({ file: "own", mode: "private", folder: "private", tracked: "no" });
    await chmod(`${folder}/key`, 0o644);
    await chmod(folder, 0o777);
    expect(await whereabouts("file:key")).toEqual({ file: "own", mode: "others", folder: "others-write", tracked: "no" });
  });

  it("is a file beside the inventory that assigns its variable, and no template", async () => {
    const { folder, whereabouts } = await keeper();
    expect(await whereabouts("env:ACME_KEY")).toBeUndefined();
    await writeFile(`${folder}/.env.example`, "ACME_KEY=\n", { mode: 0o644 });
    await writeFile(`${folder}/.env`, "NOT_ACME_KEY=1\n# ACME_KEY=2\n", { mode: 0o644 });
    expect(await whereabouts("env:ACME_KEY")).toBeUndefined();
    await writeFile(`${folder}/.env.production`, "export ACME_KEY = x\n", { mode: 0o644 });
    expect(await whereabouts("env:ACME_KEY")).toEqual({ file: "env-file", mode: "others", folder: "private", tracked: "no" });
  });

  it("is told of a key in several lines", async () => {
    const { folder, whereabouts } = await keeper();
    await writeFile(`${folder}/key`, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", { mode: 0o640 });
    expect(await whereabouts("file:key")).toMatchObject({ file: "own", mode: "group" });
  });

  it("is not told of what is not bound, cannot be read, or is no file", async () => {
    const { folder, port, whereabouts } = await keeper();
    await writeFile(`${folder}/other`, "x", { mode: 0o644 });
    expect(await port.whereabouts("file:other", ORIGIN)).toBeUndefined();
    expect(await whereabouts("file:key")).toBeUndefined();
    expect(await whereabouts("exec:echo hello")).toBeUndefined();
  });

  it.skipIf(!hasGit())("is in a repository, and nothing that the repository configures is run", async () => {
    const { folder, whereabouts } = await keeper();
    await writeFile(`${folder}/key`, "a-secret-of-acme", { mode: 0o600 });
    const git = (...words: readonly string[]) => execFileSync("git", ["-C", folder, ...words], { stdio: "ignore" });
    git("init");
    await mkdir(`${folder}/ran`);
    git("config", "core.fsmonitor", `touch ${folder}/ran/fsmonitor; false`);
    expect(await whereabouts("file:key")).toMatchObject({ tracked: "no" });
    execFileSync("git", ["-C", folder, "-c", "core.fsmonitor=false", "add", "-f", "key"], { stdio: "ignore" });
    expect(await whereabouts("file:key")).toMatchObject({ tracked: "yes" });
    const { readdir } = await import("node:fs/promises");
    expect(await readdir(`${folder}/ran`)).toEqual([]);
  });
});

function hasGit(): boolean {
  try {
    execFileSync("git", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
