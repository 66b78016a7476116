import { createSocket } from "node:dgram";
import { once } from "node:events";
import { onTestFinished } from "vitest";

/** Instead of an answer. "cut" has the bit that says so (TC) and nobody who would say it all over TCP; "nonsense" is no message. */
type Misbehaviour = "servfail" | "refused" | "notimp" | "silent" | "cut" | "nonsense";

/** What stands at one name. Bytes are sent as they are, in the place of a name. */
interface DnsRecordsAt {
  readonly a?: readonly string[] | Misbehaviour;
  readonly aaaa?: readonly string[] | Misbehaviour;
  readonly cname?: string | Uint8Array | Misbehaviour;
  readonly ns?: readonly (string | Uint8Array)[] | Misbehaviour;
  readonly caa?: readonly CaaAt[] | Misbehaviour;
}

type CaaAt = readonly [flags: number, tag: string, value: string | Uint8Array];

/** By name, in lower case. A name that is not there, and has nothing below it, does not exist. */
export type DnsZone = Readonly<Record<string, DnsRecordsAt | Misbehaviour>>;

export interface DnsServer {
  /** With its port. */
  readonly address: string;
  /** "CAA api.acme.test", in the order of arrival. */
  readonly asked: readonly string[];
  turn(zone: DnsZone): void;
  /** What getaddrinfo would find by way of this server. */
  addressesOf(name: string): readonly string[];
}

/** A resolver on loopback, over UDP; ends with the test. */
export async function startDnsServer(first: DnsZone): Promise<DnsServer> {
  let zone = first;
  const asked: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (message, { port, address }) => {
    const question = readQuestion(message);
    asked.push(`${TYPE_NAMES[question.type] ?? question.type} ${question.name}`);
    const reply = replyTo(question, zone);
    if (reply !== undefined) socket.send(reply, port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  onTestFinished(async () => {
    socket.close();
    await once(socket, "close");
  });
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    turn: (next) => {
      zone = next;
    },
    addressesOf: (name) => addressesIn(zone, name, 0),
  };
}

interface Question {
  readonly id: number;
  readonly name: string;
  readonly type: number;
  /** As it came. */
  readonly section: Buffer;
}

function readQuestion(message: Buffer): Question {
  const labels: string[] = [];
  let at = HEADER;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  const end = at + 5;
  return {
    id: message.readUInt16BE(0),
    name: labels.join(".").toLowerCase(),
    type: message.readUInt16BE(at + 1),
    section: message.subarray(HEADER, end),
  };
}

function replyTo(question: Question, zone: DnsZone): Buffer | undefined {
  const { code, records, misbehaviour } = answerTo(question, zone);
  if (misbehaviour === "silent") return undefined;
  if (misbehaviour === "nonsense") return Buffer.from("this is no message of DNS");
  const header = Buffer.alloc(HEADER);
  header.writeUInt16BE(question.id, 0);
  // A response, recursion desired and available (RFC 1035 section 4.1.1).
  header.writeUInt16BE(0x8180 | (misbehaviour === "cut" ? 0x0200 : 0) | code, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, question.section, ...records]);
}

interface Answer {
  readonly code: number;
  readonly records: readonly Buffer[];
  readonly misbehaviour?: Misbehaviour;
}

/** As a resolver that follows aliases does. */
function answerTo(question: Question, zone: DnsZone): Answer {
  const records: Buffer[] = [];
  let { name } = question;
  for (let hops = 0; hops < 16; hops++) {
    const there = zone[name];
    if (there === undefined) return { code: isAbove(name, zone) ? NO_ERROR : NX_DOMAIN, records };
    if (typeof there === "string") return misbehaving(there);
    const found = recordsOf(question.type, there);
    if (typeof found === "string") return misbehaving(found);
    records.push(...found.map((data) => record(name, question.type, data)));
    if (question.type === TYPES.CNAME || there.cname === undefined) return { code: NO_ERROR, records };
    if (typeof there.cname !== "string" || isMisbehaviour(there.cname)) return { code: NO_ERROR, records };
    records.push(record(name, TYPES.CNAME, nameBytes(there.cname)));
    name = there.cname.toLowerCase();
  }
  return { code: SERV_FAIL, records: [] };
}

function misbehaving(misbehaviour: Misbehaviour): Answer {
  const code = { servfail: SERV_FAIL, refused: REFUSED, notimp: NOT_IMP, silent: 0, cut: 0, nonsense: 0 }[misbehaviour];
  return { code, records: [], misbehaviour };
}

function recordsOf(type: number, { a = [], aaaa = [], cname, ns = [], caa = [] }: DnsRecordsAt): readonly Buffer[] | Misbehaviour {
  if (type === TYPES.A) return typeof a === "string" ? a : a.map((address) => Buffer.from(address.split(".").map(Number)));
  if (type === TYPES.AAAA) return typeof aaaa === "string" ? aaaa : aaaa.map(addressBytes);
  if (type === TYPES.NS) return typeof ns === "string" ? ns : ns.map(nameBytes);
  if (type === TYPES.CAA) return typeof caa === "string" ? caa : caa.map(caaBytes);
  if (type !== TYPES.CNAME || cname === undefined) return [];
  return typeof cname === "string" && isMisbehaviour(cname) ? cname : [nameBytes(cname)];
}

function record(name: string, type: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(60, 4);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([nameBytes(name), fixed, data]);
}

function nameBytes(name: string | Uint8Array): Buffer {
  if (typeof name !== "string") return Buffer.from(name);
  const labels = name.split(".").map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, "latin1")]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

/** RFC 8659 section 4.1. */
function caaBytes([flags, tag, value]: CaaAt): Buffer {
  return Buffer.concat([Buffer.from([flags, tag.length]), Buffer.from(tag, "latin1"), Buffer.from(value)]);
}

function addressBytes(address: string): Buffer {
  const [head = "", tail = ""] = address.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));
  const gap = new Array<number>(8 - groups(head).length - groups(tail).length).fill(0);
  return Buffer.from([...groups(head), ...gap, ...groups(tail)].flatMap((group) => [group >> 8, group & 0xff]));
}

function addressesIn(zone: DnsZone, name: string, hops: number): readonly string[] {
  const there = zone[name];
  if (there === undefined || typeof there === "string" || hops > 8) return [];
  if (typeof there.cname === "string") return addressesIn(zone, there.cname, hops + 1);
  return [there.a ?? [], there.aaaa ?? []].flatMap((found) => (typeof found === "string" ? [] : found));
}

function isAbove(name: string, zone: DnsZone): boolean {
  return Object.keys(zone).some((other) => other.endsWith(`.${name}`));
}

function isMisbehaviour(word: string): word is Misbehaviour {
  return ["servfail", "refused", "notimp", "silent", "cut", "nonsense"].includes(word);
}

const HEADER = 12;
const NO_ERROR = 0;
const SERV_FAIL = 2;
const NX_DOMAIN = 3;
const NOT_IMP = 4;
const REFUSED = 5;
const TYPES = { A: 1, NS: 2, CNAME: 5, AAAA: 28, CAA: 257 } as const;
const TYPE_NAMES: Readonly<Record<number, string>> = Object.fromEntries(Object.entries(TYPES).map(([name, code]) => [code, name]));
