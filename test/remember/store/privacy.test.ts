import { renameSync } from "node:fs";
import { chmod, chown, mkdir, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadDriver } from "../../../src/remember/store/driver.ts";
import { openDatabase } from "../../../src/remember/store/open-database.ts";
import { openSqliteHistory } from "../../../src/remember/store/sqlite-history.ts";
import { runCli } from "../../lab/support/run-cli.ts";
import { NOBODY } from "./child.ts";
import { sqlitePlace } from "./sqlite-place.ts";

let place: Awaited<ReturnType<typeof sqlitePlace>>;
beforeEach(async () => {
  place = await sqlitePlace();
});
afterEach(() => place.remove());

const make = async (file: string) => (await openSqliteHistory({ file })).close();
const opened = (file: string, allowInsecure = false) => openSqliteHistory({ file, allowInsecure }).then((store) => store.close());

describe("a history that others could have put there", () => {
  it("is not followed through a symbolic link, also one that points nowhere", async () => {
    const real = join(place.folder, "real.db");
    await make(real);
    await symlink(real, place.file);
    await expect(opened(place.file)).rejects.toMatchObject({ kind: "not-private", message: expect.stringContaining("symbolic link") });
    await opened(place.file, true);
    const dangling = join(place.folder, "dangling.db");
    await symlink(join(place.folder, "elsewhere.db"), dangling);
    await expect(opened(dangling)).rejects.toMatchObject({ name: "StoreFailure" });
    await expect(stat(join(place.folder, "elsewhere.db"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("is not opened in a folder that anybody may write, but for one with a sticky bit", async () => {
    const folder = join(place.folder, "open");
    await mkdir(folder);
    await chmod(folder, 0o777);
    const file = join(folder, "history.db");
    await expect(opened(file)).rejects.toMatchObject({ kind: "not-private", message: expect.stringContaining(folder) });
    await opened(file, true);
    await chmod(folder, 0o1777);
    await opened(file);
  });

  it.skipIf(process.getuid?.() !== 0)(
    "is not opened when it belongs to somebody else (skipped: only root can give files away)",
    async () => {
      await make(place.file);
      await chown(place.file, NOBODY, NOBODY);
      await chmod(place.file, 0o644);
      await expect(opened(place.file)).rejects.toMatchObject({ kind: "not-private", message: expect.stringContaining("another user") });
      expect((await stat(place.file)).mode & 0o777).toBe(0o644);
      await opened(place.file, true);
    },
  );

  it("is not used when it was exchanged between the check and the opening", async () => {
    const other = join(place.folder, "other.db");
    await make(place.file);
    await make(other);
    const driver = await loadDriver(place.file);
    const swapping = new Proxy(driver, {
      construct: (target, [file, options]) => {
        if (file === place.file) renameSync(other, place.file);
        return Reflect.construct(target, [file, options]) as object;
      },
    });
    await expect(openDatabase(swapping, place.file)).rejects.toMatchObject({
      kind: "not-private",
      message: expect.stringContaining("was replaced"),
    });
  });

  it("is refused by the program with exit 5, unless the user says that it is fine", async () => {
    await make(join(place.folder, "real.db"));
    await symlink(join(place.folder, "real.db"), place.file);
    const list = (env: Record<string, string>) => runCli(["run", "list", "--db", place.file], { home: place.folder, env });
    const refused = await list({});
    expect([refused.code, refused.stderr]).toEqual([5, expect.stringContaining("APIRISK_ALLOW_INSECURE_PERMS")]);
    expect((await list({ APIRISK_ALLOW_INSECURE_PERMS: "1" })).code).toBe(0);
  });
});
