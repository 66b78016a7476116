import type { Socket } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { HttpRequest } from "../../../src/model/net-port.ts";
import { answering, GET, type Peer, session, tcpPeer, tlsPeer, whenAsked } from "./support/peers.ts";

const ask = (peer: Peer, request: Partial<HttpRequest> = {}, timeouts: { headers?: number; body?: number } = {}) =>
  session({ timeouts }).request(peer.http, "127.0.0.1", { ...GET, ...request });
const body = async (peer: Peer, request: Partial<HttpRequest> = {}) => {
  const result = await ask(peer, request);
  if (!result.ok) return result.error;
  return { text: Buffer.from(result.value.body).toString("latin1"), problem: result.value.bodyProblem?.reason };
};
const withBody = (content: Uint8Array | string, ...fields: string[]) =>
  Buffer.concat([
    Buffer.from(["HTTP/1.1 200 OK", `Content-Length: ${content.length}`, ...fields, "", ""].join("\r\n")),
    Buffer.from(content),
  ]);

describe("an HTTP answer", () => {
  it("comes back whole: version, status, every field in order, body", async () => {
    const peer = await answering(
      "HTTP/1.1 404 Not Found\r\nServer: a\r\nX-Two: 1\r\nserver: b\r\nx-two: caf\xe9\r\nContent-Length: 2\r\n\r\nhi",
    );
    expect(await ask(peer)).toEqual({
      ok: true,
      value: {
        httpVersion: "1.1",
        status: 404,
        headers: [
          ["server", "a"],
          ["x-two", "1"],
          ["server", "b"],
          ["x-two", "caf\u00c3\u00a9"],
          ["content-length", "2"],
        ],
        body: Buffer.from("hi"),
        arrival: {
          reason: "Not Found",
          fieldNames: ["Server", "X-Two", "server", "x-two", "Content-Length"],
          contentOctets: 2,
          headMs: 0,
          contentMs: 0,
        },
      },
    });
  });

  it("is asked for as it should be: close, honest agent, our codings, nothing else", async () => {
    const heads: string[] = [];
    const peer = await tcpPeer((socket) => {
      whenAsked(socket, (head) => {
        heads.push(head);
        socket.end("HTTP/1.1 204 No Content\r\n\r\n");
      });
    });
    await ask(peer, { path: "/a%20b?x=1&y=%2B", headers: { "X-Tenant": "acme", "User-Agent": "Mozilla/5.0", Accept: "application/json" } });
    const lines = heads.join("").trimEnd().split("\r\n");
    expect(lines[0]).toBe("GET /a%20b?x=1&y=%2B HTTP/1.1");
    expect(
      lines
        .slice(1)
        .map((line) => line.toLowerCase())
        .sort(),
    ).toEqual([
      "accept-encoding: gzip, deflate, br",
      "accept: application/json",
      "connection: close",
      `host: 127.0.0.1:${peer.port}`,
      "user-agent: apirisk/test",
      "x-tenant: acme",
    ]);
  });

  it("keeps its origin, whatever the path looks like", async () => {
    const heads: string[] = [];
    const peer = await tcpPeer((socket) => {
      whenAsked(socket, (head) => {
        heads.push(head);
        socket.end("HTTP/1.1 204 No Content\r\n\r\n");
      });
    });
    await ask(peer, { path: "//evil.example/x" });
    expect(heads[0]?.split("\r\n")[0]).toBe("GET //evil.example/x HTTP/1.1");
    expect(heads[0]?.toLowerCase()).toContain(`host: 127.0.0.1:${peer.port}`);
    expect(await ask(peer, { path: ".evil.example/x" })).toMatchObject({ ok: false, error: { reason: "internal" } });
    expect(await ask(peer, { path: "@evil.example/x" })).toMatchObject({ ok: false, error: { reason: "internal" } });
    expect(peer.connections()).toBe(1);
  });

  it("is a redirect that is told, not followed", async () => {
    const peer = await answering("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n");
    expect(await ask(peer)).toMatchObject({ ok: true, value: { status: 302 } });
    expect(peer.connections()).toBe(1);
  });

  it("may come without length, in chunks, or in the words of HTTP/1.0", async () => {
    expect(await body(await answering("HTTP/1.1 200 OK\r\n\r\nuntil close"))).toEqual({ text: "until close", problem: undefined });
    expect(await body(await answering("HTTP/1.0 200 OK\r\n\r\nold"))).toEqual({ text: "old", problem: undefined });
    expect(await body(await answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"))).toEqual({
      text: "hi",
      problem: undefined,
    });
  });

  it("may come after interim answers, and bodies where none belong are dropped", async () => {
    expect(
      await body(
        await answering(
          "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
        ),
      ),
    ).toEqual({ text: "hi", problem: undefined });
    expect(await body(await answering("HTTP/1.1 204 No Content\r\n\r\nsurprise"))).toEqual({ text: "", problem: undefined });
  });

  it("is read to its headers only where that was asked", async () => {
    const { promise, resolve } = promised<number>();
    const peer = await answering("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", (socket) => {
      socket.on("close", () => resolve(socket.bytesWritten));
    });
    expect(await ask(peer, { headersOnly: true })).toMatchObject({
      ok: true,
      value: { status: 200, headers: [["content-type", "application/json"]], body: new Uint8Array() },
    });
    expect(await promise).toBeGreaterThan(0);
  });

  it("hides no field behind a thousand others", async () => {
    const fields = Array.from({ length: 3000 }, (_, index) => `a:${index % 10}\r\n`).join("");
    const result = await ask(await answering(`HTTP/1.1 200 OK\r\n${fields}set-cookie: last\r\nContent-Length: 0\r\n\r\n`));
    expect(result.ok && result.value.headers.length).toBe(3002);
    expect(result.ok && result.value.headers.at(-2)).toEqual(["set-cookie", "last"]);
  });
});

