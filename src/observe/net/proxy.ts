import ipaddr from "ipaddr.js";
import type { Target } from "../../model/target.ts";
import { NetFailure } from "./failure.ts";
import { canonicalAddress } from "./guard.ts";

/** What the environment says. Values may hold a user and a password. */
export interface Proxies {
  readonly http?: string;
  readonly https?: string;
  /** Comma-separated exceptions, as in NO_PROXY. */
  readonly no?: string;
}

export interface HttpProxy {
  /** The environment's, connected to wherever it is. An inventory's is not: its address is vetted like a target's. */
  readonly trusted: boolean;
  /** The proxy itself is spoken to over TLS. */
  readonly secure: boolean;
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** Value of Proxy-Authorization, from the userinfo of its URL. A secret. */
  readonly authorization?: string;
}

/** The integration's own proxy, else the environment's for the target's scheme unless excepted; undefined: go straight. */
export function proxyFor(target: Target, own: string | undefined, environment: Proxies): HttpProxy | undefined {
  if (own !== undefined) return { ...parseProxy(own), trusted: false };
  const url = target.scheme === "https" ? environment.https : environment.http;
  if (url === undefined || url === "" || isExcepted(target, environment.no ?? "")) return undefined;
  return { ...parseProxy(url), trusted: true };
}

/** Where we look from: "proxy:<host:port>", without userinfo. */
export function proxyVantage(proxy: HttpProxy): string {
  return `proxy:${authorityOf(proxy.host, proxy.port)}`;
}

export function authorityOf(host: string, port: number): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** A scheme may be left out, as in curl. Only http:// and https:// proxies are spoken to. */
function parseProxy(text: string): Omit<HttpProxy, "trusted"> {
  const withScheme = text.includes("://") ? text : `http://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw new NetFailure({ reason: "proxy_unreachable", phase: "proxy", code: "ERR_INVALID_URL", retriable: false });
  }
  const secure = url.protocol === "https:";
  return {
    secure,
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (secure ? 443 : 80) : Number(url.port),
    ...(url.username === "" && url.password === "" ? {} : { authorization: basic(url) }),
  };
}

function basic({ username, password }: URL): string {
  return `Basic ${Buffer.from(`${percentDecoded(username)}:${percentDecoded(password)}`).toString("base64")}`;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** curl's reading of NO_PROXY: names match themselves and what is below them; `*` matches all; ports and CIDR blocks are understood. */
function isExcepted(target: Target, exceptions: string): boolean {
  const entries = exceptions.toLowerCase().split(/[\s,]+/);
  return entries.some((entry) => entry !== "" && (entry === "*" || matches(target, entry)));
}

function matches(target: Target, entry: string): boolean {
  const address = canonicalAddress(target.host);
  if (entry.includes("/")) return address !== undefined && isInBlock(address, entry);
  const { host, port } = splitPort(entry);
  if (port !== undefined && port !== target.port) return false;
  if (address !== undefined) return canonicalAddress(host) === address;
  const name = host.replace(/^\*?\./, "");
  const wanted = target.host.toLowerCase().replace(/\.$/, "");
  return name !== "" && (wanted === name || wanted.endsWith(`.${name}`));
}

function splitPort(entry: string): { readonly host: string; readonly port?: number } {
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry);
  if (parts === null) return { host: entry };
  return { host: parts[1] ?? "", ...(parts[2] === undefined ? {} : { port: Number(parts[2]) }) };
}

function isInBlock(address: string, block: string): boolean {
  if (!ipaddr.isValidCIDR(block)) return false;
  const [network, bits] = ipaddr.parseCIDR(block);
  const parsed = ipaddr.parse(address);
  return parsed.kind() === network.kind() && parsed.match(network, bits);
}
