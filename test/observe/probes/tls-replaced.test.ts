import { expect, test } from "vitest";
import { DAY } from "../../../src/model/instant.ts";
import { replacedBy } from "../../../src/observe/probes/tls-replaced.ts";
import { NOW } from "../../judge/builders.ts";
import { facts, leaf } from "../../judge/chain-builders.ts";
import { newKey } from "../../lab/support/certificate-keys.ts";

const OLD = facts(leaf({ notBefore: new Date(NOW - 80 * DAY) }));
const NEW = facts(leaf({ notBefore: new Date(NOW - DAY) }));
const LAST_NIGHT = NOW - DAY;
const seen = (certificate: typeof OLD) => ({ evidence: { chain: [certificate] }, observedAt: LAST_NIGHT });
const REPLACED = { der: OLD.der, lastSeenAt: LAST_NIGHT, successorSeenAt: NOW };

test("a later certificate took the place of the one that was seen last", () => {
  expect(replacedBy(NEW, seen(OLD), NOW)).toEqual(REPLACED);
});

test("what was replaced is kept for as long as the successor stands", () => {
  const before = { evidence: { chain: [NEW], replaced: REPLACED }, observedAt: NOW };
  expect(replacedBy(NEW, before, NOW + 9 * DAY)).toEqual(REPLACED);
});

test.each([
  ["nothing was seen before", undefined],
  ["the same one was, and nothing before it", seen(NEW)],
  ["an edge that was not renewed yet answers again", seen(NEW)],
] as const)("nothing where %s", (name, before) => {
  expect(replacedBy(name.startsWith("an edge") ? OLD : NEW, before, NOW)).toBeUndefined();
});

test("edges that take turns are told of once", () => {
  const oldAgain = { evidence: { chain: [OLD], replaced: REPLACED }, observedAt: NOW + DAY };
  expect(replacedBy(OLD, { evidence: { chain: [NEW], replaced: REPLACED }, observedAt: NOW }, NOW + DAY)).toEqual(REPLACED);
  expect(replacedBy(NEW, oldAgain, NOW + 2 * DAY)).toEqual(REPLACED);
});

test("an RSA certificate takes no ECDSA certificate's place", () => {
  const rsa = facts(leaf({ key: newKey("rsa"), notBefore: new Date(NOW - DAY) }));
  expect(replacedBy(rsa, seen(OLD), NOW)).toBeUndefined();
});

test("one that was not kept tells nothing", () => {
  expect(replacedBy(NEW, seen({ ...OLD, der: "" }), NOW)).toBeUndefined();
});
