import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import type { HelloAnswer, HelloOffer } from "../../model/net-port.ts";
import type { Target } from "../../model/target.ts";
import { AnswerReader } from "../wire/answer-reader.ts";
import { firstHelloRecord } from "../wire/first-hello.ts";
import { inPhase } from "./deadline.ts";
import { NetFailure } from "./failure.ts";
import { sniOf } from "./handshake.ts";
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

function helloFor(target: Target, { version }: HelloOffer): Uint8Array {
  if (version === "SSL 2.0") throw new NetFailure({ reason: "client_capability", phase: "plan", retriable: false });
  const serverName = sniOf(target);
  return firstHelloRecord({
    version,
    ...(serverName === undefined ? {} : { serverName }),
    random: randomBytes(32),
    sessionId: randomBytes(32),
    x25519: freshX25519(),
  });
}

async function answerTo(hello: Uint8Array, socket: Socket): Promise<HelloAnswer> {
  const reader = new AnswerReader();
  socket.write(hello);
  for await (const bytes of socket) {
    const answer = reader.push(bytes as Buffer);
    if (answer !== undefined) return answer;
  }
  if (reader.untouched) return { type: "close" };
  throw new NetFailure({ reason: "connection_closed", phase: "tls", retriable: true });
}

/** The raw key is the end of its SubjectPublicKeyInfo (RFC 8410 section 4). The private half is dropped: no key is ever agreed on. */
function freshX25519(): Uint8Array {
  return generateKeyPairSync("x25519").publicKey.export({ type: "spki", format: "der" }).subarray(-32);
}
