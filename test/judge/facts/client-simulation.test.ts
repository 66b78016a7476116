import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientProfile, clientProfiles } from "../../../src/catalog/client-profiles.ts";
import type { TlsEvidence, TlsVersionSupport } from "../../../src/evidence/kinds.ts";
import { type ClientOffer, simulateClient } from "../../../src/judge/facts/client-simulation.ts";
import { accepting, GOOD_12, GOOD_13, GOOD_FEATURES, group, parameters, remembering, scheme } from "../builders.ts";

const [AES128, AES256] = GOOD_12 as [string, string];
const CBC = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA";
const DHE = "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256";
const RSA = "TLS_RSA_WITH_AES_128_GCM_SHA256";
const CLIENT: ClientOffer = {
  versions: ["TLS 1.2", "TLS 1.3"],
  cipherSuites: [...GOOD_13, AES128, AES256, CBC, DHE, RSA],
  groups: ["x25519", "secp256r1"],
  signatureSchemes: ["rsa_pss_rsae_sha256", "ecdsa_secp256r1_sha256"],
  dhBits: 2048,
};
const refused = (version: TlsVersionSupport["version"]): TlsVersionSupport => ({
  version,
  support: "refused",
  cipherSuites: [],
  preference: "unknown",
  complete: true,
});
const unknown13: TlsVersionSupport = { ...refused("TLS 1.3"), support: "unknown", reason: "tls_timeout", complete: false };

function evidence(versions: readonly TlsVersionSupport[], more: Partial<TlsEvidence> = {}): TlsEvidence {
  return (parameters({ versions, ...more }) as unknown as { readonly evidence: TlsEvidence }).evidence;
}

const only12 = (suites: readonly string[], more: Parameters<typeof accepting>[2] = {}, others: Partial<TlsEvidence> = {}) =>
  simulateClient(CLIENT, evidence([accepting("TLS 1.2", suites, more), refused("TLS 1.3")], others));

describe("the version", () => {
  test("is the highest that both speak", () => {
    expect(simulateClient(CLIENT, evidence([accepting("TLS 1.2", GOOD_12), accepting("TLS 1.3", GOOD_13)]))).toMatchObject({
      state: "connects",
      version: "TLS 1.3",
    });
  });

  test("is not known where a higher one may be spoken", () => {
    expect(simulateClient(CLIENT, evidence([accepting("TLS 1.2", GOOD_12), unknown13]))).toEqual({
      state: "unknown",
      reason: "tls_timeout",
    });
    expect(simulateClient(CLIENT, evidence([accepting("TLS 1.2", GOOD_12)]))).toEqual({ state: "unknown", reason: "not_requested" });
  });

  test("may be none", () => {
    const found = evidence([accepting("TLS 1.1", [CBC]), refused("TLS 1.2"), refused("TLS 1.3")]);
    expect(simulateClient(CLIENT, found)).toEqual({ state: "cannot-connect", why: "no version in common" });
  });
});

describe("the suite", () => {
  test("by the server's order, where it showed one", () => {
    expect(only12([AES256, AES128])).toMatchObject({ suite: AES256 });
    expect(only12([AES128, AES256])).toMatchObject({ suites: [AES128, AES256] });
    expect(only12([AES128, AES256])).not.toHaveProperty("suite");
  });

  test("by the server's order, though it is that of the codes, where it is said to be one", () => {
    expect(only12([AES128, AES256], { ordered: 2 })).toMatchObject({ suites: [AES128], suite: AES128 });
  });

  test("by the server's order as far as it is known: the best one, and any of the others", () => {
    const partly = [AES256, RSA, CBC, AES128];
    expect(only12(partly, { ordered: 1 })).toMatchObject({ suite: AES256 });
    const client = { ...CLIENT, cipherSuites: [AES128, CBC, RSA] };
    const found = evidence([accepting("TLS 1.2", partly, { ordered: 1 }), refused("TLS 1.3")]);
    expect(simulateClient(client, found)).toMatchObject({ suites: [RSA, CBC, AES128] });
    expect(simulateClient(client, found)).not.toHaveProperty("suite");
  });

  test("is open where a remembered one is liked better, and the others are in no order", () => {
    const found = evidence([remembering(accepting("TLS 1.2", [AES256, AES128, CBC], { ordered: 1 }), AES128, CBC), refused("TLS 1.3")]);
    expect(simulateClient(CLIENT, found)).toMatchObject({ suites: [AES256, AES128, CBC] });
  });

  test("by the client's, where the server follows it", () => {
    expect(only12([AES256, CBC], { preference: "client" })).toMatchObject({ suite: AES256 });
    expect(only12([RSA, DHE], { preference: "client" }, { features: { ...GOOD_FEATURES, dh: [{ bits: 2048, prime: "" }] } })).toMatchObject(
      {
        suite: DHE,
      },
    );
  });

  test("is open where nobody knows whose order counts, or whether a better one is accepted", () => {
    expect(only12([AES256, CBC], { preference: "unknown" })).toMatchObject({ suites: [AES256, CBC] });
    expect(only12([CBC], { preference: "client", unknown: [AES128] })).toMatchObject({ suites: [AES128, CBC] });
    expect(only12([CBC], { unknown: [AES128] })).toMatchObject({ state: "connects", suites: [AES128, CBC] });
  });

  test("is none: nothing in common, or nothing that is known", () => {
    const strange = "TLS_RSA_WITH_3DES_EDE_CBC_SHA";
    expect(only12([strange])).toEqual({ state: "cannot-connect", why: "no cipher suite in common in TLS 1.2" });
    expect(only12([strange], { unknown: [AES128], reason: "rate_limited" })).toEqual({ state: "unknown", reason: "rate_limited" });
  });
});

