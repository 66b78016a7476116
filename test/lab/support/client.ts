import { once } from "node:events";
import { type IncomingHttpHeaders, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { connect as connectTcp } from "node:net";
import { connect, type SecureVersion, type TLSSocket } from "node:tls";

/** A client that is not apirisk's: what the lab itself uses to check its servers. */

export interface PlainAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** node's verdict on the certificate. */
  readonly trusted: boolean;
}

/** One GET on a connection of its own. Rejects with node's error when there is no answer. */
export function get(url: string, options: { readonly headers?: Record<string, string>; readonly ca?: string } = {}): Promise<PlainAnswer> {
  const request = url.startsWith("https:") ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { agent: false, rejectUnauthorized: false, ...(options.ca === undefined ? {} : { ca: options.ca }), headers: options.headers ?? {} },
      (incoming) => {
        const parts: Buffer[] = [];
        const trusted = (incoming.socket as Partial<TLSSocket>).authorized === true;
        incoming.on("data", (part: Buffer) => parts.push(part));
        incoming.on("error", reject);
        incoming.on("end", () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(parts).toString("utf8"), trusted }),
        );
      },
    );
    outgoing.on("error", reject);
    outgoing.end();
  });
}

/** The protocol that a client of these versions gets, or the code of the error that ends the handshake. */
export async function handshake(
  port: number,
  versions: { readonly min: SecureVersion; readonly max: SecureVersion },
  host = "127.0.0.1",
): Promise<string> {
  const socket = connect({
    port,
    host,
    rejectUnauthorized: false,
    minVersion: versions.min,
    maxVersion: versions.max,
    ciphers: "DEFAULT@SECLEVEL=0",
  });
  try {
    await once(socket, "secureConnect");
    return socket.getProtocol() ?? "none";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    socket.destroy();
  }
}

/** What node's verifier says of the certificate on `port` ("trusted" or its code), and when that certificate ends. */
export async function verdictOf(port: number, ca: string, host = "127.0.0.1"): Promise<{ verdict: string; notAfter: Date }> {
  const socket = connect({ port, host, ca, rejectUnauthorized: false });
  await once(socket, "secureConnect");
  // The types say Error; node gives its code as text.
  const problem = socket.authorizationError as unknown as string | NodeJS.ErrnoException | null;
  const verdict = socket.authorized ? "trusted" : typeof problem === "string" ? problem : (problem?.code ?? "untrusted");
  const notAfter = new Date(socket.getPeerCertificate().valid_to);
  socket.destroy();
  return { verdict, notAfter };
}

/** Sends `bytes` on a TCP connection and returns all that comes back: bytes, then how it ended. */
export async function exchange(port: number, bytes: Uint8Array, host = "127.0.0.1"): Promise<{ received: Buffer; end: string }> {
  const socket = connectTcp({ port, host });
  const parts: Buffer[] = [];
  socket.on("data", (part: Buffer) => parts.push(part));
  const end = new Promise<string>((resolve) => {
    socket.once("end", () => resolve("FIN"));
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
  socket.write(bytes);
  const how = await end;
  socket.destroy();
  return { received: Buffer.concat(parts), end: how };
}
