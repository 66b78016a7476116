import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import { answer, dripping, type HostileAnswer, pouring } from "./hostile-host.ts";

/** One of section 8 of the facts about HTTP, as servers play it. `port`: of the lure. */
export interface HostileRow {
  readonly row: number;
  readonly trap: string;
  readonly answers: (port: number) => readonly HostileAnswer[];
}

/** In values, reasons, bodies and targets: seen in nothing that is kept or printed. */
export const CANARY = "canary-4uR9xKq";
const TERMINAL = `\x1b[31m${CANARY}`;
const NOTHING = '{"data":[],"has_more":false}';

const started = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
const fields = (...lines: string[]) => answer(NOTHING, lines);
const brotli = (bytes: Uint8Array) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
const bomb = (coding: string, compress: (bytes: Uint8Array) => Uint8Array): HostileAnswer => ({
  id: coding,
  bytes: answer(compress(Buffer.alloc(32 * 1024 * 1024, "a")), [`Content-Encoding: ${coding}`]),
  seen: "200 truncated body_truncated",
});
const refused = (id: string, bytes: string | Uint8Array, seen = "http_protocol_error"): HostileAnswer => ({ id, bytes, seen });
const headed = (id: string, line: string): HostileAnswer => refused(id, `HTTP/1.1 200 OK\r\n${line}\r\nContent-Length: 0\r\n\r\n`);
const bodied = (id: string, content: string | Uint8Array, seen = "200 classified", more: Partial<HostileAnswer> = {}): HostileAnswer => ({
  id,
  bytes: answer(content),
  seen,
  ...more,
});
const leading = (id: string, location: string, findings: readonly string[]): HostileAnswer => ({
  id,
  // A name: that something is inside is news where the API is not.
  origin: "https://api.example.test",
  declared: { network: "public" },
  bytes: answer("", [`Location: ${location}`], "307 Temporary Redirect"),
  seen: "307 empty unexpected_status",
  findings,
});

const INSIDE = ["auth/redirect-off-origin leaks-custom-header", "header/redirect-inside inside"];
const INSIDE_PLAIN = ["auth/redirect-off-origin to-http", "header/redirect-inside inside"];
const LOOPS = ["header/redirect-dead-end loops"];
const NOWHERE = ["header/redirect-dead-end nowhere"];
/** Each is this machine to a URL parser (WHATWG URL section 3.5), or the port beside ours on it. */
const INSIDE_TARGETS = [
  ...["https://127.1:$", "https://0x7f.1:$", "https://2130706433:$", "https://[::ffff:127.0.0.1]:$", "https://[::1]:$"],
  ...["//127.0.0.1:$", "\\\\127.0.0.1:$", "https://user:pw@127.0.0.1:$", "https://localhost:$", "https://0177.0.0.1:$"],
  ...["https://localhost.:$", "https://[::127.0.0.1]:$", "https://[64:ff9b::127.0.0.1]:$", "https://[2002:7f00:1::]:$"],
];
/** Where clouds hand out credentials. */
const PLAIN_TARGETS = ["http://169.254.169.254/", "http://metadata.google.internal/", "http://[fd00:ec2::254]/", "http://100.100.100.200/"];
/** What no client of HTTP can go to. */
const NO_TARGETS = ["file:///etc/", "data:text/html,", "javascript:alert(1)//", "ftp://127.0.0.1/", "https://[", "https://a b/"];

