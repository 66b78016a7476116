import { getCiphers } from "node:tls";
import { describe, expect, it } from "vitest";
import { cipherSuiteByCode, cipherSuiteByName, cipherSuiteCodeText } from "../../src/catalog/cipher-suites.ts";

describe("cipher suites", () => {
  it.each([
    [0xc02f, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256"],
    [0x000a, "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "DES-CBC3-SHA"],
    [0x0005, "TLS_RSA_WITH_RC4_128_SHA", "RC4-SHA"],
    [0xcca8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-RSA-CHACHA20-POLY1305"],
  ])("knows %i by code, by IANA name and by OpenSSL name", (code, name, openssl) => {
    const suite = { code, name, openssl };
    expect(cipherSuiteByCode(code)).toEqual(suite);
    expect(cipherSuiteByName(name)).toEqual(suite);
    expect(cipherSuiteByName(openssl)).toEqual(suite);
  });

  it("keeps one name where OpenSSL has no other", () => {
    expect(cipherSuiteByName("TLS_AES_128_GCM_SHA256")).toEqual({ code: 0x1301, name: "TLS_AES_128_GCM_SHA256" });
  });

  it("maps every suite that this node can negotiate", () => {
    expect(getCiphers().filter((name) => cipherSuiteByName(name.toUpperCase()) === undefined)).toEqual([]);
  });

  it("says nothing of what the registry does not know", () => {
    expect(cipherSuiteByCode(0x0a0a)).toBeUndefined();
    expect(cipherSuiteByName("toString")).toBeUndefined();
  });

  it("writes codes as reports do", () => {
    expect([0xc02f, 0x0005].map(cipherSuiteCodeText)).toEqual(["0xC02F", "0x0005"]);
  });
});
