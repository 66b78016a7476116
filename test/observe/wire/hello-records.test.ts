import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TlsOffer } from "../../../src/model/tls-offer.ts";
import { type ClientHello, decodeClientHello } from "../../../src/observe/wire/client-hello.ts";
import { decodeHandshake } from "../../../src/observe/wire/handshake.ts";
import { type HelloOptions, helloRecords } from "../../../src/observe/wire/hello-records.ts";
import { ByteReader } from "../../../src/observe/wire/reader.ts";
import { payloadOf } from "../../../src/observe/wire/record.ts";

const KEYS = new Map([
  [0x001d, new Uint8Array(32).fill(3)],
  [0x0017, new Uint8Array(65).fill(4)],
]);
const fresh: HelloOptions = { random: new Uint8Array(32).fill(1), sessionId: new Uint8Array(32).fill(2), shares: KEYS };
const plain: TlsOffer = { version: "TLS 1.2", cipherSuites: [0xc02f], groups: [0x001d], signatureSchemes: [0x0403], shares: [] };

function parse(offer: TlsOffer, options: Partial<HelloOptions> = {}): { readonly hello: ClientHello; readonly length: number } {
  const payload = payloadOf(helloRecords(offer, { ...fresh, ...options }));
  const reader = new ByteReader(payload, "handshake");
  const { body } = decodeHandshake(reader, 1);
  reader.end();
  return { hello: decodeClientHello(body), length: payload.length };
}
const find = (hello: ClientHello, type: number) => hello.extensions?.find((extension) => extension.type === type)?.data;
const types = (hello: ClientHello) => hello.extensions?.map(({ type }) => type) ?? [];
const words = (data: Uint8Array | undefined, from: number) => {
  const view = Buffer.from(data ?? []);
  return Array.from({ length: (view.length - from) / 2 }, (_, index) => view.readUInt16BE(from + 2 * index));
};

const codes = (maxLength: number) => fc.array(fc.integer({ min: 1, max: 0xffff }), { maxLength });
const offers: fc.Arbitrary<TlsOffer> = fc.record({
  version: fc.constantFrom("SSL 3.0" as const, "TLS 1.0" as const, "TLS 1.1" as const, "TLS 1.2" as const, "TLS 1.3" as const),
  cipherSuites: codes(128).filter((list) => list.length > 0 && !list.includes(0x00ff)),
  groups: codes(70),
  signatureSchemes: codes(70),
  shares: fc.subarray([0x001d, 0x0017]),
});
const names = fc.option(
  fc.integer({ min: 1, max: 253 }).map((length) => "a".repeat(length)),
  { nil: undefined },
);

