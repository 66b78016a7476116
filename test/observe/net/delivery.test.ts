import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { createAuthority } from "../../../src/demo/certificates.ts";
import type { HttpDelivery } from "../../../src/model/delivery-port.ts";
import { DAY } from "../../../src/model/instant.ts";
import { Secret } from "../../../src/model/secret.ts";
import { createDelivery, type DeliveryOptions } from "../../../src/observe/net/delivery.ts";
import { authority, tcpPeer } from "./support/peers.ts";

interface Heard {
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver on loopback that keeps what it hears and answers as told. */
async function receiver(
  answer: (response: ServerResponse, count: number) => void = (response) => response.end("ok"),
  certificate?: { readonly chainPem: string; readonly keyPem: string },
) {
  const heard: Heard[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { url: path = "", method = "", headers } = request;
      heard.push({ path, method, headers, body: Buffer.concat(chunks).toString("utf8") });
      answer(response, heard.length);
    });
  };
  const server =
    certificate === undefined ? createServer(listener) : createTlsServer({ cert: certificate.chainPem, key: certificate.keyPem }, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { heard, port, url: `${certificate === undefined ? "http" : "https"}://127.0.0.1:${port}/services/T0/B0/secret-path?sig=abc` };
}

const trusted = () =>
  authority.issue({ ipAddresses: ["127.0.0.1"], notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) });
const courier = (options: Partial<DeliveryOptions> = {}) =>
  createDelivery({ userAgent: "apirisk/test", extraCa: [authority.certificatePem], proxies: {}, ...options });
const to = (url: string, over: Partial<HttpDelivery> = {}): HttpDelivery => ({
  url: new Secret(url),
  allowPrivate: true,
  contentType: "application/json",
  body: '{"a":"é"}',
  timeoutMs: 5000,
  signal: new AbortController().signal,
  ...over,
});

