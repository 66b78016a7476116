import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { DAY } from "../../../src/model/instant.ts";
import { loadDriver } from "../../../src/remember/store/driver.ts";
import { initial } from "../../../src/remember/store/migrations/0001-initial.ts";
import { openDatabase } from "../../../src/remember/store/open-database.ts";
import { operationsOn } from "../../../src/remember/store/operations.ts";
import { runLocks } from "../../../src/remember/store/run-lock.ts";
import { NOON, ulid } from "../samples.ts";
import { writeFirstSchema } from "./first-schema.ts";
import { inProcess } from "./in-process.ts";
import { aNight, commitOf, type Night, play, uidOf } from "./scripted.ts";

// The tool of a verdict was kept for the newest run of its span only; one tool made all of these.
it("answers after the change of layout what it would have answered had it always been this one", async () => {
  const driver = await loadDriver("");
  const nights = fc.array(aNight, { minLength: 1, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(nights, async (drawn) => {
      const own: readonly Night[] = drawn.map((night) => ({ ...night, integration: 0, vantage: 0, tool: 0 }));
      const folder = await mkdtemp(join(tmpdir(), "apirisk-layout-"));
      const file = join(folder, "history.db");
      const today = await inProcess();
      try {
        const old = await openDatabase(driver, file, { migrations: [initial] });
        writeFirstSchema(
          old,
          own.map((night, index) => commitOf(night, index + 1)),
        );
        old.close();
        const db = await openDatabase(driver, file);
        const migrated = operationsOn(db, file, runLocks(driver, db, file));
        play(today.operations, own);
        for (const index of own.keys()) {
          const withoutTimes = (operations: typeof migrated) => operations.auditsOf(ulid(index + 1)).map(({ verdicts }) => verdicts);
          expect(withoutTimes(migrated).map(sorted)).toEqual(withoutTimes(today.operations).map(sorted));
        }
        const [before, after] = [migrated, today.operations].map((operations) => operations.knowledge(uidOf(0), "local", NOON + 60 * DAY));
        expect(before?.baseline?.verdicts).toEqual(after?.baseline?.verdicts);
        expect(before?.observations).toEqual(after?.observations);
        expect(migrated.verify({ all: true })).toMatchObject({ integrity: [], danglingRows: 0, evidence: { wrong: [] } });
        migrated.beginRun({ ...RUN, ulid: ulid(99) });
        migrated.commitAudit({ ...commitOf(own.at(-1) as Night, 99), run: ulid(99) });
        expect(migrated.auditsOf(ulid(99))[0]?.verdicts).toEqual(commitOf(own.at(-1) as Night, 99).verdicts);
        db.close();
      } finally {
        await today.remove();
        await rm(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);

/** Words may be those of another run of the same span; what was reached and why may not. */
function sorted(verdicts: ReturnType<typeof commitOf>["verdicts"]) {
  return verdicts.map(({ data: _data, ...rest }) => rest);
}

const RUN = {
  startedAt: NOON + 99 * DAY,
  vantage: "local",
  toolVersion: "0.1.0",
  ruleset: { hash: "r", manifest: "{}" },
  capabilityHash: "c",
  planned: 1,
  trigger: "manual",
} as const;
