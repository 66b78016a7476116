import { type JsonObject, jsonObject } from "./bounded-json.ts";

/** A JWS or a JWE in compact form, taken apart and not judged. */
export interface CompactToken {
  readonly format: "jws" | "jwe";
  readonly header: JsonObject;
  /** As it is written in the header. */
  readonly alg: string;
  /** Of a JWS, where they are a JSON object: a JWE's are for whoever has its key. */
  readonly claims?: JsonObject;
  /** Header and payload, as they are signed (RFC 7515 section 5.1). */
  readonly signed: string;
  /** In base64url; empty where there is none. */
  readonly signature: string;
}

/**
 * A JWT has three parts in base64url (or five: a JWE) and a header that is a JSON object with an `alg` in text (RFC 7519 section 7.2, RFC 7515
 * section 7.1). Undefined for all else, whatever it has of dots, and beyond 64 KB.
 */
export function compactToken(text: string): CompactToken | undefined {
  const parts = text.length <= MAX_TOKEN ? text.split(".", PARTS_OF_JWE + 1) : [];
  const [head = "", payload = "", signature = ""] = parts;
  if (parts.length !== PARTS_OF_JWS && parts.length !== PARTS_OF_JWE) return undefined;
  const header = parts.every((part) => BASE64URL.test(part)) ? decodedObject(head) : undefined;
  const { alg } = header ?? {};
  if (header === undefined || typeof alg !== "string") return undefined;
  const token = { header, alg, signed: `${head}.${payload}`, signature };
  if (parts.length === PARTS_OF_JWE) return { format: "jwe", ...token };
  const claims = decodedObject(payload);
  return { format: "jws", ...token, ...(claims !== undefined && { claims }) };
}

function decodedObject(part: string): JsonObject | undefined {
  return jsonObject(Buffer.from(part, "base64url").toString("utf8"), MAX_TOKEN);
}

export const MAX_TOKEN = 64 * 1024;
const PARTS_OF_JWS = 3;
const PARTS_OF_JWE = 5;
const BASE64URL = /^[\w-]*$/;
