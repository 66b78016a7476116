import { X509Certificate } from "node:crypto";

/** Every certificate of a PEM text, each on its own; undefined when there is none, or one that cannot be read. */
export function certificatesOf(pem: string): readonly string[] | undefined {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  const begun = pem.split("-----BEGIN CERTIFICATE-----").length - 1;
  return blocks.length > 0 && blocks.length === begun && blocks.every(isReadable) ? blocks : undefined;
}

function isReadable(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}
