import { execFileSync } from "node:child_process";
import { appendFile, chmod, mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { NO_TRUST } from "../../src/local/bindings.ts";
import { createFilePort } from "../../src/local/files.ts";
import { isTracked } from "../../src/local/git-index.ts";
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

  it("is under a folder of the platform", async () => {
    const { folder, whereabouts } = await keeper();
    await mkdir(`${folder}/..2026_11_30_10_00_00.123456`);
    await writeFile(`${folder}/..2026_11_30_10_00_00.123456/key`, "a-secret-of-acme", { mode: 0o644 });
    await symlink(`${folder}/..2026_11_30_10_00_00.123456/key`, `${folder}/key`);
    expect(await whereabouts("file:key")).toMatchObject({ mode: "mounted" });
  });
});

const HAS_GIT = hasGit();

describe.skipIf(!HAS_GIT)("whether git tracks a file, by its index", () => {
  async function repository(...options: readonly string[]) {
    const { path: folder } = await temporaryFolder();
    const git = (...words: readonly string[]) =>
      execFileSync("git", ["-C", folder, "-c", "user.name=x", "-c", "user.email=x@x", ...words], { stdio: "ignore" });
    git("init", "--quiet", ...options);
    await mkdir(`${folder}/deep/er`, { recursive: true });
    for (const name of ["a", "ab", "deep/er/key", "deep/er/keys", "left-out"]) await writeFile(`${folder}/${name}`, name);
    return { folder, git, tracked: (name: string) => isTracked(`${folder}/${name}`) };
  }

  it.each([
    ["version 2", [], ["update-index", "--index-version", "2"]],
    ["version 3", [], ["add", "--intent-to-add", "ab"]],
    ["version 4", [], ["update-index", "--index-version", "4"]],
    ["hashes of SHA-256", ["--object-format=sha256"], ["status"]],
  ])("%s", async (_name, options, then) => {
    const { git, tracked } = await repository(...options);
    git("add", "a", "deep/er/key");
    git(...then);
    expect(await Promise.all(["a", "deep/er/key", "deep/er/keys", "left-out"].map(tracked))).toEqual(["yes", "yes", "no", "no"]);
  });

  it("is not known of an index in pieces, and no where nothing was added", async () => {
    const { git, tracked } = await repository();
    expect(await tracked("a")).toBe("no");
    git("add", "a");
    git("update-index", "--split-index");
    git("add", "ab");
    expect(await Promise.all(["a", "ab", "left-out"].map(tracked))).not.toContain("no");
  });

  it("is told of a work tree of its own", async () => {
    const { folder, git } = await repository();
    git("add", "a", "deep/er/key");
    git("commit", "--quiet", "-m", "x");
    git("worktree", "add", "--quiet", `${folder}/other`, "HEAD");
    await writeFile(`${folder}/other/new`, "x");
    expect(await Promise.all(["other/a", "other/new"].map((name) => isTracked(`${folder}/${name}`)))).toEqual(["yes", "no"]);
  });

  it.each([
    ["nothing", ""],
    ["no index", "x".repeat(200)],
    ["an index that ends", `DIRC\0\0\0\u0002\0\0\u00ff\u00ff${"\0".repeat(40)}`],
  ])("is not known of %s", async (_name, text) => {
    const { folder, tracked } = await repository();
    await writeFile(`${folder}/.git/index`, text, "latin1");
    expect(await tracked("a")).toBe("unknown");
  });

  it("runs nothing that a repository configures", async () => {
    const { folder, git, tracked } = await repository();
    git("add", "a");
    await mkdir(`${folder}/ran`);
    await mkdir(`${folder}/bin`);
    await writeFile(`${folder}/bin/git`, `#!/bin/sh\ntouch ${folder}/ran/git\n`, { mode: 0o755 });
    const config = [
      `[core]\n\tfsmonitor = touch ${folder}/ran/fsmonitor; false\n\trepositoryformatversion = 1`,
      `[remote "origin"]\n\turl = file:///nowhere\n\tpromisor = true\n\tuploadpack = touch ${folder}/ran/uploadpack; false`,
      "[extensions]\n\tpartialClone = origin",
    ];
    await appendFile(`${folder}/.git/config`, config.join("\n"));
    const path = process.env["PATH"];
    process.env["PATH"] = `${folder}/bin:./bin:${path}`;
    try {
      expect(await Promise.all(["a", "left-out"].map(tracked))).toEqual(["yes", "no"]);
    } finally {
      process.env["PATH"] = path;
    }
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
