import { connect, type Socket } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstOffer } from "./support/first-offer.ts";
import { answering, GET, type Peer, session, tcpPeer, tlsPeer, whenAsked } from "./support/peers.ts";

const UNTIL_HELLO = { until: "hello" } as const;

type Cut = (socket: Socket) => void;
const CUTS: readonly (readonly [name: string, cut: Cut])[] = [
  ["reset", (socket) => socket.resetAndDestroy()],
  ["closed", (socket) => socket.end()],
];

/** Passes on what `destination` says, and cuts the client off after `bytes` of it. */
async function cutting(destination: Peer, bytes: number, cut: Cut, open: Set<Socket>): Promise<Peer> {
  return tcpPeer((socket) => {
    open.add(socket);
    let left = bytes;
    const onward = connect(destination.port, "127.0.0.1");
    socket.on("close", () => onward.destroy());
    onward.on("error", () => socket.destroy());
    onward.on("data", (chunk: Buffer) => {
      if (socket.destroyed) return;
      if (left > 0) socket.write(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) cut(socket);
    });
    socket.pipe(onward, { end: false });
    if (bytes === 0) cut(socket);
  });
}

describe.each(CUTS)("a connection that is %s at any byte", (_name, cut) => {
  it("gives a result each time, and leaves nothing open", async () => {
    const response = `HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n${"x".repeat(2000)}`;
    const api = await tlsPeer({}, (socket) => whenAsked(socket, () => socket.end(response)));
    const open = new Set<Socket>();
    const net = session({ timeouts: { tls: 2000, hello: 2000, headers: 2000, body: 2000 } }, { lanes: 4 });
    for (const bytes of [0, 1, 4, 5, 6, 60, 120, 127, 128, 200, 700, 1000, 1100, 1200, 1300, 1500, 2000, 3000]) {
      const { https } = await cutting(api, bytes, cut, open);
      const [request, tls, hello] = await Promise.all([
        net.request(https, "127.0.0.1", GET),
        net.tlsSession(https, "127.0.0.1"),
        net.exchangeOffer(https, "127.0.0.1", firstOffer("TLS 1.3"), UNTIL_HELLO),
      ]);
      if (request.ok) expect(request.value.bodyProblem).toMatchObject({ reason: "body_truncated" });
      for (const result of [request, tls, hello]) {
        if (!result.ok) expect(["connection_reset", "connection_closed"]).toContain(result.error.reason);
      }
      if (hello.ok && hello.value.type === "close") expect(hello.value.midAnswer).toBe(bytes > 0);
    }
    await expect.poll(() => [...open].every((socket) => socket.closed)).toBe(true);
  });
});

describe("any bytes at all", () => {
  it("in answer to a request give a result, never an exception", async () => {
    const start = fc.constantFrom(
      "",
      "HTTP/1.1 200 OK\r\n",
      "HTTP/1.1 200 OK\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    );
    const encoded = fc.constantFrom("", "Content-Encoding: gzip\r\n\r\n", "Content-Encoding: br\r\n\r\n");
    const noise = fc.uint8Array({ maxLength: 200 });
    for (const [head, coding, bytes] of fc.sample(fc.tuple(start, encoded, noise), { numRuns: 60, seed: 20261123 })) {
      const peer = await answering(Buffer.concat([Buffer.from(head + coding), bytes]));
      const result = await session().request(peer.http, "127.0.0.1", GET);
      if (!result.ok)
        expect(["http_protocol_error", "connection_closed", "connection_reset", "http_header_overflow"]).toContain(result.error.reason);
    }
  });
});
