import { stat } from "node:fs/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { integrationIdentity } from "../../../src/model/fingerprint.ts";
import type { AuditCommit } from "../../../src/model/history-store.ts";
import { ACME, aCommit, aFinding, aRun, failing, NOON, observed, openedEvent, passing, theEnd, ulid } from "../samples.ts";
import { sqlitePlace } from "./sqlite-place.ts";

const INTEGRATIONS = 50;
const OBSERVATIONS = 6;
const VERDICTS = 40;

let place: Awaited<ReturnType<typeof sqlitePlace>>;
beforeEach(async () => {
  place = await sqlitePlace();
});
afterEach(() => place.remove());

it("grows by less than 2 KB per integration in a run in which nothing changed, and stores evidence once", {
  timeout: 120_000,
}, async () => {
  const first = await sizeAfterRun(1);
  const counts = await countsNow();
  expect(counts).toMatchObject({ evidence: INTEGRATIONS * OBSERVATIONS, observation: INTEGRATIONS * OBSERVATIONS });
  expect(counts).toMatchObject({ verdict: INTEGRATIONS * VERDICTS, finding: INTEGRATIONS * 4, event: INTEGRATIONS * 4 });
  const second = await sizeAfterRun(2);
  expect((second - first) / INTEGRATIONS).toBeLessThan(2048);
  expect(await countsNow()).toEqual({ ...counts, run: 2, audit: 2 * INTEGRATIONS });
  const ninth = await [3, 4, 5, 6, 7, 8, 9].reduce((before, n) => before.then(() => sizeAfterRun(n)), Promise.resolve(second));
  expect((ninth - first) / 8 / INTEGRATIONS).toBeLessThan(256);
  expect(await countsNow()).toEqual({ ...counts, run: 9, audit: 9 * INTEGRATIONS });
});

/** Bytes of the database after a run and the checkpoint of closing. */
async function sizeAfterRun(n: number): Promise<number> {
  const store = await place.open();
  await store.beginRun(aRun(n));
  for (let i = 0; i < INTEGRATIONS; i += 1) await store.commitAudit(bigCommit(n, i));
  await store.finishRun(ulid(n), theEnd(n));
  await store.close();
  return (await stat(place.file)).size;
}

async function countsNow() {
  const store = await place.open();
  const { counts } = await store.health();
  await store.close();
  return counts;
}

function bigCommit(n: number, i: number): AuditCommit {
  const uid = integrationIdentity(`integration-${i}`, []);
  const rules = Array.from({ length: VERDICTS }, (_, k) => ({ rule: `family/rule-${k}`, subject: "leaf", evidence: `${i}-${k % 6}` }));
  const findings = rules.slice(0, 4).map(({ rule }) => aFinding(n, { rule, integrationUid: uid, integrationId: `integration-${i}` }));
  return aCommit(n, {
    integration: { ...ACME, uid, id: `integration-${i}` },
    observations: Array.from({ length: OBSERVATIONS }, (_, k) =>
      observed(`kind-${k}`, { i, k, text: incompressible(1500, i * 10 + k) }, { observedAt: NOON + n }),
    ),
    verdicts: rules.map((wish, k) => (k < 4 ? { ...failing("high", wish), message: `It ends in ${40 - n} days.` } : passing(wish))),
    findings,
    events: n === 1 ? findings.map(openedEvent) : [],
  });
}

/** Text that deflating cannot make small, the same on every call. */
function incompressible(length: number, seed: number): string {
  let state = seed + 1;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return String.fromCharCode(33 + ((state >> 8) % 90));
  }).join("");
}
