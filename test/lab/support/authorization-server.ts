import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import type { Authority } from "../../../src/demo/certificates.ts";
import { DAY } from "../../../src/model/instant.ts";

export interface TokenReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The token endpoint of an authorisation server on loopback. */
export interface AuthorizationServer {
  readonly url: string;
  readonly asked: {
    readonly method: string | undefined;
    readonly headers: IncomingHttpHeaders;
    readonly form: Readonly<Record<string, string>>;
  }[];
  /** Replies so from now on. */
  turn(reply: TokenReply): void;
}

export const ISSUED_TOKEN = "lab-access-token-5f0c2b7e91d84a36";
export const REFRESH_TOKEN = "lab-refresh-token-77aa1c4f0b2d9e83";

/** What it says to a client that it knows. */
export function issuing(changes: Readonly<Record<string, unknown>> = {}): TokenReply {
  const said = { access_token: ISSUED_TOKEN, token_type: "Bearer", expires_in: 3600, refresh_token: REFRESH_TOKEN, ...changes };
  return { headers: { "cache-control": "no-store" }, body: JSON.stringify(said) };
}

/** `authority` issues its certificate. Ends with the test. */
export async function startAuthorizationServer(authority: Authority): Promise<AuthorizationServer> {
  const validity = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + 90 * DAY) };
  const { chainPem: cert, keyPem: key } = authority.issue({ ipAddresses: ["127.0.0.1"], ...validity });
  const asked: AuthorizationServer["asked"] = [];
  let reply = issuing();
  const server = createServer({ cert, key }, async (request, response) => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    asked.push({ method: request.method, headers: request.headers, form });
    response.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
    response.end(reply.body);
  });
  server.on("tlsClientError", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}/oauth/token`,
    asked,
    turn(next) {
      reply = next;
    },
  };
}
