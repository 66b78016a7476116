import { parseName } from "../../pki/name.ts";

/** "CN=Example CA, O=Example", in the order of the encoding, 256 characters at the most; undefined for what is no name (RFC 5280 section 4.1.2.4). */
export function distinguishedName(der: Uint8Array): string | undefined {
  return parseName(der)?.text.slice(0, MAX_LENGTH);
}

const MAX_LENGTH = 256;
