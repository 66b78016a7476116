import { expect, test } from "vitest";
import { credentialExpiring } from "../../../../src/judge/rules/credential/expiring.ts";
import { DAY, isoDay, isoInstant } from "../../../../src/model/instant.ts";
import { aHeldCredential, heldCredential, NOW, response } from "../../builders.ts";
import { asked, BEARER, commonCases, says } from "../../credential-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const auth = { scheme: "bearer" as const, credential: "env:ACME_KEY", neededScopes: [] };
const declared = (days: number) => ({ auth: { ...auth, expiresAt: isoDay(NOW + days * DAY) } });
const told = (name: string, value: string, ...said: readonly string[]): RuleCase => {
  const plain = asked(name, BEARER, heldCredential(), ...said);
  const answer = response({ headers: { "github-authentication-token-expiration": value } });
  return { ...plain, observations: [...(plain.observations ?? []), answer] };
};

const describes = (name: string, endsAt: number, ...said: readonly string[]): RuleCase => {
  const plain = asked(name, BEARER, heldCredential(), ...said);
  return { ...plain, observations: [...(plain.observations ?? []), response({ describes: { endsAt } })] };
};
/** It was given the credential before this one. */
const carried = (name: string, ...said: readonly string[]): RuleCase => {
  const { fingerprint } = aHeldCredential();
  const seen = { keyId: fingerprint?.keyId ?? "", fingerprints: [{ value: fingerprint?.value ?? "", since: NOW - 2 * DAY }] };
  const plain = asked(name, BEARER, heldCredential({ seen }), ...said);
  const answer = {
    ...response({ headers: { "github-authentication-token-expiration": isoInstant(NOW - DAY) } }),
    observedAt: NOW - 10 * DAY,
  };
  return { ...plain, observations: [...(plain.observations ?? []), answer as never] };
};

describeRule(
  credentialExpiring,
  {
    pass: [
      says("a token that lasts", { issuedAt: NOW - 60 * DAY, endsAt: NOW + 60 * DAY }, "lasts"),
      says("thirty days to the second", { issuedAt: NOW - 60 * DAY, endsAt: NOW + 30 * DAY }, "lasts"),
      told("an answer that says so", isoInstant(NOW + 45 * DAY), "lasts"),
    ],
    fail: [
      says("a second less", { issuedAt: NOW - 60 * DAY, endsAt: NOW + 30 * DAY - 1000 }, "month", "medium"),
      says("seven days", { issuedAt: NOW - 60 * DAY, endsAt: NOW + 7 * DAY }, "month", "medium"),
      says("less than seven", { issuedAt: NOW - 60 * DAY, endsAt: NOW + 7 * DAY - 1000 }, "week", "high"),
      says("over", { issuedAt: NOW - 60 * DAY, endsAt: NOW - 1000 }, "ended", "high"),
      asked("declared for this day, which counts", declared(0), heldCredential(), "week", "high"),
      asked("declared for yesterday", declared(-1), heldCredential(), "ended", "high"),
      describes("the endpoint that describes it", NOW + 2 * DAY, "week", "high"),
      told("an answer in one spelling", "2026-11-25 10:00:00 UTC", "week", "high"),
      told("an answer in the other", "2026-11-25 10:00:00 +0200", "week", "high"),
      asked("the earlier of two", declared(3), heldCredential({ issuedAt: NOW - 60 * DAY, endsAt: NOW + 90 * DAY }), "week", "high"),
    ],
    "not-applicable": [
      ...commonCases["not-applicable"],
      says("nothing says so", {}, "no-end"),
      carried("an answer to the one before it", "no-end"),
      says("a token that does not say how long it lives", { endsAt: NOW + DAY }, "no-end"),
      says("a token for an hour", { issuedAt: NOW, endsAt: NOW + DAY / 24 }, "no-end"),
    ],
    unobserved: commonCases.unobserved,
    hostile: [...commonCases.hostile, told("an answer that is no date", "<script>", "no-end")],
  },
  () => {
    test("names the last day that is declared, and no other", () => {
      const integration = { auth: { ...auth, expiresAt: "2020-01-01" } };
      const [result] = runCase(credentialExpiring, { name: "", integration, observations: [heldCredential()], expect: [] });
      expect(result?.message).toBe("It ended on 2020-01-01.");
    });
  },
);
