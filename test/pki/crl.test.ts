import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/model/instant.ts";
import { type Certificate, parseCertificate } from "../../src/pki/certificate.ts";
import { parseCrl } from "../../src/pki/crl.ts";
import { findEntry } from "../../src/pki/crl-entries.ts";
import { crlVerdict } from "../../src/pki/crl-verdict.ts";
import type { RevocationVerdict } from "../../src/pki/revocation.ts";
import { crlNumber, issuingDistributionPoint, keyUsage, unknown } from "../lab/support/certificate-extensions.ts";
import { daysFrom, intermediate, type Made, rootAuthority, serverLeaf } from "../lab/support/certificate-factory.ts";
import { newKey } from "../lab/support/certificate-keys.ts";
import { opensslAuthority } from "../lab/support/openssl-authority.ts";
import { type CrlOptions, makeCrl, type Revoked } from "../lab/support/revocation-factory.ts";
import { mutationsOf } from "./mutations.ts";

const NOW = Date.UTC(2026, 10, 23, 12);
const AT = new Date(NOW);
const issuer = intermediate(rootAuthority({ at: AT }), { at: AT });
const leaf = serverLeaf(issuer, { at: AT });
const OTHER: Revoked = { serial: Uint8Array.of(1, 2, 3), at: daysFrom(AT, -9), reason: "superseded" };
const OWN: Revoked = { serial: leaf.serial, at: daysFrom(AT, -3), reason: "keyCompromise" };
const CRITICAL = unknown("1.3.6.1.4.1.99999.1", Uint8Array.of(5, 0), { critical: true });
/** The distribution point that the leaf names. */
const POINT = "http://crl.example/intermediate.crl";

function list(options: Partial<CrlOptions> = {}): Uint8Array {
  return makeCrl({ issuer, thisUpdate: daysFrom(AT, -1), nextUpdate: daysFrom(AT, 6), revoked: [OTHER], ...options }).der;
}

function verdict(der: Uint8Array, about: { readonly leaf?: Made; readonly issuer?: Made; readonly asOf?: number } = {}): RevocationVerdict {
  return crlVerdict(parseCrl(der), { leaf: read(about.leaf ?? leaf), issuer: read(about.issuer ?? issuer), asOf: about.asOf ?? NOW });
}

function word(der: Uint8Array, about?: Parameters<typeof verdict>[1]): string {
  const found = verdict(der, about);
  return found.status === "unknown" ? found.why : found.status;
}

function read({ der }: Made): Certificate {
  const certificate = parseCertificate(der);
  if (certificate === undefined) throw new Error("A certificate of a test that nobody can read.");
  return certificate;
}

describe("a list of the issuer", () => {
  it("says good of what it does not name, and until when", () => {
    expect(verdict(list())).toEqual({ status: "good", thisUpdate: NOW - DAY, nextUpdate: NOW + 6 * DAY });
    expect(word(list({ revoked: [] }))).toBe("good");
  });

  it("says since when and why of what it names", () => {
    const expected = { status: "revoked", revokedAt: NOW - 3 * DAY, reason: "keyCompromise" };
    expect(verdict(list({ revoked: [OTHER, OWN] }))).toMatchObject(expected);
    expect(verdict(list({ revoked: [{ serial: leaf.serial, at: AT }] }))).not.toHaveProperty("reason");
  });

  it("may be of version 1", () => {
    const old = { version: 1, revoked: [{ serial: leaf.serial, at: AT }] } as const;
    expect(word(list(old))).toBe("revoked");
    expect(parseCrl(list(old))?.version).toBe(1);
  });

  it("compares serial numbers as numbers", () => {
    expect(word(list({ revoked: [{ ...OWN, serial: Uint8Array.of(0, 0, ...leaf.serial) }] }))).toBe("revoked");
    const short = serverLeaf(issuer, { at: AT, serial: Uint8Array.of(5) });
    expect(word(list({ revoked: [{ ...OWN, serial: Uint8Array.of(5) }] }), { leaf: short })).toBe("revoked");
    expect(word(list({ revoked: [{ ...OWN, serial: Uint8Array.of(1, 5) }] }), { leaf: short })).toBe("good");
    const high = serverLeaf(issuer, { at: AT, serial: Uint8Array.of(0, 0xff) });
    expect(word(list({ revoked: [{ ...OWN, serial: Uint8Array.of(0xff) }] }), { leaf: high })).toBe("good");
  });

  it("has a number", () => {
    expect(parseCrl(list({ extensions: [crlNumber(4096)] }))?.number).toBe("1000");
  });

  it("may be about certificates of servers alone, or about those of one distribution point", () => {
    const about = (point: Parameters<typeof issuingDistributionPoint>[0]) => word(list({ extensions: [issuingDistributionPoint(point)] }));
    expect(about({ onlyUserCertificates: true })).toBe("good");
    expect(about({ uris: ["http://elsewhere.example/1.crl", POINT], onlyUserCertificates: true })).toBe("good");
    expect(about({ uris: ["http://elsewhere.example/1.crl"] })).toBe("other-certificate");
    expect(about({ onlyAuthorityCertificates: true })).toBe("other-certificate");
    expect(about({ indirect: true })).toBe("not-understood");
  });
});

