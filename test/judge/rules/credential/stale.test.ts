import { expect, test } from "vitest";
import type { HeldCredential } from "../../../../src/evidence/kinds.ts";
import { stale } from "../../../../src/judge/rules/credential/stale.ts";
import { unknownAge } from "../../../../src/judge/rules/credential/unknown-age.ts";
import { DAY, isoDay } from "../../../../src/model/instant.ts";
import type { Integration } from "../../../../src/model/integration.ts";
import { aHeldCredential, heldCredential, NOW } from "../../builders.ts";
import { asked, BEARER, commonCases, says } from "../../credential-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const { fingerprint } = aHeldCredential();
const auth = { scheme: "bearer" as const, credential: "env:ACME_KEY", neededScopes: [] };
const madeAgo = (days: number, more = {}) => ({ auth: { ...auth, issuedAt: isoDay(NOW - days * DAY), ...more } });
const seenAgo = (days: number, earlier: readonly number[] = []) => ({
  seen: {
    keyId: fingerprint?.keyId ?? "",
    fingerprints: [
      ...earlier.map((ago, index) => ({ value: `${index}`.repeat(32), since: NOW - ago * DAY })),
      { value: fingerprint?.value ?? "", since: NOW - days * DAY },
    ],
  },
});

/** Nothing is said of an age that nobody knows, but of a finding that is open. */
const open = (name: string, integration: Partial<Integration>, held: Partial<HeldCredential>): RuleCase => ({
  name,
  integration,
  observations: [heldCredential(held)],
  known: ["credential"],
  expect: [["credential", "unobserved", "evidence_missing"]],
});

describeRule(
  stale,
  {
    pass: [
      asked("made last month", madeAgo(30), heldCredential(), "young"),
      asked("on the day that it is due", madeAgo(90), heldCredential(), "young"),
      asked("within a policy of its own", madeAgo(300, { rotateEveryDays: 365 }), heldCredential(), "young"),
      says("a token that says when it was made", { issuedAt: NOW - 5 * DAY }, "young"),
      says("in the place of another one since last week", seenAgo(7, [400]), "replaced"),
      asked("changed since the day that is declared", madeAgo(800), heldCredential(seenAgo(5, [400])), "replaced"),
    ],
    fail: [
      asked("a day late", madeAgo(91), heldCredential(), "old", "low"),
      asked("older than a year", madeAgo(366), heldCredential(), "very-old", "medium"),
      asked("older than a strict policy", madeAgo(8, { rotateEveryDays: 7 }), heldCredential(), "old", "low"),
      says("seen for longer than that", seenAgo(100), "old", "low"),
      asked("seen for years, whatever day to come is declared", madeAgo(-9000), heldCredential(seenAgo(800)), "very-old", "medium"),
      says("seen for years", seenAgo(800), "very-old", "medium"),
      says("in the place of another one, and too long as well", seenAgo(91, [400]), "old", "low"),
      says("an old one put back, which another one stood for in between", seenAgo(100, [3]), "old", "low"),
      says("a token of last year", { issuedAt: NOW - 400 * DAY }, "very-old", "medium"),
    ],
    "not-applicable": [
      ...commonCases["not-applicable"],
      { name: "a password", integration: { auth: { ...auth, attributes: { storage: "password" } } }, expect: [["", "password"]] },
    ],
    unobserved: [
      ...commonCases.unobserved,
      open("seen for ten days, which is no age", BEARER, {}),
      open("declared as made on a day to come", madeAgo(-400), {}),
      open("no fingerprint", BEARER, { fingerprint: undefined, seen: undefined } as never),
      open("fingerprints of another key", BEARER, { seen: { keyId: "ffffffff", fingerprints: seenAgo(800).seen.fingerprints } }),
      open(
        "in the place of another one, and the provider did not say today when it was made",
        { auth: { ...auth, describedBy: "me" } },
        seenAgo(7, [400]),
      ),
    ],
    hostile: [
      ...commonCases.hostile,
      open("a day that is none", { auth: { ...auth, issuedAt: "soon" } }, {}),
      says("made tomorrow", { issuedAt: NOW + DAY }, "young"),
    ],
  },
  () => {
    test("says nothing of its own where nobody knows the age, which credential/unknown-age tells of", () => {
      for (const held of [{}, { fingerprint: undefined, seen: undefined } as never]) {
        const one = { name: "", integration: BEARER, observations: [heldCredential(held)], expect: [] };
        expect(runCase(stale, one)).toEqual([]);
        expect(runCase(unknownAge, one)).toMatchObject([{ verdict: "fail" }]);
      }
    });
  },
);
