import { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import { DAY } from "../../../../src/model/instant.ts";
import { type ClientHello, decodeClientHello } from "../../../../src/observe/wire/client-hello.ts";
import { EXTENSION, type Extension, findExtension } from "../../../../src/observe/wire/extension.ts";
import { decodeHandshake, encodeHandshake, HANDSHAKE_TYPE } from "../../../../src/observe/wire/handshake.ts";
import { ByteReader } from "../../../../src/observe/wire/reader.ts";
import { encodeRecords, payloadOf, RECORD_TYPE } from "../../../../src/observe/wire/record.ts";
import { encodeServerHello, type ServerHello } from "../../../../src/observe/wire/server-hello.ts";
import { authority, type Peer, tcpPeer } from "./peers.ts";

/** A hello as a hand-written server needs it. */
export interface HeardHello extends ClientHello {
  /** Octets of all its records. */
  readonly octets: number;
  readonly serverName: boolean;
  /** Codes of supported_versions; without it, of legacy_version alone. */
  readonly versions: readonly number[];
  has(suite: number): boolean;
}

/** What to write, or what to do instead. */
export type Reaction = Uint8Array | readonly Uint8Array[] | ((socket: Socket) => void);

/** A server that nobody would write on purpose: reads one hello, and reacts. */
export function scriptedTls(react: (hello: HeardHello, count: number) => Reaction): Promise<Peer> {
  return tcpPeer((socket, count) => {
    let received = Buffer.alloc(0);
    const onData = (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      if (received[0] !== RECORD_TYPE.handshake) return socket.end(alertRecord(2, 70));
      const hello = heard(received);
      if (hello === undefined) return;
      socket.off("data", onData);
      socket.resume();
      const reaction = react(hello, count);
      if (typeof reaction === "function") return reaction(socket);
      for (const chunk of reaction instanceof Uint8Array ? [reaction] : reaction) socket.write(chunk);
    };
    socket.on("data", onData);
  });
}

export const TLS12 = 0x0303;

/** ServerHello, Certificate and ServerHelloDone of a suite without a key exchange message, in one record. */
export function flight(more: Partial<ServerHello> = {}): Uint8Array {
  return handshakeRecord(serverHello(more), CERTIFICATE, DONE);
}

export function serverHello(more: Partial<ServerHello> = {}): Uint8Array {
  const body = encodeServerHello({
    version: TLS12,
    random: new Uint8Array(32).fill(7),
    sessionId: new Uint8Array(),
    cipherSuite: AES_GCM,
    compression: 0,
    extensions: [RENEGOTIATION],
    ...more,
  });
  return encodeHandshake({ type: HANDSHAKE_TYPE.serverHello, body });
}

export function handshakeRecord(...messages: readonly Uint8Array[]): Uint8Array {
  return encodeRecords({ type: RECORD_TYPE.handshake, version: TLS12, payload: Buffer.concat(messages) });
}

export function alertRecord(level: number, description: number): Uint8Array {
  return Uint8Array.of(RECORD_TYPE.alert, 3, 3, 0, 2, level, description);
}

/** TLS_RSA_WITH_AES_128_GCM_SHA256. */
export const AES_GCM = 0x009c;
export const RENEGOTIATION: Extension = { type: EXTENSION.renegotiationInfo, data: Uint8Array.of(0) };

const leaf = new X509Certificate(
  authority.issue({ dnsNames: ["localhost"], keyType: "rsa", notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) })
    .chainPem,
).raw;
export const CERTIFICATE = certificateMessage([leaf]);
export const DONE = encodeHandshake({ type: HANDSHAKE_TYPE.serverHelloDone, body: new Uint8Array() });

export function certificateMessage(chain: readonly Uint8Array[]): Uint8Array {
  const list = Buffer.concat(chain.flatMap((der) => [uint24(der.length), der]));
  return encodeHandshake({ type: HANDSHAKE_TYPE.certificate, body: Buffer.concat([uint24(list.length), list]) });
}

function uint24(value: number): Uint8Array {
  return Uint8Array.of(value >> 16, (value >> 8) & 0xff, value & 0xff);
}

/** What the bytes so far say; undefined until the hello is whole. */
export function heard(received: Buffer): HeardHello | undefined {
  if (received.length < 5 || received.length < 5 + received.readUInt16BE(3)) return undefined;
  const hello = decodeClientHello(decodeHandshake(new ByteReader(payloadOf(received), "handshake")).body);
  const listed = findExtension(hello.extensions, EXTENSION.supportedVersions)?.data.subarray(1);
  return {
    ...hello,
    octets: received.length,
    serverName: findExtension(hello.extensions, EXTENSION.serverName) !== undefined,
    versions: listed === undefined ? [hello.version] : pairs(listed),
    has: (suite) => hello.cipherSuites.includes(suite),
  };
}

function pairs(bytes: Uint8Array): readonly number[] {
  return Array.from({ length: bytes.length / 2 }, (_, index) => ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0));
}
