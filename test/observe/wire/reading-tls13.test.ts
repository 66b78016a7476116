import { createCipheriv, createPrivateKey, createPublicKey, diffieHellman } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerOf } from "../../../src/observe/wire/answer.ts";
import { FlightReader, type KeyShare } from "../../../src/observe/wire/flight-reader.ts";
import { encodeHandshake } from "../../../src/observe/wire/handshake.ts";
import { type Protection, protectionOf, serverHandshakeKey } from "../../../src/observe/wire/key-schedule.ts";
import { encodeRecords, payloadOf } from "../../../src/observe/wire/record.ts";
import { RecordOpener } from "../../../src/observe/wire/record-opener.ts";
import { WireError } from "../../../src/observe/wire/wire-error.ts";
import { CERTIFICATE, CLIENT_HELLO_RECORD, CLIENT_PRIVATE, CLIENT_PUBLIC, PROTECTED_RECORD, SERVER_HELLO_RECORD } from "./rfc8448.ts";

const X25519_HEADER = Buffer.from("302a300506032b656e032100", "hex");
const share: KeyShare = {
  publicKey: CLIENT_PUBLIC,
  agree: (theirs) =>
    diffieHellman({
      privateKey: createPrivateKey({
        key: { kty: "OKP", crv: "X25519", d: CLIENT_PRIVATE.toString("base64url"), x: CLIENT_PUBLIC.toString("base64url") },
        format: "jwk",
      }),
      publicKey: createPublicKey({ key: Buffer.concat([X25519_HEADER, theirs]), format: "der", type: "spki" }),
    }),
};
const reading = (shares = new Map([[0x001d, share]]), hello: Uint8Array = CLIENT_HELLO_RECORD) =>
  new FlightReader({ until: "flight", keys: { hello, shares } });
const WHOLE = Buffer.concat([SERVER_HELLO_RECORD, PROTECTED_RECORD]);
const cut = (bytes: Uint8Array, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
const CCS = Uint8Array.of(20, 3, 3, 0, 1, 1);

/** A server's record under the key of the trace's handshake, in any suite of TLS 1.3. */
function protect(suite: number, hello: Uint8Array, sequence: number, type: number, content: Uint8Array, padding = 0): Uint8Array {
  const protection = protectionOf(suite) as Protection;
  const secret = share.agree(SERVER_HELLO_RECORD.subarray(-38, -6));
  const { key, iv } = serverHandshakeKey(protection, secret, [payloadOf(CLIENT_HELLO_RECORD), payloadOf(hello)]);
  const nonce = Buffer.from(iv);
  nonce.writeUInt8((nonce[11] ?? 0) ^ sequence, 11);
  const plain = Buffer.concat([content, Uint8Array.of(type), new Uint8Array(padding)]);
  const length = plain.length + protection.tagLength;
  const header = Buffer.from([23, 3, 3, length >> 8, length & 255]);
  const cipher = createCipheriv(protection.cipher as "aes-128-gcm", key, nonce, { authTagLength: protection.tagLength });
  cipher.setAAD(header, { plaintextLength: plain.length });
  return Buffer.concat([header, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function serverHello(suite: number): Buffer {
  const hello = Buffer.from(SERVER_HELLO_RECORD);
  hello.writeUInt16BE(suite, 44);
  return hello;
}

const ENCRYPTED_EXTENSIONS = encodeHandshake({ type: 8, body: Buffer.from("0009001000050003026832", "hex") });
const VERIFY = encodeHandshake({ type: 15, body: Buffer.from("080400020102", "hex") });

describe("the trace of RFC 8448", () => {
  it("opens to its certificate and its signature scheme", () => {
    const flight = reading().push(WHOLE);
    expect(flight).toMatchObject({ version: "TLS 1.3", complete: true, signatureScheme: 0x0804, oddities: [] });
    expect(flight?.encryptedExtensions?.map(({ type }) => type)).toEqual([10, 28, 0]);
    expect(flight?.certificates?.map(({ der }) => Buffer.from(der).equals(CERTIFICATE))).toEqual([true]);
    expect(flight && answerOf(flight)).toMatchObject({
      ...{ cipherSuite: 0x1301, group: 0x001d, signatureScheme: 0x0804, certificate: { key: "rsa" }, features: { complete: true } },
    });
  });

  it("has the traffic key that the RFC prints", () => {
    const secret = share.agree(SERVER_HELLO_RECORD.subarray(-38, -6));
    const transcript = [payloadOf(CLIENT_HELLO_RECORD), payloadOf(SERVER_HELLO_RECORD)];
    const { key, iv } = serverHandshakeKey(protectionOf(0x1301) as Protection, secret, transcript);
    expect(Buffer.from(key).toString("hex")).toBe("3fce516009c21727d0f2e4e86ee403bc");
    expect(Buffer.from(iv).toString("hex")).toBe("5d313eb2671276ee13000b30");
  });

  it.each([1, 2, 7, 300])("opens in segments of %i octets", (size) => {
    const reader = reading();
    const answers = cut(WHOLE, size).map((bytes) => reader.push(bytes));
    expect(answers.slice(0, -1).every((answer) => answer === undefined)).toBe(true);
    expect(answers.at(-1)?.signatureScheme).toBe(0x0804);
  });

  it("is whole in no strict prefix", () => {
    for (let length = 0; length < WHOLE.length; length++) expect(reading().push(WHOLE.subarray(0, length))).toBeUndefined();
  });

  it("opens nowhere after a bit was changed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 * PROTECTED_RECORD.length - 8 * 5 - 1 }), (bit) => {
        const changed = Buffer.from(PROTECTED_RECORD);
        const at = 5 + (bit >> 3);
        changed.writeUInt8((changed[at] ?? 0) ^ (1 << (bit & 7)), at);
        const reader = reading();
        expect(() => reader.push(Buffer.concat([SERVER_HELLO_RECORD, changed]))).toThrow("record.encrypted_record");
        expect(reader.flight).toMatchObject({ version: "TLS 1.3", complete: false });
      }),
      { numRuns: 40 },
    );
  });

  it("ends with its ServerHello where there is no key to read on with", () => {
    expect(reading(new Map()).push(WHOLE)).toMatchObject({ version: "TLS 1.3", complete: false });
    expect(reading(new Map()).push(SERVER_HELLO_RECORD)?.keyShare?.group).toBe(0x001d);
  });

  it("does not open with the transcript of another hello", () => {
    const other = Buffer.from(CLIENT_HELLO_RECORD);
    other.writeUInt8(0, 20);
    expect(() => reading(undefined, other).push(WHOLE)).toThrow("record.encrypted_record");
  });

  it("is malformed where the server's share is no key", () => {
    const refusing: KeyShare = {
      publicKey: CLIENT_PUBLIC,
      agree: () => {
        throw new Error("no point");
      },
    };
    expect(() => reading(new Map([[0x001d, refusing]])).push(WHOLE)).toThrow("server-hello.key_share.key_exchange");
  });
});

