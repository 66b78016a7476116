import { isPlaceholder } from "../../values.ts";
import type { Detector } from "../detector.ts";

/** A stored password in one of the formats that name their own algorithm (crypt(3), PHC strings, RFC 2307). */
export const passwordHash: Detector = {
  class: "password_hash",
  over: ["password", "api_key"],
  inText: false,
  isNamed: ({ name }) => NAMES.test(name),
  detect: ({ text, type }, { name, beside }) => {
    if (type === "number" || text.length > MAX_LENGTH) return undefined;
    if (FORMATS.some((format) => format.test(text))) return { confidence: 0.97, sample: isPlaceholder(text), cues: ["shape"] };
    const isNamedOne = NAMES.test(name) || (/^(?:hash|digest)$/.test(name) && [...beside].some((other) => STRETCHING.test(other)));
    return isNamedOne && DIGESTS.some((digest) => digest.test(text)) ? { confidence: 0.93, sample: isPlaceholder(text) } : undefined;
  },
};

const MAX_LENGTH = 512;
const NAMES =
  /\b(?:(?:password|passwort|passwd|pass|pwd|pw|senha|contrasena|credential|pin) ?(?:hash|digest|hashed|encrypted|crypt|sha \d+|md 5)|(?:hashed|encrypted|crypted|salted|digested) ?(?:password|passwd|pwd|pass|pin)|hash (?:senha|contrasena)|crypted password|hash del? (?:password|contrasena))(?: value)?$/;
/** How a password was stretched: no digest of a file has it. */
const STRETCHING = /^(?:salt|iteration|iteration count|round|work factor|cost|mem cost|salt separator)$/;
const DIGESTS: readonly RegExp[] = [
  /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i,
  /^(?=[^\s]*[A-Z])(?=[^\s]*[a-z])(?=[^\s]*\d)[A-Za-z0-9+/_-]{22,180}={0,2}$/,
  /^[0-9a-f]{32,128}[:$][0-9a-zA-Z+/=]{4,128}$/,
];
const FORMATS: readonly RegExp[] = [
  /^\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}$/, // bcrypt
  /^\$argon2(?:id|i|d)\$v=\d+\$[\w=,]+\$[\w+/.=-]+\$[\w+/.=-]+$/,
  /^\$(?:scrypt|s0|7)\$[\w=,$./+]{20,}$/,
  /^\$[156]\$(?:rounds=\d+\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{22,86}$/, // MD5, SHA-256, SHA-512 crypt
  /^\$(?:y|gy|7|2k)\$[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{1,86}\$[./A-Za-z0-9]{43}$/, // yescrypt
  /^\$wp\$2y\$\d\d\$[./A-Za-z0-9]{53}$/,
  /^\$S\$[./A-Za-z0-9]{52}$/,
  /^(?:bcrypt(?:_sha256)?|argon2)\$+[\w$=,+/.-]{20,}$/, // Django
  /^(?:sha1|sha256|sha512|md5)\$[\w]{1,64}\$[0-9a-f]{32,128}$/,
  /^scrypt:\d+:\d+:\d+\$[\w+/=.]{4,64}\$[\w+/=]{32,}$/, // Werkzeug
  /^SCRAM-SHA-(?:1|256)\$\d+:[\w+/=]{8,}\$[\w+/=]{20,}:[\w+/=]{20,}$/, // PostgreSQL
  /^\$[PH]\$[./A-Za-z0-9]{31}$/, // phpass
  /^\$?pbkdf2[\w-]*(?:\$|:)[\w$:+/.,=-]{20,}$/,
  /^\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|PBKDF2[\w-]*|ARGON2)\}.{16,}$/i,
];
