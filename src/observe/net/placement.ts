import type { HttpRequest, PlacedCredential } from "../../model/net-port.ts";
import { Secret } from "../../model/secret.ts";
import { Assertion } from "../../model/signing-key.ts";
import type { Target } from "../../model/target.ts";
import { NetFailure } from "./failure.ts";

export interface PlacedRequest {
  readonly url: URL;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** URL and headers of a request, its credential in place. Throws a `NetFailure` before anything is sent. */
export function placeRequest(target: Target, request: HttpRequest, userAgent: string): PlacedRequest {
  const url = urlOf(target, request.path);
  if (carriesSecret(request) && target.scheme !== "https") throw failure("credential_withheld", "http");
  const headers = {
    accept: "*/*",
    ...Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
    "accept-encoding": "gzip, deflate, br",
    "user-agent": userAgent,
  };
  const placed = withBody({ url, headers }, request);
  return request.credential === undefined ? placed : withCredential(placed, request.credential);
}

/** Only an origin that is who it says may get it. */
export function carriesSecret({
  credential,
  clientCertificate,
  signer,
  form = [],
}: Pick<HttpRequest, "credential" | "clientCertificate" | "signer" | "form">): boolean {
  return (
    credential !== undefined ||
    clientCertificate !== undefined ||
    signer !== undefined ||
    form.some(([, value]) => typeof value !== "string")
  );
}

function withBody(placed: PlacedRequest, { body, form }: HttpRequest): PlacedRequest {
  if (form === undefined) return body === undefined ? placed : { ...placed, body };
  const revealed = form.map(([name, value]): [string, string] => [name, textOf(value)]);
  const headers = { ...placed.headers, "content-type": "application/x-www-form-urlencoded" };
  return { ...placed, headers, body: new URLSearchParams(revealed).toString() };
}

function textOf(value: string | Secret | Assertion): string {
  if (value instanceof Assertion) throw failure("internal", "assertion");
  return value instanceof Secret ? value.reveal() : value;
}

function urlOf(target: Target, path: string): URL {
  const text = `${target.origin}${path}`;
  const url = path.startsWith("/") && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.origin !== new URL(target.origin).origin) throw failure("internal", "ERR_INVALID_URL");
  return url;
}

function withCredential(placed: PlacedRequest, credential: PlacedCredential): PlacedRequest {
  const { url, headers } = placed;
  const name = credential.name.toLowerCase();
  const value = credential.prefix + credential.value.reveal();
  switch (credential.in) {
    case "header":
      return { ...placed, headers: { ...headers, [headerName(name)]: sendable(value, HEADER_VALUE) } };
    case "cookie": {
      const { cookie } = headers;
      const others = cookie === undefined ? "" : `${cookie}; `;
      return { ...placed, headers: { ...headers, cookie: `${others}${headerName(credential.name)}=${sendable(value, COOKIE_VALUE)}` } };
    }
    case "query": {
      const pair = `${encodeURIComponent(credential.name)}=${encodeURIComponent(value)}`;
      const withPair = new URL(url);
      withPair.search = url.search === "" ? pair : `${url.search}&${pair}`;
      return { ...placed, url: withPair };
    }
    // Their place inside a path or a body is not declared anywhere.
    case "path":
    case "body":
      throw failure("credential_withheld", credential.in);
  }
}

function headerName(name: string): string {
  return sendable(name, TOKEN);
}

/** What node would refuse with an exception, or what would end the field early. */
function sendable(text: string, pattern: RegExp): string {
  if (!pattern.test(text)) throw failure("credential_unavailable", "ERR_INVALID_CHAR");
  return text;
}

function failure(reason: "credential_withheld" | "credential_unavailable" | "internal", code: string): NetFailure {
  return new NetFailure({ reason, phase: "plan", code, retriable: false });
}

/** RFC 9110 sections 5.6.2 and 5.5, RFC 6265 section 4.1.1 (spaces and quotes let through, as clients do). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const COOKIE_VALUE = /^[\x20-\x3a\x3c-\x7e]*$/;