export const HOSTILE_ROWS: readonly HostileRow[] = [
  {
    row: 1,
    trap: "a bomb in each coding that we say we read",
    answers: () => [bomb("gzip", gzipSync), bomb("br", brotli), bomb("deflate", deflateSync)],
  },
  {
    row: 2,
    trap: "codings on top of each other",
    answers: () =>
      ["gzip, gzip", "gzip, br, deflate, gzip, br, gzip"].map((codings, index) => ({
        id: `stacked-${index}`,
        bytes: answer(gzipSync(gzipSync(CANARY)), [`Content-Encoding: ${codings}`]),
        seen: "200 undecodable body_undecodable",
        findings: ["header/malformed-head unusual"],
      })),
  },
  {
    row: 3,
    trap: "codings that nobody offered, that node 20 has not, and that are none",
    answers: () => [
      ...["zstd", "foo", "gzip", "br", "deflate"].map((coding) => ({
        id: coding,
        // A zstd frame of one raw block.
        bytes: answer(Buffer.concat([Buffer.from("28b52ffd2002110000", "hex"), Buffer.from(CANARY)]), [`Content-Encoding: ${coding}`]),
        seen: "200 undecodable body_undecodable",
      })),
    ],
  },
  {
    row: 4,
    trap: "bodies without an end, and drop by drop",
    answers: () => [
      { id: "endless", bytes: `${started}\r\n{"a":"`, next: pouring(Buffer.alloc(64 * 1024, "x")), seen: "200 truncated body_truncated" },
      {
        id: "chunks",
        bytes: `${started}Transfer-Encoding: chunked\r\n\r\n`,
        next: pouring(`1000\r\n${"x".repeat(4096)}\r\n`),
        seen: "200 truncated body_truncated",
      },
      { id: "dripped", bytes: `${started}\r\n{"a":"${CANARY}`, next: dripping("x"), lasts: true, seen: "200 truncated http_timeout" },
    ],
  },
  {
    row: 5,
    trap: "headers drop by drop, and never",
    answers: () => [
      { id: "dripped", bytes: "HTTP/1.1 200 OK\r\n", next: dripping("x: y\r\n"), lasts: true, seen: "http_timeout" },
      { id: "silent", bytes: "", next: () => undefined, lasts: true, seen: "http_timeout" },
    ],
  },
  {
    row: 6,
    trap: "more than 16 KB of headers, and headers without an end",
    answers: () => [
      refused("long", fields(`X: ${CANARY.repeat(1400)}`), "http_header_overflow"),
      { id: "endless", bytes: "HTTP/1.1 200 OK\r\n", next: pouring("x: y\r\n".repeat(1000)), seen: "http_header_overflow" },
    ],
  },
  {
    row: 7,
    trap: "a field behind fifteen hundred others",
    answers: () => [
      {
        id: "fillers",
        bytes: fields(...Array.from({ length: 1500 }, (_, at) => `a:${at % 10}`), "Server: nginx/1.18.0"),
        seen: "200 classified",
        findings: ["header/end-of-life-software ended", "header/malformed-head malformed", "header/version-disclosure disclosed"],
      },
    ],
  },
  {
    row: 8,
    trap: "a reason phrase of 20 KB",
    answers: () => [refused("reason", answer(NOTHING, [], `200 ${CANARY.repeat(1500)}`), "http_header_overflow")],
  },
  { row: 9, trap: "an escape in a value", answers: () => [headed("escape", `X: ${TERMINAL}`)] },
  {
    row: 10,
    trap: "an escape in the reason phrase",
    answers: () => [
      {
        id: "reason",
        bytes: answer(NOTHING, [], `200 ${TERMINAL}`),
        seen: "200 classified",
        findings: ["header/malformed-head malformed"],
      },
    ],
  },
  {
    row: 11,
    trap: "C1 controls, and octets that are no UTF-8, in values",
    answers: () => [
      {
        id: "c1",
        bytes: fields("Server: \x9b31mx", `X-Note: \x9b2J${CANARY}`),
        seen: "200 classified",
        findings: ["header/malformed-head unusual"],
      },
    ],
  },
  {
    row: 12,
    trap: "lines that are no fields",
    answers: () => [
      headed("nul", `X: a\0${CANARY}`),
      headed("del", `X: a\x7f${CANARY}`),
      headed("folded", `X: a\r\n ${CANARY}`),
      headed("spaced", `X : ${CANARY}`),
      headed("nameless", `: ${CANARY}`),
      refused("bare-lf", `HTTP/1.1 200 OK\nX: ${CANARY}\n\n`),
    ],
  },
  {
    row: 13,
    trap: "fields that may come once, twice",
    answers: () =>
      [
        ["server", "Server: one", "Server: two"],
        ["type", "Content-Type: text/html"],
        ["retry", "Retry-After: 1", "Retry-After: 2"],
        ["location", `Location: https://${CANARY}.example/`, "Location: /"],
      ].map(([id = "", ...lines]) => ({
        id,
        bytes: fields(...lines),
        seen: "200 classified",
        findings: ["header/conflicting-fields conflicting"],
      })),
  },
  {
    row: 14,
    trap: "two policies of strict transport",
    answers: () => [
      {
        id: "two",
        bytes: fields("Strict-Transport-Security: max-age=0", "Strict-Transport-Security: max-age=31536000"),
        seen: "200 classified",
        findings: ["header/conflicting-fields conflicting"],
      },
    ],
  },
  {
    row: 15,
    trap: "two lengths, and a length beside chunks",
    answers: () => [
      refused("two", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
      refused("same", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab"),
      refused("both", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ],
  },
  {
    row: 16,
    trap: "bodies that break off",
    answers: () => [
      {
        id: "chunk",
        bytes: `${started}Transfer-Encoding: chunked\r\n\r\n2\r\n{"\r\nzz\r\n${CANARY}`,
        seen: "200 truncated http_protocol_error",
      },
      { id: "half", bytes: `${started}Transfer-Encoding: chunked\r\n\r\nff\r\n{"a":"${CANARY}`, seen: "200 truncated body_truncated" },
      { id: "short", bytes: `${started}Content-Length: 1000\r\n\r\n{"a":"${CANARY}`, seen: "200 truncated body_truncated" },
    ],
  },
  {
    row: 17,
    trap: "a flood of interim answers",
    answers: () => [
      {
        id: "flood",
        bytes: "",
        next: pouring(`HTTP/1.1 103 Early Hints\r\nLink: <${CANARY}>\r\n\r\n`.repeat(50)),
        seen: "http_protocol_error",
      },
    ],
  },
  {
    row: 18,
    trap: "a continuation and an upgrade that nobody asked for",
    answers: () => [
      {
        id: "continue",
        bytes: Buffer.concat([Buffer.from("HTTP/1.1 100 Continue\r\n\r\n"), answer(NOTHING)]),
        seen: "200 classified",
      },
      refused("upgrade", `HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${CANARY}\r\nConnection: upgrade\r\n\r\n`),
      refused("bare", "HTTP/1.1 101 Switching Protocols\r\n\r\n"),
    ],
  },
  {
    row: 19,
    trap: "statuses that are none",
    answers: () => ["999", "600", "099"].map((status) => refused(`status-${status}`, answer(NOTHING, [], `${status} ${CANARY}`))),
  },
  {
    row: 20,
    trap: "other protocols, and older ones",
    answers: () => [
      { id: "http10", bytes: `HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n${NOTHING}`, seen: "200 classified" },
      refused("http09", `<html>${CANARY}</html>`),
      refused("icy", `ICY 200 OK\r\nicy-name: ${CANARY}\r\n\r\n`),
      refused("frames", Uint8Array.of(0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100)),
      {
        id: "http20",
        bytes: `HTTP/2.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: 28\r\n\r\n${NOTHING}`,
        seen: "200 classified",
      },
    ],
  },
  {
    row: 21,
    trap: "HTTP/2 and nothing else",
    answers: () => [{ ...refused("h2", ""), tls: { ALPNProtocols: ["h2"] }, seen: "http2_only" }],
  },
  {
    row: 22,
    trap: "TLS to a plain port, and plain HTTP to one of TLS",
    answers: () => [
      { id: "plain", bytes: answer(`{"a":"${CANARY}"}`, [], "400 Bad Request"), plain: true, seen: "tls_protocol_error" },
      {
        id: "secure",
        bytes: answer(NOTHING),
        origin: "http://127.0.0.1",
        declared: { auth: { scheme: "none" } },
        seen: "connection_closed",
      },
    ],
  },
  {
    row: 23,
    trap: "content where none belongs",
    answers: () => [
      { id: "no-content", bytes: answer(`{"a":"${CANARY}"}`, [], "204 No Content"), seen: "204 empty" },
      { id: "not-modified", bytes: answer(`{"a":"${CANARY}"}`, [], "304 Not Modified"), seen: "304 empty unexpected_status" },
    ],
  },
  {
    row: 24,
    trap: "a redirect to another origin",
    answers: (port) => [leading("elsewhere", `https://127.0.0.1:${port}/${CANARY}`, INSIDE)],
  },
  {
    row: 25,
    trap: "redirects to odd targets",
    answers: (port) => [
      ...INSIDE_TARGETS.map((target, at) => leading(`inside-${at}`, target.replace("$", `${port}/${CANARY}`), INSIDE)),
      ...PLAIN_TARGETS.map((target, at) => leading(`plain-${at}`, `${target}${CANARY}`, INSIDE_PLAIN)),
      ...NO_TARGETS.map((target, at) =>
        leading(`nowhere-${at}`, `${target}${CANARY}`, target.includes("127.") ? ["header/internal-address told", ...NOWHERE] : NOWHERE),
      ),
    ],
  },
  {
    row: 26,
    trap: "a redirect to itself",
    answers: () => [leading("loop", "/v1/orders", LOOPS), leading("empty", "", LOOPS)],
  },
  {
    row: 27,
    trap: "a byte order mark before JSON",
    answers: () => [bodied("bom", `\ufeff${NOTHING}`)],
  },
  {
    row: 28,
    trap: "other encodings of characters",
    answers: () => [
      bodied("utf16", Buffer.from(`\ufeff${NOTHING}`, "utf16le")),
      bodied("utf16-bare", Buffer.from(NOTHING, "utf16le")),
      bodied(
        "utf32",
        Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), Buffer.from(NOTHING, "utf16le")]),
        "200 undecodable body_undecodable",
      ),
      bodied("legacy", Buffer.from(`{"note":"a name of some length, in caf\xe9s"}`, "latin1"), "200 undecodable body_undecodable"),
      {
        ...bodied("unknown", "", "200 undecodable body_undecodable"),
        bytes: `HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=x-${CANARY}\r\nContent-Length: 2\r\n\r\n{}`,
      },
    ],
  },
  {
    row: 29,
    trap: "JSON a hundred thousand levels deep",
    answers: () => [
      bodied("arrays", "[".repeat(100_000) + "]".repeat(100_000), "200 too-deep body_too_deep"),
      bodied("objects", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`, "200 too-deep body_too_deep"),
    ],
  },
  {
    row: 30,
    trap: "keys twice, and keys that are no ordinary ones",
    answers: () => [
      bodied("twice", '{"data":[],"data":[{"password":"x"}],"has_more":1}', "200 classified", {
        findings: ["data/duplicate-key came-twice"],
      }),
      bodied(
        "proto",
        '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1,"hasOwnProperty":2}',
        "200 classified",
        { findings: ["data/prototype-key prototype-key", "data/prototype-key prototype-key"] },
      ),
    ],
  },
  {
    row: 31,
    trap: "numbers that no double holds",
    answers: () => [
      bodied("numbers", `{"a":1e400,"b":9007199254740993,"c":-0,"d":${"9".repeat(500_000)}}`),
      bodied("nan", '{"a":NaN}', "200 undecodable body_undecodable"),
    ],
  },
  {
    row: 32,
    trap: "lone surrogates, names of 500 KB, and very many members",
    answers: () => [
      bodied("surrogates", '{"\\ud800":"\\udfff","a":"\\ud83d"}'),
      bodied("long-name", `{"${"k".repeat(500_000)}":1}`),
      bodied("many", `{${Array.from({ length: 90_000 }, (_, at) => `"k${at}":1`).join()}}`),
    ],
  },
  {
    row: 33,
    trap: "what is no JSON, called JSON",
    answers: () => [
      bodied("jsonp", `cb(${NOTHING});`),
      bodied("guarded", `)]}',\n${NOTHING}`),
      bodied("lines", `${NOTHING}\n${NOTHING}\n`),
      { id: "events", bytes: `${started}\r\n`, next: dripping(`data: ${CANARY}\n\n`), lasts: true, seen: "200 truncated http_timeout" },
      bodied("xml", `<?xml version="1.0"?><a>${CANARY}</a>`),
      bodied("csv", `id,name\n1,${CANARY}\n`, "200 undecodable body_undecodable"),
      bodied("protobuf", Buffer.from([0x0a, 0, 1, 2, 3, 0, 5, 6, 7, 8, 0, 1]), "200 unsupported body_unsupported_type"),
      {
        id: "page",
        bytes: `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!DOCTYPE html><p>${CANARY}`,
        seen: "200 not-read not_the_api",
        findings: ["header/media-type page-in-success"],
      },
    ],
  },
  {
    row: 34,
    trap: "a server that takes HEAD for nothing",
    answers: () => [bodied("get", NOTHING)],
  },
  {
    row: 35,
    trap: "limits that say when to come back",
    answers: () =>
      [
        ["99999999999", "absurd"],
        // A year that nobody means is no date.
        ["Fri, 31 Dec 9999 23:59:59 GMT", "malformed"],
        ["-1, soon", "malformed"],
      ].map(([after = "", how], at) => ({
        id: `limit-${at}`,
        bytes: answer("{}", [`Retry-After: ${after}`], "429 Too Many Requests"),
        seen: "429 not-read rate_limited",
        findings: [`header/retry-after-odd ${how}`],
        // Who does not say for how long is asked until three limits came in a row.
        most: after.startsWith("-") ? 3 : 1,
      })),
  },
  {
    row: 36,
    trap: "a firewall's challenge",
    answers: () =>
      ["cf-mitigated: challenge", "x-datadome: protected", "x-amzn-waf-action: captcha"].map((line, at) => ({
        id: `challenge-${at}`,
        bytes: answer(`{"a":"${CANARY}"}`, [line], "403 Forbidden"),
        seen: "403 not-read blocked",
        most: 1,
      })),
  },
  {
    row: 37,
    trap: "a flood of cookies",
    answers: () => [
      {
        id: "cookies",
        bytes: fields(...Array.from({ length: 300 }, (_, at) => `Set-Cookie: c${at}=${CANARY}`)),
        seen: "200 classified",
        findings: ["header/malformed-head malformed"],
      },
    ],
  },
  {
    row: 39,
    trap: "what we sent, and what programs run, in names and values",
    answers: () => [
      {
        id: "reflected",
        bytes: fields("X-Powered-By: <script>alert(1)</script>", "Server: =cmd|'/C calc'!A0", "+cmd: 1", `X-Echo: apirisk/lab ${CANARY}`),
        seen: "200 classified",
      },
    ],
  },
  {
    row: 40,
    trap: "fields with names of our own language",
    answers: () => [
      { id: "names", bytes: fields("__proto__: 1", "constructor: 2", "hasOwnProperty: 3", "toString: 4"), seen: "200 classified" },
    ],
  },
];
