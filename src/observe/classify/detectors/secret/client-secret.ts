import type { Surroundings } from "../../fields.ts";
import { isAboutAnother } from "../../names.ts";
import { isDigitPattern } from "../../values.ts";
import type { Detector, Hit } from "../detector.ts";
import { bareSecretClass } from "./bare-secret.ts";
import { lookHit, madeUpHit, secretLook } from "./secret-value.ts";

/** The secret of an application (RFC 6749 section 2.3.1), and whatever else is called a secret and is none of another class. */
export const clientSecret: Detector = {
  class: "client_secret",
  over: ["password", "api_key", "access_token", "session_token"],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text, type }, { name }) => {
    if (type === "number") return undefined;
    if (STRONG.test(name)) return madeUpHit(text, 8, 0.97);
    if (/^\d{12,}$/.test(text)) return { confidence: 0.65, sample: isDigitPattern(text) };
    return opaqueHit(text);
  },
};

function opaqueHit(text: string): Hit | undefined {
  const look = secretLook(text, 16);
  return look === "opaque" || look === "uuid" ? lookHit(text, 16, 0.85) : undefined;
}

function isNamed(surroundings: Surroundings): boolean {
  const { name } = surroundings;
  if (STRONG.test(name)) return !PUBLIC.test(name);
  if (name === "secret id") return surroundings.beside.has("secret id accessor");
  if (bareSecretClass(surroundings) !== undefined) return bareSecretClass(surroundings) === "client_secret";
  return ANY_SECRET.test(name) && !isAboutAnother(name) && !OTHERS.test(name) && !PUBLIC.test(name);
}

const STRONG =
  /\b(?:(?:client|app|application|consumer|oauth|oauth 2|partner|merchant|integration|customer) ?secret(?: key)?|clientsecret|appsecret|consumersecret|clientgeheimnis|secret key base|secret(?:o)? (?:del? )?client[e]?)(?: value| string| plain)?$/;
const ANY_SECRET = /\bsecret\b/;
/** Of a class of their own. */
const OTHERS =
  /\b(?:web ?hook|hook|signing|otp|totp|mfa|2 fa|two factor|authenticator|api|access|key|token|question|answer|session|santa|manager|scanning|reference|ref|arn|store|engine|path|mount|backend|count|access key|base 32|phrase|recovery|user|data|string|binary)\b/;
const PUBLIC = /\b(?:public|publishable|name|names|ref|reference|path|arn|id|count|version|accessor|ttl|us)$/;
