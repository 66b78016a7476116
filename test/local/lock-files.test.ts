import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createFilePort, problemOf } from "../../src/local/files.ts";
import { createLockFiles } from "../../src/local/lock-files.ts";
import type { FilePort } from "../../src/model/file-port.ts";
import { err, ok } from "../../src/model/result.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";

/** A repository: the inventory in `ops`, a lock file there, one above it and one in a folder that is trusted. */
async function repository() {
  const { path } = await temporaryFolder();
  for (const folder of ["ops/app", "trusted", "elsewhere"]) await mkdir(join(path, folder), { recursive: true });
  for (const file of ["ops/go.mod", "ops/app/yarn.lock", "yarn.lock", "trusted/yarn.lock", "elsewhere/secret"]) {
    await writeFile(join(path, file), file);
  }
  const files = createFilePort();
  return { path, lockFiles: createLockFiles({ trust: { folders: [join(path, "trusted")] }, files, folder: join(path, "ops") }) };
}

test("a lock file beside the inventory or below it is read, and its folder is not told", async () => {
  const { lockFiles } = await repository();
  expect(await lockFiles.read("go.mod")).toEqual(ok({ name: "go.mod", text: "ops/go.mod" }));
  expect(await lockFiles.read("./app/yarn.lock")).toEqual(ok({ name: "yarn.lock", text: "ops/app/yarn.lock" }));
});

test("one in a folder that the user trusts is read, and no other", async () => {
  const { lockFiles } = await repository();
  expect(await lockFiles.read("../trusted/yarn.lock")).toEqual(ok({ name: "yarn.lock", text: "trusted/yarn.lock" }));
  expect(await lockFiles.read("../yarn.lock")).toMatchObject(err({ kind: "outside" }));
});

test("neither a link nor a name leads out", async () => {
  const { path, lockFiles } = await repository();
  await symlink(join(path, "elsewhere/secret"), join(path, "ops/yarn.lock"));
  await symlink(join(path, "elsewhere"), join(path, "ops/linked"));
  await writeFile(join(path, "elsewhere/go.sum"), "");
  await writeFile(join(path, "ops/secret"), "");
  for (const out of ["yarn.lock", "linked/go.sum", "secret", join(path, "elsewhere/go.sum"), "app/../../yarn.lock"]) {
    expect(await lockFiles.read(out)).toMatchObject(err({ kind: "outside" }));
  }
});

test("what is not there, and what cannot be read, is told apart", async () => {
  const { path, lockFiles } = await repository();
  await mkdir(join(path, "ops/poetry.lock"));
  await writeFile(join(path, "ops/uv.lock"), Buffer.from([0xff, 0xfe, 0]));
  await symlink(join(path, "ops/Pipfile.lock"), join(path, "ops/Pipfile.lock"));
  await symlink(join(path, "ops/nowhere"), join(path, "ops/Gemfile.lock"));
  const told = async (file: string) => {
    const read = await lockFiles.read(file);
    return read.ok ? read.value.text : `${read.error.kind}: ${read.error.detail}`;
  };
  expect(await told("package-lock.json")).toBe("not-found: does not exist");
  expect(await told("nowhere/package-lock.json")).toBe("not-found: does not exist");
  expect(await told("Gemfile.lock")).toBe("not-found: does not exist");
  expect(await told("poetry.lock")).toBe("not-readable: is a folder");
  expect(await told("uv.lock")).toBe("not-readable: is not UTF-8 text");
  expect(await told("Pipfile.lock")).toBe("not-readable: its symbolic links form a loop");
  expect(await told("go.mod/yarn.lock")).toBe("not-readable: a part of its path is not a folder");
  expect(await told(`${"a".repeat(300)}/yarn.lock`)).toBe("not-readable: its path is too long");
});

test("one that may not be read is one that is there", async () => {
  const { path } = await repository();
  const denied: FilePort = {
    ...createFilePort(),
    readTextBelow: async (_folders, file) => err(problemOf(Object.assign(new Error("denied"), { code: "EACCES" }), file, "not-readable")),
  };
  const lockFiles = createLockFiles({ trust: { folders: [] }, files: denied, folder: join(path, "ops") });
  expect(await lockFiles.read("go.mod")).toEqual(err({ kind: "not-readable", detail: "permission denied" }));
});

test("what is there elsewhere on the machine cannot be found out", async () => {
  const { path, lockFiles } = await repository();
  for (const out of ["../nowhere/yarn.lock", "../elsewhere/secret/yarn.lock", join(path, "nowhere/yarn.lock")]) {
    expect(await lockFiles.read(out)).toMatchObject(err({ kind: "outside" }));
  }
});

test("one that is larger than 16 MB is not read", async () => {
  const { path, lockFiles } = await repository();
  await writeFile(join(path, "ops/composer.lock"), Buffer.alloc(16 * 1024 * 1024 + 1, " "));
  expect(await lockFiles.read("composer.lock")).toEqual(err({ kind: "not-readable", detail: "is larger than 16 MB" }));
});

test("a file is read once in a run", async () => {
  const { lockFiles } = await repository();
  const [one, two] = [await lockFiles.read("go.mod"), await lockFiles.read("go.mod")];
  expect(one.ok && two.ok && one.value === two.value).toBe(true);
});