describe("not known", () => {
  it("outside its time, but for the minutes that clocks differ", () => {
    expect(word(list({ revoked: [OWN], nextUpdate: new Date(NOW - 6 * MINUTE) }))).toBe("stale");
    expect(word(list({ nextUpdate: new Date(NOW - 4 * MINUTE) }))).toBe("good");
    expect(word(list({ thisUpdate: new Date(NOW + HOUR) }))).toBe("future");
  });

  it("where it does not say until when, and is more than a day old", () => {
    const open = (hours: number) => makeCrl({ issuer, thisUpdate: new Date(NOW - hours * HOUR) }).der;
    expect([word(open(23)), word(open(25))]).toEqual(["good", "stale"]);
  });

  it("where somebody else signed, or may not", () => {
    expect(word(list({ signWith: newKey() }))).toBe("wrong-signature");
    expect(word(list({ issuer: rootAuthority({ at: AT }) }))).toBe("wrong-signer");
    const mute = intermediate(rootAuthority({ at: AT }), { at: AT, with: [keyUsage(["keyCertSign"])] });
    const made = serverLeaf(mute, { at: AT });
    expect(word(list({ issuer: mute }), { leaf: made, issuer: mute })).toBe("wrong-signer");
  });

  it("for a delta, and with critical extensions, of the list or of any entry", () => {
    const delta = unknown("2.5.29.27", Uint8Array.of(2, 1, 1), { critical: true });
    expect(word(list({ extensions: [delta] }))).toBe("not-understood");
    expect(word(list({ extensions: [CRITICAL] }))).toBe("not-understood");
    expect(word(list({ extensions: [{ ...CRITICAL, critical: false }] }))).toBe("good");
    expect(word(list({ revoked: [{ ...OTHER, extensions: [CRITICAL] }] }))).toBe("not-understood");
    expect(word(list({ revoked: [{ ...OTHER, extensions: [{ ...CRITICAL, critical: false }] }] }))).toBe("good");
  });

  it("for an entry that takes one back", () => {
    expect(word(list({ revoked: [{ ...OWN, reason: "removeFromCRL" }] }))).toBe("not-understood");
  });
});

describe("what openssl makes", () => {
  const openssl = opensslAuthority(issuer, [
    { of: leaf, revoked: { at: new Date(Date.now() - DAY), reason: "cessationOfOperation" } },
    { of: serverLeaf(issuer), revoked: { at: new Date(Date.now() - DAY), reason: "unspecified" } },
  ]);

  it.skipIf(openssl === undefined)("is read", () => {
    const der = openssl?.crl() ?? new Uint8Array();
    expect(parseCrl(der)).toMatchObject({ version: 2, number: "1000" });
    expect(verdict(der, { asOf: Date.now() })).toMatchObject({ status: "revoked", reason: "cessationOfOperation" });
    expect(word(der, { asOf: Date.now(), leaf: serverLeaf(issuer) })).toBe("good");
  });
});

describe("a list of a quarter of a million entries", () => {
  const entry = makeCrl({ issuer, thisUpdate: AT, revoked: [OTHER] });
  const content = Buffer.from(parseCrl(entry.der)?.revoked ?? []);
  const many = Buffer.concat(Array.from({ length: 250_000 }, () => content));
  const own = Buffer.from(parseCrl(makeCrl({ issuer, thisUpdate: AT, revoked: [OWN] }).der)?.revoked ?? []);

  it("is gone through in a moment", () => {
    const started = performance.now();
    expect(findEntry(many, leaf.serial)).toEqual({ hasUnknownCritical: false });
    expect(findEntry(Buffer.concat([many, own]), leaf.serial)?.entry).toBeDefined();
    expect(performance.now() - started).toBeLessThan(2 * SECOND);
  });
});

describe("hostile bytes", () => {
  const named = list({ revoked: [OTHER, OWN], extensions: [crlNumber(1), issuingDistributionPoint({ uris: [POINT] })] });

  it("of any kind are neither good nor revoked", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => verdict(bytes).status === "unknown"));
    for (let length = 0; length < named.length; length += 1) expect(word(named.subarray(0, length))).toBe("malformed");
  });

  it("never make a list that says something else", () => {
    fc.assert(
      fc.property(mutationsOf(named), (bytes) => verdict(bytes).status !== "good"),
      { numRuns: 1000 },
    );
  });

  it("in the place of entries are no list", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => findEntry(bytes, leaf.serial)?.entry === undefined));
    const entries = Buffer.from(parseCrl(named)?.revoked ?? []);
    for (let length = 1; length < entries.length; length += 1) {
      expect(findEntry(entries.subarray(0, length), leaf.serial)?.entry).toBeUndefined();
    }
  });
});
