import { isPlaceholder } from "../../values.ts";
import type { Detector } from "../detector.ts";

/** A stored password in one of the formats that name their own algorithm (crypt(3), PHC strings, RFC 2307). */
export const passwordHash: Detector = {
  class: "password_hash",
  over: ["password", "api_key"],
  inText: false,
  isNamed: ({ name }) => /\b(?:password ?hash|hashed password|password digest|encrypted password)\b/.test(name),
  detect: ({ text, type }) => {
    if (type === "number" || text.length > MAX_LENGTH || !FORMATS.some((format) => format.test(text))) return undefined;
    return { confidence: 0.97, sample: isPlaceholder(text) };
  },
};

const MAX_LENGTH = 512;
const FORMATS: readonly RegExp[] = [
  /^\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}$/, // bcrypt
  /^\$argon2(?:id|i|d)\$v=\d+\$[\w=,]+\$[\w+/.=-]+\$[\w+/.=-]+$/,
  /^\$(?:scrypt|s0|7)\$[\w=,$./+]{20,}$/,
  /^\$[156]\$(?:rounds=\d+\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{22,86}$/, // MD5, SHA-256, SHA-512 crypt
  /^\$[PH]\$[./A-Za-z0-9]{31}$/, // phpass
  /^\$?pbkdf2[\w-]*(?:\$|:)[\w$:+/.=-]{20,}$/,
  /^\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|PBKDF2[\w-]*|ARGON2)\}.{16,}$/i,
];
