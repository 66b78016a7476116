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
  const key = signer.credential.reveal();
  if (header === undefined || !template.ok || template.value.length === 0 || key === "") throw unsignable();
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
  return { headers: Object.fromEntries(headers), made: [new Secret(signature)] };
}

function timestampOf({ timestampFormat = "unix" }: RequestSigner, now: Instant): string {
  if (timestampFormat === "iso") return isoInstant(now);
  return String(timestampFormat === "unix-ms" ? Math.floor(now) : Math.floor(now / SECOND));
}
