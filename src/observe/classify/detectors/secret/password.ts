import type { Surroundings } from "../../fields.ts";
import { isAboutAnother, wordsOf } from "../../names.ts";
import type { Near } from "../../near.ts";
import { isMasked, isPlaceholder } from "../../values.ts";
import type { Detector, Hit } from "../detector.ts";
import { isUnderDocumentation, isUnderFields } from "./field-words.ts";
import { STATES } from "./secret-value.ts";

/** No value looks like a password: the name says so, and the value is neither a label, a state, a date, a link nor prose. */
export const password: Detector = {
  class: "password",
  over: [],
  inText: false,
  isNamed,
  detect: ({ text, type, near }, surroundings) => {
    if (type === "number") return undefined;
    const shown = basicHit(text) ?? textHit(text, surroundings);
    if (shown !== undefined) return shown;
    if (text.length < 4 || text.length > MAX_LENGTH) return undefined;
    const isSure = isNamed(surroundings) || isTyped(surroundings, near);
    if (!isSure && !(MIXED.test(text) && isCalled(surroundings))) return undefined;
    if (/\s/.test(text) ? !isPassphrase(text, surroundings.name) : STATES.test(text)) return undefined;
    if (isReference(text) || isLabel(text)) return undefined;
    if (near.isLabels()) return { veto: "label" };
    return { confidence: !isSure ? 0.75 : /[\d\W]/.test(text) ? 0.95 : 0.8, sample: isPlaceholder(text) };
  },
};

/** `{"type": "password", "value": ...}` among credentials, but no field of a form. */
function isTyped({ name, above }: Surroundings, near: Near): boolean {
  return name === "value" && near.beside("type") === "password" && /\bcredential\b/.test(above[0] ?? "");
}

/** Credentials of the Basic scheme (RFC 7617 section 2), which hides nothing. */
function basicHit(text: string): Hit | undefined {
  const [, encoded = ""] = BASIC.exec(text.slice(0, MAX_LOOKED_AT)) ?? [];
  if (encoded === "") return undefined;
  const credentials = Buffer.from(encoded, "base64").toString("latin1");
  return /^[\x20-\x7e]{1,100}:[\x20-\x7e]{1,200}$/.test(credentials)
    ? { confidence: 0.95, sample: isPlaceholder(credentials), cues: ["prefix"] }
    : undefined;
}

/** `login failed: user=svc password=...` */
function textHit(text: string, { name, above }: Surroundings): Hit | undefined {
  const [, found = ""] = WRITTEN.exec(text.slice(0, MAX_LOOKED_AT)) ?? [];
  const isOne = found !== "" && /\s/.test(text) && !PROSE.test(name) && !isUnderFields(above) && !STATES.test(found) && !isMasked(found);
  return isOne && /[\d\W_]/.test(found) && !isLabel(found) ? { confidence: 0.75, sample: isPlaceholder(found) } : undefined;
}

/** A few words in small letters, where a name asks for them; a sentence is none. */
function isPassphrase(text: string, name: string): boolean {
  return PHRASES.test(name) && /^\S{2,16}(?: \S{2,16}){1,7}$/.test(text) && !/[.!?:]$/.test(text);
}

function isReference(text: string): boolean {
  return NO_PASSWORD.some((shape) => shape.test(text));
}

function isNamed(surroundings: Surroundings): boolean {
  return isCalled(surroundings) && !isUnderFields(surroundings.above);
}

function isCalled({ name, above, beside }: Surroundings): boolean {
  if (name === "pass" && ![...beside].some((other) => LOGIN.test(other))) return false;
  return CUE.test(name) && !isAboutAnother(name) && !NO_SECRET.test(name) && !isUnderDocumentation(above);
}

/** "Password", "Passwort", "ConfirmPassword": a label repeats the name. */
function isLabel(text: string): boolean {
  return wordsOf(text)
    .split(" ")
    .every((word) => CUE.test(word) || LABEL_WORDS.test(word));
}

const MAX_LENGTH = 256;
const MAX_LOOKED_AT = 4096;
const BASIC = /(?:^|[\s"':])Basic\s{1,4}([A-Za-z0-9+/_-]{8,1024}={0,2})(?![A-Za-z0-9+/_=-])/;
const WRITTEN = /(?:^|[\s"',;({])(?:password|passwd|pwd)["']?\s?[=:]\s?["']?([^\s"'&;,<>$%{}()[\]]{6,128})/i;
const PROSE =
  /\b(?:documentation|description|doc|help|comment|example|readme|markdown|html|body|text|note|hint|snippet|title|summary|content|answer)\b/;
const CUE =
  /\b(?:password|passwort|passwd|passwrd|pwd|passphrase|safe ?word|psk|pre ?shared key|wpa key|wep key|wifi key|community string|kennwort|senha|contrasena|clave de acceso|clave secreta|wachtwoord|haslo|losenord|adgangskode|salasana|parola|mot de passe|motdepasse|(?:user|db|database|admin|root|login|mysql|smtp|redis|ftp)pass(?:word)?)\b|\b(?:pass|pw)$/;
/** Letters and digits, no type, rule or template: what nobody writes about the field of a form. */
const MIXED = /^(?=.*\d)(?=.*\p{L})[^\s|:(){}<>[\]]{6,}$/u;
/** A bare `pass` is a grade or a ticket as well. */
const LOGIN = /\b(?:user|username|login|email|mail|host|account|port)\b/;
const PHRASES = /\b(?:passphrase|psk|pre ?shared key|wifi password|wlan passwort)$/;
const NO_PASSWORD: readonly RegExp[] = [
  /^\d{4}-\d\d-\d\d(?:[T ]|$)/, // date
  /^[a-z][a-z0-9+.-]*:\/\//i, // link
  /^\//, // path
  /^[[{(]/, // something structured, or a template
  /^(?:arn|vault|secretsmanager|op|ref):/i, // where it is kept
];
const NO_SECRET =
  /\b(?:boarding|season|ski|bus|travel|age|day|event|guest pass|grant|grants|flow|auth method|attempt|attempts|failures|min|max|minimum|maximum|day|days|character|characters|count|history|rotate|reset token|reset|rule|requirement|complexity|hash|hashed|digest|salt|encrypted|encoded|crypt|change|changed|forgot|forgotten|recovery|regex|pattern|manager|profile|file|entropy|quality|one time|result|test|check|failure)\b/;
const LABEL_WORDS = /^(?:confirm|repeat|new|old|current|your|enter|the|forgot|change|word|field)?$/;
