import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TlsAnswer } from "../../../src/model/tls-offer.ts";
import { answerOf } from "../../../src/observe/wire/answer.ts";
import { FlightReader } from "../../../src/observe/wire/flight-reader.ts";
import { encodeHandshake } from "../../../src/observe/wire/handshake.ts";
import { encodeRecords } from "../../../src/observe/wire/record.ts";
import { encodeServerHello, HELLO_RETRY_RANDOM, type ServerHello } from "../../../src/observe/wire/server-hello.ts";
import { WireError } from "../../../src/observe/wire/wire-error.ts";

const plain: ServerHello = {
  version: 0x0301,
  random: new Uint8Array(32).fill(9),
  sessionId: new Uint8Array(32).fill(8),
  cipherSuite: 0x002f,
  compression: 0,
};
const handshake = (hello: ServerHello) => encodeHandshake({ type: 2, body: encodeServerHello(hello) });
const records = (type: number, payload: Uint8Array, cut = payload.length) => {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < payload.length; at += cut)
    parts.push(encodeRecords({ type, version: 0x0301, payload: payload.subarray(at, at + cut) }));
  return Buffer.concat(parts);
};
const alert = (...bytes: number[]) => records(21, Uint8Array.from(bytes));
const read = (...chunks: Uint8Array[]): TlsAnswer | undefined => {
  const reader = new FlightReader({ until: "hello" });
  for (const chunk of chunks) {
    const flight = reader.push(chunk);
    if (flight !== undefined) return answerOf(flight);
  }
  return undefined;
};
const tls10 = { type: "hello", version: "TLS 1.0", cipherSuite: 0x002f, helloRetryRequest: false };

describe("the answer to a hello", () => {
  it("is a ServerHello of the version it says, whatever was offered", () => {
    expect(read(records(22, handshake(plain)))).toMatchObject(tls10);
  });

  it("is TLS 1.3 by supported_versions, retry requests included", () => {
    const hello = { ...plain, version: 0x0303, cipherSuite: 0x1301, extensions: [{ type: 43, data: Uint8Array.of(3, 4) }] };
    const answer = { type: "hello", version: "TLS 1.3", cipherSuite: 0x1301 };
    expect(read(records(22, handshake(hello)))).toMatchObject({ ...answer, helloRetryRequest: false });
    expect(read(records(22, handshake({ ...hello, random: HELLO_RETRY_RANDOM })))).toMatchObject({ ...answer, helloRetryRequest: true });
  });

  it("is an alert with its number", () => {
    expect(read(alert(2, 70))).toEqual({ type: "alert", level: 2, description: 70 });
    expect(read(alert(1, 0))).toEqual({ type: "alert", level: 1, description: 0 });
  });

  it("comes after warnings that let the handshake go on", () => {
    expect(read(alert(1, 112), records(22, handshake(plain)))).toMatchObject(tls10);
    expect(read(alert(1, 112, 2, 40))).toEqual({ type: "alert", level: 2, description: 40 });
  });

  it("is the same however it is cut into records and segments", () => {
    const message = handshake(plain);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: message.length }), fc.integer({ min: 1, max: 700 }), (perRecord, perSegment) => {
        const bytes = records(22, message, perRecord);
        const segments: Uint8Array[] = [];
        for (let at = 0; at < bytes.length; at += perSegment) segments.push(bytes.subarray(at, at + perSegment));
        expect(read(...segments)).toMatchObject(tls10);
      }),
    );
  });

  it("is not there yet in any strict prefix", () => {
    const bytes = records(22, handshake(plain), 1);
    for (let length = 0; length < bytes.length; length++) expect(read(bytes.subarray(0, length))).toBeUndefined();
  });

  it("is never anything but an answer, a wait or a typed error for random bytes", () => {
    const opening = fc.constantFrom<number[]>([], [22, 3, 1], [21, 3, 1], [22, 3, 1, 0, 40, 2, 0, 0, 36]);
    fc.assert(
      fc.property(opening, fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 }), (start, chunks) => {
        try {
          const answer = read(Uint8Array.from(start), ...chunks);
          expect(["hello", "alert", undefined]).toContain(answer?.type);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
          expect((error as WireError).kind).toBe("malformed");
        }
      }),
    );
  });

  it.each([
    ["a web server in plain text", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"), "record.type"],
    ["an SSL 2.0 answer", Uint8Array.of(0x80, 0x2e, 0x04, 0x00), "record.type"],
    ["an unheard-of major version", Uint8Array.of(22, 9, 9, 0, 1, 2), "record.version"],
    ["an empty record", Uint8Array.of(22, 3, 1, 0, 0), "record.length"],
    ["a record that is too long", Uint8Array.of(22, 3, 1, 0x40, 0x01), "record.length"],
    ["application data", Uint8Array.of(23, 3, 1, 0, 1, 0), "record.type"],
    ["another handshake message", Uint8Array.of(22, 3, 1, 0, 1, 1), "handshake.msg_type"],
    ["a message that is too long", Uint8Array.of(22, 3, 1, 0, 4, 2, 1, 0, 0), "handshake.length"],
    ["an alert in the middle of a message", Buffer.concat([Uint8Array.of(22, 3, 1, 0, 1, 2), alert(2, 40)]), "record.type"],
    ["an alert of no level", alert(3, 40), "alert.level"],
    ["a draft version", records(22, handshake({ ...plain, version: 0x7f1c })), "server-hello.version"],
  ])("refuses %s", (_name, bytes, field) => {
    expect(() => read(bytes)).toThrow(`${field}: not well-formed`);
  });

  it("reads an alert that has no version yet", () => {
    expect(read(Uint8Array.of(21, 0, 0, 0, 2, 2, 70))).toEqual(read(alert(2, 70)));
  });

  it("does not listen to warnings for ever", () => {
    const reader = new FlightReader({ until: "hello" });
    const flood = Buffer.concat(Array.from({ length: 1000 }, () => alert(1, 112)));
    expect(() => {
      for (let count = 0; count < 100; count++) reader.push(flood);
    }).toThrow("answer.length: not well-formed");
  });
});
