import type { Socket } from "node:net";
import { type ConnectionOptions, connect, type SecureContext, type TLSSocket, type TLSSocketOptions } from "node:tls";
import type { Target } from "../../model/target.ts";
import { inPhase } from "./deadline.ts";
import { untilReady } from "./socket.ts";

export interface HandshakeSettings {
  readonly secureContext: SecureContext;
  readonly alpn: readonly string[];
  readonly life: AbortSignal;
  readonly timeoutMs: number;
}

export interface Handshake {
  readonly socket: TLSSocket;
  /** A stapled OCSP response came (RFC 6066 section 8). */
  readonly stapled: boolean;
}

/** TLS by node over a connected socket. A certificate that is not trusted ends nothing here: `trustErrorOf` tells. */
export async function handshake(raw: Socket, target: Target, settings: HandshakeSettings): Promise<Handshake> {
  let stapled = false;
  const socket = await inPhase(settings.life, { phase: "tls", ms: settings.timeoutMs, late: "tls_timeout" }, (signal) => {
    const options: ConnectionOptions & Pick<TLSSocketOptions, "requestOCSP"> = {
      socket: raw,
      host: target.host,
      ...serverNameOption(target),
      secureContext: settings.secureContext,
      ALPNProtocols: [...settings.alpn],
      rejectUnauthorized: false,
      requestOCSP: true,
    };
    const tlsSocket = connect(options);
    tlsSocket.on("OCSPResponse", (response: Buffer | null) => {
      stapled = response !== null && response.length > 0;
    });
    return untilReady(tlsSocket, "secureConnect", signal);
  });
  return { socket, stapled };
}

/** SNI has no trailing dot and no address (RFC 6066 section 3). */
export function sniOf(target: Target): string | undefined {
  return target.serverName?.replace(/\.$/, "");
}

function serverNameOption(target: Target): { readonly servername?: string } {
  const name = sniOf(target);
  return name === undefined ? {} : { servername: name };
}
