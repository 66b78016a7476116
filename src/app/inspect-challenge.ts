import { credentialPrefixOf } from "../catalog/credential-prefixes.ts";
import type { ParsedChallenges } from "../evidence/challenge.ts";
import { cleanText, decodeHeaderText } from "../evidence/clean-text.ts";
import type { Observation } from "../evidence/observation.ts";
import { redact } from "../evidence/redact.ts";
import type { Instant } from "../model/instant.ts";

/**
 * A file of field lines, of which those that ask who we are count, or of values alone, a line each. All of them are one list (RFC 9110 section 5.3);
 * a line that begins with a space goes on with the one before (RFC 9112 section 5.2).
 */
export function challengeLines(bytes: Uint8Array): readonly string[] {
  const text = Buffer.from(bytes.subarray(0, MOST_OCTETS)).toString("latin1");
  const lines = text.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  const fields =
    ["www", "proxy"].map((who) => lines.flatMap((line) => fieldValueOf(line, `${who}-authenticate`))).find((found) => found.length > 0) ??
    [];
  return (fields.length > 0 ? fields : lines.filter((line) => !line.startsWith("HTTP/"))).filter((line) => line.trim() !== "");
}

/** As the rules read it: what no field may hold is taken out before anything looks at it (RFC 9110 section 5.5). */
export function cleanLine(line: string): string {
  return cleanText(decodeHeaderText(line), (text) => text, MOST_OCTETS);
}

/** As they were read; a credential that somebody wrote into one is masked. */
export function shownChallenges({ challenges, malformed }: ParsedChallenges): ParsedChallenges {
  const shown = challenges.map((challenge) => ({
    ...challenge,
    scheme: withoutCredentials(challenge.scheme),
    params: Object.fromEntries(
      Object.entries(challenge.params).map(([name, value]) => [withoutCredentials(name), withoutCredentials(value)]),
    ),
    token68: challenge.token68 === null ? null : withoutCredentials(challenge.token68),
  }));
  return { challenges: shown, malformed };
}

function withoutCredentials(text: string): string {
  return text.replace(WORDS, (word) =>
    JWT.test(word) || credentialPrefixOf(word.replace(/[.,]+$/, "")) !== undefined ? "[masked]" : word,
  );
}

/** The refusal that such a field comes with. */
export function refusalObservation(
  lines: readonly string[],
  where: { readonly origin: string; readonly endpoint: string },
  now: Instant,
): Observation {
  const headers = lines.map((line) => ["www-authenticate", line] as const);
  const evidence = redact("http-unauthenticated", { endpoint: where.endpoint, level: "headers", status: 401, headers }, (text) => text);
  const kind = "http-unauthenticated";
  return { probe: kind, kind, key: where, observedAt: now, durationMs: 0, outcome: "observed", evidence };
}

function fieldValueOf(line: string, name: string): readonly string[] {
  const colon = line.indexOf(":");
  return line.slice(0, colon).trim().toLowerCase() === name ? [line.slice(colon + 1).trim()] : [];
}

const WORDS = /[\w.:/+~=-]{16,}/g;
const JWT = /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/;
/** Servers and clients stop at 16 KB, or at 64. */
export const MOST_OCTETS = 256 * 1024;
