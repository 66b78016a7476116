import type { Socket } from "node:net";
import type { TlsOptions } from "node:tls";
import { answering, tcpPeer, tlsPeer, whenAsked } from "../../observe/net/support/peers.ts";
import { cleanEntry, type InventoryEntry } from "./lab.ts";

/** What a host does to whoever asks it for anything. */
export interface HostileAnswer {
  /** A word for the inventory, too. */
  readonly id: string;
  /** Every byte of it; the connection ends after them unless `next` says what goes on. */
  readonly bytes: string | Uint8Array;
  readonly next?: (socket: Socket) => void;
  readonly tls?: TlsOptions;
  /** Nobody speaks TLS at the port: whatever comes first is answered. */
  readonly plain?: true;
  /** Asked with a fifth of a second for each phase of an answer: this one would go on for ever. */
  readonly lasts?: true;
  /** Of its entry in the inventory. */
  readonly declared?: Readonly<Record<string, unknown>>;
  /** Instead of https://127.0.0.1 in its URL. */
  readonly origin?: string;
  /** "200 classified", "200 truncated body_truncated", or the reason why there is no answer. */
  readonly seen: string;
  /** Requests that may reach it; what was counted unless given. */
  readonly most?: number;
  /** "header/malformed-head malformed": what is said against the endpoint; nothing unless given. */
  readonly findings?: readonly string[];
}

export interface HostileHost {
  readonly entry: InventoryEntry;
  /** Request heads, as they arrived. */
  readonly heads: readonly string[];
  /** That the host could hand over to the system, over all connections. */
  written(): number;
}

/** A server on loopback that says the same to everybody; gone when the test is. */
export async function hostileHost(answer: HostileAnswer): Promise<HostileHost> {
  const { id, bytes, next = (socket: Socket) => socket.end(), tls = {}, plain, declared = {}, origin } = answer;
  const heads: string[] = [];
  const sockets: Socket[] = [];
  const serve = (socket: Socket) => {
    sockets.push(socket);
    const say = () => {
      socket.write(bytes);
      next(socket);
    };
    if (plain === true) socket.once("data", say);
    else
      whenAsked(socket, (head) => {
        heads.push(head);
        say();
      });
  };
  const peer = plain === undefined ? await tlsPeer(tls, serve) : await tcpPeer(serve);
  return {
    entry: cleanEntry({ url: `${origin ?? "https://127.0.0.1"}:${peer.port}` }, { id, ...declared }),
    heads,
    written: () => sockets.reduce((sum, socket) => sum + socket.bytesWritten, 0),
  };
}

/** Where nobody must come: whoever follows a redirect is seen here. */
export const lure = () => answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");

/** A whole answer around its content. */
export function answer(content: Uint8Array | string, fields: readonly string[] = [], status = "200 OK"): Uint8Array {
  const bytes = Buffer.from(content);
  const head = [`HTTP/1.1 ${status}`, "Content-Type: application/json", `Content-Length: ${bytes.length}`, ...fields, "", ""];
  return Buffer.concat([Buffer.from(head.join("\r\n"), "latin1"), bytes]);
}

/** As fast as they are taken, for ever. */
export function pouring(block: string | Uint8Array): (socket: Socket) => void {
  return (socket) => {
    const pour = () => {
      while (!socket.destroyed && socket.write(block));
    };
    socket.on("drain", pour);
    pour();
  };
}

/** A little, and again, for ever. */
export function dripping(text: string): (socket: Socket) => void {
  return (socket) => {
    const drip = setInterval(() => socket.write(text), 5);
    socket.on("close", () => clearInterval(drip));
  };
}
