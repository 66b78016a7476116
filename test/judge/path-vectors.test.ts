import { describe, expect, test } from "vitest";
import { judgeServed } from "../../src/judge/facts/chains.ts";
import { anchorsOf, type ChainVerdict } from "../../src/pki/build-path.ts";
import { placeOf } from "../../src/pki/check-path.ts";
import { profileViolations } from "../../src/pki/profile.ts";
import { BETTER_NAMES } from "./path-vectors/better-names.ts";
import type { PathVector } from "./path-vectors/vector.ts";
import { PATH_VECTORS } from "./path-vectors.ts";

/**
 * Where the vectors themselves call a demand pedantic, a chain that breaks it may be trusted, for clients do; it is then said. These two kinds are
 * not even said: wildcards over public suffixes are for certificate/wildcard.
 */
const SAID_ELSEWHERE = ["webpki::san::public-suffix-multi-label-wildcard-san", "webpki::san::public-suffix-private-namespace-wildcard-san"];

describe("public path-building vectors", () => {
  test.each(PATH_VECTORS.map((vector) => [vector.id, vector] as const))("%s", (_id, vector) => {
    expectAgreement(vector);
  });

  test("every 29th combination of names and constraints of BetterTLS", () => {
    const some = [...BETTER_NAMES].filter((_, at) => at % 29 === 0);
    expect(some.length).toBeGreaterThan(300);
    for (const vector of some) expectAgreement(vector);
  });
});

function expectAgreement({ id, build, trusted, pedantic }: PathVector): void {
  const { chain, roots, host, asOf } = build();
  const ders = chain.map(({ der }) => der);
  const verdict = judgeServed(ders, host, asOf.getTime(), anchorsOf(roots.map(({ der }) => der)));
  if (pedantic === true && !trusted && verdict.isTrusted) {
    if (!SAID_ELSEWHERE.includes(id)) expect(violations(verdict)).not.toEqual([]);
    return;
  }
  const why = verdict.problems.map(({ kind, certificate }) => `${kind} ${certificate}`);
  expect({ id, trusted: verdict.isTrusted, why }).toMatchObject({ id, trusted });
}

function violations({ path }: ChainVerdict): readonly string[] {
  return path.flatMap((certificate, at) => profileViolations(certificate, placeOf(path, at)).map(({ what }) => what));
}
