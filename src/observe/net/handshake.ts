import type { Socket } from "node:net";
import { type ConnectionOptions, connect, type SecureContext, type TLSSocket } from "node:tls";
import type { Target } from "../../model/target.ts";
import { inPhase } from "./deadline.ts";
import { untilReady } from "./socket.ts";

export interface HandshakeSettings {
  readonly secureContext: SecureContext;
  readonly alpn: readonly string[];
  readonly life: AbortSignal;
  readonly timeoutMs: number;
  /** Asks for an OCSP response, and hands it over before the handshake is at its end; an empty one where there is none. */
  readonly onStaple?: (response: Buffer | null) => void;
}

/** TLS by node over a connected socket. A certificate that is not trusted ends nothing here: `trustErrorOf` tells. */
export async function handshake(raw: Socket, target: Target, settings: HandshakeSettings): Promise<TLSSocket> {
  return inPhase(settings.life, { phase: "tls", ms: settings.timeoutMs, late: "tls_timeout" }, (signal) => {
    const options: ConnectionOptions = {
      socket: raw,
      host: target.host,
      ...serverNameOption(target),
      secureContext: settings.secureContext,
      ALPNProtocols: [...settings.alpn],
      rejectUnauthorized: false,
      ...(settings.onStaple !== undefined && { requestOCSP: true }),
    };
    const socket = connect(options);
    if (settings.onStaple !== undefined) socket.on("OCSPResponse", settings.onStaple);
    return untilReady(socket, "secureConnect", signal);
  });
}

/** SNI has no trailing dot and no address (RFC 6066 section 3). */
export function sniOf(target: Target): string | undefined {
  return target.serverName?.replace(/\.$/, "");
}

function serverNameOption(target: Target): { readonly servername?: string } {
  const name = sniOf(target);
  return name === undefined ? {} : { servername: name };
}