describe("a protected flight", () => {
  it.each([0x1301, 0x1302, 0x1303, 0x1304, 0x1305])("of suite %i is read", (suite) => {
    const hello = serverHello(suite);
    const records = [hello, CCS, protect(suite, hello, 0, 22, ENCRYPTED_EXTENSIONS, 300), protect(suite, hello, 1, 22, VERIFY)];
    const flight = reading().push(Buffer.concat(records));
    expect(flight && answerOf(flight)).toMatchObject({
      cipherSuite: suite,
      signatureScheme: 0x0804,
      features: { alpn: "h2", complete: true },
    });
  });

  it("of a suite that nobody knows ends with its ServerHello", () => {
    expect(reading().push(serverHello(0x13aa))).toMatchObject({ complete: false, hello: { cipherSuite: 0x13aa } });
  });

  it("is read in records of one octet", () => {
    const hello = serverHello(0x1301);
    const message = Buffer.concat([ENCRYPTED_EXTENSIONS, VERIFY]);
    const records = [...message].map((octet, index) => protect(0x1301, hello, index, 22, Uint8Array.of(octet)));
    expect(reading().push(Buffer.concat([hello, ...records]))).toMatchObject({ complete: true, signatureScheme: 0x0804 });
  });

  it("asks for a client certificate, with its schemes and names", () => {
    const hello = serverHello(0x1301);
    const extensions = "000d0006000404030804" + "002f00170015" + "0013" + "3011310f300d06035504030c06417069204341";
    const body = Buffer.from(`00${(extensions.length / 2).toString(16).padStart(4, "0")}${extensions}`, "hex");
    const request = encodeHandshake({ type: 13, body });
    const flight = reading().push(
      Buffer.concat([hello, protect(0x1301, hello, 0, 22, Buffer.concat([ENCRYPTED_EXTENSIONS, request, VERIFY]))]),
    );
    expect(flight && answerOf(flight)).toMatchObject({
      features: { certificateRequest: { signatureSchemes: [0x0403, 0x0804], authorities: ["CN=Api CA"], authorityCount: 1 } },
    });
  });

  it("may be an alert", () => {
    const hello = serverHello(0x1301);
    const flight = reading().push(Buffer.concat([hello, protect(0x1301, hello, 0, 21, Uint8Array.of(2, 40))]));
    expect(flight).toMatchObject({ alert: { level: 2, description: 40 }, hello: { cipherSuite: 0x1301 }, complete: false });
    expect(
      reading().push(Buffer.concat([hello, encodeRecords({ type: 21, version: 0x0303, payload: Uint8Array.of(2, 80) })])),
    ).toMatchObject({
      alert: { description: 80 },
    });
  });

  it.each<[string, (hello: Uint8Array) => Uint8Array, string]>([
    ["application data inside", (hello) => protect(0x1301, hello, 0, 23, Uint8Array.of(1)), "record.type"],
    ["nothing but padding", (hello) => protect(0x1301, hello, 0, 0, new Uint8Array(3)), "record.inner_type"],
    ["a message in clear", () => encodeRecords({ type: 22, version: 0x0303, payload: VERIFY }), "record.type"],
    ["a record that is shorter than its tag", () => Uint8Array.of(23, 3, 3, 0, 16, ...new Uint8Array(16)), "record.length"],
  ])("is refused with %s", (_name, record, field) => {
    const hello = serverHello(0x1301);
    expect(() => reading().push(Buffer.concat([hello, record(hello)]))).toThrow(`${field}: not well-formed`);
  });

  it("begins in a record of its own", () => {
    const both = Buffer.concat([payloadOf(SERVER_HELLO_RECORD), Uint8Array.of(8)]);
    expect(() => reading().push(encodeRecords({ type: 22, version: 0x0303, payload: both }))).toThrow("record.boundary");
  });

  it("never is anything but a flight, a wait or a typed error for random octets", () => {
    const opener = () => new RecordOpener(protectionOf(0x1303) as Protection, { key: new Uint8Array(32), iv: new Uint8Array(12) });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (payload) => {
        expect(() => opener().open({ type: 23, version: 0x0303, payload })).toThrow(WireError);
        const hello = serverHello(0x1301);
        try {
          reading().push(Buffer.concat([hello, protect(0x1301, hello, 0, 22, payload)]));
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
      { numRuns: 60 },
    );
  });
});
