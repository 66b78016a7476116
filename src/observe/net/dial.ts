import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect, isIP, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls, type SecureContext } from "node:tls";
import type { Target } from "../../model/target.ts";
import { inPhase } from "./deadline.ts";
import { NetFailure } from "./failure.ts";
import { canonicalAddress, isAllowedAddress } from "./guard.ts";
import { authorityOf, type HttpProxy } from "./proxy.ts";
import { addressNotAllowed, resolveHost } from "./resolve.ts";
import { untilReady, whileAlive } from "./socket.ts";

export interface DialSettings {
  readonly allowPrivate: boolean;
  /** Called right before a TCP connection is attempted; throws where none may be. */
  readonly countConnection: () => void;
  readonly life: AbortSignal;
  readonly timeoutMs: number;
  readonly proxy?: HttpProxy;
  /** For a proxy that is itself spoken to over TLS. */
  readonly secureContext: SecureContext;
  readonly lookup?: LookupFunction;
}

/**
 * A byte stream to `address` (never to a name that is looked up again), or through the proxy, which looks the name up itself.
 * Every address is vetted here once more, before a packet leaves. Throws a `NetFailure`.
 */
export async function dial(target: Target, address: string, settings: DialSettings): Promise<Socket> {
  const { proxy } = settings;
  const canonical = canonicalAddress(address);
  const isVetted =
    canonical === undefined ? proxy !== undefined : isAllowedAddress(canonical, settings.allowPrivate && target.publicOnly !== true);
  if (!isVetted) throw addressNotAllowed();
  if (proxy !== undefined) return throughProxy(proxy, authorityOf(canonical ?? address, target.port), settings);
  return connectTo(canonical ?? address, target.port, settings);
}

async function connectTo(host: string, port: number, settings: DialSettings): Promise<Socket> {
  settings.life.throwIfAborted();
  settings.countConnection();
  return inPhase(settings.life, { phase: "connect", ms: settings.timeoutMs, late: "connect_timeout" }, (signal) => {
    // One attempt is one connection: no second address is tried behind our back.
    const { lookup } = settings;
    const socket = connect({ host, port, noDelay: true, autoSelectFamily: false, ...(lookup === undefined ? {} : { lookup }) });
    return untilReady(socket, "connect", signal);
  });
}

/** RFC 9110 section 9.3.6. CONNECT for http:// targets too, so that there is one way through a proxy. */
async function throughProxy(proxy: HttpProxy, authority: string, settings: DialSettings): Promise<Socket> {
  try {
    const host = proxy.trusted ? proxy.host : await vettedAddress(proxy.host, settings);
    const plain = await connectTo(host, proxy.port, settings);
    return await inPhase(settings.life, { phase: "proxy", ms: settings.timeoutMs, late: "proxy_unreachable" }, async (signal) => {
      const socket = proxy.secure ? await secured(plain, proxy, settings, signal) : plain;
      return whileAlive(socket, signal, () => tunnel(socket, authority, proxy));
    });
  } catch (error) {
    throw proxyFailure(error);
  }
}

/** What is connected to is what was vetted: the name is not looked up again. */
async function vettedAddress(host: string, { allowPrivate, life, timeoutMs, lookup }: DialSettings): Promise<string> {
  const { addresses } = await resolveHost(host, { allowPrivate, life, timeoutMs, ...(lookup === undefined ? {} : { lookup }) });
  const [address] = addresses;
  if (address === undefined) throw addressNotAllowed();
  return address;
}

/** The proxy's own certificate must be trusted: its password is about to be sent. */
function secured(plain: Socket, proxy: HttpProxy, { secureContext }: DialSettings, signal: AbortSignal): Promise<Socket> {
  const name = isIP(proxy.host) === 0 ? { servername: proxy.host } : {};
  return untilReady(connectTls({ socket: plain, host: proxy.host, ...name, secureContext }), "secureConnect", signal);
}

async function tunnel(socket: Socket, authority: string, proxy: HttpProxy): Promise<Socket> {
  const request = httpRequest({
    method: "CONNECT",
    path: authority,
    headers: { host: authority, ...(proxy.authorization === undefined ? {} : { "proxy-authorization": proxy.authorization }) },
    createConnection: () => socket,
  });
  request.end();
  const [response, , head] = (await once(request, "connect")) as [IncomingMessage, Socket, Buffer];
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 299) throw refusal(status);
  if (head.length > 0) socket.unshift(head);
  return socket;
}

function refusal(status: number): NetFailure {
  const reason = status === 407 ? "proxy_auth_required" : "proxy_refused";
  return new NetFailure({ reason, phase: "proxy", code: `HTTP ${status}`, retriable: [502, 503, 504].includes(status) });
}

/** What went wrong on the way to a proxy says nothing about the provider. */
function proxyFailure(error: unknown): unknown {
  if (!(error instanceof NetFailure)) return error;
  const { reason, code, retriable } = error.failure;
  if (reason === "address_not_allowed") return new NetFailure({ ...error.failure, phase: "proxy" });
  if (["interrupted", "deadline_exceeded", "budget_exhausted", "proxy_refused", "proxy_auth_required"].includes(reason)) return error;
  return new NetFailure({ reason: "proxy_unreachable", phase: "proxy", retriable, ...(code === undefined ? {} : { code }) });
}
