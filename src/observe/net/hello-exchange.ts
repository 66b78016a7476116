import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import type { HelloAnswer, HelloOffer } from "../../model/net-port.ts";
import type { Target } from "../../model/target.ts";
import { firstOffer } from "../wire/first-offer.ts";
import type { Flight } from "../wire/flight.ts";
import { FlightReader } from "../wire/flight-reader.ts";
import { helloRecords } from "../wire/hello-records.ts";
import { inPhase } from "./deadline.ts";
import { NetFailure } from "./failure.ts";
import { sniOf } from "./handshake.ts";
import { freshShares } from "./key-shares.ts";
import { whileAlive } from "./socket.ts";

/**
 * Sends one hello in one write and reads to the first answer. Throws a `NetFailure`: a reset, a stall, garbage, or a close in
 * the middle of an answer are no answers. SSL 2.0 has a hello of another format, which is not asked here.
 */
export async function exchangeHello(
  open: () => Promise<Socket>,
  target: Target,
  offer: HelloOffer,
  settings: { readonly life: AbortSignal; readonly timeoutMs: number },
): Promise<HelloAnswer> {
  const hello = helloFor(target, offer);
  const socket = await open();
  try {
    return await inPhase(settings.life, { phase: "tls", ms: settings.timeoutMs, late: "tls_timeout" }, (signal) =>
      whileAlive(socket, signal, () => answerTo(hello, socket)),
    );
  } finally {
    socket.destroy();
  }
}

/** The private halves of the shares are dropped: no key is agreed on here. */
function helloFor(target: Target, { version }: HelloOffer): Uint8Array {
  if (version === "SSL 2.0") throw new NetFailure({ reason: "client_capability", phase: "plan", retriable: false });
  const serverName = sniOf(target);
  const offer = firstOffer(version);
  return helloRecords(offer, {
    ...(serverName === undefined ? {} : { serverName }),
    random: randomBytes(32),
    sessionId: randomBytes(32),
    shares: new Map([...freshShares(offer.shares)].map(([group, share]) => [group, share.publicKey])),
  });
}

async function answerTo(hello: Uint8Array, socket: Socket): Promise<HelloAnswer> {
  const reader = new FlightReader({ until: "hello" });
  socket.write(hello);
  for await (const bytes of socket) {
    const flight = reader.push(bytes as Buffer);
    if (flight !== undefined) return firstAnswer(flight);
  }
  if (reader.untouched) return { type: "close" };
  throw new NetFailure({ reason: "connection_closed", phase: "tls", retriable: true });
}

function firstAnswer({ alert, hello, version, helloRetryRequest }: Flight): HelloAnswer {
  if (hello !== undefined && version !== undefined) {
    return { type: "server-hello", version, cipherSuite: hello.cipherSuite, helloRetryRequest: helloRetryRequest === true };
  }
  if (alert !== undefined) return { type: "alert", ...alert };
  throw new NetFailure({ reason: "tls_protocol_error", phase: "tls", retriable: false });
}
