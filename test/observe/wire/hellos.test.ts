import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClientHello, decodeClientHello, encodeClientHello } from "../../../src/observe/wire/client-hello.ts";
import { decodeHandshake } from "../../../src/observe/wire/handshake.ts";
import { helloRecords } from "../../../src/observe/wire/hello-records.ts";
import { ByteReader } from "../../../src/observe/wire/reader.ts";
import { decodeRecord } from "../../../src/observe/wire/record.ts";
import { decodeServerHello, encodeServerHello, type ServerHello, selectedVersionCode } from "../../../src/observe/wire/server-hello.ts";
import type { RecordVersion } from "../../../src/observe/wire/version.ts";
import { WireError } from "../../../src/observe/wire/wire-error.ts";
import { firstOffer } from "../net/support/first-offer.ts";

const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const extensions = fc.uniqueArray(fc.record({ type: fc.nat(0xffff), data: fc.uint8Array({ maxLength: 40 }) }), {
  selector: ({ type }) => type,
  maxLength: 6,
});
const clientHellos: fc.Arbitrary<ClientHello> = fc.record(
  {
    version: fc.nat(0xffff),
    random: octets(32),
    sessionId: fc.uint8Array({ maxLength: 32 }),
    cipherSuites: fc.array(fc.nat(0xffff), { minLength: 1, maxLength: 20 }),
    compressionMethods: fc.array(fc.nat(0xff), { minLength: 1, maxLength: 3 }),
    extensions,
  },
  { requiredKeys: ["version", "random", "sessionId", "cipherSuites", "compressionMethods"] },
);
const serverHellos: fc.Arbitrary<ServerHello> = fc.record(
  {
    version: fc.nat(0xffff),
    random: octets(32),
    sessionId: fc.uint8Array({ maxLength: 32 }),
    cipherSuite: fc.nat(0xffff),
    compression: fc.nat(0xff),
    extensions,
  },
  { requiredKeys: ["version", "random", "sessionId", "cipherSuite", "compression"] },
);

describe("hello messages", () => {
  it("survive a round trip", () => {
    fc.assert(
      fc.property(clientHellos, (hello) => {
        expect(decodeClientHello(encodeClientHello(hello))).toEqual(hello);
      }),
    );
    fc.assert(
      fc.property(serverHellos, (hello) => {
        expect(decodeServerHello(encodeServerHello(hello))).toEqual(hello);
      }),
    );
  });

  it("are refused in every strict prefix, except where SSL 3.0 would end", () => {
    fc.assert(
      fc.property(serverHellos, (hello) => {
        const bytes = encodeServerHello(hello);
        for (let length = 0; length < bytes.length; length++) {
          if (length === 38 + hello.sessionId.length) continue;
          expect(() => decodeServerHello(bytes.subarray(0, length))).toThrow(WireError);
        }
      }),
    );
  });

  it("never throw anything untyped", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const decode of [decodeClientHello, decodeServerHello]) {
          try {
            decode(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(WireError);
          }
        }
      }),
    );
  });

  it("keep a repeated extension, and go by the first", () => {
    const twice = [
      { type: 43, data: Uint8Array.of(3, 4) },
      { type: 43, data: Uint8Array.of(3, 3) },
    ];
    const hello = { version: 0x0303, random: new Uint8Array(32), sessionId: new Uint8Array(), cipherSuite: 1, compression: 0 };
    const decoded = decodeServerHello(encodeServerHello({ ...hello, extensions: twice }));
    expect([decoded.extensions, selectedVersionCode(decoded)]).toEqual([twice, 0x0304]);
  });

  it("say the version of supported_versions first", () => {
    const hello = { version: 0x0303, random: new Uint8Array(32), sessionId: new Uint8Array(), cipherSuite: 1, compression: 0 };
    expect(selectedVersionCode(hello)).toBe(0x0303);
    expect(selectedVersionCode({ ...hello, extensions: [{ type: 43, data: Uint8Array.of(3, 4) }] })).toBe(0x0304);
    expect(() => selectedVersionCode({ ...hello, extensions: [{ type: 43, data: Uint8Array.of(3) }] })).toThrow(WireError);
  });
});

describe("the first hello", () => {
  const fresh = {
    random: new Uint8Array(32).fill(1),
    sessionId: new Uint8Array(32).fill(2),
    shares: new Map([[0x001d, new Uint8Array(32).fill(3)]]),
  };
  const parse = (version: RecordVersion, serverName?: string) => {
    const bytes = helloRecords(firstOffer(version), { ...fresh, ...(serverName === undefined ? {} : { serverName }) });
    const reader = new ByteReader(bytes, "record");
    const record = decodeRecord(reader);
    reader.end();
    const message = decodeHandshake(new ByteReader(record.payload, "handshake"));
    return { record, length: record.payload.length, hello: decodeClientHello(message.body) };
  };
  const types = (hello: ClientHello) => hello.extensions?.map(({ type }) => type);

  it.each([
    ["SSL 3.0", 0x0300, 0x0300],
    ["TLS 1.0", 0x0301, 0x0301],
    ["TLS 1.1", 0x0301, 0x0302],
    ["TLS 1.2", 0x0301, 0x0303],
    ["TLS 1.3", 0x0301, 0x0303],
  ] as const)("for %s says %i in the record and %i in the hello", (version, inRecord, inHello) => {
    const { record, hello } = parse(version, "api.example.com");
    expect([record.version, hello.version]).toEqual([inRecord, inHello]);
    expect(hello.cipherSuites.length).toBeLessThanOrEqual(64);
    expect(new Set(hello.cipherSuites).size).toBe(hello.cipherSuites.length);
    expect(hello.cipherSuites.at(-1)).toBe(0x00ff);
  });

  it("asks SSL 3.0 without extensions", () => {
    expect(types(parse("SSL 3.0", "api.example.com").hello)).toBeUndefined();
  });

  it("names signature schemes from TLS 1.2 on only", () => {
    expect(types(parse("TLS 1.1").hello)).not.toContain(13);
    expect(types(parse("TLS 1.2").hello)).toContain(13);
  });

  it("offers TLS 1.3 alone, with a share and a middlebox session", () => {
    const { hello } = parse("TLS 1.3", "api.example.com");
    expect(hello.extensions?.find(({ type }) => type === 43)?.data).toEqual(Uint8Array.of(2, 3, 4));
    expect(hello.sessionId).toEqual(fresh.sessionId);
    expect(types(hello)).toEqual(expect.arrayContaining([10, 13, 45, 51]));
    expect(hello.cipherSuites.filter((code) => code >> 8 === 0x13)).toEqual([0x1302, 0x1303, 0x1301, 0x1304, 0x1305]);
  });

  it("carries the host name, and none for an address", () => {
    const named = parse("TLS 1.2", "api.example.com").hello.extensions?.find(({ type }) => type === 0)?.data;
    expect(named).toEqual(Uint8Array.of(0, 18, 0, 0, 15, ...Buffer.from("api.example.com")));
    expect(types(parse("TLS 1.2").hello)).not.toContain(0);
  });

  it("never has 256 to 511 octets and never ends in an empty extension, whatever the name", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("TLS 1.0" as const, "TLS 1.1" as const, "TLS 1.2" as const, "TLS 1.3" as const),
        fc.integer({ min: 0, max: 253 }),
        (version, nameLength) => {
          const { length, hello } = parse(version, nameLength === 0 ? undefined : "a".repeat(nameLength));
          expect(length < 256 || length > 511).toBe(true);
          expect(hello.extensions?.at(-1)?.data.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});
