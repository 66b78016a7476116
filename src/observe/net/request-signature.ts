import { createHash, createHmac, randomUUID } from "node:crypto";
import type { Instant } from "../../model/instant.ts";
import { isoInstant, SECOND } from "../../model/instant.ts";
import { fillTemplate, parseTemplate, type RequestSigner } from "../../model/request-signing.ts";
import { Secret } from "../../model/secret.ts";
import type { PlacedRequest } from "./placement.ts";
import { type SignatureHeaders, sigV4Headers, unsignable, urlToSign } from "./sigv4.ts";

/** The request with the headers that prove who sends it, and what of them is secret. Throws a `NetFailure` where it cannot be signed. */
export async function withSignature(
  placed: PlacedRequest,
  method: string,
  signer: RequestSigner,
  now: Instant,
): Promise<{ readonly placed: PlacedRequest; readonly made: readonly Secret[] }> {
  const isAws = signer.scheme === "sigv4";
  const sent = isAws ? { ...placed, url: urlToSign(placed.url, signer) } : placed;
  const signed = isAws ? await sigV4Headers(sent, method, signer, now) : hmacHeaders(sent, method, signer, now);
  return { placed: { ...sent, headers: { ...sent.headers, ...signed.headers } }, made: signed.made };
}

function hmacHeaders({ url, body = "" }: PlacedRequest, method: string, signer: RequestSigner, now: Instant): SignatureHeaders {
  const { header, prefix = "", algorithm = "sha256", encoding = "hex", timestampHeader, nonceHeader, keyHeader, keyId = "" } = signer;
  const template = parseTemplate(signer.template ?? "");
  const key = keyOctets(signer);
  if (header === undefined || !template.ok || template.value.length === 0 || key === undefined) throw unsignable();
  const timestamp = timestampOf(signer, now);
  const nonce = randomUUID();
  const text = fillTemplate(template.value, {
    timestamp,
    nonce,
    method,
    host: url.host,
    path: url.pathname,
    query: url.search.slice(1),
    target: `${url.pathname}${url.search}`,
    body,
    bodyHash: createHash(algorithm).update(body, "utf8").digest("hex"),
    keyId,
  });
  const signature = createHmac(algorithm, key).update(text, "utf8").digest(encoding);
  const named = [
    [timestampHeader, timestamp],
    [nonceHeader, nonce],
    [keyHeader, keyId],
    [header, `${prefix}${signature}`],
  ] as const;
  const headers = named.flatMap(([name, value]) => (name === undefined ? [] : [[name.toLowerCase(), value]]));
  // Whoever repeats the key in another spelling than ours repeats it all the same.
  const spelled =
    signer.keyEncoding === undefined || signer.keyEncoding === "text" ? [] : SPELLINGS.map((spelling) => key.toString(spelling));
  return { headers: Object.fromEntries(headers), made: [signature, ...spelled].map((text) => new Secret(text)) };
}

/** Undefined where there is none, or where what is there is not written so: what Node would make of the good part of it is another key. */
function keyOctets({ credential, keyEncoding = "text" }: RequestSigner): Buffer | undefined {
  const text = credential.reveal();
  if (text === "") return undefined;
  if (keyEncoding === "text") return Buffer.from(text, "utf8");
  return WRITTEN[keyEncoding].test(text) ? Buffer.from(text, keyEncoding) : undefined;
}

function timestampOf({ timestampFormat = "unix" }: RequestSigner, now: Instant): string {
  if (timestampFormat === "iso") return isoInstant(now);
  return String(timestampFormat === "unix-ms" ? Math.floor(now) : Math.floor(now / SECOND));
}

const SPELLINGS = ["hex", "base64", "base64url"] as const;
/** RFC 4648 sections 4, 5 and 8; base64url mostly comes without its padding. */
const WRITTEN = {
  hex: /^(?:[0-9A-Fa-f]{2})+$/,
  base64: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$/,
  base64url: /^(?:[\w-]{4})*(?:[\w-]{4}|[\w-]{3}=?|[\w-]{2}(?:==)?)$/,
} as const;
