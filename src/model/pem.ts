/**
 * The certificates of a file, in their order: every block of a PEM text (RFC 7468), or a single one in DER. Undefined where there is neither.
 * A block whose base64 is none comes as no bytes at all: it was there.
 */
export function certificateBytes(file: Uint8Array): readonly Uint8Array[] | undefined {
  if (file[0] === DER_SEQUENCE) return [file];
  const text = Buffer.from(file).toString("latin1");
  const blocks = [...text.matchAll(BLOCK)].slice(0, MOST_CERTIFICATES);
  return blocks.length === 0 ? undefined : blocks.map(([, body = ""]) => decoded(body));
}

function decoded(body: string): Uint8Array {
  const digits = body.replace(/\s/g, "");
  return /^[A-Za-z0-9+/]*={0,2}$/.test(digits) ? Buffer.from(digits, "base64") : new Uint8Array();
}

const DER_SEQUENCE = 0x30;
const BLOCK = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([^-]*)-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;
/** Whole stores of roots have a few hundred. */
const MOST_CERTIFICATES = 4096;
