import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { ssl2CipherKinds } from "../../catalog/cipher-suites.ts";
import type { OfferWant } from "../../model/net-port.ts";
import type { Target } from "../../model/target.ts";
import type { TlsAnswer, TlsOffer } from "../../model/tls-offer.ts";
import { answerOf } from "../wire/answer.ts";
import { FlightReader } from "../wire/flight-reader.ts";
import { helloRecords } from "../wire/hello-records.ts";
import { Ssl2Reader, ssl2Hello } from "../wire/ssl2.ts";
import { inPhase } from "./deadline.ts";
import { NetFailure } from "./failure.ts";
import { sniOf } from "./handshake.ts";
import { freshShares } from "./key-shares.ts";
import { whileAlive } from "./socket.ts";

export interface OfferSettings extends OfferWant {
  readonly life: AbortSignal;
  readonly timeoutMs: number;
}

/**
 * Sends one offer in one write, reads as much of the answer as was asked for, and hangs up. Once a hello was read it is the answer, whatever
 * happened after it. Throws a `NetFailure` for what is no word of the server: no connection, or the end of our own time; a RangeError for an
 * offer that no hello can make.
 */
export async function exchangeOffer(
  open: () => Promise<Socket>,
  target: Target,
  offer: TlsOffer,
  settings: OfferSettings,
): Promise<TlsAnswer> {
  const shares = freshShares(offer.shares);
  const name = settings.sni === false ? undefined : sniOf(target);
  const hello = helloRecords(offer, {
    ...settings,
    ...(name === undefined ? {} : { serverName: name }),
    random: randomBytes(32),
    sessionId: randomBytes(32),
    shares: new Map([...shares].map(([group, share]) => [group, share.publicKey])),
  });
  const reader = new FlightReader({ until: settings.until, keys: { hello, shares } });
  return exchange(open, hello, settings, {
    push: (bytes) => answerIf(reader.push(bytes)),
    soFar: () => (reader.flight.hello === undefined ? undefined : answerOf(reader.flight)),
    untouched: () => reader.untouched,
  });
}

/** The same with a hello of SSL 2.0, which has a format and ciphers of its own. */
export function exchangeSsl2(open: () => Promise<Socket>, settings: Pick<OfferSettings, "life" | "timeoutMs">): Promise<TlsAnswer> {
  const reader = new Ssl2Reader();
  const kinds = ssl2CipherKinds().map(({ code }) => code);
  return exchange(open, ssl2Hello(kinds, randomBytes(16)), settings, {
    push: (bytes) => reader.push(bytes),
    soFar: () => undefined,
    untouched: () => reader.untouched,
  });
}

interface Reading {
  push(bytes: Uint8Array): TlsAnswer | undefined;
  soFar(): TlsAnswer | undefined;
  untouched(): boolean;
}

async function exchange(
  open: () => Promise<Socket>,
  hello: Uint8Array,
  { life, timeoutMs }: Pick<OfferSettings, "life" | "timeoutMs">,
  reading: Reading,
): Promise<TlsAnswer> {
  const socket = await open();
  try {
    return await inPhase(life, { phase: "tls", ms: timeoutMs, late: "tls_timeout" }, (signal) =>
      whileAlive(socket, signal, () => answerTo(hello, socket, reading)),
    );
  } catch (error) {
    const ending = error instanceof NetFailure ? endingOf(error, reading) : undefined;
    if (ending === undefined) throw error;
    return reading.soFar() ?? ending;
  } finally {
    socket.destroy();
  }
}

async function answerTo(hello: Uint8Array, socket: Socket, reading: Reading): Promise<TlsAnswer> {
  socket.write(hello);
  for await (const bytes of socket) {
    const answer = reading.push(bytes as Buffer);
    if (answer !== undefined) return answer;
  }
  return reading.soFar() ?? { type: "close", midAnswer: !reading.untouched() };
}

function answerIf(flight: FlightReader["flight"] | undefined): TlsAnswer | undefined {
  return flight === undefined ? undefined : answerOf(flight);
}

/** What a failure says of the server; undefined where it says nothing. */
function endingOf({ failure }: NetFailure, reading: Reading): TlsAnswer | undefined {
  switch (failure.reason) {
    case "connection_reset":
      return { type: "reset" };
    case "connection_closed":
      return { type: "close", midAnswer: !reading.untouched() };
    case "tls_timeout":
      return { type: "timeout" };
    case "tls_protocol_error":
      return { type: "malformed", field: failure.code?.replace(/^wire /, "") ?? "answer" };
    default:
      return undefined;
  }
}
