import { X509Certificate } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAuthority } from "../../../src/demo/certificates.ts";
import { objectIdentifier, sequence, set, utf8String } from "../../../src/demo/der.ts";
import { DAY } from "../../../src/model/instant.ts";
import type { TlsAnswer } from "../../../src/model/tls-offer.ts";
import { answerOf } from "../../../src/observe/wire/answer.ts";
import type { Extension } from "../../../src/observe/wire/extension.ts";
import type { Flight } from "../../../src/observe/wire/flight.ts";
import { FlightReader } from "../../../src/observe/wire/flight-reader.ts";
import { encodeHandshake } from "../../../src/observe/wire/handshake.ts";
import { encodeRecords } from "../../../src/observe/wire/record.ts";
import { encodeServerHello, HELLO_RETRY_RANDOM } from "../../../src/observe/wire/server-hello.ts";
import { WireError } from "../../../src/observe/wire/wire-error.ts";
import { ByteWriter } from "../../../src/observe/wire/writer.ts";

const { chainPem } = createAuthority().issue({ dnsNames: ["x.test"], notBefore: new Date(0), notAfter: new Date(DAY) });
const LEAF = new X509Certificate(chainPem).raw;
const bytes = (write: (writer: ByteWriter) => void) => {
  const writer = new ByteWriter();
  write(writer);
  return writer.finish();
};
const message = (type: number, write: (writer: ByteWriter) => void = () => undefined) => encodeHandshake({ type, body: bytes(write) });
const hello = (cipherSuite: number, version = 0x0303, extensions: readonly Extension[] = []) =>
  encodeHandshake({
    type: 2,
    body: encodeServerHello({ version, random: new Uint8Array(32), sessionId: new Uint8Array(), cipherSuite, compression: 0, extensions }),
  });
const certificates = (...chain: readonly Uint8Array[]) =>
  message(11, (m) =>
    m.vector(3, (list) => {
      for (const der of chain) list.vector(3, (one) => one.bytes(der));
    }),
  );
const DONE = message(14);
const records = (messages: readonly Uint8Array[], perRecord = 2 ** 14) => {
  const whole = Buffer.concat(messages);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < whole.length; at += perRecord)
    parts.push(encodeRecords({ type: 22, version: 0x0303, payload: whole.subarray(at, at + perRecord) }));
  return Buffer.concat(parts);
};
const read = (...messages: readonly Uint8Array[]): Flight | undefined => new FlightReader({ until: "flight" }).push(records(messages));
const answer = (...messages: readonly Uint8Array[]) => {
  const flight = read(...messages);
  return flight && (answerOf(flight) as Extract<TlsAnswer, { type: "hello" }>);
};

const POINT = new Uint8Array(65).fill(4);
const signature = (m: ByteWriter, scheme?: number) => {
  if (scheme !== undefined) m.uint(2, scheme);
  m.vector(2, (s) => s.bytes(new Uint8Array(70)));
};
const named = (m: ByteWriter, group = 0x0017) =>
  m
    .uint(1, 3)
    .uint(2, group)
    .vector(1, (p) => p.bytes(POINT));
const finiteField = (m: ByteWriter, prime: Uint8Array) =>
  m
    .vector(2, (p) => p.bytes(prime))
    .vector(2, (g) => g.uint(1, 2))
    .vector(2, (y) => y.bytes(Uint8Array.of(0, 9, 9)));
const hint = (m: ByteWriter) => m.vector(2, (h) => h.bytes(Buffer.from("hint")));
const P1024 = Uint8Array.of(0xff, ...new Uint8Array(127).fill(1));

