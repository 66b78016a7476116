import { copyFile, mkdir, open, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HistoryStore, StoreFailure } from "../../../src/model/history-store.ts";
import { openSqliteHistory } from "../../../src/remember/store/sqlite-history.ts";
import { aCommit, aRun, observed, theEnd, ulid } from "../samples.ts";
import { built, runChild } from "./child.ts";
import { sqlitePlace } from "./sqlite-place.ts";

let place: Awaited<ReturnType<typeof sqlitePlace>>;
beforeEach(async () => {
  place = await sqlitePlace();
});
afterEach(() => place.remove());

/** Commits one run after the other and prints the number of each when it is committed; stops itself between runs when told to. */
const WRITES = `import { openSqliteHistory } from ${JSON.stringify(built("sqlite-history"))};
import { writeSync } from "node:fs";
const store = await openSqliteHistory({ file: process.argv[1] });
const { run, commit, end } = JSON.parse(process.argv[2]);
for (let n = 1; n <= 5000; n += 1) {
  const ulid = String(n).padStart(6, "0") + run.ulid.slice(6);
  await store.beginRun({ ...run, ulid });
  await store.commitAudit({ ...commit, run: ulid, observations: commit.observations.map((o) => ({ ...o, observedAt: n })) });
  await store.finishRun(ulid, end);
  writeSync(1, n + "\\n");
}`;

function writer() {
  const commit = aCommit(1, { findings: [], observations: [1, 2, 3].map((n) => observed(`kind-${n}`, { n, text: "x".repeat(900) })) });
  return runChild(WRITES, [place.file, JSON.stringify({ run: aRun(1), commit, end: theEnd(1) })]);
}

describe("power lost in the middle of a write load", () => {
  it("the files as they were at any moment open whole, with every run that was reported committed", async () => {
    const child = writer();
    let text = "";
    child.process.stdout?.on("data", (part: string) => {
      text += part;
    });
    await child.firstLine;
    for (const moment of [1, 2, 3, 4, 5, 6]) {
      const seen = text.length;
      while (text.length < seen + moment * 7) await new Promise((resolve) => setImmediate(resolve));
      child.process.kill("SIGSTOP");
      const folder = join(place.folder, `moment-${moment}`);
      await mkdir(folder, { mode: 0o700 });
      const reported = text.trimEnd().split("\n").length;
      const copy = join(folder, "history.db");
      await copyFile(place.file, copy);
      await copyFile(`${place.file}-wal`, `${copy}-wal`);
      // What was being written may be torn anywhere behind the last commit.
      await writeFile(`${copy}-wal`, Buffer.alloc(moment * 97, moment), { flag: "a" });
      child.process.kill("SIGCONT");
      const store = await openSqliteHistory({ file: copy });
      expect(await store.verify({ all: true })).toMatchObject({ integrity: [], danglingRows: 0, evidence: { wrong: [] } });
      const ended = (await store.runs(10_000)).filter(({ status }) => status === "complete").length;
      expect(ended).toBeGreaterThanOrEqual(reported);
      await store.close();
    }
    child.process.kill("SIGKILL");
    await child.output;
  }, 60_000);

  it("a -wal that ends early loses the last commits and nothing else", async () => {
    const child = writer();
    while (!(await child.firstLine).startsWith("1")) await new Promise((resolve) => setImmediate(resolve));
    child.process.kill("SIGSTOP");
    const wal = await readFile(`${place.file}-wal`);
    const copy = join(place.folder, "torn.db");
    for (const share of [0.2, 0.5, 0.8, 0.99]) {
      await copyFile(place.file, copy);
      await writeFile(`${copy}-wal`, wal.subarray(0, Math.floor(wal.length * share)));
      const store = await openSqliteHistory({ file: copy });
      expect((await store.verify({ all: true })).integrity).toEqual([]);
      await store.close();
      for (const name of [copy, `${copy}-wal`, `${copy}-shm`]) await rm(name, { force: true });
    }
    child.process.kill("SIGKILL");
    await child.output;
  }, 60_000);
});