describe("an answer that is none", () => {
  it.each([
    ["16 KB of headers", `HTTP/1.1 200 OK\r\nx: ${"a".repeat(17_000)}\r\n\r\n`, "http_header_overflow"],
    ["endless headers", `HTTP/1.1 200 OK\r\n${"x: y\r\n".repeat(10_000)}`, "http_header_overflow"],
    ["a long reason phrase", `HTTP/1.1 200 ${"a".repeat(20_000)}\r\n\r\n`, "http_header_overflow"],
    ["an escape in a value", "HTTP/1.1 200 OK\r\nx: \x1b[31m\r\n\r\n", "http_protocol_error"],
    ["a folded line", "HTTP/1.1 200 OK\r\nx: a\r\n b\r\n\r\n", "http_protocol_error"],
    ["a bare line feed", "HTTP/1.1 200 OK\nx: a\n\n", "http_protocol_error"],
    ["a space before the colon", "HTTP/1.1 200 OK\r\nx : a\r\n\r\n", "http_protocol_error"],
    ["an empty field name", "HTTP/1.1 200 OK\r\n: a\r\n\r\n", "http_protocol_error"],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "http_protocol_error"],
    ["a length and chunks", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "http_protocol_error"],
    ["HTTP/0.9", "<html>hello</html>", "http_protocol_error"],
    ["an HTTP/2 frame", Uint8Array.of(0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100), "http_protocol_error"],
    ["a TLS alert", Uint8Array.of(21, 3, 1, 0, 2, 2, 40), "http_protocol_error"],
    ["status 999", "HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n", "http_protocol_error"],
    ["status 600", "HTTP/1.1 600 Odd\r\nContent-Length: 0\r\n\r\n", "http_protocol_error"],
    ["status 099", "HTTP/1.1 099 Low\r\nContent-Length: 0\r\n\r\n", "http_protocol_error"],
    ["an upgrade nobody asked for", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "http_protocol_error"],
    ["a bare 101", "HTTP/1.1 101 Switching Protocols\r\n\r\n", "http_protocol_error"],
    ["a flood of interim answers", "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(5000), "http_protocol_error"],
    ["an early close", "HTTP/1.1 200 OK\r\nx:", "connection_closed"],
    ["nothing", "", "connection_closed"],
  ])("is %s", async (_name, bytes, reason) => {
    expect(await ask(await answering(bytes))).toMatchObject({ ok: false, error: { reason } });
  });

  it("says whether anything came before it ended", async () => {
    expect(await ask(await answering("HTTP/1.1 200 OK\r\nx:"))).toMatchObject({ error: { reason: "connection_closed", answered: true } });
    const wordless = await ask(await answering(""));
    expect(wordless.ok ? wordless : wordless.error).not.toHaveProperty("answered");
  });

  it("is a reset", async () => {
    const peer = await tcpPeer((socket) => whenAsked(socket, () => socket.resetAndDestroy()));
    expect(await ask(peer)).toMatchObject({ ok: false, error: { reason: "connection_reset", phase: "headers", retriable: true } });
  });

  it("is a stall, or headers that drip for ever", async () => {
    const silent = await tcpPeer((socket) => socket.resume());
    expect(await ask(silent, {}, { headers: 60 })).toMatchObject({ ok: false, error: { reason: "http_timeout", phase: "headers" } });
    const peer = await answering("HTTP/1.1 200 OK\r\n", (socket) => dripping(socket, "x: y\r\n"));
    expect(await ask(peer, {}, { headers: 80 })).toMatchObject({ ok: false, error: { reason: "http_timeout", phase: "headers" } });
  });

  it("lets no text of the server out", async () => {
    const result = await ask(await answering("HTTP/1.1 200 canary-reason\r\ncanary name: x\r\n\r\ncanary-body"));
    expect(JSON.stringify(result)).not.toContain("canary");
  });
});

