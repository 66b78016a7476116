import type { Socket } from "node:net";
import { type ConnectionOptions, connect, type SecureContext, type TLSSocket } from "node:tls";
import type { Target } from "../../model/target.ts";
import { inPhase } from "./deadline.ts";
import { untilReady } from "./socket.ts";
import { trustErrorOf, untrusted } from "./trust.ts";

export interface HandshakeSettings {
  readonly secureContext: SecureContext;
  readonly alpn: readonly string[];
  readonly life: AbortSignal;
  readonly timeoutMs: number;
  /** Breaks off where node does not trust the server, before a client's certificate leaves in TLS 1.3. */
  readonly rejectUnauthorized?: boolean;
  /** Asks for an OCSP response, and hands it over before the handshake is at its end; an empty one where there is none. */
  readonly onStaple?: (response: Buffer | null) => void;
}

/** TLS by node over a connected socket. A certificate that is not trusted ends nothing unless that is wanted: `trustErrorOf` tells. */
export async function handshake(raw: Socket, target: Target, settings: HandshakeSettings): Promise<TLSSocket> {
  return inPhase(settings.life, { phase: "tls", ms: settings.timeoutMs, late: "tls_timeout" }, async (signal) => {
    const options: ConnectionOptions = {
      socket: raw,
      host: target.host,
      ...serverNameOption(target),
      secureContext: settings.secureContext,
      ALPNProtocols: [...settings.alpn],
      rejectUnauthorized: settings.rejectUnauthorized === true,
      ...(settings.onStaple !== undefined && { requestOCSP: true }),
    };
    const socket = connect(options);
    if (settings.onStaple !== undefined) socket.on("OCSPResponse", settings.onStaple);
    try {
      return await untilReady(socket, "secureConnect", signal);
    } catch (error) {
      throw wasJudged(socket) ? untrusted(trustErrorOf(socket) ?? "CERT_UNTRUSTED") : error;
    }
  });
}

/** Set once the handshake is over, where the certificate is not trusted. Typed as an Error that is always there. */
function wasJudged({ authorizationError }: Pick<TLSSocket, "authorizationError">): boolean {
  return (authorizationError as unknown) !== null && (authorizationError as unknown) !== undefined;
}

/** SNI has no trailing dot and no address (RFC 6066 section 3). */
export function sniOf(target: Target): string | undefined {
  return target.serverName?.replace(/\.$/, "");
}

function serverNameOption(target: Target): { readonly servername?: string } {
  const name = sniOf(target);
  return name === undefined ? {} : { servername: name };
}