describe("an offer as a hello", () => {
  it("holds what was offered, in a shape that old servers survive", () => {
    fc.assert(
      fc.property(offers, names, fc.boolean(), (offer, serverName, features) => {
        const { hello, length } = parse(offer, { features, ...(serverName === undefined ? {} : { serverName }) });
        expect(hello.cipherSuites.slice(0, offer.cipherSuites.length)).toEqual(offer.cipherSuites);
        expect(hello.cipherSuites.length).toBeLessThanOrEqual(128);
        if (offer.version === "SSL 3.0") {
          expect(hello.extensions).toBeUndefined();
          return;
        }
        expect(words(find(hello, 10), 2)).toEqual(offer.groups);
        expect(length < 256 || length > 511).toBe(true);
        expect([10, 14]).not.toContain(length % 256);
        expect(hello.extensions?.at(-1)?.data.length).toBeGreaterThan(0);
        expect(new Set(types(hello)).size).toBe(types(hello).length);
        expect(hello.cipherSuites.includes(0x00ff) !== types(hello).includes(0xff01)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("signals with the extension where the list of suites is full", () => {
    const suites = Array.from({ length: 128 }, (_, index) => 0x1000 + index);
    const { hello } = parse({ ...plain, cipherSuites: suites });
    expect([hello.cipherSuites, find(hello, 0xff01)]).toEqual([suites, Uint8Array.of(0)]);
    expect(() => parse({ ...plain, cipherSuites: [...suites, 1] })).toThrow(RangeError);
  });

  it("keeps signature schemes to versions that have them", () => {
    for (const version of ["TLS 1.0", "TLS 1.1"] as const) expect(types(parse({ ...plain, version }).hello)).not.toContain(13);
    const { hello } = parse({ ...plain, signatureSchemes: [0x0806, 0x0201], certificateSchemes: [0x0401] });
    expect([words(find(hello, 13), 2), words(find(hello, 50), 2)]).toEqual([[0x0806, 0x0201], [0x0401]]);
    expect(types(parse({ ...plain, signatureSchemes: [] }).hello)).not.toContain(13);
  });

  it("speaks of curves only where it offers some", () => {
    const none = types(parse({ ...plain, version: "TLS 1.0", groups: [] }).hello);
    expect([none.includes(10), none.includes(11)]).toEqual([false, false]);
    expect(types(parse({ ...plain, version: "TLS 1.0" }).hello)).toEqual(expect.arrayContaining([10, 11]));
  });

  it("of TLS 1.3 sends a share of each group that is named, or none", () => {
    const offer: TlsOffer = { ...plain, version: "TLS 1.3", groups: [0x0017, 0x001d], shares: [0x0017, 0x001d] };
    const shares = Buffer.from(find(parse(offer).hello, 51) ?? []);
    expect(shares.toString("hex")).toBe(`0069${"0017"}0041${"04".repeat(65)}${"001d"}0020${"03".repeat(32)}`);
    expect(find(parse({ ...offer, shares: [] }).hello, 51)).toEqual(Uint8Array.of(0, 0));
    expect(() => parse({ ...offer, shares: [0x0018] })).toThrow("no key for the share of group 24");
  });

  it("of TLS 1.3 is alone, or reaches down to another version", () => {
    const offer: TlsOffer = { ...plain, version: "TLS 1.3" };
    expect(words(find(parse(offer).hello, 43), 1)).toEqual([0x0304]);
    expect(types(parse(offer).hello)).not.toContain(23);
    const down = parse({ ...offer, downTo: "TLS 1.1" }).hello;
    expect(words(find(down, 43), 1)).toEqual([0x0304, 0x0303, 0x0302]);
    expect(types(down)).toEqual(expect.arrayContaining([23, 11]));
    expect(types(parse(plain).hello)).not.toContain(43);
  });

  it("asks for features, protocols, compression and more length when told to", () => {
    const all = parse(plain, { features: true, alpn: ["h2", "http/1.1"], deflate: true, minLength: 20_000 });
    expect(types(all.hello)).toEqual(expect.arrayContaining([22, 35, 18, 5, 16]));
    expect(Buffer.from(find(all.hello, 16) ?? []).toString("latin1")).toBe("\0\x0c\x02h2\x08http/1.1");
    expect(all.hello.compressionMethods).toEqual([1, 0]);
    expect(all.length).toBeGreaterThanOrEqual(20_000);
    const few = parse({ ...plain, version: "TLS 1.3" }, { features: true });
    expect([types(few.hello).includes(22), types(few.hello).includes(35), types(few.hello).includes(5)]).toEqual([false, false, true]);
    expect(parse(plain).hello.compressionMethods).toEqual([0]);
  });

  it("hides values that nobody knows among suites, groups and versions, and puts an extension of that kind first", () => {
    const { hello } = parse({ ...plain, version: "TLS 1.3" }, { grease: true, serverName: "api.example.test" });
    expect(hello.extensions?.[0]).toEqual({ type: 0x4a4a, data: Uint8Array.of(0) });
    expect(hello.cipherSuites[0]).toBe(0x4a4a);
    expect(Buffer.from(find(hello, 10) ?? []).toString("hex")).toMatch(/^....4a4a/);
    expect(Buffer.from(find(hello, 43) ?? []).toString("hex")).toMatch(/^..4a4a0304$/);
    const full = Array.from({ length: 128 }, (_, code) => code + 1);
    expect(parse({ ...plain, cipherSuites: full }, { grease: true }).hello.cipherSuites).toEqual(full);
  });
});
