import { readFile } from "node:fs/promises";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openSqliteHistory } from "../../../src/remember/store/sqlite-history.ts";
import { runCli } from "../../lab/support/run-cli.ts";
import { aCommit, aRun, theEnd, ulid } from "../samples.ts";
import { sqlitePlace } from "./sqlite-place.ts";

let place: Awaited<ReturnType<typeof sqlitePlace>>;
beforeEach(async () => {
  place = await sqlitePlace();
  const store = await place.open();
  await store.beginRun(aRun(1, { toolVersion: "7.8.9" }));
  await store.commitAudit(aCommit(1));
  await store.finishRun(ulid(1), theEnd(1));
  await store.close();
});
afterEach(() => place.remove());

/** As a later apirisk would leave it; `minReader` as it would say who may still read. */
function becomeNewer(minReader: number | undefined): void {
  const db = new Database(place.file);
  db.pragma("user_version = 99");
  db.exec("DELETE FROM meta");
  if (minReader !== undefined) db.prepare("INSERT INTO meta(key, value) VALUES ('min_reader', ?)").run(minReader);
  db.close();
}

it("a newer history that allows it can be read, and is not changed by that", async () => {
  becomeNewer(4);
  const before = await readFile(place.file);
  const store = await openSqliteHistory({ file: place.file, readOnly: true });
  expect((await store.runs(5)).map((run) => run.ulid)).toEqual([ulid(1)]);
  expect((await store.auditsOf(ulid(1))).length).toBe(1);
  await expect(store.beginRun(aRun(2))).rejects.toMatchObject({ kind: "not-writable" });
  await store.close();
  expect((await readFile(place.file)).equals(before)).toBe(true);
});

it.each([
  ["to write", 4, false],
  ["to read, where it does not allow that", 99, true],
  ["to read, where it does not say", undefined, true],
])("a newer history is not opened %s; which version it needs is said", async (_what, minReader, readOnly) => {
  becomeNewer(minReader);
  const before = await readFile(place.file);
  await expect(openSqliteHistory({ file: place.file, readOnly })).rejects.toMatchObject({
    kind: "newer",
    message: expect.stringContaining("needs apirisk 7.8.9 or newer"),
  });
  expect((await readFile(place.file)).equals(before)).toBe(true);
});

it("commands that only ask read it; an audit ends with exit 5 before anything is sent", async () => {
  becomeNewer(4);
  const home = { home: place.folder };
  const list = await runCli(["run", "list", "--json", "--db", place.file], home);
  expect([list.code, JSON.parse(list.stdout).runs.length]).toEqual([0, 1]);
  const audit = await runCli(["audit", "https://127.0.0.1:9", "--db", place.file], home);
  expect([audit.code, audit.stderr.replace(/\s+/g, " ")]).toEqual([5, expect.stringContaining("needs apirisk 7.8.9 or newer")]);
});
