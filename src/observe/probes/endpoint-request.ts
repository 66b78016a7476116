import type { Endpoint, Integration } from "../../model/integration.ts";
import type { HttpRequest } from "../../model/net-port.ts";
import { err, ok, type Result } from "../../model/result.ts";

/** Why a declared endpoint is not asked. */
export type RequestProblem = "method" | "path";

/**
 * The request that a client of ours would make for an endpoint, without a credential and without limits on the answer.
 * Nothing is asked with a method that may change something unless the inventory says that it is safe (RFC 9110 section 9.2.1),
 * nor of a path that leaves the base URL.
 */
export function endpointRequest(
  integration: Integration,
  endpoint: Endpoint,
): Result<Pick<HttpRequest, "method" | "path" | "headers">, RequestProblem> {
  const method = endpoint.method.toUpperCase();
  if (!/^[A-Z]{1,20}$/.test(method) || (!SAFE_METHODS.includes(method) && !endpoint.safe)) return err("method");
  const path = joinedPath(new URL(integration.baseUrl), endpoint.path);
  if (path === undefined) return err("path");
  return ok({ method, path: withVersion(path, integration), headers: requestHeaders(integration) });
}

/** A failed request of this method may be made again although the server may have seen it (RFC 9110 section 9.2.2). */
export function isRepeatable(endpoint: Endpoint): boolean {
  return SAFE_METHODS.includes(endpoint.method.toUpperCase()) && endpoint.cost === "free";
}

/** Path without its query: what evidence may hold of a request. */
export function pathTemplate(path: string): string {
  return path.split("?", 1)[0] ?? "";
}

/** Base path and declared path, or undefined where the two would lead anywhere else than below the base URL. */
function joinedPath(base: URL, declared: string): string | undefined {
  if (!DECLARED_PATH.test(declared) || DOT_SEGMENT.test(pathTemplate(declared))) return undefined;
  const path = `${base.pathname.replace(/\/+$/, "")}${declared}`;
  const url = URL.canParse(path, base.origin) ? new URL(path, base.origin) : undefined;
  return url?.origin === base.origin ? `${url.pathname}${url.search}` : undefined;
}

/** Our clients pin a version (`apiVersion`), so the audit does: another version is another API. */
function withVersion(path: string, { apiVersion }: Integration): string {
  if (apiVersion?.query === undefined) return path;
  return `${path}${path.includes("?") ? "&" : "?"}${encodeURIComponent(apiVersion.query)}=${encodeURIComponent(apiVersion.pinned)}`;
}

function requestHeaders({ headers, apiVersion }: Integration): Readonly<Record<string, string>> {
  const version = apiVersion?.header === undefined ? {} : { [apiVersion.header.toLowerCase()]: apiVersion.pinned };
  const declared = Object.entries({ accept: "application/json", ...version, ...headers });
  return Object.fromEntries(declared.filter(([name]) => !OURS_TO_SET.includes(name) && !name.startsWith("proxy-")));
}

const SAFE_METHODS: readonly string[] = ["GET", "HEAD", "OPTIONS"];
/** One leading slash, then printable ASCII without backslash or fragment: nothing that a URL parser would read as a host. */
const DECLARED_PATH = /^\/(?![/\\])[!"$-[\]-~]*$/;
/** "." and "..", also percent-encoded: a URL parser resolves them. */
const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?:\/|$)/i;
/** Of the connection and of the message's framing, which the net decides, and User-Agent, which says who we are. */
const OURS_TO_SET: readonly string[] = [
  "host",
  "user-agent",
  "connection",
  "content-length",
  "transfer-encoding",
  "te",
  "trailer",
  "upgrade",
  "keep-alive",
  "expect",
  "accept-encoding",
];
