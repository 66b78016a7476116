import type { Socket } from "node:net";
import type { DeliveryPort, HttpDelivery, HttpDeliveryAnswer, MailDelivery, MailDeliveryAnswer } from "../../model/delivery-port.ts";
import type { HttpAnswer, NetResult } from "../../model/net-port.ts";
import { err, ok } from "../../model/result.ts";
import type { Secret } from "../../model/secret.ts";
import { type Target, targetOf } from "../../model/target.ts";
import { headerOf } from "../../model/turned-away.ts";
import { DEFAULT_TIMEOUTS, type PhaseTimeouts, ScopeLife } from "./deadline.ts";
import { dial } from "./dial.ts";
import { failureFrom, NetFailure } from "./failure.ts";
import { isAllowedAddress } from "./guard.ts";
import { handshake } from "./handshake.ts";
import { exchangeHttp, loadHttpClient } from "./http.ts";
import { lookUpTarget } from "./look-up.ts";
import type { NetOptions } from "./net.ts";
import type { PlacedRequest } from "./placement.ts";
import { proxyFor } from "./proxy.ts";
import { addressNotAllowed } from "./resolve.ts";
import { exchangeMail } from "./smtp.ts";
import { createTrust, type Trust, trustErrorOf } from "./trust.ts";
import { signatureHeaders } from "./webhook-signature.ts";

export type DeliveryOptions = Pick<NetOptions, "userAgent" | "extraCa" | "proxies" | "timeouts" | "lookup">;

/** Real deliveries. Apart from the probes' sessions: a receiver that slows us down slows no audit down, and the other way round. */
export function createDelivery(options: DeliveryOptions): DeliveryPort {
  const courier: Courier = { options, timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts }, trust: createTrust(options.extraCa) };
  return {
    post: (delivery) => within(delivery, (life) => post(courier, delivery, life)),
    mail: (delivery) => within(delivery, (life) => mail(courier, delivery, life)),
  };
}

interface Courier {
  readonly options: DeliveryOptions;
  readonly timeouts: PhaseTimeouts;
  readonly trust: Trust;
}

/** Nothing that is thrown leaves but its Failure: messages of errors may quote a URL or a receiver. */
async function within<T>(
  { timeoutMs, signal }: Pick<HttpDelivery, "timeoutMs" | "signal">,
  work: (life: AbortSignal) => Promise<T>,
): Promise<NetResult<T>> {
  const life = new ScopeLife(timeoutMs, signal);
  try {
    return ok(await work(life.signal));
  } catch (error) {
    return err(failureFrom(error, "request"));
  } finally {
    life.close();
  }
}

async function post(courier: Courier, delivery: HttpDelivery, life: AbortSignal): Promise<HttpDeliveryAnswer> {
  const url = urlOf(delivery);
  const target = targetOf("notification", "", url.href);
  const placed = placedRequest(url, delivery, courier.options.userAgent);
  await loadHttpClient();
  const socket = await connected(courier, target, { ...delivery, secure: target.scheme === "https" }, life);
  const answer = await exchangeHttp(
    socket,
    { ...placed.request, body: placed.body },
    { method: "POST", maxBodyBytes: MOST_ANSWER_BYTES },
    { life, timeouts: courier.timeouts, onHead: () => undefined },
  );
  return answerOf(answer);
}

async function mail(courier: Courier, delivery: MailDelivery, life: AbortSignal): Promise<MailDeliveryAnswer> {
  const { host, port, security, from, to, subject, id } = delivery;
  if ([from, ...to, subject, id].some((line) => /\p{Cc}/u.test(line))) throw invalid("ERR_INVALID_CHAR");
  const target = targetOf("notification", "", `https://${host.includes(":") ? `[${host}]` : host}:${port}`);
  const socket = await connected(courier, target, { ...delivery, secure: security === "tls", plain: security === "none" }, life);
  return exchangeMail(socket, delivery, { life, timeoutMs: delivery.timeoutMs, secureContext: courier.trust.usual });
}

