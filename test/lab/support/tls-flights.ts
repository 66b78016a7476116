import { createDiffieHellmanGroup, randomBytes, X509Certificate } from "node:crypto";
import { type CipherSuite, cipherSuiteByCode } from "../../../src/catalog/cipher-suites.ts";
import type { Authority, IssuedCertificate } from "../../../src/demo/certificates.ts";
import { certificateFor } from "../../../src/demo/conditions.ts";
import { EXTENSION, type Extension, findExtension } from "../../../src/observe/wire/extension.ts";
import { HANDSHAKE_TYPE, type HandshakeMessage } from "../../../src/observe/wire/handshake.ts";
import { ByteReader } from "../../../src/observe/wire/reader.ts";
import { decodeServerHello, encodeServerHello, HELLO_RETRY_RANDOM, type ServerHello } from "../../../src/observe/wire/server-hello.ts";
import { ByteWriter } from "../../../src/observe/wire/writer.ts";
import type { HeardHello } from "../../observe/net/support/scripted-tls.ts";
import { certificateMessage } from "../../observe/net/support/scripted-tls.ts";
import { type FrontConditions, flightOf } from "./tls-front.ts";

type Scripted = NonNullable<FrontConditions["instead"]>;

/** Takes a suite in TLS 1.2 where the hello offers it, and with it the group and the signature that it needs. */
/** `ec`: the host's own certificate of that kind; a new one unless given. */
export function accepting(code: number, authority: Authority, now: Date, ec?: IssuedCertificate): Scripted {
  const suite = cipherSuiteByCode(code);
  if (suite === undefined) throw new Error(`there is no suite ${code}`);
  const leaf = leafFor(suite, authority, now, ec);
  return (hello) => {
    if (!hello.versions.includes(TLS12) || !hello.has(code) || !hasRoomFor(suite, hello)) return undefined;
    const body = encodeServerHello({ ...HELLO, random: randomBytes(32), cipherSuite: code });
    return flightOf([{ type: HANDSHAKE_TYPE.serverHello, body }, ...leaf, ...keyExchange(suite), DONE]);
  };
}

/** Asks for a group of TLS 1.3 where the hello offers it, and has no share of it. */
export function asksForGroup(group: number): Scripted {
  return (hello) => {
    const shares = findExtension(hello.extensions, EXTENSION.keyShare);
    const cipherSuite = SUITES_13.find(hello.has);
    if (!hello.versions.includes(TLS13) || cipherSuite === undefined || !groupsOf(hello).includes(group)) return undefined;
    // An empty list of shares is two octets: whoever has one gets to the server.
    if (shares === undefined || shares.data.length > 2) return undefined;
    return retryRequest(hello, cipherSuite, group);
  };
}

function retryRequest({ sessionId }: HeardHello, cipherSuite: number, group: number): Uint8Array {
  const extensions = [
    { type: EXTENSION.supportedVersions, data: uint16(TLS13) },
    { type: EXTENSION.keyShare, data: uint16(group) },
  ];
  const body = encodeServerHello({ ...HELLO, random: HELLO_RETRY_RANDOM, sessionId, cipherSuite, extensions });
  return flightOf([{ type: HANDSHAKE_TYPE.serverHello, body }]);
}

/** Takes a suite of TLS 1.3 where the hello offers none that the server has. */
export function accepting13(code: number): Scripted {
  return (hello) => {
    const isOurs = hello.versions.includes(TLS13) && hello.has(code) && !SUITES_13.some(hello.has);
    return isOurs && groupsOf(hello).includes(P256) ? retryRequest(hello, code, P256) : undefined;
  };
}

/** For `says`: a ServerHello is another one. */
export function serverHelloWith(change: (hello: ServerHello) => Partial<ServerHello>): NonNullable<FrontConditions["says"]> {
  return (message) => {
    if (message.type !== HANDSHAKE_TYPE.serverHello) return [message];
    const hello = decodeServerHello(message.body);
    return [{ ...message, body: encodeServerHello({ ...hello, ...change(hello) }) }];
  };
}

export function without(type: number): NonNullable<FrontConditions["says"]> {
  return serverHelloWith(({ extensions = [] }) => ({ extensions: extensions.filter((extension) => extension.type !== type) }));
}

