import fc from "fast-check";
import { expect, it } from "vitest";
import type { VerdictRecord } from "../../../src/model/finding.ts";
import { DAY } from "../../../src/model/instant.ts";
import { compareRuns } from "../../../src/remember/changes/compare-runs.ts";
import { NOON, ulid } from "../samples.ts";
import { inProcess } from "./in-process.ts";
import { aNight, type Night, play, uidOf, vantageOf, verdictsOf } from "./scripted.ts";

/** What has to be kept exactly of every run, however the rows are laid out. */
function lasting({ rule, subject, verdict, outcome, reason, severity, ruleRevision, evidence, causes }: VerdictRecord) {
  return { rule, subject, verdict, outcome, reason, severity, ruleRevision, evidence, causes };
}

it("gives back of every run what it said, on what ground and by which tool, whatever came later", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aNight, { minLength: 1, maxLength: 14 }), async (nights) => {
      const store = await inProcess();
      try {
        play(store.operations, nights);
        for (const [index, night] of nights.entries()) {
          const [audit] = store.operations.auditsOf(ulid(index + 1));
          expect(audit?.verdicts.map(lasting)).toEqual(verdictsOf(night).map(lasting));
        }
        const newest = nights.length;
        expect(store.operations.auditsOf(ulid(newest))[0]?.verdicts).toEqual(verdictsOf(nights[newest - 1] as Night));
      } finally {
        await store.remove();
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

it("knows of every question the last conclusive verdict, unless its rule stopped listing it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aNight, { minLength: 1, maxLength: 14 }), async (nights) => {
      const store = await inProcess();
      try {
        play(store.operations, nights);
        for (const integration of [0, 1]) {
          for (const vantage of [0, 1]) {
            const own = nights.filter((night) => night.integration === integration && night.vantage === vantage);
            const known = store.operations.knowledge(uidOf(integration), vantageOf(vantage), NOON + 30 * DAY).baseline?.verdicts;
            expect(known?.map(lasting)).toEqual(knownAfter(own)?.map(lasting));
          }
        }
      } finally {
        await store.remove();
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

it("compares two runs by what differs as it would by all of both", async () => {
  await fc.assert(
    fc.asyncProperty(aNight, aNight, async (one, other) => {
      const store = await inProcess();
      try {
        play(store.operations, [one, other]);
        const isSameTrack = one.integration === other.integration && one.vantage === other.vantage;
        const [before, after] = [1, 2].map((n) => (isSameTrack ? store.operations.auditsOf(ulid(n)) : []));
        const differing = store.operations.auditsThatDiffer(ulid(1), ulid(2));
        expect(compareRuns(differing.before, differing.after)).toEqual(compareRuns(before ?? [], after ?? []));
        const isSame = JSON.stringify(one.verdicts) === JSON.stringify(other.verdicts);
        if (isSame) expect(differing).toEqual({ before: [], after: [] });
        const both = new Set(before?.[0]?.verdicts.map(claimOf));
        expect(differing.after.flatMap(({ verdicts }) => verdicts).filter((verdict) => both.has(claimOf(verdict)))).toEqual([]);
      } finally {
        await store.remove();
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

function claimOf({ rule, subject, verdict, outcome }: VerdictRecord): string {
  return JSON.stringify([rule, subject, verdict, outcome]);
}

/** By the definition, from everything that was ever said up to the last night that saw something. */
function knownAfter(nights: readonly Night[]): readonly VerdictRecord[] | undefined {
  const isBlind = ({ verdicts }: Night) => verdicts.every((kind) => kind === 3 || kind === 0);
  const last = nights.findLastIndex((night) => !isBlind(night));
  if (last < 0) return undefined;
  const said = nights.slice(0, last + 1).flatMap((night, at) => verdictsOf(night).map((verdict) => ({ at, verdict })));
  const questions = new Map(said.map((entry) => [`${entry.verdict.rule} ${entry.verdict.subject}`, entry.verdict]));
  const newest = (entries: typeof said) => entries.reduce((best, entry) => Math.max(best, entry.at), -1);
  return [...questions.values()]
    .flatMap(({ rule, subject }) => {
      const ofRule = said.filter(({ verdict }) => verdict.rule === rule);
      const own = ofRule.filter(({ verdict }) => verdict.subject === subject);
      if (newest(own) !== newest(ofRule)) return [];
      const conclusive = own.filter(({ verdict }) => verdict.verdict !== "unobserved");
      return [(conclusive.length > 0 ? conclusive : own).at(-1)?.verdict as VerdictRecord];
    })
    .sort((a, b) => (a.rule + a.subject < b.rule + b.subject ? -1 : 1));
}
