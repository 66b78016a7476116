/** A certificate of a file: what stands between two lines of PEM (RFC 7468), or all of it in DER. */
export interface CertificateBlock {
  /** From 1. */
  readonly number: number;
  /** Where it begins, from 1. */
  readonly line: number;
  /** No bytes at all where it is damaged: it has no end, or its base64 is none. It was there. */
  readonly der: Uint8Array;
}

/** In their order; none where the file has neither a block nor DER. Text around the blocks, and blocks of other kinds, are passed over. */
export function certificateBlocks(file: Uint8Array): readonly CertificateBlock[] {
  if (file[0] === DER_SEQUENCE) return [{ number: 1, line: 1, der: file }];
  const text = Buffer.from(file).toString("latin1");
  const blocks: CertificateBlock[] = [];
  let line = 1;
  let counted = 0;
  for (const { index, 0: begin } of text.matchAll(BEGIN)) {
    line += linesIn(text.slice(counted, index));
    counted = index;
    const isOneTooMany = blocks.length >= MOST_CERTIFICATES;
    blocks.push({ number: blocks.length + 1, line, der: isOneTooMany ? new Uint8Array() : bytesAfter(text, index + begin.length) });
    if (isOneTooMany) break;
  }
  return blocks;
}

/** The bytes alone; undefined where there is no block. */
export function certificateBytes(file: Uint8Array): readonly Uint8Array[] | undefined {
  const blocks = certificateBlocks(file);
  return blocks.length === 0 ? undefined : blocks.map(({ der }) => der);
}

/** "certificate 3 (line 57)" */
export function blockName({ number, line }: Pick<CertificateBlock, "number" | "line">): string {
  return `certificate ${number} (line ${line})`;
}

function bytesAfter(text: string, from: number): Uint8Array {
  const end = text.indexOf("-", from);
  END.lastIndex = end;
  const digits = text.slice(from, end).replace(/\s/g, "");
  const isWhole = end !== -1 && END.test(text) && digits !== "" && /^[A-Za-z0-9+/]*={0,2}$/.test(digits);
  return isWhole ? Buffer.from(digits, "base64") : new Uint8Array();
}

function linesIn(text: string): number {
  return text.split("\n").length - 1;
}

const DER_SEQUENCE = 0x30;
/** OpenSSL's TRUSTED CERTIFICATE is another kind: it limits what it is trusted for. */
const BEGIN = /-----BEGIN (?:X509 )?CERTIFICATE-----/g;
const END = /-----END (?:X509 )?CERTIFICATE-----/y;
/** Whole stores of roots have a few hundred. One more counts as damaged. */
const MOST_CERTIFICATES = 4096;
