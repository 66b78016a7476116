import { createPrivateKey, createPublicKey, type KeyObject, type PrivateKeyInput } from "node:crypto";
import type { UnobservedReason } from "../model/reason.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Scrubber } from "./scrub.ts";

/** A block of RFC 7468 with a private key in it, or of the formats before it (PKCS #1, SEC 1, with the headers of RFC 1421). */
interface Block {
  readonly text: string;
  readonly body: string;
}

/**
 * The private key of a file: its first block in PEM, as OpenSSL takes it, or DER. The error says why there is none to be had: the file has none
 * that can be read, or it is locked with a passphrase.
 */
export function privateKeyIn(file: Uint8Array): Result<KeyObject, UnobservedReason> {
  const [block] = blocksOf(file);
  const inputs: readonly PrivateKeyInput[] =
    block === undefined ? DER_TYPES.map((type) => ({ key: Buffer.from(file), format: "der", type })) : [{ key: block.text, format: "pem" }];
  const attempts = inputs.map(attempt);
  const key = attempts.find((made) => made.ok);
  if (key !== undefined) return key;
  const isLocked = block?.text.includes("ENCRYPTED") === true || attempts.some((made) => !made.ok && made.error === "locked");
  return err(isLocked ? "evidence_ambiguous" : "credential_unavailable");
}

/**
 * Takes every private key of a file out of whatever is printed or stored from now on: block by block, line by line, and number by number. What is
 * public of a key stands in certificates, and stays.
 */
export function hidePrivateKeys(file: Uint8Array, scrubber: Scrubber): void {
  const blocks = blocksOf(file);
  for (const block of blocks) hideBlock(block, scrubber);
  for (const type of DER_TYPES) {
    const key = blocks.length === 0 ? attempt({ key: Buffer.from(file), format: "der", type }) : undefined;
    if (key?.ok === true) hideNumbers(key.value, scrubber);
  }
}

function hideBlock({ text, body }: Block, scrubber: Scrubber): void {
  const key = attempt({ key: text, format: "pem" });
  const shared = key.ok ? publicBytes(key.value) : undefined;
  scrubber.add(text);
  scrubber.addBytes(Buffer.from(body, "base64"));
  for (const line of body.split("\n")) {
    const isPublic = shared?.includes(Buffer.from(line, "base64")) === true;
    if (line.length >= SHORTEST_LINE && !isPublic) scrubber.addPiece(line);
  }
  if (key.ok) hideNumbers(key.value, scrubber);
}

function hideNumbers(key: KeyObject, scrubber: Scrubber): void {
  for (const type of ["pkcs8", "pkcs1", "sec1"] as const) scrubber.addBytes(exported(() => key.export({ type, format: "der" })));
  const numbers = exported(() => key.export({ format: "jwk" }));
  for (const name of PRIVATE_NUMBERS) {
    const number = (numbers as Readonly<Record<string, unknown>>)[name];
    if (typeof number === "string") scrubber.addBytes(Buffer.from(number, "base64url"));
  }
}

/** Not every kind of key has every form. */
function exported<T extends object>(make: () => T): T | Uint8Array<ArrayBuffer> {
  try {
    return make();
  } catch {
    return new Uint8Array();
  }
}

function publicBytes(key: KeyObject): Buffer | undefined {
  try {
    return createPublicKey(key).export({ type: "spki", format: "der" });
  } catch {
    return undefined;
  }
}

function attempt(input: PrivateKeyInput): Result<KeyObject, "locked" | "unreadable"> {
  try {
    return ok(createPrivateKey(input));
  } catch (error) {
    return err(error instanceof Error && "code" in error && error.code === "ERR_MISSING_PASSPHRASE" ? "locked" : "unreadable");
  }
}

function blocksOf(file: Uint8Array): readonly Block[] {
  return Buffer.from(file)
    .toString("latin1")
    .split("-----BEGIN ")
    .slice(1)
    .flatMap((part) => {
      const [, label = "", rest = ""] = /^([A-Z0-9 ]{0,40}PRIVATE KEY)-----([\s\S]*)$/.exec(part) ?? [];
      const end = rest.indexOf(`-----END ${label}-----`);
      if (label === "" || end === -1) return [];
      const body = rest.slice(0, end).replaceAll("\r", "").trim();
      return [{ text: `-----BEGIN ${label}-----${rest.slice(0, end)}-----END ${label}-----\n`, body: body.replace(HEADERS, "") }];
    });
}

const DER_TYPES = ["pkcs8", "pkcs1", "sec1"] as const;
/** RFC 7518 sections 6.2.2, 6.3.2, RFC 8037 section 2. */
const PRIVATE_NUMBERS = ["d", "p", "q", "dp", "dq", "qi"];
const HEADERS = /^(?:[A-Za-z-]+: [^\n]*\n)+\n?/;
/** A line of PEM has 64 characters; a shorter last one may be anything. */
const SHORTEST_LINE = 24;