describe("a body", () => {
  it("stops at its cap and says so; exactly the cap is whole", async () => {
    expect(await body(await answering(withBody("12345678")), { maxBodyBytes: 8 })).toEqual({ text: "12345678", problem: undefined });
    expect(await body(await answering(withBody("12345678")), { maxBodyBytes: 7 })).toEqual({ text: "1234567", problem: "body_truncated" });
  });

  it("with more behind it than was announced is not taken for whole", async () => {
    const peer = await answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 200 OK\r\n\r\n");
    const result = await ask(peer);
    expect(result).toMatchObject({ ok: true, value: { status: 200 } });
    expect(result.ok && [Buffer.from(result.value.body).toString(), result.value.bodyProblem?.reason]).toEqual(["hi", undefined]);
  });

  it("that never ends is cut off at the socket", async () => {
    const { promise, resolve } = promised<number>();
    const peer = await answering("HTTP/1.1 200 OK\r\n\r\n", (socket) => {
      const block = Buffer.alloc(64 * 1024, "x");
      const pour = () => {
        while (!socket.destroyed && socket.write(block));
      };
      socket.on("drain", pour).on("close", () => resolve(socket.bytesWritten));
      pour();
    });
    expect(await body(peer, { maxBodyBytes: 10 })).toEqual({ text: "x".repeat(10), problem: "body_truncated" });
    expect(await promise).toBeLessThan(32 * 1024 * 1024);
  });

  it("that drips is stopped by an absolute deadline", async () => {
    const peer = await answering("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nstart", (socket) => dripping(socket, "."));
    const result = await ask(peer, {}, { body: 80 });
    expect(result).toMatchObject({ ok: true, value: { status: 200, bodyProblem: { reason: "http_timeout", phase: "body" } } });
    expect(result.ok && Buffer.from(result.value.body).toString()).toMatch(/^start\.*$/);
  });

  it("that ends too early keeps its answer", async () => {
    const short = await answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    expect(await body(short)).toEqual({ text: "half", problem: "body_truncated" });
    const reset = await answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", (socket) =>
      setImmediate(() => socket.resetAndDestroy()),
    );
    const result = await ask(reset);
    expect(result).toMatchObject(
      result.ok ? { value: { status: 200, bodyProblem: { reason: "body_truncated" } } } : { error: { reason: "connection_reset" } },
    );
    const chunk = await answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\nzz\r\n");
    expect(await body(chunk)).toMatchObject({ problem: "http_protocol_error" });
  });

  it.each([
    ["gzip", gzipSync("plain text")],
    ["x-gzip", gzipSync("plain text")],
    ["GZIP", gzipSync("plain text")],
    ["deflate", deflateSync("plain text")],
    ["deflate", deflateRawSync("plain text")],
    ["br", brotliCompressSync("plain text")],
    ["identity", Buffer.from("plain text")],
  ])("in %s is decoded", async (coding, wire) => {
    expect(await body(await answering(withBody(wire, `Content-Encoding: ${coding}`)))).toEqual({ text: "plain text", problem: undefined });
  });

  it.each([
    ["an unknown coding", "zstd", Buffer.from("plain text")],
    ["two codings", "gzip, gzip", gzipSync(gzipSync("plain text"))],
    ["corrupt gzip", "gzip", Buffer.from("plain text")],
    ["corrupt deflate", "deflate", Buffer.from("plain text")],
    ["corrupt brotli", "br", Buffer.from("plain text that is not")],
  ])("in %s is not decoded", async (_name, coding, wire) => {
    expect(await body(await answering(withBody(wire, `Content-Encoding: ${coding}`)))).toEqual({ text: "", problem: "body_undecodable" });
  });

  it("in codings over two fields is not decoded", async () => {
    const peer = await answering(withBody(gzipSync(gzipSync("x")), "Content-Encoding: gzip", "Content-Encoding: gzip"));
    expect(await body(peer)).toMatchObject({ problem: "body_undecodable" });
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("that is a bomb in %s does not go off", async (coding, compress) => {
    const wire = compress(Buffer.alloc(32 * 1024 * 1024));
    const result = await ask(await answering(withBody(wire, `Content-Encoding: ${coding}`)), { maxBodyBytes: 64 * 1024 * 1024 });
    expect(result).toMatchObject({ ok: true, value: { bodyProblem: { reason: "body_truncated", code: "decoded size" } } });
    expect(result.ok && result.value.body.length).toBe(Math.max(64 * 1024, wire.length * 100));
  });

  it("may repeat itself a thousandfold while it is small", async () => {
    const wire = gzipSync(Buffer.alloc(60 * 1024, "a"));
    const result = await ask(await answering(withBody(wire, "Content-Encoding: gzip")));
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && [result.value.body.length, result.value.bodyProblem]).toEqual([60 * 1024, undefined]);
  });

  it("is capped after decoding too", async () => {
    const wire = gzipSync("123456789");
    expect(await body(await answering(withBody(wire, "Content-Encoding: gzip")), { maxBodyBytes: 40 })).toEqual({
      text: "123456789",
      problem: undefined,
    });
    const long = gzipSync("ab".repeat(2000));
    expect(await body(await answering(withBody(long, "Content-Encoding: gzip")), { maxBodyBytes: 100 })).toEqual({
      text: "ab".repeat(50),
      problem: "body_truncated",
    });
  });
});

