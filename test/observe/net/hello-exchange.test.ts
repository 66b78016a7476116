import { once } from "node:events";
import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import type { HelloOffer } from "../../../src/model/net-port.ts";
import { decodeClientHello } from "../../../src/observe/wire/client-hello.ts";
import { decodeHandshake } from "../../../src/observe/wire/handshake.ts";
import { ByteReader } from "../../../src/observe/wire/reader.ts";
import { decodeRecord } from "../../../src/observe/wire/record.ts";
import { versionCode } from "../../../src/observe/wire/version.ts";
import { type Peer, session, tcpPeer, tlsPeer } from "./support/peers.ts";

const ask = (peer: Peer, version: HelloOffer["version"], timeoutMs = 5000) =>
  session({ timeouts: { hello: timeoutMs } }).exchangeHello(peer.https, "127.0.0.1", { version });
const onHello = (react: (socket: Socket, hello: Buffer) => void) =>
  tcpPeer((socket) => {
    socket.once("data", (hello: Buffer) => react(socket, hello));
  });
const FATAL_HANDSHAKE_FAILURE = Uint8Array.of(21, 3, 1, 0, 2, 2, 40);

describe("a raw hello", () => {
  it.each([
    ["TLS 1.0", 0xc00a],
    ["TLS 1.1", 0xc00a],
    ["TLS 1.2", 0xc02c],
    ["TLS 1.3", 0x1302],
  ] as const)("is answered in %s by a server that speaks everything", async (version, cipherSuite) => {
    const peer = await tlsPeer({ minVersion: "TLSv1", ciphers: "DEFAULT:@SECLEVEL=0" }, () => undefined);
    expect(await ask(peer, version)).toMatchObject({ ok: true, value: { type: "server-hello", version, cipherSuite } });
  });

  it("counts a retry request as an answer", async () => {
    const peer = await tlsPeer({ ecdhCurve: "P-384" }, () => undefined);
    expect(await ask(peer, "TLS 1.3")).toMatchObject({ value: { type: "server-hello", version: "TLS 1.3", helloRetryRequest: true } });
  });

  it.each(["SSL 3.0", "TLS 1.0", "TLS 1.1"] as const)("of %s is refused with an alert by a modern server", async (version) => {
    const peer = await tlsPeer({ minVersion: "TLSv1.2" }, () => undefined);
    expect(await ask(peer, version)).toMatchObject({ ok: true, value: { type: "alert", level: 2 } });
  });

  it("of TLS 1.3 is refused with protocol_version by a server that stops at 1.2", async () => {
    const peer = await tlsPeer({ maxVersion: "TLSv1.2" }, () => undefined);
    expect(await ask(peer, "TLS 1.3")).toEqual({ ok: true, value: { type: "alert", level: 2, description: 70 } });
  });

  it("arrives in one piece, with fresh random octets", async () => {
    const hellos: Buffer[] = [];
    const peer = await onHello((socket, hello) => {
      hellos.push(hello);
      socket.end();
    });
    for (const version of ["TLS 1.3", "TLS 1.3"] as const) await ask(peer, version);
    const decoded = hellos.map((hello) => {
      const record = decodeRecord(new ByteReader(hello, "record"));
      return decodeClientHello(decodeHandshake(new ByteReader(record.payload, "handshake")).body);
    });
    expect(decoded.map(({ version }) => version)).toEqual([versionCode("TLS 1.2"), versionCode("TLS 1.2")]);
    expect(decoded[0]?.random).not.toEqual(decoded[1]?.random);
    expect(decoded[0]?.sessionId).not.toEqual(decoded[1]?.sessionId);
  });

  it("may be answered octet by octet", async () => {
    const peer = await onHello((socket) => {
      const octets = [...FATAL_HANDSHAKE_FAILURE];
      const next = () => {
        const octet = octets.shift();
        if (octet !== undefined) socket.write(Uint8Array.of(octet), () => setImmediate(next));
      };
      next();
    });
    expect(await ask(peer, "TLS 1.2")).toEqual({ ok: true, value: { type: "alert", level: 2, description: 40 } });
  });

  it("is answered by an orderly close without an octet", async () => {
    const peer = await onHello((socket) => socket.end());
    expect(await ask(peer, "TLS 1.0")).toEqual({ ok: true, value: { type: "close" } });
  });

  it.each([
    ["a reset", (socket: Socket) => socket.resetAndDestroy(), { reason: "connection_reset", retriable: true }],
    ["a close in the middle", (socket: Socket) => socket.end(Uint8Array.of(22, 3, 1)), { reason: "connection_closed", retriable: true }],
    ["a web page", (socket: Socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"), { reason: "tls_protocol_error", retriable: false }],
  ])("has no answer in %s", async (_name, react, failure) => {
    const peer = await onHello((socket) => react(socket));
    expect(await ask(peer, "TLS 1.2")).toMatchObject({ ok: false, error: { phase: "tls", ...failure } });
  });

  it("has no answer in a stall, and a drip does not buy time", async () => {
    const silent = await onHello(() => undefined);
    expect(await ask(silent, "TLS 1.2", 60)).toMatchObject({ ok: false, error: { reason: "tls_timeout", phase: "tls", retriable: true } });
    const dripping = await onHello((socket) => {
      socket.write(Uint8Array.of(22, 3, 1, 0x40, 0));
      const drip = setInterval(() => socket.write(Uint8Array.of(2)), 5);
      socket.on("close", () => clearInterval(drip));
    });
    expect(await ask(dripping, "TLS 1.2", 60)).toMatchObject({ ok: false, error: { reason: "tls_timeout" } });
  });

  it("closes its connection as soon as it is answered", async () => {
    const sockets: Socket[] = [];
    const peer = await onHello((socket) => {
      sockets.push(socket);
      socket.write(FATAL_HANDSHAKE_FAILURE);
    });
    await ask(peer, "TLS 1.2");
    const [socket] = sockets;
    if (socket?.closed === false) await once(socket, "close");
    expect(sockets.map(({ closed }) => closed)).toEqual([true]);
  });

  it("of SSL 2.0 is not sent", async () => {
    const peer = await onHello(() => undefined);
    expect(await ask(peer, "SSL 2.0")).toEqual({ ok: false, error: { reason: "client_capability", phase: "plan", retriable: false } });
    expect(peer.connections()).toBe(0);
  });
});
