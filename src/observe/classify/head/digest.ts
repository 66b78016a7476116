import { createHash } from "node:crypto";
import type { HeadFacts } from "../../../model/head-facts.ts";
import type { HttpAnswer } from "../../../model/net-port.ts";

/**
 * Content-Digest and Repr-Digest (RFC 9530 sections 2 and 3), and Digest before them (RFC 3230). Compared where the content is whole and not encoded:
 * there both are of the same octets. Undefined where none came.
 */
export function digestFact({ headers, body, bodyProblem, status }: HttpAnswer): HeadFacts["digest"] {
  const digests = headers.filter(([name]) => FIELDS.includes(name)).flatMap(([name, value]) => members(name, value));
  if (digests.length === 0) return undefined;
  const strong = digests.filter(({ algorithm }) => STRONG.has(algorithm));
  if (strong.length === 0) return "weak";
  const isEncoded = headers.some(([name, value]) => name === "content-encoding" && !/^\s*identity\s*$/i.test(value));
  if (isEncoded || bodyProblem !== undefined || body.length === 0 || status !== 200) return "unchecked";
  const same = strong.every(
    ({ algorithm, value }) =>
      createHash(STRONG.get(algorithm) ?? "sha256")
        .update(body)
        .digest("base64") === value,
  );
  return same ? "matches" : "differs";
}

/** `sha-256=:BASE64:` of the structured field, `SHA-256=BASE64` before it. */
function members(name: string, value: string): readonly { readonly algorithm: string; readonly value: string }[] {
  const pattern = name === "digest" ? /([\w-]{1,20})=([A-Za-z0-9+/=]{8,200})/g : /([a-z0-9-]{1,20})=:([A-Za-z0-9+/=]{8,200}):/g;
  return [...value.slice(0, 2048).matchAll(pattern)].map(([, algorithm = "", digest = ""]) => ({
    algorithm: algorithm.toLowerCase(),
    value: digest,
  }));
}

const FIELDS: readonly string[] = ["content-digest", "repr-digest", "digest"];
const STRONG: ReadonlyMap<string, string> = new Map([
  ["sha-256", "sha256"],
  ["sha-512", "sha512"],
]);
