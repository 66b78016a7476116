import { describe, expect, test } from "vitest";
import { clientProfile, clientProfiles } from "../../src/catalog/client-profiles.ts";

test("profiles are found by name", () => {
  expect(clientProfile("node-20")?.title).toBe("Node.js 20");
  expect(clientProfile("node-2")).toBeUndefined();
});

describe.each(clientProfiles().map((profile) => [profile.name, profile] as const))("%s", (_name, profile) => {
  test("says where it comes from", () => {
    expect(profile.source).toMatch(/captured on a loopback socket/);
    expect(profile.title).not.toBe("");
  });

  test("offers TLS 1.3 and TLS 1.2 with suites of both, each once", () => {
    expect(profile.versions).toEqual(expect.arrayContaining(["TLS 1.2", "TLS 1.3"]));
    expect(profile.cipherSuites).toEqual(expect.arrayContaining(["TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]));
    expect(new Set(profile.cipherSuites).size).toBe(profile.cipherSuites.length);
    expect(profile.groups).toEqual(expect.arrayContaining(["x25519", "secp256r1"]));
  });

  test("was tried with short primes where it offers DHE", () => {
    const offersDhe = profile.cipherSuites.some((suite) => suite.startsWith("TLS_DHE_"));
    expect(profile.dhBits === undefined).toBe(!offersDhe);
  });
});
