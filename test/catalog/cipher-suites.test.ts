import { execFileSync, spawnSync } from "node:child_process";
import { getCiphers } from "node:tls";
import { describe, expect, it } from "vitest";
import {
  cipherSuiteByCode,
  cipherSuiteByName,
  cipherSuiteCodeText,
  cipherSuites,
  ssl2CipherKinds,
} from "../../src/catalog/cipher-suites.ts";

const OPENSSL_MISSING = spawnSync("openssl", ["version"]).error !== undefined;

describe("cipher suites", () => {
  it.each([
    [0xc02f, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256"],
    [0x000a, "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "DES-CBC3-SHA"],
    [0x0005, "TLS_RSA_WITH_RC4_128_SHA", "RC4-SHA"],
    [0xcca8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-RSA-CHACHA20-POLY1305"],
  ])("knows %i by code, by IANA name and by OpenSSL name", (code, name, openssl) => {
    const suite = { code, name, openssl };
    expect(cipherSuiteByCode(code)).toMatchObject(suite);
    expect(cipherSuiteByName(name)).toMatchObject(suite);
    expect(cipherSuiteByName(openssl)).toMatchObject(suite);
  });

  it("keeps one name where OpenSSL has no other", () => {
    expect(cipherSuiteByName("TLS_AES_128_GCM_SHA256")).toMatchObject({ code: 0x1301, name: "TLS_AES_128_GCM_SHA256" });
    expect(cipherSuiteByName("TLS_AES_128_GCM_SHA256")?.openssl).toBeUndefined();
  });

  it("maps every suite that this node can negotiate", () => {
    expect(getCiphers().filter((name) => cipherSuiteByName(name.toUpperCase()) === undefined)).toEqual([]);
  });

  it("says nothing of what the registry does not know", () => {
    expect(cipherSuiteByCode(0x0a0a)).toBeUndefined();
    expect(cipherSuiteByName("toString")).toBeUndefined();
  });

  it("is what its generator writes", () => {
    const run = spawnSync(process.execPath, ["test/support/write-code-points.mjs", "--check"], { encoding: "utf8" });
    expect([run.stderr, run.status]).toEqual(["", 0]);
  });

  it.each([
    ["TLS_RSA_EXPORT_WITH_DES40_CBC_SHA", { keyExchange: "RSA", bits: 40, mode: "cbc", mac: "SHA", export: true, forwardSecrecy: false }],
    ["TLS_DH_anon_WITH_AES_128_GCM_SHA256", { keyExchange: "DHE", authentication: "anon", mode: "aead", since: "TLS 1.2" }],
    ["TLS_RSA_WITH_3DES_EDE_CBC_SHA", { bits: 112, encryption: "3DES_EDE_CBC", mac: "SHA" }],
    ["TLS_ECDHE_ECDSA_WITH_NULL_SHA", { bits: 0, mode: "null", authentication: "ECDSA", forwardSecrecy: true }],
    ["TLS_DHE_RSA_WITH_AES_128_CCM_8", { encryption: "AES_128_CCM_8", bits: 128, mode: "aead", forwardSecrecy: true }],
    ["TLS_SHA256_SHA256", { bits: 0, mode: "null", since: "TLS 1.3" }],
    ["TLS_RSA_EXPORT1024_WITH_RC4_56_SHA", { bits: 56, export: true, unassigned: true }],
    ["TLS_GOSTR341112_256_WITH_KUZNYECHIK_MGM_L", { since: "TLS 1.3", bits: 256 }],
    ["TLS_RSA_PSK_WITH_ARIA_256_GCM_SHA384", { keyExchange: "RSA_PSK", authentication: "RSA", bits: 256 }],
  ])("judges %s", (name, traits) => {
    expect(cipherSuiteByName(name)).toMatchObject(traits);
  });

  it.skipIf(OPENSSL_MISSING)(
    "judges every suite of the OpenSSL at hand as OpenSSL does (skipped where there is no openssl program)",
    () => {
      const theirs = opensslSuites();
      expect(theirs.length).toBeGreaterThan(100);
      expect(theirs.map(({ code, ...traits }) => [code, traits])).toEqual(theirs.map(({ code }) => [code, asOpenssl(code)]));
    },
  );

  it("offers no signal and every code once", () => {
    const codes = cipherSuites().map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).not.toContain(0x00ff);
    expect(codes).not.toContain(0x5600);
    expect(cipherSuiteByCode(0x00ff)?.name).toBe("TLS_EMPTY_RENEGOTIATION_INFO_SCSV");
  });

  it("knows the seven kinds of SSL 2.0, and one more", () => {
    expect(ssl2CipherKinds().map(({ code }) => code)).toEqual([
      ...[0x010080, 0x020080, 0x030080, 0x040080, 0x050080, 0x060040, 0x0700c0, 0x080080],
    ]);
  });

  it("writes codes as reports do", () => {
    expect([0xc02f, 0x0005].map(cipherSuiteCodeText)).toEqual(["0xC02F", "0x0005"]);
  });
});

interface OpensslTraits {
  readonly code: number;
  readonly keyExchange: string;
  readonly authentication: string;
  readonly bits: number;
  readonly mac: string;
}

function opensslSuites(): readonly OpensslTraits[] {
  const table = execFileSync("openssl", ["ciphers", "-V", "ALL:COMPLEMENTOFALL:@SECLEVEL=0"], { encoding: "utf8" });
  const row = /0x(\w\w),0x(\w\w) - \S+ +\S+ +Kx=(\S+) +Au=(\S+) +Enc=([^ (]+)(?:\((\d+)\))? +Mac=(\S+)/g;
  return [...table.matchAll(row)].map(([, high, low, keyExchange = "", authentication = "", , bits = "0", mac = ""]) => ({
    code: Number(`0x${high}${low}`),
    ...{ keyExchange, authentication, bits: Number(bits), mac },
  }));
}

function asOpenssl(code: number): Omit<OpensslTraits, "code"> | undefined {
  const suite = cipherSuiteByCode(code);
  if (suite === undefined) return undefined;
  const { keyExchange, authentication, bits, mac } = suite;
  return {
    keyExchange: { DHE: "DH", ECDHE: "ECDH" }[keyExchange] ?? keyExchange.replace("_", ""),
    authentication: { anon: "None" }[authentication] ?? authentication,
    bits,
    mac: mac === "SHA" ? "SHA1" : mac,
  };
}
