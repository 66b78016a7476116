import { EXTENSION, type Extension } from "./extension.ts";
import { ByteWriter } from "./writer.ts";

/** `name` is a host name without a trailing dot (RFC 6066 section 3). */
export function serverName(name: string): Extension {
  return extension(EXTENSION.serverName, (data) =>
    data.vector(2, (list) => list.uint(1, 0).vector(2, (host) => host.bytes(Buffer.from(name, "latin1")))),
  );
}

/** OCSP, of no responder in particular (RFC 6066 section 8). */
export function statusRequest(): Extension {
  return { type: EXTENSION.statusRequest, data: Uint8Array.of(1, 0, 0, 0, 0) };
}

/** RFC 7301 section 3.1. */
export function alpn(protocols: readonly string[]): Extension {
  return extension(EXTENSION.alpn, (data) =>
    data.vector(2, (list) => {
      for (const protocol of protocols) list.vector(1, (name) => name.bytes(Buffer.from(protocol, "latin1")));
    }),
  );
}

/** Uncompressed points only (RFC 8422 section 5.1.2). */
export function ecPointFormats(): Extension {
  return { type: EXTENSION.ecPointFormats, data: Uint8Array.of(1, 0) };
}

export function supportedGroups(groups: readonly number[]): Extension {
  return extension(EXTENSION.supportedGroups, (data) => data.vector(2, (list) => eachUint16(list, groups)));
}

export function signatureAlgorithms(schemes: readonly number[]): Extension {
  return extension(EXTENSION.signatureAlgorithms, (data) => data.vector(2, (list) => eachUint16(list, schemes)));
}

export function signatureAlgorithmsCert(schemes: readonly number[]): Extension {
  return extension(EXTENSION.signatureAlgorithmsCert, (data) => data.vector(2, (list) => eachUint16(list, schemes)));
}

/** Codes of versions, the best first (RFC 8446 section 4.2.1). */
export function supportedVersions(codes: readonly number[]): Extension {
  return extension(EXTENSION.supportedVersions, (data) => data.vector(1, (list) => eachUint16(list, codes)));
}

/** psk_dhe_ke. One server was seen to fail without it (testssl.sh issue 990). */
export function pskKeyExchangeModes(): Extension {
  return { type: EXTENSION.pskKeyExchangeModes, data: Uint8Array.of(1, 1) };
}

/** Without a share it asks for a HelloRetryRequest (RFC 8446 section 4.2.8). */
export function keyShare(shares: readonly (readonly [group: number, publicKey: Uint8Array])[]): Extension {
  return extension(EXTENSION.keyShare, (data) =>
    data.vector(2, (list) => {
      for (const [group, publicKey] of shares) list.uint(2, group).vector(2, (key) => key.bytes(publicKey));
    }),
  );
}

/** Of a first handshake (RFC 5746 section 3.4). */
export function renegotiationInfo(): Extension {
  return { type: EXTENSION.renegotiationInfo, data: Uint8Array.of(0) };
}

/** One that says all by being there. */
export function flag(type: number): Extension {
  return { type, data: new Uint8Array() };
}

function extension(type: number, write: (data: ByteWriter) => void): Extension {
  const data = new ByteWriter();
  write(data);
  return { type, data: data.finish() };
}

function eachUint16(list: ByteWriter, values: readonly number[]): void {
  for (const value of values) list.uint(2, value);
}
