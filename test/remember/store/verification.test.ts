import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY } from "../../../src/model/instant.ts";
import { openSqliteHistory } from "../../../src/remember/store/sqlite-history.ts";
import { ACME, aCommit, aRun, evidenceOf, NOON, observed, theEnd, ulid } from "../samples.ts";
import { type InProcess, inProcess } from "./in-process.ts";

let store: InProcess;
beforeEach(async () => {
  store = await inProcess();
});
afterEach(() => store.remove());

function audit(n: number, over: Parameters<typeof aCommit>[1] = {}): void {
  store.operations.beginRun(aRun(n));
  store.operations.commitAudit(aCommit(n, over));
  store.operations.finishRun(ulid(n), theEnd(n));
}

describe("verify", () => {
  it("finds a whole history whole, and knows the heads that it had", () => {
    audit(1);
    const { head = "" } = store.operations.verify({ all: true });
    store.operations.sweepCrashed(NOON);
    store.operations.beginRun(aRun(2));
    store.operations.sweepCrashed(NOON);
    const later = store.operations.verify({ all: true, known: head });
    expect(later).toMatchObject({
      integrity: [],
      danglingRows: 0,
      events: 2,
      hasKnown: true,
      evidence: { checked: 1, kept: 1, wrong: [] },
    });
    expect(later.head).not.toBe(head);
    expect(store.operations.verify({ all: false, known: "ab".repeat(32) }).hasKnown).toBe(false);
  });

  it("finds a body that is not what its hash says, and one that cannot be read", () => {
    audit(1, { observations: [1, 2, 3].map((n) => observed(`kind-${n}`, { n })) });
    const hash = (n: number) => evidenceOf(`kind-${n}`, { n }).hash;
    const change = store.db.prepare("UPDATE evidence_body SET body = ? WHERE evidence_id = (SELECT id FROM evidence WHERE hash = ?)");
    change.run(deflateRawSync('{"n":7}'), Buffer.from(hash(1), "hex"));
    change.run(Buffer.from("no deflate stream"), Buffer.from(hash(3), "hex"));
    expect(store.operations.verify({ all: true }).evidence).toEqual({ checked: 3, kept: 3, wrong: [hash(1), hash(3)] });
  });

  it("finds rows that name rows that are not there", () => {
    audit(1);
    store.db.pragma("foreign_keys = OFF");
    store.db.exec("DELETE FROM run");
    expect(store.operations.verify({ all: false }).danglingRows).toBeGreaterThan(0);
  });
});

describe("backup", () => {
  it("is a whole history of its own, for its owner only, with what is still in the -wal", async () => {
    audit(1);
    const copy = join(store.folder, "copy.db");
    expect(await store.operations.backup(copy)).toBe(statSync(copy).size);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    const other = await openSqliteHistory({ file: copy, now: () => NOON + 2 * DAY });
    expect(await other.knowledge(ACME.uid, "local")).toEqual(store.operations.knowledge(ACME.uid, "local", NOON + 2 * DAY));
    await other.close();
  });

  it("replaces no file, and leaves nothing where it fails", async () => {
    audit(1);
    const taken = join(store.folder, "taken.db");
    writeFileSync(taken, "mine");
    await expect(store.operations.backup(taken)).rejects.toMatchObject({
      kind: "not-writable",
      message: expect.stringContaining("taken.db"),
    });
    expect(statSync(taken).size).toBe(4);
    const before = readdirSync(store.folder);
    await expect(store.operations.backup(join(store.folder, "no", "folder.db"))).rejects.toMatchObject({ code: "ENOENT" });
    expect(readdirSync(store.folder)).toEqual(before);
  });

  it("is consistent while another connection writes", async () => {
    audit(1);
    const writer = await openSqliteHistory({ file: store.file });
    const copy = join(store.folder, "busy.db");
    const copied = store.operations.backup(copy);
    await writer.beginRun(aRun(2));
    await writer.commitAudit(aCommit(2, { observations: Array.from({ length: 100 }, (_, n) => observed(`kind-${n}`, { n })) }));
    await copied;
    await writer.close();
    const other = await openSqliteHistory({ file: copy });
    expect(await other.verify({ all: true })).toMatchObject({ integrity: [], danglingRows: 0, evidence: { wrong: [] } });
    await other.close();
  });
});

describe("health", () => {
  it("says how often evidence was stored once, and which probe keeps something volatile", () => {
    for (let n = 1; n <= 12; n += 1) {
      audit(n, { observations: [observed("calm", { same: true }), observed("restless", { nonce: n })] });
    }
    const { evidence, restless, freeBytes } = store.operations.health();
    expect(evidence).toEqual([
      { kind: "calm", observed: 12, stored: 1 },
      { kind: "restless", observed: 12, stored: 12 },
    ]);
    expect(restless).toEqual([{ probe: "restless", kind: "restless", share: 1 }]);
    expect(freeBytes).toBeGreaterThanOrEqual(0);
  });

  it("does not take nine observations for a habit", () => {
    for (let n = 1; n <= 9; n += 1) audit(n, { observations: [observed("restless", { nonce: n })] });
    expect(store.operations.health().restless).toEqual([]);
  });
});
