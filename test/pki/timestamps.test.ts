import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Certificate, parseCertificate } from "../../src/pki/certificate.ts";
import { parseOcspResponse } from "../../src/pki/ocsp.ts";
import { certificateEntry, checkTimestamp, parseTimestamps, precertificateEntry } from "../../src/pki/timestamps.ts";
import {
  certificateTimestamps,
  newLog,
  ocspTimestamps,
  signedCertificateTimestamps,
  subjectAltName,
} from "../lab/support/certificate-extensions.ts";
import { daysFrom, intermediate, type Made, makeCertificate, rootAuthority, serverLeaf } from "../lab/support/certificate-factory.ts";
import { makeOcspResponse } from "../lab/support/revocation-factory.ts";
import { mutationsOf } from "./mutations.ts";

const AT = new Date(Date.UTC(2026, 10, 23, 12));
const issuer = intermediate(rootAuthority({ at: AT }), { at: AT });
const [first, second] = [newLog(), newLog()];
const STAMPS = [
  { log: first, at: daysFrom(AT, -20) },
  { log: second, at: daysFrom(AT, -19) },
];
const leaf = serverLeaf(issuer, { at: AT, with: [signedCertificateTimestamps(STAMPS)] });
const embedded = read(leaf).extensions.timestamps ?? new Uint8Array();

function read({ der }: Pick<Made, "der">): Certificate {
  const certificate = parseCertificate(der);
  if (certificate === undefined) throw new Error("A certificate of a test that nobody can read.");
  return certificate;
}

/** What each log's key says of them. */
function checked(list: Uint8Array, entry: Uint8Array | undefined): readonly string[] {
  const logs = [first, second];
  return (parseTimestamps(list) ?? []).map((timestamp) => {
    const log = logs.find(({ id }) => Buffer.from(id).toString("hex") === timestamp.logId);
    return log === undefined || entry === undefined ? "unknown" : checkTimestamp(timestamp, entry, log.key.publicKeyInfo);
  });
}

describe("timestamps that a certificate holds", () => {
  it("are read", () => {
    expect(parseTimestamps(embedded)).toMatchObject([
      { logId: Buffer.from(first.id).toString("hex"), at: daysFrom(AT, -20).getTime(), hash: 4, algorithm: 3 },
      { logId: Buffer.from(second.id).toString("hex"), at: daysFrom(AT, -19).getTime() },
    ]);
  });

  it("are of the certificate without them, and of its issuer", () => {
    expect(checked(embedded, precertificateEntry(read(leaf), read(issuer)))).toEqual(["valid", "valid"]);
    expect(checked(embedded, precertificateEntry(read(leaf), read(rootAuthority())))).toEqual(["invalid", "invalid"]);
    expect(checked(embedded, certificateEntry(read(leaf)))).toEqual(["invalid", "invalid"]);
    const other = serverLeaf(issuer, { at: AT, with: [signedCertificateTimestamps(STAMPS)] });
    expect(checked(embedded, precertificateEntry(read(other), read(issuer)))).toEqual(["invalid", "invalid"]);
  });

  it.each([1, 9, 40, 400, 4000])("whatever lengths it takes to leave them out (%i names)", (count) => {
    const dns = Array.from({ length: count }, (_, index) => `host-${index}.acme.example`);
    const made = serverLeaf(issuer, { at: AT, dns, with: [signedCertificateTimestamps(STAMPS)] });
    const list = read(made).extensions.timestamps ?? new Uint8Array();
    expect(checked(list, precertificateEntry(read(made), read(issuer)))).toEqual(["valid", "valid"]);
  });

  it("stand wherever among the others, or alone", () => {
    const stamps = signedCertificateTimestamps(STAMPS);
    for (const extensions of [[stamps], [stamps, subjectAltName({ dns: ["a.example"] })]]) {
      const made = makeCertificate({ issuer, extensions });
      const list = read(made).extensions.timestamps ?? new Uint8Array();
      expect(checked(list, precertificateEntry(read(made), read(issuer)))).toEqual(["valid", "valid"]);
    }
  });

  it("are nowhere in a certificate without any", () => {
    expect(precertificateEntry(read(serverLeaf(issuer)), read(issuer))).toBeUndefined();
    expect(precertificateEntry(read(makeCertificate({ version: 1 })), read(issuer))).toBeUndefined();
  });
});

describe("timestamps that came beside a certificate", () => {
  const plain = serverLeaf(issuer, { at: AT });
  const entry = certificateEntry(read(plain));

  it("in the handshake are of it as it is", () => {
    expect(checked(certificateTimestamps(STAMPS, plain.der), entry)).toEqual(["valid", "valid"]);
  });

  it("in an OCSP response, too", () => {
    const answer = { of: plain, status: "good", thisUpdate: AT, extensions: [ocspTimestamps(STAMPS, plain.der)] } as const;
    const response = parseOcspResponse(makeOcspResponse({ issuer, answers: [answer] }));
    const list = response?.status === "successful" ? response.answers[0]?.timestamps : undefined;
    expect(checked(list ?? new Uint8Array(), entry)).toEqual(["valid", "valid"]);
  });

  it("are wrong with another signature, another time or another key", () => {
    const forged = STAMPS.map((stamp) => ({ ...stamp, signature: new Uint8Array(70) }));
    expect(checked(certificateTimestamps(forged, plain.der), entry)).toEqual(["invalid", "invalid"]);
    const [stamp] = parseTimestamps(certificateTimestamps(STAMPS, plain.der)) ?? [];
    if (stamp === undefined) throw new Error("There is none.");
    expect(checkTimestamp({ ...stamp, at: stamp.at + 1 }, entry, first.key.publicKeyInfo)).toBe("invalid");
    expect(checkTimestamp({ ...stamp, hash: 2 }, entry, first.key.publicKeyInfo)).toBe("invalid");
    expect(checkTimestamp(stamp, entry, second.key.publicKeyInfo)).toBe("invalid");
    expect(checkTimestamp(stamp, entry, new Uint8Array(20))).toBe("unsupported");
  });
});

describe("hostile bytes", () => {
  it("of versions to come are passed over", () => {
    const later = Uint8Array.of(0, 4, 0, 2, 1, 0xff);
    expect(parseTimestamps(later)).toEqual([]);
  });

  it("are no list where anything is missing, or too much", () => {
    for (let length = 0; length < embedded.length; length += 1) expect(parseTimestamps(embedded.subarray(0, length))).toBeUndefined();
    expect(parseTimestamps(Buffer.concat([embedded, Uint8Array.of(0)]))).toBeUndefined();
    expect(parseTimestamps(Uint8Array.of(0, 2, 0, 0))).toBeUndefined();
  });

  it("never make a promise that no log gave", () => {
    const entry = precertificateEntry(read(leaf), read(issuer));
    // A signature can be written in more than one way, of which OpenSSL takes some: what was promised is the same.
    const promised = (list: Uint8Array) => (parseTimestamps(list) ?? []).map(({ logId, at, extensions }) => `${logId} ${at} ${extensions}`);
    const whole = promised(embedded);
    fc.assert(
      fc.property(mutationsOf(embedded), (bytes) => {
        const verdicts = checked(bytes, entry);
        return promised(bytes).every((promise, at) => whole.includes(promise) || verdicts[at] !== "valid");
      }),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => (parseTimestamps(bytes) ?? []).length < 5));
  });
});
