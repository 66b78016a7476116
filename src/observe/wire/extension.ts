import type { ByteReader } from "./reader.ts";
import type { ByteWriter } from "./writer.ts";

/** RFC 8446 section 4.2. */
export interface Extension {
  readonly type: number;
  readonly data: Uint8Array;
}

/** IANA TLS ExtensionType values that hellos of ours hold. */
export const EXTENSION = {
  serverName: 0,
  supportedGroups: 10,
  ecPointFormats: 11,
  signatureAlgorithms: 13,
  padding: 21,
  extendedMasterSecret: 23,
  supportedVersions: 43,
  pskKeyExchangeModes: 45,
  keyShare: 51,
} as const;

export function writeExtensions(writer: ByteWriter, extensions: readonly Extension[]): void {
  writer.vector(2, (list) => {
    for (const { type, data } of extensions) list.uint(2, type).vector(2, (content) => content.bytes(data));
  });
}

/** Reads to the end of `list`. A repeated type is malformed (RFC 8446 section 4.2). */
export function readExtensions(list: ByteReader): readonly Extension[] {
  const extensions = new Map<number, Extension>();
  while (list.remaining > 0) {
    const type = list.uint(2, "extension_type");
    if (extensions.has(type)) list.malformed("extension_type repeated");
    extensions.set(type, { type, data: list.vector(2, "extension_data").rest() });
  }
  return [...extensions.values()];
}
