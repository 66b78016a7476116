import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createFilePort } from "../../src/local/files.ts";
import { createLockFiles } from "../../src/local/lock-files.ts";
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
  expect(await lockFiles.read("../yarn.lock")).toEqual(err("outside"));
});

test("neither a link nor a name leads out", async () => {
  const { path, lockFiles } = await repository();
  await symlink(join(path, "elsewhere/secret"), join(path, "ops/yarn.lock"));
  await symlink(join(path, "elsewhere"), join(path, "ops/linked"));
  await writeFile(join(path, "elsewhere/go.sum"), "");
  await writeFile(join(path, "ops/secret"), "");
  for (const out of ["yarn.lock", "linked/go.sum", "secret", join(path, "elsewhere/go.sum"), "app/../../yarn.lock"]) {
    expect(await lockFiles.read(out)).toEqual(err("outside"));
  }
});

test("what is not there, a folder and what is no text are told apart", async () => {
  const { path, lockFiles } = await repository();
  await mkdir(join(path, "ops/poetry.lock"));
  await writeFile(join(path, "ops/uv.lock"), Buffer.from([0xff, 0xfe, 0]));
  expect(await lockFiles.read("package-lock.json")).toEqual(err("not-found"));
  expect(await lockFiles.read("poetry.lock")).toEqual(err("not-readable"));
  expect(await lockFiles.read("uv.lock")).toEqual(err("not-readable"));
});

test("one that is larger than 16 MB is not read", async () => {
  const { path, lockFiles } = await repository();
  await writeFile(join(path, "ops/composer.lock"), Buffer.alloc(16 * 1024 * 1024 + 1, " "));
  expect(await lockFiles.read("composer.lock")).toEqual(err("not-readable"));
});

test("a file is read once in a run", async () => {
  const { lockFiles } = await repository();
  const [one, two] = [await lockFiles.read("go.mod"), await lockFiles.read("go.mod")];
  expect(one.ok && two.ok && one.value === two.value).toBe(true);
});
