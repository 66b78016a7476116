import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type Authority, createAuthority } from "../../../src/demo/certificates.ts";
import { DAY } from "../../../src/model/instant.ts";

export interface RdapReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A registry on loopback. Everybody asks it: `registryOf` of an audit's ports. */
export interface RdapServer {
  readonly asked: { readonly url: string; readonly headers: IncomingHttpHeaders }[];
  readonly registryOf: (domain: string) => URL;
  /** Replies so from now on. An object is what it says, as JSON. */
  turn(reply: (domain: string) => RdapReply | object): void;
}

/** `authority` issues its certificate; one that nobody trusts unless given. Ends with the test. */
export async function startRdapServer(authority: Authority = createAuthority()): Promise<RdapServer> {
  const validity = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) };
  const { chainPem: cert, keyPem: key } = authority.issue({ ipAddresses: ["127.0.0.1"], ...validity });
  const asked: RdapServer["asked"] = [];
  let reply: (domain: string) => RdapReply | object = () => ({ status: 404 });
  const server = createServer({ cert, key }, (request, response) => {
    const { url = "", headers } = request;
    asked.push({ url, headers });
    const answer = reply(url.slice(url.lastIndexOf("/") + 1));
    const { status = 200, headers: fields = {}, body = "" } = isReply(answer) ? answer : { body: JSON.stringify(answer) };
    response.writeHead(status, { "content-type": "application/rdap+json", ...fields });
    response.end(body);
  });
  server.on("tlsClientError", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    registryOf: () => new URL(`https://127.0.0.1:${port}/rdap/`),
    turn(next) {
      reply = next;
    },
  };
}

function isReply(answer: RdapReply | object): answer is RdapReply {
  return !("objectClassName" in answer);
}
