import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { RunningApi } from "../../../src/demo/servers.ts";
import { type ClientHello, encodeClientHello } from "../../../src/observe/wire/client-hello.ts";
import { decodeHandshake, encodeHandshake, HANDSHAKE_TYPE, type HandshakeMessage } from "../../../src/observe/wire/handshake.ts";
import { ByteReader } from "../../../src/observe/wire/reader.ts";
import { decodeRecord, encodeRecords, RECORD_TYPE, type TlsRecord } from "../../../src/observe/wire/record.ts";
import { type HeardHello, heard } from "../../observe/net/support/scripted-tls.ts";

/**
 * What stands between an API and its clients. Nothing given: nothing is changed. `hears`, `says` and `otherwise` are about hellos without
 * TLS 1.3 alone, which nobody of ours ends: whoever offers TLS 1.3 gets the server's own words.
 */
export interface FrontConditions {
  /** Undefined: the server is asked. */
  readonly instead?: (hello: HeardHello) => Uint8Array | undefined;
  /** The hello as the server gets it. */
  readonly hears?: (hello: ClientHello) => ClientHello;
  /** What a message of the server's first flight becomes. */
  readonly says?: (message: HandshakeMessage) => readonly HandshakeMessage[];
  /** Where the server refuses; undefined: so be it. */
  readonly otherwise?: (hello: HeardHello) => Uint8Array | undefined;
}

export interface Front {
  /** https://127.0.0.1:PORT */
  readonly url: string;
  readonly port: number;
  /** For the connections from now on. */
  turn(conditions: FrontConditions): void;
}

/** A TCP port before an API, gone when the test is. It hands on resets as resets. */
export async function startFront(
  api: Pick<RunningApi, "host" | "port">,
  at: { readonly address?: string; readonly port?: number } = {},
): Promise<Front> {
  const { address = "127.0.0.1", port: wanted = 0 } = at;
  let conditions: FrontConditions = {};
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    return socket;
  };
  const front = createServer((client) => serve(keep(client), () => keep(connect(api.port, api.host)), conditions));
  front.listen(wanted, address);
  await once(front, "listening");
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    front.close();
    await once(front, "close");
  });
  const { port } = front.address() as AddressInfo;
  return {
    url: `https://${address}:${port}`,
    port,
    turn: (turned) => {
      conditions = turned;
    },
  };
}

function serve(client: Socket, dial: () => Socket, conditions: FrontConditions): void {
  let received = Buffer.alloc(0);
  client.on("error", () => client.destroy());
  client.on("data", function onData(bytes: Buffer) {
    received = Buffer.concat([received, bytes]);
    const isTls = received[0] === RECORD_TYPE.handshake;
    const hello = isTls ? heard(received) : undefined;
    if (isTls && hello === undefined) return;
    client.off("data", onData);
    client.pause();
    const answer = hello === undefined ? undefined : conditions.instead?.(hello);
    if (answer !== undefined) reply(client, answer);
    else if (hello === undefined || hello.versions.includes(TLS13)) joined(client, dial(), received).pipe(client);
    else changed(client, joined(client, dial(), heardAs(hello, received, conditions)), hello, conditions);
  });
}

function reply(client: Socket, answer: Uint8Array): void {
  client.resume();
  client.write(answer);
}

/** What the client has said, and will say, goes to the server; they end together. */
function joined(client: Socket, server: Socket, first: Uint8Array): Socket {
  server.on("error", () => client.resetAndDestroy());
  client.once("close", () => server.destroy());
  server.write(first);
  client.pipe(server);
  return server;
}

function heardAs({ octets, ...hello }: HeardHello, received: Uint8Array, { hears }: FrontConditions): Uint8Array {
  if (hears === undefined) return received;
  const { version } = decodeRecord(new ByteReader(received.subarray(0, octets), "record"));
  const body = encodeClientHello(hears(hello));
  return encodeRecords({
    type: RECORD_TYPE.handshake,
    version,
    payload: encodeHandshake({ type: HANDSHAKE_TYPE.clientHello, body }),
  });
}

function changed(client: Socket, server: Socket, hello: HeardHello, { says, otherwise }: FrontConditions): void {
  let answered = Buffer.alloc(0);
  server.on("data", function onData(bytes: Buffer) {
    answered = Buffer.concat([answered, bytes]);
    const records = recordsIn(answered);
    const isRefusal = records[0]?.type === RECORD_TYPE.alert;
    const messages = isRefusal ? [] : messagesIn(records);
    if (!isRefusal && messages.at(-1)?.type !== HANDSHAKE_TYPE.serverHelloDone) return;
    server.off("data", onData);
    const flight = says === undefined ? answered : flightOf(messages.flatMap(says));
    client.write(isRefusal ? (otherwise?.(hello) ?? answered) : flight);
    if (isRefusal && otherwise !== undefined) server.unpipe();
    else server.pipe(client);
  });
  server.once("end", () => client.end());
}

/** The whole records so far. */
function recordsIn(bytes: Uint8Array): readonly TlsRecord[] {
  const records: TlsRecord[] = [];
  for (let rest = bytes; rest.length >= HEADER; ) {
    const length = HEADER + (((rest[3] ?? 0) << 8) | (rest[4] ?? 0));
    if (rest.length < length) break;
    records.push(decodeRecord(new ByteReader(rest.subarray(0, length), "record")));
    rest = rest.subarray(length);
  }
  return records;
}

/** The whole messages so far. */
function messagesIn(records: readonly TlsRecord[]): readonly HandshakeMessage[] {
  const bytes = Buffer.concat(records.map(({ payload }) => payload));
  const messages: HandshakeMessage[] = [];
  for (let at = 0; at + MESSAGE_HEADER <= bytes.length && at + MESSAGE_HEADER + bytes.readUIntBE(at + 1, 3) <= bytes.length; ) {
    messages.push(decodeHandshake(new ByteReader(bytes.subarray(at), "handshake")));
    at += MESSAGE_HEADER + bytes.readUIntBE(at + 1, 3);
  }
  return messages;
}

/** In records of TLS 1.2. */
export function flightOf(messages: readonly HandshakeMessage[]): Uint8Array {
  const payload = Buffer.concat(messages.map(encodeHandshake));
  return encodeRecords({ type: RECORD_TYPE.handshake, version: TLS12, payload });
}

const TLS12 = 0x0303;
const TLS13 = 0x0304;
const HEADER = 5;
const MESSAGE_HEADER = 4;