describe("a suite that is merely remembered", () => {
  const remembered12 = (suites: readonly string[], ...seenNow: readonly string[]) =>
    simulateClient(CLIENT, evidence([remembering(accepting("TLS 1.2", suites), ...seenNow), refused("TLS 1.3")]));

  test("makes no connection by itself", () => {
    expect(remembered12([AES128, AES256])).toEqual({ state: "unknown", reason: "not_requested" });
    expect(remembered12([AES128, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"], "TLS_RSA_WITH_3DES_EDE_CBC_SHA")).toMatchObject({ state: "unknown" });
  });

  test("is possible beside one that was seen, unless the server likes that one better", () => {
    expect(remembered12([AES256, AES128], AES256)).toMatchObject({ state: "connects", suite: AES256 });
    expect(remembered12([AES256, AES128], AES128)).toMatchObject({ state: "connects", suites: [AES256, AES128] });
  });

  test("is no reason for what else stops the client", () => {
    const found = evidence([remembering(accepting("TLS 1.2", [AES128])), refused("TLS 1.3")], { groups: [group("secp521r1", "TLS 1.2")] });
    expect(simulateClient(CLIENT, found)).toEqual({ state: "cannot-connect", why: "no key exchange or signature in common in TLS 1.2" });
  });
});

describe("the key exchange", () => {
  test("needs a group in common", () => {
    const others = { groups: [group("secp521r1", "TLS 1.2")] };
    expect(only12([AES128], {}, others)).toMatchObject({ state: "cannot-connect", why: expect.stringContaining("key exchange") });
    expect(only12([AES128, RSA], { preference: "client" }, others)).toMatchObject({ suite: RSA });
    expect(only12([AES128], { refusedGroups: "" }, { groups: [] })).toMatchObject({ state: "unknown" });
  });

  test("names the group where there is one alone", () => {
    expect(only12([AES128], {}, { groups: [group("secp256r1", "TLS 1.2")] })).toMatchObject({ group: "secp256r1" });
    expect(only12([AES128])).not.toHaveProperty("group");
    expect(only12([RSA], {}, { groups: [group("secp256r1", "TLS 1.2")] })).not.toHaveProperty("group");
  });

  test.each([
    [[{ bits: 2048, prime: "" }], { state: "connects", suite: DHE }],
    [[{ bits: 1024, prime: "" }], { state: "cannot-connect" }],
    [
      [
        { bits: 1024, prime: "" },
        { bits: 2048, prime: "" },
      ],
      { state: "unknown" },
    ],
    [[], { state: "unknown" }],
  ])("needs a prime that is long enough: %j", (dh, expected) => {
    expect(only12([DHE], {}, { features: { ...GOOD_FEATURES, dh } })).toMatchObject(expected);
  });
});

describe("the signature", () => {
  test("decides where it was seen", () => {
    const others = { signatureSchemes: [scheme("rsa_pkcs1_sha1", "TLS 1.2")] };
    expect(only12([AES128], {}, others)).toMatchObject({ state: "cannot-connect" });
    expect(only12([AES128], { refusedSchemes: "" }, others)).toMatchObject({ state: "unknown" });
    expect(only12([AES128], { refusedSchemes: "" }, { signatureSchemes: [] })).toMatchObject({ state: "connects" });
    expect(only12([RSA], {}, others)).toMatchObject({ state: "connects", suite: RSA });
  });
});

test.each(clientProfiles().map((profile) => [profile.name, profile] as const))("%s reaches a server of today", (_name, profile) => {
  const found = evidence([accepting("TLS 1.2", GOOD_12), accepting("TLS 1.3", GOOD_13, { preference: "client" })]);
  const suite = profile.cipherSuites.find((name) => GOOD_13.includes(name));
  expect(simulateClient(profile, found)).toMatchObject({ state: "connects", version: "TLS 1.3", suite });
});

test("a client of yesterday is what it was", () => {
  const old = evidence([accepting("TLS 1.2", ["TLS_RSA_WITH_AES_128_CBC_SHA"]), refused("TLS 1.3")]);
  const state = (name: string) => simulateClient(clientProfile(name) as ClientOffer, old).state;
  expect(state("openjdk-11")).toBe("connects");
  expect(state("openjdk-21")).toBe("cannot-connect");
  expect(state("go-1.19")).toBe("connects");
  expect(state("go-1.24")).toBe("cannot-connect");
});

test("of a server of which one suite is seen a night, every declared client still connects", () => {
  const found = evidence([refused("TLS 1.3"), remembering(accepting("TLS 1.2", GOOD_12), AES128)]);
  for (const profile of clientProfiles()) expect(simulateClient(profile, found)).toMatchObject({ state: "connects" });
});

test("what is forgotten of a server never turns into a connection that fails", () => {
  fc.assert(
    fc.property(fc.subarray([AES128, AES256, CBC, DHE, RSA]), fc.subarray([AES128, AES256, CBC, DHE, RSA]), (accepted, forgotten) => {
      const before = only12(accepted);
      const after = only12(
        accepted.filter((suite) => !forgotten.includes(suite)),
        { unknown: forgotten },
      );
      expect(before.state === "connects" && after.state === "cannot-connect").toBe(false);
    }),
  );
});
