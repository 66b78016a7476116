import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from "node:tls";
import { onTestFinished } from "vitest";
import { createAuthority } from "../../../../src/demo/certificates.ts";
import { DAY } from "../../../../src/model/instant.ts";
import type { NetScope, NetSession } from "../../../../src/model/net-port.ts";
import { type Target, targetOf } from "../../../../src/model/target.ts";
import { createNet, type NetOptions } from "../../../../src/observe/net/net.ts";

export const authority = createAuthority();
const { chainPem, keyPem } = authority.issue({
  dnsNames: ["localhost", "api.example.test"],
  ipAddresses: ["127.0.0.1", "::1"],
  notBefore: new Date(Date.now() - DAY),
  notAfter: new Date(Date.now() + 30 * DAY),
});

/** A raw TCP server on loopback; gone when the test is. Returns its port and what it saw. */
export async function tcpPeer(onConnection: (socket: Socket, count: number) => void): Promise<Peer> {
  let connections = 0;
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    onConnection(socket, ++connections);
  });
  return listening(server, () => connections);
}

/** A TLS server on loopback with a certificate that `authority` vouches for. `onSecure` gets each finished handshake. */
export async function tlsPeer(options: TlsOptions, onSecure: (socket: TLSSocket) => void): Promise<Peer> {
  let connections = 0;
  const server = createTlsServer({ cert: chainPem, key: keyPem, ...options }, (socket) => {
    socket.on("error", () => undefined);
    onSecure(socket);
  });
  server.on("tlsClientError", () => undefined);
  server.on("connection", () => connections++);
  return listening(server, () => connections);
}

/** Answers every request with the same bytes, then closes (or as `then` says). */
export async function answering(bytes: string | Uint8Array, then: (socket: Socket) => void = (socket) => socket.end()): Promise<Peer> {
  return tcpPeer((socket) => {
    whenAsked(socket, () => {
      socket.write(bytes);
      then(socket);
    });
  });
}

/** Calls back once with a whole request head. */
export function whenAsked(socket: Socket, callback: (head: string) => void): void {
  let head = "";
  const onData = (chunk: Buffer) => {
    head += chunk.toString("latin1");
    if (!head.includes("\r\n\r\n")) return;
    socket.off("data", onData);
    socket.resume();
    callback(head);
  };
  socket.on("data", onData);
}

export interface Peer {
  readonly port: number;
  connections(): number;
  readonly http: Target;
  readonly https: Target;
}

async function listening(server: Server, connections: () => number): Promise<Peer> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    if (server.listening) await once(server, "close");
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    connections,
    http: targetOf("peer", "test", `http://127.0.0.1:${port}`),
    https: targetOf("peer", "test", `https://127.0.0.1:${port}`),
  };
}

/** A network on loopback that trusts `authority`. What it opens is closed when the test is done. */
export function network(options: Partial<NetOptions> = {}): { open(scope?: Partial<NetScope>): NetSession } {
  const net = createNet({
    userAgent: "apirisk/test",
    extraCa: [authority.certificatePem],
    proxies: {},
    clock: { now: () => NOW, monotonic: () => 0 },
    globalConnections: 16,
    ...options,
  });
  return {
    open: (scope = {}) => {
      const opened = net.open({
        integration: "peer",
        allowPrivate: true,
        budget: { connections: 100, requests: 100 },
        lanes: 6,
        deadlineMs: 20_000,
        signal: new AbortController().signal,
        ...scope,
      });
      onTestFinished(() => opened.close());
      return opened;
    },
  };
}

/** The only session of a network. */
export function session(options: Partial<NetOptions> = {}, scope: Partial<NetScope> = {}): NetSession {
  return network(options).open(scope);
}

const NOW = Date.parse("2026-11-23T19:10:00Z");
export const GET = { method: "GET", path: "/v1/things", headers: {}, maxBodyBytes: 1_000_000 } as const;
