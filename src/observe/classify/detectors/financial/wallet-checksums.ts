import { createHash } from "node:crypto";
import { keccak256 } from "./keccak.ts";

/** Base58Check: a version, 20 bytes and four of a double SHA-256, in the alphabet of Bitcoin or of XRP. */
export function isBase58Address(text: string): boolean {
  if (text.length < 25 || text.length > 36) return false;
  return [BITCOIN, XRP].some((alphabet) => {
    const bytes = base58Bytes(text, alphabet);
    // Of the two-byte versions, only Zcash's transparent addresses are read.
    return bytes !== undefined && (bytes.length === 25 || (bytes.length === 26 && bytes[0] === 0x1c)) && endsInChecksum(bytes);
  });
}

/** Bech32 and Bech32m (BIP 173, BIP 350) under a prefix that networks use for addresses. */
export function isBech32Address(text: string): boolean {
  const lower = text.toLowerCase();
  if (text.length > 128 || (text !== lower && text !== text.toUpperCase())) return false;
  const at = lower.lastIndexOf("1");
  if (!PREFIXES.has(lower.slice(0, at)) || lower.length - at < 33) return false;
  const symbols = [...lower.slice(at + 1)].map((character) => BECH32.indexOf(character));
  if (symbols.includes(-1)) return false;
  const prefix = [...lower.slice(0, at)].map((character) => character.charCodeAt(0));
  const sum = polymod([...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31), ...symbols]);
  return sum === 1 || sum === 0x2bc830a3;
}

/** EIP-55: the case of each letter says one bit of the hash of the address. Undefined: one case only, nothing is said. */
export function hasEip55Checksum(address: string): boolean | undefined {
  const digits = address.slice(2);
  if (digits === digits.toLowerCase() || digits === digits.toUpperCase()) return undefined;
  const hash = keccak256(new TextEncoder().encode(digits.toLowerCase()));
  return [...digits].every((digit, index) => {
    const nibble = ((hash[index >> 1] ?? 0) >> (index % 2 === 0 ? 4 : 0)) & 15;
    return /\d/.test(digit) || nibble > 7 === (digit === digit.toUpperCase());
  });
}

/** 32 bytes in base58, as Solana's accounts are: any text of that alphabet and length may be one. */
export function isBase58Key(text: string): boolean {
  return text.length >= 40 && text.length <= 44 && base58Bytes(text, BITCOIN)?.length === 32;
}

function base58Bytes(text: string, alphabet: string): Uint8Array | undefined {
  let value = 0n;
  for (const character of text) {
    const digit = alphabet.indexOf(character);
    if (digit < 0) return undefined;
    value = value * 58n + BigInt(digit);
  }
  const hex = value === 0n ? "" : value.toString(16);
  const body = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  const leading = text.length - text.replace(new RegExp(`^${alphabet[0]}+`), "").length;
  return new Uint8Array([...new Uint8Array(leading), ...body]);
}

function endsInChecksum(bytes: Uint8Array): boolean {
  const once = createHash("sha256").update(bytes.subarray(0, -4)).digest();
  const twice = createHash("sha256").update(once).digest();
  return twice.subarray(0, 4).equals(bytes.subarray(-4));
}

function polymod(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of GENERATORS.entries()) {
      if (((top >>> bit) & 1) === 1) sum ^= generator;
    }
  }
  return sum;
}

const BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const XRP = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
const BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
/** SLIP-0173, those for addresses. */
const PREFIXES: ReadonlySet<string> = new Set(
  "bc tb bcrt ltc tltc cosmos osmo addr addr_test stake bnb inj juno sei terra kava zil one dydx axelar celestia akash evmos secret thor".split(
    " ",
  ),
);