describe("a flight up to TLS 1.2", () => {
  const keyExchange = message(12, (m) => signature(named(m), 0x0403));
  const whole = [hello(0xc02b), certificates(LEAF, Uint8Array.of(1)), keyExchange, DONE];

  it("says all that it says", () => {
    expect(answer(...whole)).toMatchObject({
      ...{ version: "TLS 1.2", cipherSuite: 0xc02b, group: 0x0017, signatureScheme: 0x0403 },
      certificate: { key: "ecdsa", group: 0x0017 },
      features: { complete: true, chain: [LEAF, Uint8Array.of(1)].map((der) => new Uint8Array(der)), oddities: [] },
    });
  });

  it("is the same however it is cut into records and segments", () => {
    const expected = answer(...whole);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 900 }), (perRecord, perSegment) => {
        const sent = records(whole, perRecord);
        const reader = new FlightReader({ until: "flight" });
        let flight: Flight | undefined;
        for (let at = 0; at < sent.length; at += perSegment) flight = reader.push(sent.subarray(at, at + perSegment));
        expect(flight && answerOf(flight)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("is not there in any strict prefix", () => {
    const sent = records(whole, 200);
    for (let length = 0; length < sent.length; length++)
      expect(new FlightReader({ until: "flight" }).push(sent.subarray(0, length))).toBeUndefined();
  });

  it("ends at its hello where no more is wanted", () => {
    const reader = new FlightReader({ until: "hello" });
    expect(reader.push(records(whole))).toMatchObject({ version: "TLS 1.2", complete: false });
    expect(reader.flight.certificates).toBeUndefined();
  });

  it.each<[string, number, number, (m: ByteWriter) => void, Partial<Extract<TlsAnswer, { type: "hello" }>>]>([
    ["ECDHE before TLS 1.2", 0xc009, 0x0302, (m) => signature(named(m, 0x001d)), { group: 0x001d }],
    ["anonymous ECDHE", 0xc018, 0x0303, (m) => named(m), { group: 0x0017 }],
    ["DHE", 0x009e, 0x0303, (m) => signature(finiteField(m, P1024), 0x0401), { dhBits: 1024, signatureScheme: 0x0401 }],
    ["DHE with a prime behind zeros", 0x0033, 0x0301, (m) => signature(finiteField(m, Uint8Array.of(0, 0, 3, ...P1024))), { dhBits: 1026 }],
    ["anonymous DHE", 0x0034, 0x0303, (m) => finiteField(m, P1024), { dhBits: 1024 }],
    ["EXPORT DHE in SSL 3.0", 0x0014, 0x0300, (m) => signature(finiteField(m, P1024.subarray(0, 64))), { dhBits: 512 }],
    [
      ...(["EXPORT RSA", 0x0003, 0x0301] as const),
      (m) => signature(m.vector(2, (n) => n.bytes(P1024.subarray(0, 64))).vector(2, (e) => e.bytes(Uint8Array.of(1, 0, 1)))),
      { rsaBits: 512 },
    ],
    ["a hint of PSK", 0x00a8, 0x0303, (m) => hint(m), {}],
    ["a hint of RSA_PSK", 0x0094, 0x0303, (m) => hint(m), {}],
    ["DHE_PSK", 0x0090, 0x0303, (m) => finiteField(hint(m), P1024), { dhBits: 1024 }],
    ["ECDHE_PSK", 0xc035, 0x0303, (m) => named(hint(m)), { group: 0x0017 }],
    [
      ...(["SRP with an RSA key", 0xc01e, 0x0303] as const),
      (m) =>
        signature(
          m
            .vector(2, (n) => n.bytes(P1024))
            .vector(2, (g) => g.uint(1, 2))
            .vector(1, (s) => s.bytes(POINT))
            .vector(2, (b) => b.bytes(P1024)),
          0x0201,
        ),
      { signatureScheme: 0x0201 },
    ],
    ["a key exchange that nobody knows", 0x4a4a, 0x0303, (m) => m.bytes(Uint8Array.of(1, 2, 3)), {}],
  ])("reads %s", (_name, suite, version, write, facts) => {
    const found = answer(hello(suite, version), message(12, write), DONE);
    expect(found).toMatchObject({ cipherSuite: suite, ...facts, features: { complete: true } });
    for (const field of ["group", "dhBits", "rsaBits", "signatureScheme"] as const) expect(found?.[field]).toBe(facts[field]);
  });

  it.each<[string, (m: ByteWriter) => void, number]>([
    ["a prime field", (m) => m.uint(1, 1).vector(1, (p) => p.bytes(Uint8Array.of(0x7f, 0xff))), 15],
    [
      "a binary field with a trinomial",
      (m) =>
        m
          .uint(1, 2)
          .uint(2, 233)
          .uint(1, 1)
          .vector(1, (k) => k.uint(1, 74)),
      233,
    ],
    [
      "a binary field with a pentanomial",
      (m) =>
        m
          .uint(1, 2)
          .uint(2, 163)
          .uint(1, 2)
          .vector(1, (k) => k.uint(1, 3))
          .vector(1, (k) => k.uint(1, 6))
          .vector(1, (k) => k.uint(1, 7)),
      163,
    ],
  ])("reads a curve that is spelled out over %s", (_name, field, bits) => {
    const explicit = message(12, (m) => {
      field(m);
      for (let count = 0; count < 5; count++) m.vector(1, (part) => part.uint(1, count));
      signature(
        m.vector(1, (point) => point.bytes(POINT)),
        0x0403,
      );
    });
    const flight = read(hello(0xc02b), explicit, DONE);
    expect(flight?.keyExchange).toEqual({ type: "ecdhe", bits, publicKey: POINT, signatureScheme: 0x0403 });
    expect(flight && answerOf(flight)).not.toHaveProperty("group");
  });

  const name = sequence(
    set(sequence(objectIdentifier("2.5.4.6"), utf8String("FR"))),
    set(sequence(objectIdentifier("2.5.4.3"), utf8String("Émile"))),
  );
  const authorities = (m: ByteWriter) => m.vector(2, (list) => list.vector(2, (one) => one.bytes(name)).vector(2, (one) => one.uint(1, 9)));

  it("reads what is wanted of a client certificate", () => {
    const wanted = message(13, (m) =>
      authorities(m.vector(1, (types) => types.uint(1, 1).uint(1, 64)).vector(2, (schemes) => schemes.uint(2, 0x0403).uint(2, 0x0804))),
    );
    const flight = read(hello(0xc02b), wanted, DONE);
    expect(flight?.certificateRequest?.types).toEqual([1, 64]);
    expect(flight && answerOf(flight)).toMatchObject({
      features: {
        certificateRequest: {
          signatureSchemes: [0x0403, 0x0804],
          authorities: ["C=FR, CN=Émile", "(not a name)"],
          authorityCount: 2,
        },
      },
    });
  });

  it("reads it without schemes before TLS 1.2", () => {
    const wanted = message(13, (m) => authorities(m.vector(1, (types) => types.uint(1, 1))));
    expect(read(hello(0x002f, 0x0302), wanted, DONE)?.certificateRequest).toMatchObject({ types: [1], signatureSchemes: [] });
  });

  it("reads a staple, timestamps and the other features of the hello", () => {
    const flag = (type: number, ...data: number[]) => ({ type, data: Uint8Array.from(data) });
    const features = [
      flag(0xff01, 0),
      flag(23),
      flag(22),
      flag(35),
      flag(5),
      flag(16, 0, 3, 2, 0x68, 0x32),
      flag(18, 0, 4, 0, 2, 7, 7),
      flag(1, 4),
    ];
    const status = message(22, (m) => m.uint(1, 1).vector(3, (response) => response.bytes(Uint8Array.of(0x30, 0))));
    expect(answer(hello(0xc02b, 0x0303, features), certificates(LEAF), status, keyExchange, DONE)?.features).toMatchObject({
      ...{ secureRenegotiation: true, extendedMasterSecret: true, encryptThenMac: true, sessionTicket: true, stapled: true },
      ...{ alpn: "h2", sctOctets: 6, extensions: [0xff01, 23, 22, 35, 5, 16, 18, 1] },
    });
    expect(answer(hello(0xc02b), certificates(), DONE)?.features).toMatchObject({ secureRenegotiation: false, stapled: false, chain: [] });
  });

  it("tolerates what is repeated, unknown or out of order, and notes it", () => {
    const twice = [0xff01, 0xff01, 0x9a9a].map((type) => ({ type, data: Uint8Array.of(0) }));
    const found = answer(hello(0xc02b, 0x0303, twice), message(0), message(0), message(99), keyExchange, certificates(LEAF), DONE);
    expect(found?.features?.oddities).toEqual(["server-hello.extension 65281 repeated", "handshake.msg_type 0", "handshake.msg_type 99"]);
    expect(found).toMatchObject({ certificate: { key: "ecdsa" }, signatureScheme: 0x0403 });
  });

  it("counts its hello when an alert comes after it, and notes warnings", () => {
    const alert = (level: number, description: number) =>
      encodeRecords({ type: 21, version: 0x0303, payload: Uint8Array.of(level, description) });
    const sent = Buffer.concat([alert(1, 112), records([hello(0xc02b)]), alert(2, 40)]);
    const flight = new FlightReader({ until: "flight" }).push(sent);
    expect(flight).toMatchObject({ alert: { level: 2, description: 40 }, oddities: ["warning 112"], complete: false });
    expect(flight && answerOf(flight)).toMatchObject({ type: "hello", cipherSuite: 0xc02b });
  });

  it("ends with a HelloRetryRequest, and takes the group of it", () => {
    const body = encodeServerHello({
      ...{ version: 0x0303, random: HELLO_RETRY_RANDOM, sessionId: new Uint8Array(), cipherSuite: 0x1301, compression: 0 },
      extensions: [
        { type: 43, data: Uint8Array.of(3, 4) },
        { type: 51, data: Uint8Array.of(0x11, 0xec) },
      ],
    });
    expect(answer(encodeHandshake({ type: 2, body }))).toMatchObject({
      helloRetryRequest: true,
      group: 0x11ec,
      features: { complete: true },
    });
  });

  it("reads a certificate of 900 kilobytes, octet by octet, in time that grows with it alone", () => {
    const sent = records([hello(0xc02b), certificates(LEAF, new Uint8Array(900_000)), keyExchange, DONE]);
    const reader = new FlightReader({ until: "flight" });
    const started = performance.now();
    let flight: Flight | undefined;
    for (let at = 0; at < sent.length; at++) flight = reader.push(sent.subarray(at, at + 1));
    expect(flight?.certificates?.map(({ der }) => der.length)).toEqual([LEAF.length, 900_000]);
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it.each<[string, Uint8Array, string]>([
    ["a chain of more than a megabyte", Buffer.concat([Uint8Array.of(11, 0x10, 0, 1)]), "handshake.length"],
    ["a message of more than 256 kilobytes", Uint8Array.of(12, 4, 0, 1), "handshake.length"],
    [
      "a certificate that is longer than its list",
      message(11, (m) => m.vector(3, (l) => l.uint(3, 9).uint(1, 1))),
      "certificate.certificate_list.certificate",
    ],
    ["something after its list", message(11, (m) => m.uint(3, 0).uint(1, 0)), "certificate.trailing bytes"],
    ["an empty point", message(12, (m) => m.uint(1, 3).uint(2, 23).uint(1, 0)), "server-key-exchange.public"],
    ["a curve of no type", message(12, (m) => m.uint(1, 9)), "server-key-exchange.curve_type"],
    ["no scheme", message(12, (m) => named(m)), "server-key-exchange.signature_algorithm"],
    ["a status that is no OCSP", message(22, (m) => m.uint(1, 2)), "certificate-status.status_type"],
    [
      "half a list of schemes",
      message(13, (m) => m.uint(1, 0).uint(2, 1).uint(1, 4)),
      "certificate-request.supported_signature_algorithms.signature_algorithm",
    ],
  ])("is refused with %s, and keeps what it was before", (_name, wrong, field) => {
    const reader = new FlightReader({ until: "flight" });
    expect(() => reader.push(records([hello(0xc02b), wrong]))).toThrow(`${field}: not well-formed`);
    expect(answerOf(reader.flight)).toMatchObject({ type: "hello", cipherSuite: 0xc02b, features: { complete: false } });
  });

  it("does not go on for ever", () => {
    const reader = new FlightReader({ until: "flight" });
    reader.push(records([hello(0xc02b)]));
    expect(() => {
      for (let count = 0; count < 1000; count++) reader.push(records([message(0)]));
    }).toThrow("answer.messages: not well-formed");
    expect(reader.flight.oddities).toEqual(["handshake.msg_type 0"]);
  });

  it("is not longer than two megabytes, records and all", () => {
    const reader = new FlightReader({ until: "flight" });
    const sent = records([hello(0xc02b), certificates(new Uint8Array(500_000))], 1);
    expect(() => reader.push(sent)).toThrow("answer.length: not well-formed");
  });

  it("never is anything but a flight, a wait or a typed error for random messages", () => {
    const type = fc.constantFrom(0, 2, 4, 8, 11, 12, 13, 14, 15, 20, 22);
    const suite = fc.constantFrom(0xc02b, 0x0033, 0x0003, 0x0090, 0xc01e, 0xc018, 0x4a4a, 0x1301);
    const random = fc.array(fc.tuple(type, fc.uint8Array({ maxLength: 80 })), { maxLength: 5 });
    fc.assert(
      fc.property(suite, random, (code, messages) => {
        const reader = new FlightReader({ until: "flight" });
        try {
          reader.push(records([hello(code), ...messages.map(([kind, body]) => encodeHandshake({ type: kind, body }))]));
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
          expect((error as WireError).kind).toBe("malformed");
        }
        expect(answerOf(reader.flight)).toMatchObject({ type: "hello", cipherSuite: code });
      }),
      { numRuns: 500 },
    );
  });

  it("never fails otherwise for what was changed in it", () => {
    const sent = records(whole, 300);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: sent.length - 1 }), fc.nat(255), (at, octet) => {
        const changed = Buffer.from(sent);
        changed[at] = octet;
        const reader = new FlightReader({ until: "flight" });
        try {
          reader.push(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
        const { hello: said } = reader.flight;
        expect(answerOf(reader.flight)?.type).toBe(said === undefined ? reader.flight.alert && "alert" : "hello");
      }),
      { numRuns: 400 },
    );
  });
});