describe("copied by hand while runs were written", () => {
  it("without its -wal it is an older history, or one that verification calls damaged", async () => {
    const child = writer();
    await child.firstLine;
    const copy = join(place.folder, "copy.db");
    await copyFile(place.file, copy);
    child.process.kill("SIGKILL");
    await child.output;
    const store = await openSqliteHistory({ file: copy });
    const { integrity } = await store.health();
    if (integrity === "ok") expect((await store.verify({ all: true })).integrity).toEqual([]);
    await store.close();
  });

  it("torn between two checkpoints it is found damaged", async () => {
    const store = await place.open();
    const fill = async (from: number, to: number) => {
      for (let n = from; n <= to; n += 1) {
        await store.beginRun(aRun(n));
        await store.commitAudit(aCommit(n, { findings: [], observations: [observed("kind", { n, text: `${n}`.repeat(700) })] }));
        await store.finishRun(ulid(n), theEnd(n));
      }
    };
    await fill(1, 30);
    await store.prune({ now: 0 }, false); // checkpoints
    const before = await readFile(place.file);
    await fill(31, 90);
    await store.prune({ now: 0 }, false);
    const after = await readFile(place.file);
    await store.close();
    const half = 4096 * Math.floor(before.length / 8192);
    const torn = join(place.folder, "torn.db");
    await writeFile(torn, Buffer.concat([after.subarray(0, half), before.subarray(half)]), { mode: 0o600 });
    const opened = await openSqliteHistory({ file: torn }).catch((failure: StoreFailure) => failure);
    if (opened instanceof Error) return expect(opened).toMatchObject({ kind: "corrupt" });
    expect((await opened.health().catch(() => ({ integrity: "damaged" }))).integrity).not.toBe("ok");
    await opened.close();
  });
});

describe("damaged", () => {
  const auditOnce = async (file: string, kinds: number) => {
    const store = await openSqliteHistory({ file });
    await store.beginRun(aRun(1));
    await store.commitAudit(aCommit(1, { observations: Array.from({ length: kinds }, (_, n) => observed(`kind-${n}`, { n })) }));
    await store.close();
  };

  const openedOrRefused = (file: string): Promise<HistoryStore | StoreFailure> =>
    openSqliteHistory({ file }).catch((failure: StoreFailure) => failure);

  it.each([
    ["its header", async () => overwrite(0, Buffer.alloc(16, 0x20))],
    ["its page size", async () => overwrite(16, Buffer.from([0, 3]))],
    ["nothing left", async () => truncate(place.file, 0)],
    ["half of it", async () => truncate(place.file, 4096 * Math.floor((await stat(place.file)).size / 8192))],
  ])("%s: refused as corrupt, or found so when it is looked at; never replaced", async (_what, damage) => {
    await auditOnce(place.file, 30);
    await damage();
    const before = await readFile(place.file);
    const opened = await openedOrRefused(place.file);
    if (opened instanceof Error)
      expect(opened).toMatchObject({ name: "StoreFailure", kind: "corrupt", next: expect.stringMatching(/[Rr]estore/) });
    else {
      await expect(opened.verify({ all: true }).then(({ integrity }) => integrity)).resolves.not.toEqual([]);
      await opened.close();
    }
    expect((await readFile(place.file)).equals(before)).toBe(true);
  });

  it("the -wal of another history beside it is not taken for its own", async () => {
    await auditOnce(place.file, 30);
    const strange = join(place.folder, "strange.db");
    const other = await openSqliteHistory({ file: strange });
    for (let n = 2; n <= 6; n += 1) {
      await other.beginRun(aRun(n));
      await other.commitAudit(aCommit(n, { observations: [observed(`other-${n}`, { n, text: "y".repeat(5000) })] }));
    }
    await copyFile(`${strange}-wal`, `${place.file}-wal`);
    await other.close();
    await expect(openSqliteHistory({ file: place.file })).rejects.toMatchObject({
      kind: "corrupt",
      message: expect.stringContaining(place.file),
    });
    await rm(`${place.file}-wal`);
    const own = await openSqliteHistory({ file: place.file });
    expect((await own.runs(10)).map((run) => run.ulid)).toEqual([ulid(1)]);
    await own.close();
  });

  async function overwrite(position: number, bytes: Buffer): Promise<void> {
    const file = await open(place.file, "r+");
    await file.write(bytes, 0, bytes.length, position);
    await file.close();
  }
});
