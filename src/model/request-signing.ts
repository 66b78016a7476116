import { err, ok, type Result } from "./result.ts";
import type { Secret } from "./secret.ts";

export const HMAC_ALGORITHMS = ["sha1", "sha256", "sha512"] as const;
export const SIGNATURE_ENCODINGS = ["hex", "base64", "base64url"] as const;
export const KEY_ENCODINGS = ["text", "hex", "base64", "base64url"] as const;
export const TIMESTAMP_FORMATS = ["unix", "unix-ms", "iso"] as const;

/** How our clients sign a request, as far as the inventory says it. Which members count depends on the scheme. */
export interface RequestSigning {
  /** Of SigV4. */
  readonly service?: string;
  readonly region?: string;
  /** Of an HMAC: what is signed (`signedText`), and the header that the signature goes into, after `prefix`. */
  readonly template?: string;
  readonly header?: string;
  readonly prefix?: string;
  readonly algorithm?: (typeof HMAC_ALGORITHMS)[number];
  readonly encoding?: (typeof SIGNATURE_ENCODINGS)[number];
  /** How the key of an HMAC is written down: as the text that it is (where nothing is said), or its octets in one of these. */
  readonly keyEncoding?: (typeof KEY_ENCODINGS)[number];
  readonly timestampHeader?: string;
  readonly timestampFormat?: (typeof TIMESTAMP_FORMATS)[number];
  readonly nonceHeader?: string;
  readonly keyHeader?: string;
  readonly keyId?: string;
}

/** For one request: made where it is sent, by the clock of then. */
export interface RequestSigner extends RequestSigning {
  readonly scheme: "sigv4" | "hmac";
  /** Of SigV4 `id:secret` or `id:secret:session`; of an HMAC the key, as `keyEncoding` says. */
  readonly credential: Secret;
}

/** What may stand in braces in a template. */
export const PLACEHOLDERS = ["timestamp", "nonce", "method", "host", "path", "query", "target", "body", "bodyHash", "keyId"] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

export type TemplatePart = { readonly text: string } | { readonly placeholder: Placeholder };

/** What is wrong with a template, and after how many characters. */
export interface TemplateProblem {
  readonly at: number;
  readonly kind: "unknown-placeholder" | "open-brace" | "stray-brace";
  /** What stands in the braces. */
  readonly name: string;
}

/** "{timestamp}.{body}": text and placeholders in order; `{{` and `}}` are braces of the text. Linear in its length. */
export function parseTemplate(template: string): Result<readonly TemplatePart[], TemplateProblem> {
  const parts: TemplatePart[] = [];
  let text = "";
  let at = 0;
  while (at < template.length) {
    const character = template.charAt(at);
    if (character !== "{" && character !== "}") {
      text += character;
      at += 1;
    } else if (template.charAt(at + 1) === character) {
      text += character;
      at += 2;
    } else {
      if (character === "}") return err({ at, kind: "stray-brace", name: "" });
      const end = template.indexOf("}", at);
      if (end === -1) return err({ at, kind: "open-brace", name: "" });
      const name = template.slice(at + 1, end);
      const placeholder = PLACEHOLDERS.find((known) => known === name);
      if (placeholder === undefined) return err({ at, kind: "unknown-placeholder", name });
      if (text !== "") parts.push({ text });
      parts.push({ placeholder });
      text = "";
      at = end + 1;
    }
  }
  if (text !== "") parts.push({ text });
  return ok(parts);
}

export function fillTemplate(parts: readonly TemplatePart[], values: Readonly<Record<Placeholder, string>>): string {
  return parts.map((part) => ("text" in part ? part.text : values[part.placeholder])).join("");
}