describe("over https", () => {
  const https = (peer: Peer) => session().request(peer.https, "127.0.0.1", GET);

  it("says whether the certificate was trusted", async () => {
    const peer = await tlsPeer({}, (socket) => whenAsked(socket, () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")));
    expect(await https(peer)).toMatchObject({ ok: true, value: { status: 200, trusted: true } });
    const stranger = await session({ extraCa: [] }).request(peer.https, "127.0.0.1", GET);
    expect(stranger).toMatchObject({ ok: true, value: { status: 200, trusted: false } });
  });

  it("knows a server that speaks HTTP/2 only", async () => {
    const peer = await tlsPeer({ ALPNProtocols: ["h2"] }, () => undefined);
    expect(await https(peer)).toEqual({ ok: false, error: { reason: "http2_only", phase: "tls", code: "alert 120", retriable: false } });
  });

  it.each([
    ["TLSv1.2", { reason: "tls_alert", phase: "tls", code: "alert 40" }],
    ["TLSv1.3", { reason: "client_certificate_required", phase: "headers", code: "alert 116" }],
  ] as const)("fails where a client certificate is wanted, in %s", async (version, failure) => {
    const options = { requestCert: true, rejectUnauthorized: true, minVersion: version, maxVersion: version };
    expect(await https(await tlsPeer(options, () => undefined))).toMatchObject({ ok: false, error: failure });
  });

  it("finds plain HTTP where TLS should be", async () => {
    const peer = await answering("HTTP/1.1 400 Bad Request\r\n\r\n");
    const blurting = await tcpPeer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    expect(await https(blurting)).toMatchObject({ ok: false, error: { reason: "tls_protocol_error", phase: "tls" } });
    expect(peer.connections()).toBe(0);
  });
});

function dripping(socket: Socket, text: string): void {
  const drip = setInterval(() => socket.write(text), 5);
  socket.on("close", () => clearInterval(drip));
}

function promised<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
