import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { TLSSocket, TlsOptions } from "node:tls";
import { onTestFinished } from "vitest";
import type { Authority } from "../../../src/demo/certificates.ts";
import { DAY } from "../../../src/model/instant.ts";

export interface TokenReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Of a document that it publishes; `silent` never ends. */
export interface Page {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly silent?: true;
}

/** The token endpoint of an authorisation server on loopback, and what it publishes. */
export interface AuthorizationServer {
  readonly url: string;
  readonly origin: string;
  readonly asked: {
    readonly method: string | undefined;
    readonly headers: IncomingHttpHeaders;
    readonly form: Readonly<Record<string, string>>;
    /** Common name of the certificate that the client showed. */
    readonly shown?: string;
  }[];
  /** Replies so from now on. */
  turn(reply: TokenReply): void;
  /** Whatever was asked for with GET. */
  readonly read: { readonly url: string; readonly headers: IncomingHttpHeaders }[];
  /** By path, in the place of all that was there before; an object is said as JSON. Anything else is not found. */
  publish(pages: Readonly<Record<string, Page | { readonly json: unknown }>>): void;
}

export const ISSUED_TOKEN = "lab-access-token-5f0c2b7e91d84a36";
export const REFRESH_TOKEN = "lab-refresh-token-77aa1c4f0b2d9e83";

/** What it says to a client that it knows. */
export function issuing(changes: Readonly<Record<string, unknown>> = {}): TokenReply {
  const said = { access_token: ISSUED_TOKEN, token_type: "Bearer", expires_in: 3600, refresh_token: REFRESH_TOKEN, ...changes };
  return { headers: { "cache-control": "no-store" }, body: JSON.stringify(said) };
}

/** `authority` issues its certificate. Ends with the test. */
export async function startAuthorizationServer(authority: Authority, options: TlsOptions = {}): Promise<AuthorizationServer> {
  const validity = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + 90 * DAY) };
  const { chainPem: cert, keyPem: key } = authority.issue({ ipAddresses: ["127.0.0.1"], ...validity });
  const asked: AuthorizationServer["asked"] = [];
  const read: AuthorizationServer["read"] = [];
  let reply = issuing();
  let published: Parameters<AuthorizationServer["publish"]>[0] = {};
  const server = createServer({ cert, key, ...options }, async (request, response) => {
    if (request.method === "GET") {
      const { url = "", headers } = request;
      read.push({ url, headers });
      const page = published[url] ?? { status: 404, body: "{}" };
      const {
        status = 200,
        headers: fields = {},
        body = "",
        silent,
      } = "json" in page ? ({ body: JSON.stringify(page.json) } as Page) : page;
      response.writeHead(status, { "content-type": "application/json", ...fields });
      if (silent === true) response.write(body);
      else response.end(body);
      return;
    }
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    const shown = (request.socket as TLSSocket).getPeerCertificate().subject?.CN;
    asked.push({ method: request.method, headers: request.headers, form, ...(shown !== undefined && { shown: String(shown) }) });
    response.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
    response.end(reply.body);
  });
  server.on("tlsClientError", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const origin = `https://127.0.0.1:${port}`;
  return {
    url: `${origin}/oauth/token`,
    origin,
    asked,
    read,
    publish(pages) {
      published = pages;
    },
    turn(next) {
      reply = next;
    },
  };
}
