import { expect, test } from "vitest";
import { unknownAge } from "../../../../src/judge/rules/credential/unknown-age.ts";
import { DAY } from "../../../../src/model/instant.ts";
import { heldCredential, NOW } from "../../builders.ts";
import { asked, BEARER, commonCases, says } from "../../credential-cases.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const auth = { scheme: "bearer" as const, credential: "env:ACME_KEY", neededScopes: [] };

describeRule(
  unknownAge,
  {
    pass: [
      asked("declared", { auth: { ...auth, issuedAt: "2026-09-01" } }, heldCredential(), "known"),
      says("said by the token", { issuedAt: NOW - DAY }, "known"),
      asked(
        "said by the token, and a day to come declared",
        { auth: { ...auth, issuedAt: "2062-01-01" } },
        heldCredential({ issuedAt: NOW - DAY }),
        "known",
      ),
    ],
    fail: [
      asked("made on a day to come", { auth: { ...auth, issuedAt: "2062-01-01" } }, heldCredential(), "in-future", "info"),
      asked(
        "made on a day to come, and nobody saw it before",
        { auth: { ...auth, issuedAt: "2062-01-01" } },
        heldCredential({ seen: undefined } as never),
        "in-future",
        "info",
      ),
      says("seen for ten days", {}, "at-least", "info"),
      says("no history", { seen: undefined } as never, "unknown", "info"),
    ],
    "not-applicable": commonCases["not-applicable"],
    unobserved: [
      ...commonCases.unobserved,
      says("a history, and no fingerprint today to hold against it", { fingerprint: undefined } as never, "unobserved", "evidence_missing"),
    ],
    hostile: [
      ...commonCases.hostile,
      asked("a day that is none", { auth: { ...auth, issuedAt: "soon" } }, heldCredential(), "at-least", "info"),
    ],
  },
  () => {
    test("says from when on it is too old, however young it was when it was seen first", () => {
      const [result] = runCase(unknownAge, { name: "", integration: BEARER, observations: [heldCredential()], expect: [] });
      expect(result?.message).toMatch(/since 2026-11-13; .* too old from 2027-02-12 on at the latest\.$/);
    });
  },
);
