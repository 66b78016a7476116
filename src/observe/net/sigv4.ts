import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import type { Instant } from "../../model/instant.ts";
import type { RequestSigner } from "../../model/request-signing.ts";
import { Secret } from "../../model/secret.ts";
import { NetFailure } from "./failure.ts";
import type { PlacedRequest } from "./placement.ts";

export interface SignatureHeaders {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly made: readonly Secret[];
}

/**
 * AWS Signature Version 4: host, content type, date and every x-amz header are signed, and with S3 the digest of the body is sent as well. `url` is
 * signed as it stands: see `urlToSign`.
 */
export async function sigV4Headers(
  { url, headers, body = "" }: PlacedRequest,
  method: string,
  { service, region, credential }: RequestSigner,
  now: Instant,
): Promise<SignatureHeaders> {
  const [accessKeyId = "", secretAccessKey = "", ...session] = credential.reveal().split(":");
  if (service === undefined || region === undefined || accessKeyId === "" || secretAccessKey === "") throw unsignable();
  const sessionToken = session.join(":");
  const { SignatureV4 } = await import("@smithy/signature-v4");
  const isS3 = service === "s3";
  const signer = new SignatureV4({
    service,
    region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== "" && { sessionToken }) },
    sha256: Sha256,
    applyChecksum: isS3,
    uriEscapePath: !isS3,
  });
  const declared = Object.entries(headers).filter(([name]) => name === "content-type" || name.startsWith("x-amz-"));
  const signed = await signer.sign(
    {
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: queryOf(url),
      headers: { ...Object.fromEntries(declared), host: url.host },
      body,
    },
    { signingDate: new Date(now) },
  );
  const { host: _host, ...added } = signed.headers;
  const signature = /Signature=([0-9a-f]+)$/.exec(added["authorization"] ?? "")?.[1];
  if (signature === undefined) throw unsignable();
  const secrets = [signature, secretAccessKey, ...(sessionToken === "" ? [] : [sessionToken])];
  return { headers: added, made: secrets.map((text) => new Secret(text)) };
}

/** S3 signs a path as it is sent, and wants everything in it encoded that is not unreserved (RFC 3986 section 2.3): `(` as well. */
export function urlToSign(url: URL, { service }: RequestSigner): URL {
  if (service !== "s3") return url;
  const strict = new URL(url);
  strict.pathname = url.pathname
    .split("/")
    .map((segment) =>
      encodeURIComponent(decoded(segment)).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join("/");
  return strict;
}

/** A plus sign is a plus sign: a blank is %20 to AWS. */
function queryOf({ search }: URL): Record<string, string[]> {
  const pairs = search
    .slice(1)
    .split("&")
    .filter((text) => text !== "")
    .map((text) => text.split("="))
    .map(([name = "", ...value]) => [decoded(name), decoded(value.join("="))] as const);
  const names = [...new Set(pairs.map(([name]) => name))];
  return Object.fromEntries(names.map((name) => [name, pairs.filter((pair) => pair[0] === name).map(([, value]) => value)]));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw unsignable();
  }
}

export function unsignable(): NetFailure {
  return new NetFailure({ reason: "credential_unavailable", phase: "plan", code: "signature", retriable: false });
}

type Source = string | ArrayBuffer | ArrayBufferView;

/** node's, in the form that the library asks for. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(key?: Source) {
    this.#hash = key === undefined ? createHash("sha256") : createHmac("sha256", bytesOf(key));
  }

  update(data: Source): void {
    this.#hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {}
}

function bytesOf(source: Source): Buffer {
  if (typeof source === "string") return Buffer.from(source, "utf8");
  return ArrayBuffer.isView(source) ? Buffer.from(source.buffer, source.byteOffset, source.byteLength) : Buffer.from(source);
}
