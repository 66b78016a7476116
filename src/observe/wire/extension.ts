import type { ByteReader } from "./reader.ts";
import type { ByteWriter } from "./writer.ts";

/** RFC 8446 section 4.2. */
export interface Extension {
  readonly type: number;
  readonly data: Uint8Array;
}

/** IANA TLS ExtensionType values that hellos of ours hold, or that answers are read for. */
export const EXTENSION = {
  serverName: 0,
  statusRequest: 5,
  supportedGroups: 10,
  ecPointFormats: 11,
  signatureAlgorithms: 13,
  alpn: 16,
  signedCertificateTimestamp: 18,
  padding: 21,
  encryptThenMac: 22,
  extendedMasterSecret: 23,
  sessionTicket: 35,
  supportedVersions: 43,
  pskKeyExchangeModes: 45,
  certificateAuthorities: 47,
  signatureAlgorithmsCert: 50,
  keyShare: 51,
  renegotiationInfo: 0xff01,
} as const;

export function writeExtensions(writer: ByteWriter, extensions: readonly Extension[]): void {
  writer.vector(2, (list) => {
    for (const { type, data } of extensions) list.uint(2, type).vector(2, (content) => content.bytes(data));
  });
}

/** Reads to the end of `list`, in order. A repeated type is kept: RFC 8446 section 4.2 forbids it, and servers do it. */
export function readExtensions(list: ByteReader): readonly Extension[] {
  const extensions: Extension[] = [];
  while (list.remaining > 0) {
    const type = list.uint(2, "extension_type");
    extensions.push({ type, data: list.vector(2, "extension_data").rest() });
  }
  return extensions;
}

/** The first one of a type. */
export function findExtension(extensions: readonly Extension[] | undefined, type: number): Extension | undefined {
  return extensions?.find((extension) => extension.type === type);
}

/** Types that occur more than once. */
export function repeatedTypes(extensions: readonly Extension[]): readonly number[] {
  const types = extensions.map(({ type }) => type);
  return [...new Set(types.filter((type, index) => types.indexOf(type) !== index))];
}
