import { expect, test } from "vitest";
import { cipherSuites } from "../../src/catalog/cipher-suites.ts";
import * as room from "../../src/catalog/suite-classes.ts";

const { SUITE_KINDS, ...classes } = room;

test("a class has the suites of the registry that its name says", () => {
  const sizes = Object.entries(classes).map(([name, isMember]) => [name, cipherSuites().filter(isMember).length]);
  expect(Object.fromEntries(sizes)).toEqual({
    hasShortBlocks: 24,
    hasNoForwardSecrecy: 184,
    is3Des: 21,
    isAead: 129,
    isAnonymous: 27,
    isBelow112: 30,
    isBelow128: 51,
    isCbc: 185,
    isCcm8: 12,
    isDss: 46,
    isExport: 21,
    isFiniteField: 95,
    isForwardSecret: 184,
    isNull: 26,
    isRc4: 22,
    isShortKeyed: 30,
    isSigned: 91,
    isStaticDh: 74,
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

test("every class is one kind, or several together: who knows of the kinds whether they are left knows it of the classes", () => {
  const codes = (isMember: room.SuiteClass) => cipherSuites().flatMap((suite) => (isMember(suite) ? [suite.code] : []));
  for (const [name, isMember] of Object.entries(classes)) {
    const members = codes(isMember);
    const within = SUITE_KINDS.map(codes).filter((kind) => kind.every((code) => members.includes(code)));
    expect([name, [...new Set(within.flat())].sort((a, b) => a - b)]).toEqual([name, members]);
  }
});
