import { expect, test } from "vitest";
import { cipherSuites } from "../../../src/catalog/cipher-suites.ts";
import * as classes from "../../../src/judge/facts/suite-classes.ts";

test("a class has the suites of the registry that its name says", () => {
  const sizes = Object.entries(classes).map(([name, isMember]) => [name, cipherSuites().filter(isMember).length]);
  expect(Object.fromEntries(sizes)).toEqual({
    hasShortBlocks: 24,
    isAead: 129,
    isAnonymous: 27,
    isCbc: 185,
    isCcm8: 12,
    isExport: 21,
    isFiniteField: 95,
    isForwardSecret: 184,
    isNull: 26,
    isRc4: 22,
    isShortKeyed: 30,
    isSigned: 91,
    isStaticRsa: 58,
  });
});

test("what is without encryption is not called short", () => {
  for (const suite of cipherSuites().filter(classes.isNull))
    expect([classes.isShortKeyed, classes.hasShortBlocks, classes.isCbc, classes.isAead].filter((isMember) => isMember(suite))).toEqual([]);
});

test("every suite of SSL 3.0 and later that is weak is in one class at least", () => {
  const weak = [classes.isNull, classes.isShortKeyed, classes.hasShortBlocks, classes.isRc4];
  const missed = cipherSuites().filter((suite) => suite.bits < 128 && !weak.some((isMember) => isMember(suite)));
  expect(missed.map(({ name }) => name)).toEqual([]);
});
