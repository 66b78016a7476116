import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer, type Socket } from "node:net";
import type { SecureVersion } from "node:tls";
import type { Authority, IssuedCertificate } from "./certificates.ts";
import {
  type ApiConditions,
  type CertificateAndKey,
  CLEAN,
  certificateFor,
  JsonText,
  type ServedIdentity,
  type ServedVersion,
} from "./conditions.ts";
import { type Fate, fatesOf } from "./interference.ts";

/** What APIs of one demo have in common. */
export interface ApiSetting {
  readonly authority: Authority;
  /** Certificates are valid, expired ... as seen from here. */
  readonly now: Date;
  /** Loopback address to listen on; 127.0.0.1 unless given. */
  readonly address?: "127.0.0.1" | "::1";
  /** What the Date header of every answer says; this machine's time unless given. */
  readonly clock?: () => Date;
}

export interface RunningApi {
  /** https://127.0.0.1:PORT */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** What reached it so far: connections counted by TCP, requests by their first byte. */
  counts(): ApiCounts;
  /** Every request that reached it, with all it carried: where a secret may have gone. */
  requests(): readonly SeenRequest[];
  /** Turns knobs while it runs; the port stays. Connections that are open keep what they were accepted with. */
  change(conditions: Partial<ApiConditions>): Promise<void>;
  /** Ends every connection and frees the port. Idempotent. */
  close(): Promise<void>;
}

interface ApiCounts {
  readonly connections: number;
  readonly requests: number;
  /** Requests by path, without the query. */
  readonly byPath: Readonly<Record<string, number>>;
}

interface SeenRequest {
  readonly scheme: "https" | "http";
  /** As on the wire: request line, then header lines. */
  readonly head: string;
  /** Without the query. */
  readonly path: string;
}

/** A well-run API on loopback, except for the conditions given. */
export async function startApi(setting: ApiSetting, conditions: Partial<ApiConditions> = {}): Promise<RunningApi> {
  const api = new LoopbackApi(setting, { ...CLEAN, ...conditions });
  await api.start();
  return api;
}

/**
 * One TCP port in front of an HTTPS and an HTTP server that never listen themselves: the first byte of a connection
 * says which of them it is for, as real servers tell plain HTTP on a TLS port.
 */
class LoopbackApi implements RunningApi {
  readonly host: string;
  port = 0;
  readonly #setting: ApiSetting;
  #conditions: ApiConditions;
  #nextFate: () => Fate;
  #leaf: IssuedCertificate | undefined;
  readonly #door = createServer((socket) => this.#accept(socket));
  readonly #secure = createHttpsServer({}, (request, response) => this.#receive("https", request, response));
  readonly #plain = createHttpServer((request, response) => this.#receive("http", request, response));
  readonly #sockets = new Set<Socket>();
  /** Remote ports of connections whose every request is answered 429. */
  readonly #limited = new Set<number>();
  #connections = 0;
  readonly #requests: SeenRequest[] = [];

  constructor(setting: ApiSetting, conditions: ApiConditions) {
    this.#setting = setting;
    this.host = setting.address ?? "127.0.0.1";
    this.#conditions = conditions;
    this.#nextFate = fatesOf(conditions.interference);
  }

  get url(): string {
    return `https://${this.host.includes(":") ? `[${this.host}]` : this.host}:${this.port}`;
  }

