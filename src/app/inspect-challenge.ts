import { credentialPrefixOf } from "../catalog/credential-prefixes.ts";
import type { ParsedChallenges } from "../evidence/challenge.ts";
import { cleanText, decodeHeaderText } from "../evidence/clean-text.ts";
import type { Observation } from "../evidence/observation.ts";
import { redact } from "../evidence/redact.ts";
import type { Instant } from "../model/instant.ts";

/** What a saved answer asks for. */
export interface SavedRefusal {
  readonly status: number;
  /** Values of WWW-Authenticate. */
  readonly lines: readonly string[];
}

/**
 * A saved head or several (`curl -D`), fields alone, or values alone, a line each. What stands after the empty line of a head is a body, a 407 and
 * Proxy-Authenticate are a proxy's word (RFC 9110 sections 11.7.1 and 15.5.8), and a line that begins with a space goes on with the one before (RFC 9112
 * section 5.2). All values are one list (RFC 9110 section 5.3). Without a status it is a refusal.
 */
export function savedRefusal(bytes: Uint8Array): SavedRefusal {
  const text = Buffer.from(bytes.subarray(0, MOST_OCTETS)).toString("latin1");
  const lines = text.replace(/\r?\n[ \t]+(?=[^ \t\r\n])/g, " ").split(/\r?\n/);
  const heads = headsIn(lines);
  const asked = heads.findLast(({ status }) => status !== PROXY_ASKS) ?? heads.at(-1);
  if (asked !== undefined) return { status: asked.status, lines: asked.status === PROXY_ASKS ? [] : valuesOf(asked.fields) };
  const written = lines.filter((line) => line.trim() !== "");
  const [fields = []] = blocksOf(lines);
  const values = valuesOf(fields);
  const isOfProxy = values.length === 0 && valuesOf(fields, "proxy-authenticate").length > 0;
  const areFields = values.length > 0 || isOfProxy || (fields.length > 1 && fields.every((line) => FIELD.test(line)));
  if (!areFields) return { status: 401, lines: written };
  return { status: isOfProxy ? PROXY_ASKS : 401, lines: values };
}

/** A body is no head, unless it begins like one. */
function headsIn(lines: readonly string[]): readonly { readonly status: number; readonly fields: readonly string[] }[] {
  return blocksOf(lines).flatMap(([first = "", ...fields]) => {
    const status = STATUS_LINE.exec(first)?.[1];
    return status === undefined ? [] : [{ status: Number(status), fields }];
  });
}

/** Lines between empty ones. */
function blocksOf(lines: readonly string[]): readonly (readonly string[])[] {
  const blocks: string[][] = [];
  let isOpen = false;
  for (const line of lines) {
    if (line.trim() === "") isOpen = false;
    else if (isOpen) blocks.at(-1)?.push(line);
    else {
      blocks.push([line]);
      isOpen = true;
    }
  }
  return blocks;
}

function valuesOf(fields: readonly string[], name = "www-authenticate"): readonly string[] {
  return fields.flatMap((line) => fieldValueOf(line, name)).filter((value) => value !== "");
}

/** As the rules read it: what no field may hold is taken out before anything looks at it (RFC 9110 section 5.5). */
export function cleanLine(line: string): string {
  return cleanText(decodeHeaderText(line), (text) => text, MOST_OCTETS);
}

/** As they were read; credentials, addresses and identifiers that somebody wrote into one are masked. */
export function shownChallenges({ challenges, malformed }: ParsedChallenges): ParsedChallenges {
  const shown = challenges.map((challenge) => ({
    ...challenge,
    scheme: withoutCredentials(challenge.scheme),
    params: Object.fromEntries(
      Object.entries(challenge.params).map(([name, value]) => [withoutIdentifiers(name), withoutIdentifiers(value)]),
    ),
    token68: challenge.token68 === null ? null : MASKED,
  }));
  return { challenges: shown, malformed };
}

function withoutCredentials(text: string): string {
  return text.replace(WORDS, (word) => (JWT.test(word) || credentialPrefixOf(word.replace(/[.,]+$/, "")) !== undefined ? MASKED : word));
}

/** Where a realm leads and what an error says stay readable. */
function withoutIdentifiers(text: string): string {
  return withoutCredentials(text)
    .replace(USER_INFO, `//${MASKED}@`)
    .replace(EMAILS, MASKED)
    .replace(OPAQUE, (word) => (/\d/.test(word) && /[A-Za-z]/.test(word) ? MASKED : word))
    .replace(LONG_NUMBERS, MASKED);
}

/** The answer that such fields came with. */
export function refusalObservation(
  { status, lines }: SavedRefusal,
  where: { readonly origin: string; readonly endpoint: string },
  now: Instant,
): Observation {
  const headers = lines.map((line) => ["www-authenticate", line] as const);
  const evidence = redact("http-unauthenticated", { endpoint: where.endpoint, level: "headers", status, headers }, (text) => text);
  const kind = "http-unauthenticated";
  return { probe: kind, kind, key: where, observedAt: now, durationMs: 0, outcome: "observed", evidence };
}

function fieldValueOf(line: string, name: string): readonly string[] {
  const colon = line.indexOf(":");
  return line.slice(0, colon).trim().toLowerCase() === name ? [line.slice(colon + 1).trim()] : [];
}

const PROXY_ASKS = 407;
const STATUS_LINE = /^HTTP\/\d(?:\.\d)? (\d{3})(?: |$)/;
/** A name and a colon: hardly ever does one challenge begin so, and no two. */
const FIELD = /^[!#$%&'*+.^_`|~\w-]+[ \t]*:(?!\/\/)/;
const MASKED = "[masked]";
const USER_INFO = /\/\/[^\s/?#@]{1,256}@/g;
const EMAILS = /[^\s@<>"/:=&?[\]]{1,64}@[^\s@<>"/:&?]{1,255}/g;
/** As in names that nobody chose: UUIDs, nonces, keys. */
const OPAQUE = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z0-9_]{20,}|[A-Za-z0-9+_=]{24,}/gi;
const LONG_NUMBERS = /\d{13,}/g;
const WORDS = /[\w.:/+~=-]{16,}/g;
const JWT = /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/;
/** Servers and clients stop at 16 KB, or at 64. */
export const MOST_OCTETS = 256 * 1024;
