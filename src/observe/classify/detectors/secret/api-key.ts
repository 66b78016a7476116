import { crc32 } from "node:zlib";
import type { Surroundings } from "../../fields.ts";
import { isAboutAnother } from "../../names.ts";
import { isOpaque, isPlaceholder } from "../../values.ts";
import type { Detector, Hit } from "../detector.ts";
import { type VendorKey, vendorKeyOf } from "./vendor-keys.ts";

/** A key of a vendor's known shape, noted with the vendor; or an opaque text that its name calls an API key. */
export const apiKey: Detector = {
  class: "api_key",
  over: ["password", "phone"],
  inText: true,
  isNamed,
  detect: ({ text, type }, surroundings) => {
    if (type === "number") return undefined;
    const key = vendorKeyOf(text);
    if (key !== undefined) return vendorHit(key, text, surroundings);
    return namedHit(text, surroundings);
  },
};

function vendorHit({ vendor, test, checksum, identifier }: VendorKey, text: string, { beside }: Surroundings): Hit {
  const sample = isPlaceholder(text) || test?.test(text) === true;
  if (identifier === true) return { confidence: SECRET_HALVES.some((name) => beside.has(name)) ? 0.9 : 0.6, note: vendor, sample };
  return { confidence: checksum === true && !hasChecksum(text) ? 0.8 : 0.98, note: vendor, sample };
}

function namedHit(text: string, surroundings: Surroundings): Hit | undefined {
  if (text.length > MAX_KEY || !isOpaque(text, 16) || text.includes("://")) return undefined;
  const { name, beside } = surroundings;
  const sample = isPlaceholder(text);
  if (SECRET_HALVES.includes(name) && AWS_SECRET.test(text)) return { confidence: 0.97, note: "aws", sample };
  if (name === "auth token" && TWILIO_SECRET.test(text) && (beside.has("sid") || beside.has("account sid"))) {
    return { confidence: 0.95, note: "twilio", sample };
  }
  return isNamed(surroundings) ? { confidence: 0.8, sample } : undefined;
}

function isNamed({ name }: Surroundings): boolean {
  return CUE.test(name) && !isAboutAnother(name) && !PUBLIC_HALF.test(name);
}

/** GitHub's and npm's tokens: CRC-32 of the random part, in base 62, as the last six characters. */
function hasChecksum(token: string): boolean {
  const random = token.slice(-36, -6);
  let rest = crc32(random);
  let expected = "";
  while (rest > 0) {
    expected = BASE_62.charAt(rest % 62) + expected;
    rest = Math.floor(rest / 62);
  }
  return token.endsWith(expected.padStart(6, "0"));
}

const MAX_KEY = 512;
const BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SECRET_HALVES = ["secret access key", "aws secret access key", "secret key"];
const AWS_SECRET = /^[A-Za-z0-9/+]{40}$/;
const TWILIO_SECRET = /^[0-9a-f]{32}$/;
const CUE = /\b(?:api ?key|apikey|api secret|api token|secret access key|access key secret|secret key)\b/;
const PUBLIC_HALF = /\b(?:public|publishable|name|last|masked|owner|user|count|fingerprint)\b/;
