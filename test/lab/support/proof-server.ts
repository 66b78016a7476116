import { once } from "node:events";
import { createServer as createHttpServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer } from "node:net";
import { onTestFinished } from "vitest";
import type { Authority } from "../../../src/demo/certificates.ts";
import { DAY } from "../../../src/model/instant.ts";
import { isBeside } from "./beside.ts";
import { LAB_SECRET } from "./lab.ts";

export interface ProofRequest {
  readonly scheme: "https" | "http";
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The key that came with it, wherever it stood. */
  readonly key: string | undefined;
}

export interface ProofReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type Manners = (request: ProofRequest) => ProofReply;

/** An API that behaves as it is told, request by request; over http on the same port too. */
export interface ProofServer {
  readonly url: string;
  readonly port: number;
  /** Everything that reached it, over TLS and without, but for what is asked of every API beside its own paths. */
  readonly asked: ProofRequest[];
  /** The rest. */
  readonly beside: ProofRequest[];
  turn(manners: Manners): void;
}

export const ORDERS = { data: [{ id: "ord_1041", status: "paid", items: 3 }], has_more: false };
export const REFUSAL: ProofReply = { status: 401, headers: { "www-authenticate": "Bearer" }, body: { error: "authentication_required" } };
export const GRANTED: ProofReply = { body: ORDERS };

/** It looks at the key, and nothing is to be said of it. */
export const behaving: Manners = ({ scheme, path, key }) => {
  if (scheme === "http") return { status: 403, body: { error: "https_required" } };
  if (key !== LAB_SECRET) return REFUSAL;
  return path === "/v1/orders" || path === "/v1/users" ? GRANTED : { status: 404, body: { error: "not_found" } };
};

/** `authority` issues its certificate. Ends with the test. */
export async function startProofServer(authority: Authority, address = "127.0.0.1"): Promise<ProofServer> {
  const validity = { notBefore: new Date(Date.now() - 20 * DAY), notAfter: new Date(Date.now() + 90 * DAY) };
  const { chainPem: cert, keyPem: key } = authority.issue({ ipAddresses: ["127.0.0.1", "127.0.0.2"], ...validity });
  const asked: ProofRequest[] = [];
  const beside: ProofRequest[] = [];
  let manners = behaving;
  const receive = (scheme: "https" | "http") => (request: IncomingMessage, response: ServerResponse) => {
    const seen = seenOf(scheme, request);
    response.sendDate = false;
    if (scheme === "https" && answersPosture(request, response)) return void beside.push(seen);
    asked.push(seen);
    const { status = 200, headers = {}, body } = manners(seen);
    const text = typeof body === "string" ? body : JSON.stringify(body ?? {});
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", connection: "close", ...headers });
    response.end(text);
    request.resume();
  };
  const secure = createHttpsServer({ cert, key }, receive("https"));
  const plain = createHttpServer(receive("http"));
  const door = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("data", (first) => {
      socket.pause();
      socket.unshift(first);
      // A method starts with a capital letter, a TLS record does not.
      ((first[0] ?? 0) >= 0x41 ? plain : secure).emit("connection", socket);
      process.nextTick(() => socket.resume());
    });
  });
  secure.on("tlsClientError", () => undefined);
  door.listen(0, address);
  await once(door, "listening");
  onTestFinished(() => void door.close());
  const { port } = door.address() as AddressInfo;
  return {
    url: `https://${address}:${port}`,
    port,
    asked,
    beside,
    turn(next) {
      manners = next;
    },
  };
}

function seenOf(scheme: "https" | "http", { method = "", url = "/", headers }: IncomingMessage): ProofRequest {
  const { pathname: path, searchParams: query } = new URL(url, "https://host.invalid");
  const key = headers["x-api-key"];
  return { scheme, method, path, query, headers, key: typeof key === "string" ? key : undefined };
}

/** In order, whatever the manners: a browser's question, a path that is nobody's, and whom to tell of a hole. */
function answersPosture(request: IncomingMessage, response: ServerResponse): boolean {
  if (!isBeside(request)) return false;
  const { method, url } = request;
  const isSecurityTxt = url === "/.well-known/security.txt";
  const [status, type, body] = isSecurityTxt
    ? ([200, "text/plain", "Contact: mailto:security@apirisk-lab.dev\nExpires: 2999-01-01T00:00:00Z\n"] as const)
    : ([method === "OPTIONS" ? 405 : 404, "application/json", "{}"] as const);
  response.writeHead(status, { "content-type": type, "cache-control": "no-store", connection: "close" });
  response.end(body);
  return true;
}
