import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { LEFT_OUT, PATH_VECTORS } from "../path-vectors.ts";
import { BETTER_NAMES } from "./better-names.ts";
import type { PathVector } from "./vector.ts";

const ALL = [...PATH_VECTORS, ...BETTER_NAMES];

describe("vectors of public suites", () => {
  it("have each a name of its own, and none is said to be left out", () => {
    expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length);
    expect(PATH_VECTORS.filter(({ id }) => isLeftOut(id))).toEqual([]);
  });

  it("are numbered as BetterTLS numbers them", () => {
    expect([numbersOf("bettertls::pathbuilding::tc"), numbersOf("bettertls::nameconstraints::tc")]).toEqual([upTo(81), upTo(8754)]);
  });

  it.each(PATH_VECTORS.map((vector) => [vector.id, vector] as const))("%s is made", (_id, vector) => {
    expectMade(vector);
  });

  it("of names are made, whichever is picked", () => {
    for (const vector of BETTER_NAMES.filter((_, number) => number % 97 === 0)) expectMade(vector);
  });
});

function isLeftOut(id: string): boolean {
  const patterns = LEFT_OUT.flatMap(({ ids }) => ids.split(", "));
  return patterns.some((pattern) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(id));
}

function numbersOf(prefix: string): readonly number[] {
  return ALL.filter(({ id }) => id.startsWith(prefix)).map(({ id }) => Number(id.slice(prefix.length)));
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, number) => number);
}

/** What is sent may be unreadable; what is trusted is not. */
function expectMade({ build }: PathVector): void {
  const { chain, roots, host, asOf } = build();
  expect(roots.map(({ der }) => new X509Certificate(der)).length).toBeGreaterThan(0);
  expect(chain.map(({ pem }) => pem.slice(0, 27))).toEqual(chain.map(() => "-----BEGIN CERTIFICATE-----"));
  expect([chain.length > 0, host.length > 0, Number.isNaN(asOf.getTime())]).toEqual([true, true, false]);
}
