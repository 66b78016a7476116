import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../src/model/instant.ts";
import { type Certificate, parseCertificate } from "../../src/pki/certificate.ts";
import { parseOcspResponse } from "../../src/pki/ocsp.ts";
import { ocspVerdict } from "../../src/pki/ocsp-verdict.ts";
import type { RevocationVerdict } from "../../src/pki/revocation.ts";
import { extendedKeyUsage, unknown } from "../lab/support/certificate-extensions.ts";
import { daysFrom, intermediate, type Made, ocspResponder, rootAuthority, serverLeaf } from "../lab/support/certificate-factory.ts";
import { newKey } from "../lab/support/certificate-keys.ts";
import { opensslAuthority } from "../lab/support/openssl-authority.ts";
import { type Answer, makeOcspError, makeOcspResponse, type OcspOptions } from "../lab/support/revocation-factory.ts";
import { mutationsOf } from "./mutations.ts";

const NOW = Date.UTC(2026, 10, 23, 12);
const AT = new Date(NOW);
const root = rootAuthority({ at: AT });
const issuer = intermediate(root, { at: AT });
const leaf = serverLeaf(issuer, { at: AT });
const responder = ocspResponder(issuer, { at: AT });
const CRITICAL = unknown("1.3.6.1.4.1.99999.1", Uint8Array.of(5, 0), { critical: true });

const revoked = { revokedAt: daysFrom(AT, -3), reason: "keyCompromise" } as const;

function response(answer: Partial<Answer> = {}, more: Partial<OcspOptions> = {}): Uint8Array {
  return makeOcspResponse({ issuer, answers: [one(answer)], ...more });
}

function one(answer: Partial<Answer> = {}): Answer {
  return { of: leaf, status: "good", thisUpdate: daysFrom(AT, -1), nextUpdate: daysFrom(AT, 6), ...answer };
}

function verdict(der: Uint8Array, asOf = NOW, about: { readonly leaf?: Made; readonly issuer?: Made } = {}): RevocationVerdict {
  const question = { leaf: read(about.leaf ?? leaf), issuer: read(about.issuer ?? issuer), asOf };
  return ocspVerdict(parseOcspResponse(der), question);
}

/** "good", "revoked", or why it is not known. */
function word(der: Uint8Array, asOf?: number, about?: Parameters<typeof verdict>[2]): string {
  const found = verdict(der, asOf, about);
  return found.status === "unknown" ? found.why : found.status;
}

function read({ der }: Made): Certificate {
  const certificate = parseCertificate(der);
  if (certificate === undefined) throw new Error("A certificate of a test that nobody can read.");
  return certificate;
}

describe("an answer of the issuer", () => {
  it("says good, and until when", () => {
    expect(verdict(response())).toEqual({ status: "good", thisUpdate: NOW - DAY, nextUpdate: NOW + 6 * DAY });
  });

  it("says revoked, since when, and why", () => {
    expect(verdict(response({ status: revoked }))).toMatchObject({
      status: "revoked",
      revokedAt: NOW - 3 * DAY,
      reason: "keyCompromise",
    });
    expect(verdict(response({ status: { revokedAt: AT } }))).not.toHaveProperty("reason");
  });

  it("may hash the issuer either way, and name itself either way", () => {
    expect(word(response({ hash: "sha256" }))).toBe("good");
    expect(word(response({}, { responderId: "byName" }))).toBe("good");
  });

  it("is found among answers about others", () => {
    const other = { serial: Uint8Array.of(1, 2, 3) };
    expect(word(response({}, { answers: [one({ of: other, status: revoked }), one()] }))).toBe("good");
  });

  it("is taken by the worst of what it says twice", () => {
    expect(word(response({}, { answers: [one(), one({ status: revoked })] }))).toBe("revoked");
    expect(word(response({}, { answers: [one(), one({ status: "unknown" })] }))).toBe("not-known");
  });

  it("compares serial numbers as numbers", () => {
    const padded = Uint8Array.of(0, 0, ...leaf.serial);
    expect(word(response({ of: { serial: padded }, status: revoked }))).toBe("revoked");
    const high = serverLeaf(issuer, { at: AT, serial: Uint8Array.of(0, 0xff, 1) });
    expect(word(response({ of: { serial: Uint8Array.of(0xff, 1) } }), NOW, { leaf: high })).toBe("other-certificate");
  });
});

