import { X509Certificate } from "node:crypto";
import { blockName, certificateBlocks } from "../model/pem.ts";
import { err, ok, type Result } from "../model/result.ts";

/** Every certificate of a file whom to trust, each on its own in DER; or what is wrong with the file. One that cannot be read spoils all: somebody counts on it. */
export function authoritiesIn(file: Uint8Array): Result<readonly Uint8Array[], string> {
  const blocks = certificateBlocks(file);
  const damaged = blocks.find(({ der }) => !isReadable(der));
  if (blocks.length === 0) return err("expected certificates in PEM form, or one in DER; found none.");
  return damaged === undefined ? ok(blocks.map(({ der }) => der)) : err(`${blockName(damaged)} cannot be read.`);
}

/** As node's TLS wants it. */
export function pemOf(der: Uint8Array): string {
  return new X509Certificate(der).toString();
}

function isReadable(der: Uint8Array): boolean {
  try {
    return new X509Certificate(der).raw.length > 0;
  } catch {
    return false;
  }
}
