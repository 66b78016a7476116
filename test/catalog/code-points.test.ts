import { describe, expect, it } from "vitest";
import { namedGroupByCode, namedGroups } from "../../src/catalog/named-groups.ts";
import { signatureSchemeByCode, signatureSchemes } from "../../src/catalog/signature-schemes.ts";
import { alertName, extensionName } from "../../src/catalog/tls-names.ts";

describe("named groups", () => {
  it.each([
    [0x0017, { name: "secp256r1", kind: "elliptic", bits: 256, tls12: true, tls13: true }],
    [0x001d, { name: "x25519", kind: "elliptic", bits: 255, tls12: true, tls13: true }],
    [0x0016, { name: "secp256k1", kind: "elliptic", bits: 256, tls12: true }],
    [0x000d, { name: "sect571k1", kind: "elliptic", bits: 571, tls12: true }],
    [0x0104, { name: "ffdhe8192", kind: "ffdhe", bits: 8192, tls12: true, tls13: true }],
    [0x0202, { name: "MLKEM1024", kind: "pq", bits: 1024, tls13: true }],
    [0x11ec, { name: "X25519MLKEM768", kind: "hybrid", bits: 768, tls13: true }],
  ])("know %i", (code, facts) => {
    expect(namedGroupByCode(code)).toEqual({ code, ...facts });
  });

  it("are listed once each, in order, and are silent about the rest", () => {
    const codes = namedGroups().map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort((a, b) => a - b));
    expect(namedGroupByCode(0x2a2a)).toBeUndefined();
  });
});

describe("signature schemes", () => {
  it.each([
    [0x0403, { name: "ecdsa_secp256r1_sha256", signature: "ecdsa", hash: "sha256", tls12: true, tls13: true }],
    [0x0201, { name: "rsa_pkcs1_sha1", signature: "rsa_pkcs1", hash: "sha1", tls12: true, tls13: "certificates" }],
    [0x0101, { name: "rsa_pkcs1_md5", signature: "rsa_pkcs1", hash: "md5", tls12: true }],
    [0x0602, { name: "dsa_sha512", signature: "dsa", hash: "sha512", tls12: true }],
    [0x080b, { name: "rsa_pss_pss_sha512", signature: "rsa_pss_pss", hash: "sha512", tls12: true, tls13: true }],
    [0x0905, { name: "mldsa65", signature: "mldsa", hash: "intrinsic", tls13: true }],
    [0x091c, { name: "slhdsa_shake_256f", signature: "slhdsa", hash: "intrinsic", tls13: true }],
    [0x0620, { name: "rsa_pkcs1_sha512_legacy", signature: "rsa_pkcs1", hash: "sha512", tls13: true }],
  ])("know %i", (code, facts) => {
    expect(signatureSchemeByCode(code)).toEqual({ code, ...facts });
  });

  it("are listed once each, in order, and are silent about the rest", () => {
    const codes = signatureSchemes().map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort((a, b) => a - b));
    expect(signatureSchemeByCode(0x0000)).toBeUndefined();
  });
});

describe("names of the wire", () => {
  it("are IANA's", () => {
    expect([40, 70, 116, 255].map(alertName)).toEqual(["handshake_failure", "protocol_version", "certificate_required", undefined]);
    expect([0, 51, 65281, 9999].map(extensionName)).toEqual(["server_name", "key_share", "renegotiation_info", undefined]);
  });
});
