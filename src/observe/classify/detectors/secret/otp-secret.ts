import type { Surroundings } from "../../fields.ts";
import { isAboutAnother } from "../../names.ts";
import { isDigitPattern, isPlaceholder } from "../../values.ts";
import type { Detector, Hit } from "../detector.ts";
import { bareSecretClass } from "./bare-secret.ts";
import { secretLook } from "./secret-value.ts";

/** The seed of one-time passwords (RFC 4226, RFC 6238), its URI, the passwords themselves, and the codes that do without them. */
export const otpSecret: Detector = {
  class: "otp_secret",
  over: ["client_secret", "password", "api_key", "access_token", "pin", "secret_url", "card_cvv"],
  inText: true,
  isNamed,
  detect: ({ text, type }, surroundings) => {
    if (type === "string" && URI.test(text)) return { confidence: 0.98, sample: isPlaceholder(text), cues: ["prefix"] };
    if (!isNamed(surroundings)) return undefined;
    const { name, above } = surroundings;
    if (isSeedName(surroundings)) return type === "string" ? seedHit(text) : undefined;
    if (isRecoveryName(name, above))
      return RECOVERY.test(text) && /\d/.test(text) ? { confidence: 0.9, sample: isPattern(text) } : lettersHit(text);
    return /^\d{4,8}$/.test(text) ? { confidence: 0.75, sample: isPattern(text) } : undefined;
  },
};

function seedHit(text: string): Hit | undefined {
  const packed = text.replaceAll(" ", "");
  if (BASE32.test(packed)) return { confidence: 0.95, sample: isPlaceholder(text), cues: ["shape"] };
  return secretLook(text, 16) === "opaque" ? { confidence: 0.85, sample: isPlaceholder(text), cues: ["opaque"] } : undefined;
}

/** Groups of letters. */
function lettersHit(text: string): Hit | undefined {
  return /^[A-Za-z]{4,8}(?:-[A-Za-z]{4,8}){1,4}$/.test(text) ? { confidence: 0.75, sample: isPlaceholder(text) } : undefined;
}

function isPattern(text: string): boolean {
  return isDigitPattern(text) || isPlaceholder(text);
}

function isNamed(surroundings: Surroundings): boolean {
  const { name, above } = surroundings;
  return isSeedName(surroundings) || isRecoveryName(name, above) || (CODES.test(name) && !isAboutAnother(name));
}

function isSeedName(surroundings: Surroundings): boolean {
  return (
    bareSecretClass(surroundings) === "otp_secret" ||
    SEEDS.test(surroundings.name) ||
    (surroundings.name === "seed" && /\b(?:two factor|2 fa|mfa|otp|totp|authenticator)\b/.test(surroundings.above[0] ?? ""))
  );
}

function isRecoveryName(name: string, above: readonly string[]): boolean {
  return RECOVERY_NAMES.test(name) || (/^(?:code|codigo|value|)$/.test(name) && RECOVERY_NAMES.test(above[0] ?? ""));
}

const URI = /^otpauth:\/\/[a-z]{1,10}\/[^\s]{1,2000}[?&]secret=[A-Z2-7=]{8,}/i;
const BASE32 = /^[A-Z2-7]{16,128}={0,6}$/i;
const RECOVERY = /^[A-Za-z0-9]{2,32}(?:[- ][A-Za-z0-9]{2,16}){0,7}$/;
const SEEDS =
  /\b(?:(?:otp|totp|hotp|mfa|2 fa|tfa|two factor|authenticator|google authenticator|google auth) (?:shared )?(?:secret|key|seed)(?: key)?|(?:totp|otp)secret|base 32 secret|secret base 32|authenticator secret|otp ?seed|(?:two factor|2 fa|mfa) seed)$/;
const RECOVERY_NAMES =
  /\b(?:recovery|backup|scratch|emergency|rescue|wiederherstellung) ?code$|\b(?:codigo de (?:recuperacion|recuperacao)|code de secour|notfall ?code|nodkod|reservkod|herstelcode|codice (?:di )?recupero|codice di emergenza)$/;
const CODES =
  /^(?:otp|totp|(?:sms|mfa|2 fa|tfa|otp|totp|email|login|one time|verification|two factor) (?:otp|code|pass ?code|password|pin)|one time (?:token|pass ?code|password|pin)|otp (?:code|value)|verifizierungscode|codigo de verificacion|codigo de verificacao)$/;
