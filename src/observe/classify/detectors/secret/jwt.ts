import { isPlaceholder } from "../../values.ts";
import type { Detector } from "../detector.ts";

/** A JWS or JWE in compact form whose header is JSON with an `alg` (RFC 7519 section 3, RFC 7515 section 4.1.1). */
export const jwt: Detector = {
  class: "jwt",
  over: ["api_key", "password", "session_token", "client_secret", "secret_blob"],
  inText: true,
  isNamed: ({ name }) => /\b(?:jwt|id token|idtoken)\b/.test(name),
  detect: ({ text, type }) => {
    if (type === "number" || !text.startsWith("ey")) return undefined;
    const parts = text.slice(0, MAX_LOOKED_AT).split(".");
    if (parts.length < 3 || parts.length > 5 || !parts.every((part) => BASE64URL.test(part))) return undefined;
    const [header = "", payload = ""] = parts;
    if (payload === "" || !hasAlgorithm(header)) return undefined;
    return { confidence: 0.99, sample: isPlaceholder(text) || text.endsWith(SAMPLE_SIGNATURE) };
  },
};

function hasAlgorithm(header: string): boolean {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(header, "base64url").toString("utf8"));
    return typeof parsed === "object" && parsed !== null && "alg" in parsed && typeof parsed.alg === "string";
  } catch {
    return false;
  }
}

const MAX_LOOKED_AT = 4096;
const BASE64URL = /^[\w-]*$/;
/** Of the token that introduces every tutorial. */
const SAMPLE_SIGNATURE = ".SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";