/** The key of an ECDHE exchange is the same each time, for a length of it. */
export function sameKey({ type, body }: HandshakeMessage): readonly HandshakeMessage[] {
  if (type !== HANDSHAKE_TYPE.serverKeyExchange) return [{ type, body }];
  const key = { from: 4, to: 4 + (body[3] ?? 0) };
  return [{ type, body: Uint8Array.from(body, (octet, at) => (at >= key.from && at < key.to ? 4 : octet)) }];
}

/** RFC 5246 section 7.4.4: of any authority, with an ECDSA signature. */
export function asksForCertificate(message: HandshakeMessage): readonly HandshakeMessage[] {
  if (message.type !== HANDSHAKE_TYPE.serverHelloDone) return [message];
  const body = new ByteWriter()
    .vector(1, (types) => types.uint(1, 64))
    .vector(2, (schemes) => schemes.uint(2, ECDSA_SHA256))
    .vector(2, () => undefined)
    .finish();
  return [{ type: HANDSHAKE_TYPE.certificateRequest, body }, message];
}

function leafFor({ authentication }: CipherSuite, authority: Authority, now: Date, ec?: IssuedCertificate): readonly HandshakeMessage[] {
  if (authentication === "anon") return [];
  const isRsa = authentication === "RSA";
  const { certificatePem } = (isRsa ? undefined : ec) ?? certificateFor("valid", authority, now, isRsa ? "rsa" : "ec");
  const message = certificateMessage([new X509Certificate(certificatePem).raw]);
  return [{ type: HANDSHAKE_TYPE.certificate, body: message.subarray(4) }];
}

function hasRoomFor({ keyExchange, authentication }: CipherSuite, hello: HeardHello): boolean {
  const isSigned = keyExchange !== "RSA" && authentication !== "anon";
  if (keyExchange === "ECDHE" && !groupsOf(hello).includes(P256)) return false;
  return !isSigned || listed(hello, EXTENSION.signatureAlgorithms).includes(schemeFor(authentication));
}

function schemeFor(authentication: string): number {
  return authentication === "ECDSA" ? ECDSA_SHA256 : RSA_SHA256;
}

/** Fresh keys, and signatures that nobody looks at. */
function keyExchange(suite: CipherSuite): readonly HandshakeMessage[] {
  const { keyExchange: exchange, authentication, export: weakened } = suite;
  const writer = new ByteWriter();
  if (exchange === "RSA" && weakened !== true) return [];
  if (exchange === "ECDHE")
    writer
      .uint(1, 3)
      .uint(2, P256)
      .vector(1, bytes(Uint8Array.of(4, ...randomBytes(64))));
  else if (exchange === "DHE")
    writer
      .vector(2, bytes(PRIME))
      .vector(2, bytes(Uint8Array.of(2)))
      .vector(2, bytes(randomBytes(256)));
  else writer.vector(2, bytes(Uint8Array.of(0xff, ...randomBytes(63)))).vector(2, bytes(Uint8Array.of(1, 0, 1)));
  if (authentication !== "anon") writer.uint(2, schemeFor(authentication)).vector(2, bytes(randomBytes(64)));
  return [{ type: HANDSHAKE_TYPE.serverKeyExchange, body: writer.finish() }];
}

function groupsOf(hello: HeardHello): readonly number[] {
  return listed(hello, EXTENSION.supportedGroups);
}

function listed({ extensions }: HeardHello, type: number): readonly number[] {
  const extension = findExtension(extensions, type);
  if (extension === undefined) return [];
  const list = new ByteReader(extension.data, "list", "malformed").vector(2, "list");
  const values: number[] = [];
  while (list.remaining > 0) values.push(list.uint(2, "value"));
  return values;
}

function bytes(content: Uint8Array): (inner: ByteWriter) => void {
  return (inner) => {
    inner.bytes(content);
  };
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}

const TLS12 = 0x0303;
const TLS13 = 0x0304;
const P256 = 0x0017;
const ECDSA_SHA256 = 0x0403;
const RSA_SHA256 = 0x0401;
const SUITES_13 = [0x1302, 0x1303, 0x1301];
const PRIME = createDiffieHellmanGroup("modp14").getPrime();
const DONE: HandshakeMessage = { type: HANDSHAKE_TYPE.serverHelloDone, body: new Uint8Array() };
const EXTENSIONS: readonly Extension[] = [
  { type: EXTENSION.renegotiationInfo, data: Uint8Array.of(0) },
  { type: EXTENSION.extendedMasterSecret, data: new Uint8Array() },
];
const HELLO = { version: TLS12, sessionId: new Uint8Array(), compression: 0, extensions: EXTENSIONS } as const;
