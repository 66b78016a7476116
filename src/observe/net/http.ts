import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import type { Got, Request, RequestFunction } from "got";
import type { HttpAnswer, HttpArrival, HttpRequest } from "../../model/net-port.ts";
import type { AnswerHead } from "../../model/turned-away.ts";
import { inPhase, type PhaseTimeouts } from "./deadline.ts";
import { type DecodedBody, decodeBody } from "./decode.ts";
import { NetFailure } from "./failure.ts";
import type { PlacedRequest } from "./placement.ts";
import { whileAlive } from "./socket.ts";

export interface HttpSettings {
  readonly life: AbortSignal;
  readonly timeouts: Pick<PhaseTimeouts, "headers" | "body">;
  /** Called before the body is read: it may take its time. */
  readonly onHead: (head: AnswerHead) => void;
  /** Milliseconds from any moment (Clock); without it nothing is timed. */
  readonly monotonic?: () => number;
}

/**
 * An audit of TLS alone makes no request. To be awaited before the connection is made: what happens to a socket while nobody listens is never
 * heard of.
 */
export async function loadHttpClient(): Promise<void> {
  got ??= (await import("got")).default;
}

let got: Got | undefined;

/**
 * One request on a connected socket, which is gone afterwards. Throws a `NetFailure` where there is no answer;
 * an answer whose body is not whole is an answer with a `bodyProblem`.
 */
export async function exchangeHttp(
  socket: Socket,
  placed: PlacedRequest,
  request: Pick<HttpRequest, "method" | "headersOnly" | "maxBodyBytes">,
  settings: HttpSettings,
): Promise<HttpAnswer> {
  const headersLimit = { phase: "headers", ms: settings.timeouts.headers, late: "http_timeout" } as const;
  const before = socket.bytesRead;
  const { monotonic = () => 0 } = settings;
  const startedAt = monotonic();
  const exchange = startExchange(socket, placed, request);
  try {
    const { arrival, ...head } = await inPhase(settings.life, headersLimit, (signal) =>
      whileAlive(socket, signal, () => readHead(exchange)),
    ).catch((error: unknown) => {
      throw error instanceof NetFailure && socket.bytesRead > before ? new NetFailure({ ...error.failure, answered: true }) : error;
    });
    settings.onHead(head);
    const headAt = monotonic();
    const arrived = (contentOctets: number) => ({
      arrival: { ...arrival, contentOctets, headMs: headAt - startedAt, contentMs: monotonic() - headAt },
    });
    if (request.headersOnly === true || hasNoContent(request.method, head.status))
      return { ...head, body: new Uint8Array(), ...arrived(0) };
    const { wire, bodyProblem } = await readWire(socket, exchange, request.maxBodyBytes, settings);
    const decoded = await decodeBody(wire, head.headers, request.maxBodyBytes);
    return { ...head, ...decoded, ...(bodyProblem === undefined ? {} : { bodyProblem }), ...arrived(wire.length) };
  } finally {
    exchange.destroy();
    socket.destroy();
  }
}

function startExchange(socket: Socket, { url, headers, body = "" }: PlacedRequest, { method }: Pick<HttpRequest, "method">): Request {
  if (got === undefined) throw new Error("loadHttpClient() comes before a connection is made");
  const exchange = got.stream(url, {
    method: method as "GET",
    // Of a connection that it is given, node knows no usual port, and would name 80 (RFC 9110 section 7.2, RFC 9112 section 3.2).
    headers: { host: url.host, ...headers },
    createConnection: () => socket,
    request: nativeRequest,
    maxHeaderSize: MAX_HEADER_BYTES,
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    decompress: false,
    ...(["GET", "HEAD"].includes(method) ? {} : { body }),
  });
  exchange.on("error", () => undefined);
  return exchange;
}

/** node's own request, with what got has no option for: no field hidden behind a thousand others, no upgrade, no flood of interim answers. */
const nativeRequest: RequestFunction = (url, options, onResponse) => {
  const request = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, { ...options, insecureHTTPParser: false }, onResponse);
  request.maxHeadersCount = 0;
  // node counts the request as over by then, and tells nobody.
  request.on("upgrade", () => request.emit("error", protocolError("HTTP 101")));
  let interim = 0;
  request.on("information", () => {
    if (++interim > MAX_INTERIM) request.destroy(protocolError("HTTP 1xx"));
  });
  return request;
};

interface Head extends Pick<HttpAnswer, "httpVersion" | "status" | "headers"> {
  readonly arrival: Pick<HttpArrival, "reason" | "fieldNames">;
}

async function readHead(exchange: Request): Promise<Head> {
  const [response] = (await once(exchange, "response")) as [IncomingMessage];
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 599) throw protocolError(`HTTP ${status}`);
  const { httpVersion, rawHeaders, statusMessage: reason = "" } = response;
  const fieldNames = rawHeaders.filter((_, at) => at % 2 === 0);
  return { httpVersion, status, headers: headerPairs(rawHeaders), arrival: { reason, fieldNames } };
}

function headerPairs(raw: readonly string[]): HttpAnswer["headers"] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) pairs.push([String(raw[at]).toLowerCase(), String(raw[at + 1])]);
  return pairs;
}

/** RFC 9110 section 6.4.1: whatever such a server sends after the headers is not content. */
function hasNoContent(method: string, status: number): boolean {
  return method === "HEAD" || status === 204 || status === 304;
}

interface WireBody extends Pick<DecodedBody, "bodyProblem"> {
  readonly wire: Uint8Array;
}

/** What arrives, up to `maxBytes`, whatever ends it. */
async function readWire(socket: Socket, exchange: Request, maxBytes: number, settings: HttpSettings): Promise<WireBody> {
  const chunks: Buffer[] = [];
  let length = 0;
  const received = () => Buffer.concat(chunks).subarray(0, maxBytes);
  try {
    await inPhase(settings.life, { phase: "body", ms: settings.timeouts.body, late: "http_timeout" }, (signal) =>
      whileAlive(socket, signal, async () => {
        for await (const chunk of exchange) {
          chunks.push(chunk as Buffer);
          length += (chunk as Buffer).length;
          if (length > maxBytes) throw truncated("size");
        }
      }),
    );
    return { wire: received() };
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    const { failure } = error;
    const isCutOff = failure.reason === "connection_reset" || failure.reason === "connection_closed";
    return { wire: received(), bodyProblem: isCutOff ? { ...failure, reason: "body_truncated" } : failure };
  }
}

function truncated(code: string): NetFailure {
  return new NetFailure({ reason: "body_truncated", phase: "body", code, retriable: false });
}

function protocolError(code: string): NetFailure {
  return new NetFailure({ reason: "http_protocol_error", phase: "headers", code, retriable: false });
}

/** node's default, said aloud: it is never raised. */
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_INTERIM = 16;
