import { crc32 } from "node:zlib";
import type { Surroundings } from "../../fields.ts";
import { isAboutAnother, wordsOf } from "../../names.ts";
import type { Near } from "../../near.ts";
import { isPlaceholder } from "../../values.ts";
import type { Detector, Hit } from "../detector.ts";
import { bareSecretClass } from "./bare-secret.ts";
import { lookHit, madeUpHit, secretLook } from "./secret-value.ts";
import { type VendorKey, vendorKeyOf } from "./vendor-keys.ts";

/** A key of a vendor's known shape, noted with the vendor; or an opaque text that its name calls an API key. */
export const apiKey: Detector = {
  class: "api_key",
  over: ["password", "phone", "device_id"],
  inText: true,
  isNamed,
  detect: ({ text, type, near }, surroundings) => {
    if (type === "number") return undefined;
    const key = vendorKeyOf(text);
    if (key !== undefined) return vendorHit(key, text, surroundings);
    return namedHit(text, surroundings) ?? bareHit(text, surroundings, near);
  },
};

/** The public half of a pair counts beside the other one only. */
function vendorHit({ vendor, test, checksum, identifier }: VendorKey, text: string, { beside }: Surroundings): Hit {
  const sample = isPlaceholder(text) || test?.test(text) === true;
  if (identifier === true) {
    const confidence = SECRET_HALVES.some((half) => beside.has(half)) ? 0.9 : 0.5;
    return { confidence, note: vendor, sample, cues: ["prefix"] };
  }
  return { confidence: checksum === true && !hasChecksum(text) ? 0.8 : 0.98, note: vendor, sample, cues: ["prefix"] };
}

function namedHit(text: string, surroundings: Surroundings): Hit | undefined {
  const { name } = surroundings;
  if (text.length > MAX_KEY) return undefined;
  if (SECRET_HALVES.includes(name) && AWS_SECRET.test(text)) return { confidence: 0.97, note: "aws", sample: isPlaceholder(text) };
  if (PAIR.test(name) && MACHINE_KEY.test(text)) return { confidence: 0.85, sample: isPlaceholder(text), cues: ["shape"] };
  if (isNamed(surroundings)) return PUBLIC_VALUE.test(text) ? undefined : weakOrNamedHit(text, name);
  return undefined;
}

function weakOrNamedHit(text: string, name: string): Hit | undefined {
  if (!WEAK.test(name)) return madeUpHit(text, 12, 0.95);
  return secretLook(text, 16) === "opaque" ? lookHit(text, 16, 0.75) : undefined;
}

/** `key` in a list of API keys, in a resource of that type (JSON:API), or beside what it may do and until when. */
function bareHit(text: string, { name, above, beside }: Surroundings, near: Near): Hit | undefined {
  if (!BARE.test(name) || PUBLIC_VALUE.test(text) || secretLook(text, 20) !== "opaque") return undefined;
  const isOne = PLACES.test(above[0] ?? "") || [...beside].some((other) => BESIDE.test(other)) || PLACES.test(wordsOf(near.kind()));
  return isOne ? { confidence: 0.8, sample: isPlaceholder(text), cues: ["opaque", "beside"] } : undefined;
}

function isNamed(surroundings: Surroundings): boolean {
  const { name } = surroundings;
  return (CUE.test(name) && !isAboutAnother(name) && !PUBLIC_HALF.test(name)) || bareSecretClass(surroundings) === "api_key";
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
const CUE =
  /\b(?:api ?key|apikey|api secret|apisecret|api token|apitoken|secret access key|access key secret|secret key|secretkey|access key|accesskey|subscription key|account key|shared access key|server key|service key|integration key|ingest(?:ion)? key|write key|admin key|master key|auth key|authkey|stream key|streamkey|api schlussel|schlussel api|clave (?:de )?api|chave (?:de )?api|cle api)(?: value| secret| \d)?$/;
/** Names that others use for keys of another kind. */
const WEAK = /^(?!secret ).*\b(?:access ?key|write key|service key|integration key|master key|server key|auth ?key)$/;
const PUBLIC_HALF =
  /\b(?:public|publishable|publish)\b|\b(?:site|partition|sort|primary|foreign|cache) key$|\b(?:name|last|masked|owner|user|count|fingerprint)$/;
const PUBLIC_VALUE = /^(?:pk|pub|phc|rzp)[_-]/;
/** One of two keys that are renewed in turn; of a table it would be no 32 or 64 bytes. */
const PAIR = /^(?:primary|secondary) (?:access )?key$/;
const MACHINE_KEY = /^(?=.*[A-Z])(?=.*[a-z])(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)$/;
const BARE = /^(?:key|value|raw key|full key|plain key|plaintext key|plain text key|key value|unhashed key|secret value)$/;
const PLACES = /^(?:.* )?(?:api ?key|apikey|api credential|api token)$/;
const BESIDE = /^(?:rate limit|ability|scope|permission|last used|last used at|revoked|revoked at|key prefix|hashed key)$/;
