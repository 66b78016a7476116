import { once } from "node:events";
import type { Socket } from "node:net";

/** Waits until a new socket says `event`. Ends it when `signal` is aborted; throws what it died of. */
export async function untilReady<S extends Socket>(socket: S, event: "connect" | "secureConnect", signal: AbortSignal): Promise<S> {
  return whileAlive(socket, signal, async () => {
    await once(socket, event);
    return socket;
  });
}

/** Runs `work` on a socket that dies with `signal`, and ends it when `work` fails. */
export async function whileAlive<T>(socket: Socket, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const end = () => socket.destroy(signal.reason instanceof Error ? signal.reason : undefined);
  // An error that nobody waits for must not end the process; whoever comes next sees `errored`.
  socket.on("error", ignore);
  if (socket.errored !== null) throw socket.errored;
  signal.addEventListener("abort", end, { once: true });
  try {
    return await work();
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    signal.removeEventListener("abort", end);
  }
}

function ignore(): void {}
