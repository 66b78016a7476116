import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** Passes so many new connections a second on to a port of loopback, as many at once after a rest, and resets the others. */
export async function limiter(port: number, perSecond: number): Promise<{ readonly port: number; refused(): number }> {
  let tokens = perSecond;
  let last = performance.now();
  let refused = 0;
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    const now = performance.now();
    tokens = Math.min(perSecond, tokens + ((now - last) / 1000) * perSecond);
    last = now;
    socket.on("error", () => undefined);
    if (tokens < 1) {
      refused++;
      socket.resetAndDestroy();
      return;
    }
    tokens--;
    const behind = connect(port, "127.0.0.1");
    behind.on("error", () => socket.destroy());
    for (const end of [socket, behind]) open.add(end);
    socket.pipe(behind).pipe(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, refused: () => refused };
}
