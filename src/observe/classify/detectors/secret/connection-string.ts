import type { Surroundings } from "../../fields.ts";
import { isMasked, isPlaceholder } from "../../values.ts";
import type { Detector, Hit } from "../detector.ts";

/** Where a database, queue or share is, with the password for it: as a URI (RFC 3986 section 3.2.1) or as pairs. */
export const connectionString: Detector = {
  class: "connection_string",
  over: [
    "email",
    "password",
    "api_key",
    "secret_url",
    "internal_host",
    "hostname",
    "private_ip",
    "ip_address",
    "client_secret",
    "username",
  ],
  inText: true,
  isNamed,
  detect: ({ text, type }, surroundings) =>
    type === "string" ? (uriHit(text.slice(0, MAX_LOOKED_AT), isNamed(surroundings)) ?? pairsHit(text.slice(0, MAX_LOOKED_AT))) : undefined,
};

function isNamed({ name }: Surroundings): boolean {
  return /\b(?:connection ?string|conn str|connection (?:uri|url)|connection (?:uri|url) pooled|database url|database uri|db url|db uri|jdbc url|dsn)$/.test(
    name,
  );
}

function uriHit(text: string, named: boolean): Hit | undefined {
  const [, scheme = "", password = ""] = URI.exec(text) ?? [];
  if (password === "")
    return IN_QUERY.test(text) && !/^(?:https?|wss?):/i.test(text)
      ? { confidence: 0.95, sample: isPlaceholder(text), cues: ["shape"] }
      : undefined;
  if (WEB.test(scheme) || isMasked(password) || PLACES.test(password)) return undefined;
  const isWord = WORDS.test(password);
  if (isWord && !named) return undefined;
  return { confidence: 0.97, sample: isWord || isPlaceholder(password), cues: ["shape"] };
}

function pairsHit(text: string): Hit | undefined {
  const [, password = ""] = PASSWORD.exec(text) ?? [];
  if (password === "" || isMasked(password) || !PLACE.test(text)) return undefined;
  return { confidence: 0.95, sample: isPlaceholder(password), cues: ["shape"] };
}

const MAX_LOOKED_AT = 16 * 1024;
/** The password may hold an at sign: the last one counts, which the host in front of the path cannot hold. */
const URI = /(?:^|[\s"'=(,;])(?:jdbc:)?([a-z][a-z\d+.-]{1,24}):\/\/[^\s:/@"'?#]{0,100}:([^\s/"'?#]{1,200})@[\w.[\]:,-]{1,300}/i;
const IN_QUERY = /^(?:jdbc:)?[a-z][a-z\d+.:-]{1,24}:\/\/[^\s?;]{1,300}[?;&](?:[^\s]{1,300}[?;&])?(?:password|pwd)=[^\s&;]{3,200}/i;
const WEB = /^(?:https?|wss?|git\+https?)$/i;
/** `user:<password>@`, `user:$PASSWORD@`: where it would stand. */
const PLACES = /^(?:\$|%|<|\{|\[)/;
/** What documentation writes there. */
const WORDS = /^(?:your_?)?(?:password|passwort|pass|pwd|secret)$/i;
const PASSWORD = /(?:^|[;\s"',?&])(?:password|pwd|account ?key|shared ?access ?key|shared ?secret|accesskey)\s?=\s?["']?([^;\s"']{3,200})/i;
const PLACE =
  /(?:^|[;\s"',])(?:server|data source|host|hostname|endpoint|account ?endpoint|account ?name|addr|address|dbname|database|initial catalog)\s?=/i;