interface ConnectionWish {
  readonly allowPrivate: boolean;
  /** TLS from the first byte, with a certificate that is trusted for the name. */
  readonly secure: boolean;
  /** Nothing on this connection will ever be encrypted; only to private addresses. */
  readonly plain?: boolean;
}

/** Every address is tried in turn until one lets us in. */
async function connected(courier: Courier, target: Target, wish: ConnectionWish, life: AbortSignal): Promise<Socket> {
  const { options, timeouts, trust } = courier;
  const { allowPrivate, secure, plain = !secure } = wish;
  const lookup = options.lookup === undefined ? {} : { lookup: options.lookup };
  const proxy = proxyFor(target, undefined, options.proxies);
  const { addresses } = await lookUpTarget(target, proxy, { allowPrivate, timeoutMs: timeouts.resolve, life, ...lookup });
  const allowed = plain ? addresses.filter((address) => allowPrivate && isPrivateAddress(address)) : addresses;
  let failure: unknown = addressNotAllowed();
  for (const address of allowed) {
    try {
      const raw = await dial(target, address, {
        allowPrivate,
        countConnection: () => undefined,
        life,
        timeoutMs: timeouts.connect,
        secureContext: trust.usual,
        ...(proxy === undefined ? {} : { proxy }),
        ...lookup,
      });
      return secure ? await secured(courier, raw, target, life) : raw;
    } catch (error) {
      failure = error;
      life.throwIfAborted();
    }
  }
  throw failure;
}

async function secured({ trust, timeouts }: Courier, raw: Socket, target: Target, life: AbortSignal): Promise<Socket> {
  const socket = await handshake(raw, target, { secureContext: trust.usual, alpn: [], life, timeoutMs: timeouts.tls });
  const trustError = trustErrorOf(socket);
  if (trustError === undefined) return socket;
  socket.destroy();
  throw new NetFailure({ reason: "tls_untrusted", phase: "tls", code: trustError, retriable: false });
}

/** Allowed with permission only. */
function isPrivateAddress(address: string): boolean {
  return isAllowedAddress(address, true) && !isAllowedAddress(address, false);
}

function invalid(code: string): NetFailure {
  return new NetFailure({ reason: "internal", phase: "plan", code, retriable: false });
}

function urlOf({ url: secret, below }: HttpDelivery): URL {
  const text = secret.reveal();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["https:", "http:"].includes(url.protocol) || url.username !== "" || url.password !== "") {
    throw invalid("ERR_INVALID_URL");
  }
  if (below === undefined) return url;
  url.pathname = `${url.pathname.replace(/\/+$/, "")}${below.path}`;
  for (const [name, value] of Object.entries(below.query)) url.searchParams.set(name, value);
  return url;
}

function placedRequest(url: URL, delivery: HttpDelivery, userAgent: string): { readonly request: PlacedRequest; readonly body: string } {
  const { contentType, member, signature } = delivery;
  const body = member === undefined ? delivery.body : withMember(delivery.body, member.name, member.value);
  const headers = {
    accept: "*/*",
    "content-type": contentType,
    "user-agent": userAgent,
    ...(signature === undefined ? {} : signatureHeaders(body, signature)),
  };
  return { request: { url, headers }, body };
}

function withMember(json: string, name: string, value: Secret): string {
  return JSON.stringify({ ...(JSON.parse(json) as object), [name]: value.reveal() });
}

function answerOf(answer: HttpAnswer): HttpDeliveryAnswer {
  const text = Buffer.from(answer.body).toString("latin1").trim();
  const retryAfter = headerOf(answer, "retry-after") ?? "";
  return {
    status: answer.status,
    ...(/^[a-z]+(_[a-z]+){0,6}$/.test(text) && text.length <= LONGEST_WORD ? { word: text } : {}),
    ...(/^\d{1,6}$/.test(retryAfter) ? { retryAfterSeconds: Number(retryAfter) } : {}),
  };
}

const MOST_ANSWER_BYTES = 1024;
const LONGEST_WORD = 40;