  async start(): Promise<void> {
    this.#secure.on("OCSPRequest", (_certificate, _issuer, answer) => answer(null, this.#staple()));
    this.#present();
    await this.#listen();
    if (!this.#conditions.listens) await this.#hangUp();
  }

  counts(): ApiCounts {
    const byPath: Record<string, number> = {};
    for (const { path } of this.#requests) byPath[path] = (byPath[path] ?? 0) + 1;
    return { connections: this.#connections, requests: this.#requests.length, byPath };
  }

  requests(): readonly SeenRequest[] {
    return [...this.#requests];
  }

  async change(conditions: Partial<ApiConditions>): Promise<void> {
    this.#conditions = { ...this.#conditions, ...conditions };
    if (conditions.interference !== undefined) this.#nextFate = fatesOf(conditions.interference);
    const { certificate, tls, tlsVersions } = conditions;
    if (certificate !== undefined || tls !== undefined) this.#leaf = undefined;
    if ([certificate, tls, tlsVersions].some((turned) => turned !== undefined)) this.#present();
    if (this.#conditions.listens && !this.#door.listening) await this.#listen();
    if (!this.#conditions.listens) await this.#hangUp();
  }

  async close(): Promise<void> {
    await this.#hangUp();
  }

  /** Certificate and protocol versions for the handshakes from now on. */
  #present(): void {
    const {
      certificate,
      tlsVersions,
      tls: { keyType, ...options },
    } = this.#conditions;
    const { served, otherwise } = this.#identity(certificate, keyType);
    const keys = (pairs: readonly CertificateAndKey[]) => ({
      cert: pairs.map(({ chainPem }) => chainPem),
      key: pairs.map(({ keyPem }) => keyPem),
    });
    const versions = {
      minVersion: SECURE_VERSIONS[tlsVersions.min],
      maxVersion: SECURE_VERSIONS[tlsVersions.max],
      // OpenSSL 3 speaks TLS 1.0 and 1.1 at security level 0 only: their handshake is signed with SHA-1.
      ciphers: isLegacy(tlsVersions.min) ? "DEFAULT@SECLEVEL=0" : "DEFAULT",
      ...options,
    };
    this.#secure.setSecureContext({ ...versions, ...keys(otherwise === undefined ? served : [otherwise]) });
    if (otherwise !== undefined) this.#secure.addContext(otherwise.host, { ...versions, ...keys(served) });
  }

  #identity(certificate: ApiConditions["certificate"], keyType: "ec" | "rsa" | undefined): ServedIdentity {
    if (typeof certificate === "object" && "served" in certificate) return certificate;
    this.#leaf ??= certificateFor(certificate, this.#setting.authority, this.#setting.now, keyType);
    return { served: [this.#leaf] };
  }

  #staple(): Buffer | null {
    const { certificate } = this.#conditions;
    const staple = typeof certificate === "object" && "served" in certificate ? certificate.staple : undefined;
    return staple === undefined ? null : Buffer.from(staple);
  }

  async #listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#door.once("error", reject);
      this.#door.listen(this.port, this.host, () => {
        this.#door.off("error", reject);
        resolve();
      });
    });
    const address = this.#door.address();
    if (typeof address === "object" && address !== null) this.port = address.port;
  }

