import { stale } from "../../../../src/judge/rules/credential/stale.ts";
import { DAY, isoDay } from "../../../../src/model/instant.ts";
import { aHeldCredential, heldCredential, NOW } from "../../builders.ts";
import { asked, commonCases, says } from "../../credential-cases.ts";
import { describeRule } from "../../rule-cases.ts";

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

describeRule(stale, {
  pass: [
    asked("made last month", madeAgo(30), heldCredential(), "young"),
    asked("on the day that it is due", madeAgo(90), heldCredential(), "young"),
    asked("within a policy of its own", madeAgo(300, { rotateEveryDays: 365 }), heldCredential(), "young"),
    says("a token that says when it was made", { issuedAt: NOW - 5 * DAY }, "young"),
  ],
  fail: [
    asked("a day late", madeAgo(91), heldCredential(), "old", "low"),
    asked("older than a year", madeAgo(366), heldCredential(), "very-old", "medium"),
    asked("older than a strict policy", madeAgo(8, { rotateEveryDays: 7 }), heldCredential(), "old", "low"),
    says("seen for longer than that", seenAgo(100), "old", "low"),
    says("seen for years", seenAgo(800), "very-old", "medium"),
    says("a token of last year", { issuedAt: NOW - 400 * DAY }, "very-old", "medium"),
  ],
  "not-applicable": [
    ...commonCases["not-applicable"],
    { name: "a password", integration: { auth: { ...auth, attributes: { storage: "password" } } }, expect: [["", "password"]] },
  ],
  unobserved: [
    ...commonCases.unobserved,
    says("seen for ten days, which is no age", {}, "unobserved", "evidence_missing"),
    says("no fingerprint", { fingerprint: undefined, seen: undefined } as never, "unobserved", "evidence_missing"),
    says(
      "fingerprints of another key",
      { seen: { keyId: "ffffffff", fingerprints: seenAgo(800).seen.fingerprints } },
      "unobserved",
      "evidence_missing",
    ),
    asked("changed since the day that is declared", madeAgo(800), heldCredential(seenAgo(5, [400])), "unobserved", "evidence_missing"),
  ],
  hostile: [
    ...commonCases.hostile,
    asked("a day that is none", { auth: { ...auth, issuedAt: "soon" } }, heldCredential(), "unobserved", "evidence_missing"),
    says("made tomorrow", { issuedAt: NOW + DAY }, "young"),
  ],
});