describe("not known", () => {
  it.each([
    [1, "not-answered"],
    [2, "not-answered"],
    [3, "try-later"],
    [5, "not-answered"],
    [6, "unauthorized"],
  ] as const)("for the error %i", (status, why) => {
    expect(word(makeOcspError(status))).toBe(why);
  });

  it("where the responder does not know it", () => expect(word(response({ status: "unknown" }))).toBe("not-known"));

  it("for another certificate, or another issuer's", () => {
    expect(word(response({ of: { serial: Uint8Array.of(7) } }))).toBe("other-certificate");
    expect(word(response({ issuer: root }))).toBe("other-certificate");
    expect(word(response({}, { answers: [] }))).toBe("other-certificate");
  });

  it("outside its time, but for the minutes that clocks differ", () => {
    const thisUpdate = daysFrom(AT, -7);
    expect(word(response({ thisUpdate, nextUpdate: new Date(NOW - 6 * MINUTE) }))).toBe("stale");
    expect(word(response({ thisUpdate, nextUpdate: new Date(NOW - 4 * MINUTE) }))).toBe("good");
    expect(word(response({ thisUpdate: new Date(NOW + 6 * MINUTE) }))).toBe("future");
    expect(word(response({ thisUpdate: new Date(NOW + 4 * MINUTE) }))).toBe("good");
    expect(word(response({}, { producedAt: new Date(NOW + HOUR) }))).toBe("future");
    expect(word(response({ status: revoked, thisUpdate, nextUpdate: daysFrom(AT, -1) }))).toBe("stale");
  });

  it("where it does not say until when, and is more than a day old", () => {
    const { nextUpdate: _, ...open } = one();
    const since = (hours: number) => ({ ...open, thisUpdate: new Date(NOW - hours * HOUR) });
    expect(word(response({}, { answers: [since(23)] }))).toBe("good");
    expect(word(response({}, { answers: [since(25)] }))).toBe("stale");
  });

  it("with a critical extension", () => {
    expect(word(response({ extensions: [CRITICAL] }))).toBe("not-understood");
    expect(word(response({}, { extensions: [CRITICAL] }))).toBe("not-understood");
    expect(word(response({}, { extensions: [{ ...CRITICAL, critical: false }] }))).toBe("good");
  });

  it("where somebody else signed", () => {
    expect(word(response({}, { signWith: newKey() }))).toBe("wrong-signature");
    expect(word(response({}, { responder: root }))).toBe("wrong-signer");
    expect(word(response({}, { responder: root, certificates: [root] }))).toBe("wrong-signer");
  });

  it("with MD5", () => {
    const authority = intermediate(root, { at: AT, key: newKey("rsa") });
    const made = serverLeaf(authority, { at: AT });
    const signed = (digest: "md5" | "sha256") => makeOcspResponse({ issuer: authority, answers: [one({ of: made })], digest });
    expect(word(signed("sha256"), NOW, { leaf: made, issuer: authority })).toBe("good");
    expect(word(signed("md5"), NOW, { leaf: made, issuer: authority })).toBe("unsupported-algorithm");
  });
});

describe("an answer of somebody whom the issuer named (RFC 6960 section 4.2.2.2)", () => {
  const by = (made: Made, more: Partial<OcspOptions> = {}) => response({}, { responder: made, certificates: [made], ...more });

  it("counts", () => {
    expect(word(by(responder))).toBe("good");
    expect(word(by(responder, { responderId: "byName" }))).toBe("good");
  });

  it.each([
    ["his certificate is not there", by(responder, { certificates: [] })],
    ["it is not for this", by(ocspResponder(issuer, { at: AT, with: [extendedKeyUsage(["serverAuth"])] }))],
    ["it is for anything", by(ocspResponder(issuer, { at: AT, with: [extendedKeyUsage(["any"])] }))],
    ["it is over", by(ocspResponder(issuer, { at: AT, notAfter: new Date(NOW - DAY) }))],
    ["it has not begun", by(ocspResponder(issuer, { at: AT, notBefore: new Date(NOW + DAY) }))],
    ["the root named him, not the issuer", by(ocspResponder(root, { at: AT }))],
    ["he named himself", by(ocspResponder({ name: issuer.name, key: newKey() }, { at: AT }))],
    ["it is the certificate itself", by(leaf)],
  ])("does not where %s", (_name, der) => expect(word(der)).toBe("wrong-signer"));

  it("does not where another key signed", () => expect(word(by(responder, { signWith: newKey() }))).toBe("wrong-signature"));
});

describe("what openssl answers", () => {
  const bad = serverLeaf(issuer, { at: new Date() });
  const openssl = opensslAuthority(issuer, [{ of: leaf }, { of: bad, revoked: { at: new Date(Date.now() - DAY), reason: "superseded" } }]);
  const ask = (of: Made, options: readonly string[] = []) =>
    verdict(openssl?.ocsp(of, options) ?? new Uint8Array(), Date.now(), { leaf: of });

  it.skipIf(openssl === undefined)("is read", () => {
    expect(ask(leaf)).toMatchObject({ status: "good" });
    expect(ask(leaf, ["-resp_key_id", "-sha256"])).toMatchObject({ status: "good" });
    expect(ask(bad)).toMatchObject({ status: "revoked", reason: "superseded" });
    expect(ask(serverLeaf(issuer, { at: new Date() }))).toEqual({ status: "unknown", why: "not-known" });
  });
});

describe("hostile bytes", () => {
  const good = response({}, { responder, certificates: [responder] });
  const bad = response({ status: revoked });

  it("of any kind are neither good nor revoked", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => verdict(bytes).status === "unknown"));
    for (let length = 0; length < good.length; length += 1) expect(word(good.subarray(0, length))).toBe("malformed");
  });

  it("never make a good answer of a bad one, nor a bad one of a good one", () => {
    fc.assert(
      fc.property(mutationsOf(bad), (bytes) => verdict(bytes).status !== "good"),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(mutationsOf(good), (bytes) => verdict(bytes).status !== "revoked"),
      { numRuns: 500 },
    );
  });

  it("are read no further than answers are long", () => {
    const many = Array.from({ length: 101 }, (_, serial) => one({ of: { serial: Uint8Array.of(serial + 1) } }));
    expect(word(response({}, { answers: [...many, one()] }))).toBe("malformed");
    expect(word(response({}, { certificates: Array.from({ length: 9 }, () => responder) }))).toBe("malformed");
    expect(word(new Uint8Array(70_000).fill(0x30))).toBe("malformed");
  });
});