  async #hangUp(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (this.#door.listening) await new Promise((resolve) => this.#door.close(resolve));
  }

  #accept(socket: Socket): void {
    this.#connections += 1;
    this.#sockets.add(socket);
    const fate = this.#nextFate();
    const client = socket.remotePort ?? 0;
    if (fate === "limited") this.#limited.add(client);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => {
      this.#sockets.delete(socket);
      this.#limited.delete(client);
    });
    socket.once("readable", () => this.#dispatch(socket, fate));
  }

  #dispatch(socket: Socket, fate: Fate): void {
    const first: Buffer | null = socket.read();
    if (first === null) {
      socket.resume();
      return;
    }
    const plain = isPlainHttp(first);
    if (plain) this.#note("http", headOf(first.toString("latin1")));
    if (fate === "reset") {
      socket.resetAndDestroy();
    } else if (fate === "stalled") {
      socket.resume();
    } else if (plain && this.#conditions.plaintext === "closed") {
      socket.end();
    } else {
      socket.unshift(first);
      (plain ? this.#plain : this.#secure).emit("connection", socket);
    }
  }

  #receive(scheme: "https" | "http", request: IncomingMessage, response: ServerResponse): void {
    if (scheme === "https") this.#note("https", wireHead(request));
    const limited = this.#limited.has(request.socket.remotePort ?? 0);
    const answer = limited ? TOO_MANY_REQUESTS : scheme === "http" ? this.#plainAnswer(request) : this.#answer(request);
    const { clock } = this.#setting;
    response.writeHead(answer.status, {
      ...(clock === undefined ? {} : { date: clock().toUTCString() }),
      ...answer.headers,
      ...(scheme === "http" ? { connection: "close" } : {}),
    });
    response.end(answer.body);
    request.resume();
  }

  #note(scheme: "https" | "http", head: string): void {
    this.#requests.push({ scheme, head, path: pathOf(head) });
  }

  #plainAnswer(request: IncomingMessage): Answer {
    const { plaintext } = this.#conditions;
    if (plaintext === "served") return this.#answer(request);
    if (plaintext === "redirect") return { status: 301, headers: { location: `${this.url}${request.url ?? "/"}` }, body: "" };
    return { status: 400, headers: { "content-type": "text/html" }, body: "The plain HTTP request was sent to HTTPS port\n" };
  }

  #answer(request: IncomingMessage): Answer {
    const { resources, status, challenge, securityTxt, notFound } = this.#conditions;
    const path = pathOf(wireHead(request));
    const headers = this.#headersFor(request);
    if (path === "/.well-known/security.txt") {
      if (securityTxt === "") return json(404, headers, { error: "not_found" });
      return { status: 200, headers: { ...headers, "content-type": "text/plain; charset=utf-8" }, body: securityTxt };
    }
    if (notFound !== "refused" && !Object.hasOwn(resources, path)) {
      return { status: notFound.status, headers: { ...headers, "content-type": notFound.type }, body: notFound.body };
    }
    if (!this.#admits(request)) {
      return json(401, { ...headers, ...(challenge !== "" && { "www-authenticate": challenge }) }, { error: "authentication_required" });
    }
    if (!Object.hasOwn(resources, path)) return json(404, headers, { error: "not_found" });
    return json(status, headers, resources[path]);
  }

  #headersFor({ headers: { origin } }: IncomingMessage): AnswerHeaders {
    const { headers, cors } = this.#conditions;
    if (origin === undefined) return headers;
    const named = Object.entries(cors).map(([name, value]) => [name, value === "$origin" ? origin : value]);
    return { ...headers, ...Object.fromEntries(named) };
  }

  #admits(request: IncomingMessage): boolean {
    const { auth } = this.#conditions;
    if (auth.in === "open") return true;
    if (auth.in === "header") return request.headers[auth.name.toLowerCase()] === auth.value;
    return new URL(request.url ?? "/", this.url).searchParams.get(auth.name) === auth.value;
  }
}

type AnswerHeaders = ApiConditions["headers"];

interface Answer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: string;
}

const TOO_MANY_REQUESTS = json(429, {}, { error: "too_many_requests" });

const SECURE_VERSIONS: Readonly<Record<ServedVersion, SecureVersion>> = {
  "TLS 1.0": "TLSv1",
  "TLS 1.1": "TLSv1.1",
  "TLS 1.2": "TLSv1.2",
  "TLS 1.3": "TLSv1.3",
};

function json(status: number, headers: AnswerHeaders, body: unknown): Answer {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: body instanceof JsonText ? body.text : JSON.stringify(body),
  };
}

function isLegacy(version: ServedVersion): boolean {
  return version === "TLS 1.0" || version === "TLS 1.1";
}

/** A method starts with a capital letter; a TLS record with its type (RFC 8446 section 5.1), an SSL 2.0 hello with a length. */
function isPlainHttp(bytes: Uint8Array): boolean {
  const first = bytes[0] ?? 0;
  return first >= 0x41 && first <= 0x5a;
}

function headOf(text: string): string {
  return text.split("\r\n\r\n", 1)[0] ?? "";
}

function wireHead({ method, url, rawHeaders }: IncomingMessage): string {
  const fields = rawHeaders.flatMap((text, index) => (index % 2 === 0 ? [`${text}: ${rawHeaders[index + 1] ?? ""}`] : []));
  return [`${method} ${url} HTTP/1.1`, ...fields].join("\r\n");
}

function pathOf(head: string): string {
  const [, target = "/"] = head.split(" ", 2);
  return target.split("?", 1)[0] ?? "/";
}
