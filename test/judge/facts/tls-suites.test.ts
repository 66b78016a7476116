import { describe, expect, test } from "vitest";
import { isAead, isNull, isRc4, isStaticRsa, type SuiteClass } from "../../../src/catalog/suite-classes.ts";
import type { TlsEvidence } from "../../../src/evidence/kinds.ts";
import { evidenceOf } from "../../../src/judge/facts/aggregate.ts";
import { listed, suitesOfClass } from "../../../src/judge/facts/tls-suites.ts";
import { accepting, GOOD_12, parameters } from "../builders.ts";
import { refused, speaking, ssl2, unknown } from "../tls-cases.ts";

function seen(observation = parameters()): TlsEvidence {
  return evidenceOf<"tls">(observation as never) as TlsEvidence;
}

function states(isMember: SuiteClass, observation: Parameters<typeof seen>[0]) {
  const { accepted, open } = suitesOfClass(seen(observation), isMember);
  return [accepted.map(({ name, version }) => `${version} ${name}`), open];
}

describe("suites of a class", () => {
  test("are all refused", () => {
    expect(states(isRc4, parameters())).toEqual([[], undefined]);
  });

  test("are accepted, those of the newest version first, with the place where it shows", () => {
    const observation = speaking(
      ssl2("0x0700C0", "0x010080"),
      accepting("TLS 1.0", ["TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_RC4_128_SHA"]),
      accepting("TLS 1.2", ["TLS_ECDHE_RSA_WITH_RC4_128_SHA"]),
    );
    expect(suitesOfClass(seen(observation), isRc4).accepted).toEqual([
      { name: "TLS_ECDHE_RSA_WITH_RC4_128_SHA", version: "TLS 1.2", pointer: "/versions/4/cipherSuites/0" },
      { name: "TLS_RSA_WITH_RC4_128_SHA", version: "TLS 1.0", pointer: "/versions/2/cipherSuites/1" },
      { name: "SSL_CK_RC4_128_WITH_MD5", version: "SSL 2.0", pointer: "/versions/0/cipherSuites/1" },
    ]);
  });

  test("are unknown where a version is, for the reason that weighs most", () => {
    expect(states(isRc4, speaking(unknown("TLS 1.0", "budget_exhausted"), unknown("TLS 1.1", "rate_limited")))).toEqual([
      [],
      "rate_limited",
    ]);
  });

  test("do not depend on a version that has none of them", () => {
    expect(states(isAead, speaking(unknown("TLS 1.1"), refused("TLS 1.2"), refused("TLS 1.3")))).toEqual([[], undefined]);
    expect(states(isNull, speaking(unknown("SSL 2.0")))).toEqual([[], undefined]);
    expect(states(isStaticRsa, speaking(unknown("SSL 2.0")))).toEqual([[], "connection_reset"]);
  });

  test("may be accepted in part and unknown in part", () => {
    const both = accepting("TLS 1.2", ["TLS_RSA_WITH_RC4_128_SHA"], { unknown: ["TLS_RSA_WITH_RC4_128_MD5"], reason: "rate_limited" });
    expect(states(isRc4, speaking(both))).toEqual([["TLS 1.2 TLS_RSA_WITH_RC4_128_SHA"], "rate_limited"]);
  });

  test("are counted in the versions that are asked about alone", () => {
    const observation = speaking(accepting("TLS 1.0", ["TLS_RSA_WITH_RC4_128_SHA"]), accepting("TLS 1.2", GOOD_12));
    expect(suitesOfClass(seen(observation), isRc4, ["TLS 1.2"])).toMatchObject({ accepted: [] });
  });
});

test("a list names each once, and not too many", () => {
  expect(listed([])).toBe("");
  expect(listed(["a", "b", "a"])).toBe("a, b");
  expect(listed(["a", "b", "c", "d"])).toBe("a, b, c, d");
  expect(listed(["a", "b", "c", "d", "e", "f"])).toBe("a, b, c, d and 2 more");
});
