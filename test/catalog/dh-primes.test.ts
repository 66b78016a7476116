import { spawnSync } from "node:child_process";
import { createHash, getDiffieHellman } from "node:crypto";
import { describe, expect, it } from "vitest";
import { dhPrimeByHash, dhPrimes } from "../../src/catalog/dh-primes.ts";

describe("primes of standards", () => {
  it("are what the generator writes", () => {
    const { stderr, status } = spawnSync(process.execPath, ["test/support/write-dh-primes.mjs", "--check"], { encoding: "utf8" });
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  });

  it.each([
    ["modp2", { name: "RFC 2409 group 2", bits: 1024 }],
    ["modp14", { name: "RFC 3526 group 14", bits: 2048 }],
  ])("are known by the hash of their octets: %s", (id, facts) => {
    expect(dhPrimeByHash(createHash("sha256").update(getDiffieHellman(id).getPrime()).digest("hex"))).toMatchObject(facts);
  });

  // As OpenSSL 3.0 has them.
  it.each([
    ["9cd3b7f336872f46c09428d1bbc19877a4d440512cda8d1c1cf0cd6e33698966", "RFC 7919 ffdhe2048"],
    ["770b14efaf6f049929c523113b3fa99a8d11dab1b18af3609590122075d19833", "RFC 7919 ffdhe8192"],
    ["44c55cfee5c075927cf682da5b681bdecbd5c3eb0784c14f5dce7610f0ef133d", "RFC 5114 2.1"],
  ])("have the hash %s", (sha256, name) => {
    expect(dhPrimeByHash(sha256)?.name).toBe(name);
  });

  it("are listed once each, and are silent about the rest", () => {
    expect(new Set(dhPrimes().map(({ sha256 }) => sha256)).size).toBe(dhPrimes().length);
    expect(dhPrimeByHash("ab".repeat(32))).toBeUndefined();
  });
});