describe("a message", () => {
  it("is one POST with a name and a length, over https", async () => {
    const { heard, url } = await receiver(undefined, trusted());
    expect(await courier().post(to(url))).toEqual({ ok: true, value: { status: 200, word: "ok" } });
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({
      method: "POST",
      path: "/services/T0/B0/secret-path?sig=abc",
      body: '{"a":"é"}',
      headers: { "content-type": "application/json", "content-length": "10", "user-agent": "apirisk/test" },
    });
  });

  it("goes below a URL that has a path and a query of its own", async () => {
    const { heard, url } = await receiver();
    await courier().post(to(url, { below: { path: "/start", query: { rid: "r 1" } } }));
    expect(heard[0]?.path).toBe("/services/T0/B0/secret-path/start?sig=abc&rid=r+1");
  });

  it("carries a secret member, which overrides what stands there", async () => {
    const { heard, url } = await receiver();
    await courier().post(to(url, { body: '{"routing_key":"x","b":1}', member: { name: "routing_key", value: new Secret('k"1') } }));
    expect(JSON.parse(heard[0]?.body ?? "")).toEqual({ routing_key: 'k"1', b: 1 });
  });

  it("is signed as Standard Webhooks has it, once per key", async () => {
    const raw = Buffer.from("0123456789abcdef0123456789abcdef");
    const keys = [new Secret(`whsec_${raw.toString("base64")}`), new Secret("plain text of enough length")];
    const { heard, url } = await receiver();
    await courier().post(to(url, { signature: { id: "msg-1", at: 1_700_000_000_999, keys } }));
    const { headers, body } = heard[0] as Heard;
    expect([headers["webhook-id"], headers["webhook-timestamp"]]).toEqual(["msg-1", "1700000000"]);
    const expected = [raw, Buffer.from("plain text of enough length")].map(
      (key) => `v1,${createHmac("sha256", key).update(`msg-1.1700000000.${body}`).digest("base64")}`,
    );
    expect(String(headers["webhook-signature"]).split(" ")).toEqual(expected);
  });

  it("has the signature of the specification's own example", async () => {
    const { heard, url } = await receiver();
    const signature = {
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      at: 1_614_265_330_000,
      keys: [new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")],
    };
    await courier().post(to(url, { body: '{"test": 2432232314}', signature }));
    expect(heard[0]?.headers["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  it.each(["whsec_", "whsec_c2hvcnQ=", "short"])("is not signed, nor sent, with the key %j", async (key) => {
    const { heard, url } = await receiver();
    const sent = await courier().post(to(url, { signature: { id: "m", at: 0, keys: [new Secret(key)] } }));
    expect(sent).toMatchObject({ ok: false, error: { reason: "credential_unavailable", phase: "plan" } });
    expect(heard).toEqual([]);
  });
});

describe("an answer", () => {
  it("is a status, and nothing of its text but a machine word", async () => {
    const answers = ["no_service", "Denied: token xoxb-1234", "<html>", "a".repeat(41), "invalid_token\r\n"];
    const { url } = await receiver((response, count) => {
      response.statusCode = 403;
      response.end(answers[count - 1]);
    });
    const seen: unknown[] = [];
    for (const _answer of answers) seen.push(await courier().post(to(url)));
    expect(seen.map((sent) => (sent as { value: unknown }).value)).toEqual([
      { status: 403, word: "no_service" },
      { status: 403 },
      { status: 403 },
      { status: 403 },
      { status: 403, word: "invalid_token" },
    ]);
  });

  it("without end is left after a kilobyte", async () => {
    const { url } = await receiver((response) => {
      const write = () => {
        while (response.write("x".repeat(4096)));
        response.once("drain", write);
      };
      write();
    });
    expect(await courier().post(to(url))).toEqual({ ok: true, value: { status: 200 } });
  });

  it("may say when to come again", async () => {
    const { url } = await receiver((response) => response.writeHead(429, { "retry-after": "120" }).end());
    expect(await courier().post(to(url))).toEqual({ ok: true, value: { status: 429, retryAfterSeconds: 120 } });
  });

  it("that redirects is told, not followed", async () => {
    const other = await receiver();
    const { url } = await receiver((response) => response.writeHead(307, { location: other.url }).end());
    expect(await courier().post(to(url))).toMatchObject({ ok: true, value: { status: 307 } });
    expect(other.heard).toEqual([]);
  });

  it("that does not come is not waited for", async () => {
    const { url } = await receiver(() => undefined);
    expect(await courier().post(to(url, { timeoutMs: 200 }))).toMatchObject({ ok: false, error: { reason: "deadline_exceeded" } });
    const interrupt = new AbortController();
    const sent = courier().post(to(url, { signal: interrupt.signal }));
    setImmediate(() => interrupt.abort());
    expect(await sent).toMatchObject({ ok: false, error: { reason: "interrupted" } });
  });
});

describe("where a message may go", () => {
  it.each(["127.0.0.1", "[::1]", "localhost", "2130706433", "10.0.0.1", "169.254.169.254"])(
    "not to %s without permission",
    async (host) => {
      const peer = await tcpPeer(() => undefined);
      for (const scheme of ["http", "https"]) {
        const sent = await courier().post(to(`${scheme}://${host}:${peer.port}/`, { allowPrivate: false }));
        expect(sent).toMatchObject({ ok: false, error: { reason: "address_not_allowed" } });
      }
      expect(peer.connections()).toBe(0);
    },
  );

  it.each(["169.254.169.254", "100.100.100.200"])("to the metadata service %s never", async (host) => {
    expect(await courier().post(to(`http://${host}/latest`))).toMatchObject({ ok: false, error: { reason: "address_not_allowed" } });
  });

  it("not unencrypted to a public address, whatever is permitted", async () => {
    const lookup = ((_host: string, _options: object, back: (error: null, found: object[]) => void) =>
      back(null, [{ address: "203.0.113.7", family: 4 }])) as unknown as NonNullable<DeliveryOptions["lookup"]>;
    const dialled: string[] = [];
    const sent = await courier({ lookup }).post(to("http://hooks.example/secret"));
    expect([sent, dialled]).toMatchObject([{ ok: false, error: { reason: "address_not_allowed" } }, []]);
  });

  it("not to whom the certificate does not vouch for: not a byte of the URL leaves", async () => {
    const stranger = createAuthority().issue({
      ipAddresses: ["127.0.0.1"],
      notBefore: new Date(Date.now() - DAY),
      notAfter: new Date(Date.now() + DAY),
    });
    const { heard, url } = await receiver(undefined, stranger);
    expect(await courier().post(to(url))).toMatchObject({ ok: false, error: { reason: "tls_untrusted" } });
    expect(heard).toEqual([]);
  });

  it.each(["", "hooks.example/x", "ftp://127.0.0.1/x", "file:///etc/passwd", "https://user:pw@127.0.0.1/x"])("not to %j", async (url) => {
    expect(await courier().post(to(url))).toEqual({
      ok: false,
      error: { reason: "internal", phase: "plan", code: "ERR_INVALID_URL", retriable: false },
    });
  });

  it("through the proxy of the environment, which is refused private names", async () => {
    const proxy = await tcpPeer((socket) => socket.once("data", () => socket.end("HTTP/1.1 403 Forbidden\r\n\r\n")));
    const behind = courier({ proxies: { https: `http://127.0.0.1:${proxy.port}` } });
    expect(await behind.post(to("https://hooks.example/x", { allowPrivate: false }))).toMatchObject({ error: { reason: "proxy_refused" } });
    expect(await behind.post(to("https://hooks.internal/x", { allowPrivate: false }))).toMatchObject({
      error: { reason: "address_not_allowed" },
    });
    expect(proxy.connections()).toBe(1);
  });

  it("to the next address where one does not let us in", async () => {
    const { heard, port } = await receiver();
    const lookup = ((_host: string, _options: object, back: (error: null, found: object[]) => void) =>
      back(null, [
        { address: "127.0.0.2", family: 4 },
        { address: "127.0.0.1", family: 4 },
      ])) as unknown as NonNullable<DeliveryOptions["lookup"]>;
    expect(await courier({ lookup }).post(to(`http://hooks.example:${port}/x`))).toMatchObject({ ok: true });
    expect(heard).toHaveLength(1);
  });
});

it("says nothing of a secret in a failure", async () => {
  const secret = "https://127.0.0.1:1/services/c4n4ry-0123456789";
  const sent = await courier().post(to(secret, { member: { name: "k", value: new Secret("c4n4ry-member") }, body: "no json" }));
  expect(JSON.stringify(sent)).not.toContain("c4n4ry");
  expect(sent).toMatchObject({ ok: false, error: { reason: "internal" } });
});
