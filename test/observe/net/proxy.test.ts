import { connect, type LookupFunction, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { Secret } from "../../../src/model/secret.ts";
import { targetOf } from "../../../src/model/target.ts";
import { type Proxies, proxyFor, proxyVantage } from "../../../src/observe/net/proxy.ts";
import { firstOffer } from "./support/first-offer.ts";
import { answering, GET, type Peer, session, tcpPeer, tlsPeer, whenAsked } from "./support/peers.ts";

const UNTIL_HELLO = { until: "hello" } as const;

/** A CONNECT proxy that sends everything to `destination` (it is the proxy that resolves names). */
async function proxy(destination: Peer, respond = "HTTP/1.1 200 Connection established\r\n\r\n"): Promise<{ peer: Peer; heads: string[] }> {
  const heads: string[] = [];
  const peer = await tcpPeer((socket) => serveConnect(socket, destination, heads, respond));
  return { peer, heads };
}

function serveConnect(socket: Socket, destination: Peer, heads: string[], respond: string): void {
  whenAsked(socket, (head) => {
    heads.push(head);
    if (!respond.startsWith("HTTP/1.1 2")) return socket.end(respond);
    const onward = connect(destination.port, "127.0.0.1", () => {
      socket.write(respond);
      socket.pipe(onward).pipe(socket);
    });
    onward.on("error", () => socket.destroy());
    socket.on("close", () => onward.destroy());
    return undefined;
  });
}

const secureApi = () => tlsPeer({}, (socket) => whenAsked(socket, () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")));
const api = targetOf("x", "test", "https://api.example.test");

describe("behind a proxy", () => {
  it("leaves names to the proxy and says from where it looks", async () => {
    const net = session({ proxies: { https: "http://user:pass@proxy.test:3128" } });
    expect(await net.resolve(api)).toEqual({
      ok: true,
      value: { addresses: ["api.example.test"], vantage: "proxy:proxy.test:3128" },
    });
  });

  it("still vets a host that is an address, before any packet", async () => {
    const { peer } = await proxy(await secureApi());
    const net = session({ proxies: { https: `http://127.0.0.1:${peer.port}` } }, { allowPrivate: false });
    const metadata = targetOf("x", "test", "https://169.254.169.254");
    expect(await net.resolve(metadata)).toMatchObject({ ok: false, error: { reason: "address_not_allowed" } });
    expect(await net.request(metadata, "169.254.169.254", GET)).toMatchObject({ ok: false, error: { reason: "address_not_allowed" } });
    expect(net.sent()).toEqual({ connections: 0, requests: 0 });
    expect(peer.connections()).toBe(0);
  });

  it("sends requests, sessions and raw hellos through CONNECT, each counted", async () => {
    const { peer, heads } = await proxy(await secureApi());
    const net = session({ proxies: { https: `http://us%40er:p%3Ass@127.0.0.1:${peer.port}` } }, { allowPrivate: false });
    const credential = { in: "header", name: "X-Key", prefix: "", value: new Secret("canary") } as const;
    expect(await net.request(api, "api.example.test", { ...GET, credential })).toMatchObject({
      ok: true,
      value: { status: 200, trusted: true },
    });
    expect(await net.tlsSession(api, "api.example.test")).toMatchObject({ ok: true, value: { version: "TLS 1.3" } });
    expect(await net.exchangeOffer(api, "api.example.test", firstOffer("TLS 1.2"), UNTIL_HELLO)).toMatchObject({
      ok: true,
      value: { type: "hello" },
    });
    expect(net.sent()).toEqual({ connections: 3, requests: 1 });
    expect(peer.connections()).toBe(3);
    for (const head of heads) {
      expect(head.split("\r\n")[0]).toBe("CONNECT api.example.test:443 HTTP/1.1");
      expect(head).toContain(`proxy-authorization: Basic ${Buffer.from("us@er:p:ss").toString("base64")}\r\n`);
      expect(head).not.toContain("canary");
    }
  });

  it("sends http:// targets through CONNECT too", async () => {
    const plain = await answering("HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n");
    const { peer, heads } = await proxy(plain);
    const net = session({ proxies: { http: `127.0.0.1:${peer.port}` } });
    expect(await net.request(targetOf("x", "test", "http://api.example.test"), "api.example.test", GET)).toMatchObject({
      value: { status: 301 },
    });
    expect(heads[0]?.split("\r\n")[0]).toBe("CONNECT api.example.test:80 HTTP/1.1");
  });

  it("speaks TLS to a proxy that wants it, and trusts only what is trusted", async () => {
    const destination = await secureApi();
    const heads: string[] = [];
    const secure = await tlsPeer({}, (socket) => serveConnect(socket, destination, heads, "HTTP/1.1 200 OK\r\n\r\n"));
    const proxies: Proxies = { https: `https://user:canary@127.0.0.1:${secure.port}` };
    expect(await session({ proxies }).request(api, "api.example.test", GET)).toMatchObject({ ok: true, value: { status: 200 } });
    expect(heads).toHaveLength(1);
    const distrusting = await session({ proxies, extraCa: [] }).request(api, "api.example.test", GET);
    expect(distrusting).toMatchObject({ ok: false, error: { reason: "proxy_unreachable", phase: "proxy" } });
    expect(heads).toHaveLength(1);
  });

  it.each([
    ["407", "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", "proxy_auth_required", "HTTP 407"],
    ["403", "HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\n\r\nno!", "proxy_refused", "HTTP 403"],
    ["502", "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", "proxy_refused", "HTTP 502"],
    ["302", "HTTP/1.1 302 Found\r\nLocation: http://login/\r\n\r\n", "proxy_refused", "HTTP 302"],
    ["garbage", "SSH-2.0-OpenSSH\r\n\r\n", "proxy_unreachable", "HPE_INVALID_CONSTANT"],
  ])("does not charge the provider for a %s of the proxy", async (_name, respond, reason, code) => {
    const { peer } = await proxy(await secureApi(), respond);
    const net = session({ proxies: { https: `http://127.0.0.1:${peer.port}` } });
    expect(await net.exchangeOffer(api, "api.example.test", firstOffer("TLS 1.2"), UNTIL_HELLO)).toMatchObject({
      ok: false,
      error: { reason, phase: "proxy", code },
    });
  });

  it("says when the proxy is not there, is silent, or has no readable URL", async () => {
    const silent = await tcpPeer((socket) => socket.resume());
    const failing = (https: string) => session({ proxies: { https }, timeouts: { connect: 60 } }).tlsSession(api, "api.example.test");
    expect(await failing(`http://127.0.0.1:${silent.port}`)).toMatchObject({ error: { reason: "proxy_unreachable", code: "deadline" } });
    expect(await failing("http://127.0.0.1:1")).toMatchObject({ error: { reason: "proxy_unreachable", code: "ECONNREFUSED" } });
    for (const url of ["socks5://127.0.0.1:1080", "http://user:canary@:80:80"]) {
      const result = await failing(url);
      expect(result).toEqual({
        ok: false,
        error: { reason: "proxy_unreachable", phase: "proxy", code: "ERR_INVALID_URL", retriable: false },
      });
    }
  });
});

describe("a proxy that the inventory names", () => {
  const loopback = ["127.0.0.1", "localhost.test", "0x7f.1", "[::ffff:127.0.0.1]"];
  const lookup: LookupFunction = (_host, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]);
  const refused = { ok: false, error: { reason: "address_not_allowed", phase: "proxy", retriable: false } };

  it.each(loopback)("is vetted like a target: no packet leaves for %s without permission", async (host) => {
    const { peer } = await proxy(await secureApi());
    const net = session({ lookup }, { proxy: `http://user:canary@${host}:${peer.port}`, allowPrivate: false });
    expect(await net.request(api, "api.example.test", GET)).toEqual(refused);
    expect(await net.tlsSession(api, "api.example.test")).toEqual(refused);
    expect(await net.exchangeOffer(api, "api.example.test", firstOffer("TLS 1.2"), UNTIL_HELLO)).toEqual(refused);
    expect(net.sent()).toEqual({ connections: 0, requests: 0 });
    expect(peer.connections()).toBe(0);
  });

  it.each(loopback)("is used at %s with permission, at the address that was vetted", async (host) => {
    const { peer, heads } = await proxy(await secureApi());
    const net = session({ lookup }, { proxy: `http://${host}:${peer.port}`, allowPrivate: true });
    expect(await net.request(api, "api.example.test", GET)).toMatchObject({ ok: true, value: { status: 200 } });
    expect(heads).toHaveLength(1);
  });

  it("never leads to a metadata service, and is not the provider's fault when its name is unknown", async () => {
    const metadata = session({}, { proxy: "http://169.254.169.254", allowPrivate: true });
    expect(await metadata.request(api, "api.example.test", GET)).toEqual(refused);
    const unknown: LookupFunction = (_host, _options, callback) => callback(Object.assign(new Error("x"), { code: "ENOTFOUND" }), []);
    const nowhere = session({ lookup: unknown }, { proxy: "http://proxy.test:3128" });
    expect(await nowhere.request(api, "api.example.test", GET)).toMatchObject({
      error: { reason: "proxy_unreachable", phase: "proxy", code: "ENOTFOUND" },
    });
  });
});

describe("the choice of a proxy", () => {
  const chosen = (url: string, environment: Proxies, own?: string) => {
    const proxy = proxyFor(targetOf("x", "test", url), own, environment);
    return proxy === undefined ? "straight" : proxyVantage(proxy);
  };
  const both: Proxies = { http: "http://plain:1", https: "https://u:p@secure" };

  it("goes by the scheme of the target; the integration's own wins", () => {
    expect(chosen("https://a.test", both)).toBe("proxy:secure:443");
    expect(chosen("http://a.test", both)).toBe("proxy:plain:1");
    expect(chosen("https://a.test", {})).toBe("straight");
    expect(chosen("https://a.test", { ...both, no: "*" }, "own.test:8080")).toBe("proxy:own.test:8080");
    expect(chosen("https://a.test", {}, "http://[fd00::1]:3128")).toBe("proxy:[fd00::1]:3128");
  });

  it.each([
    ["*", "https://a.test", true],
    ["a.test", "https://a.test", true],
    ["a.test", "https://x.a.test", true],
    ["a.test", "https://xa.test", false],
    [".a.test", "https://x.a.test", true],
    ["*.a.test", "https://x.a.test", true],
    ["A.Test", "https://a.test", true],
    ["a.test", "https://a.test.", true],
    ["a.test:443", "https://a.test", true],
    ["a.test:8443", "https://a.test", false],
    ["b.test, a.test", "https://a.test", true],
    ["b.test a.test", "https://a.test", true],
    ["127.0.0.1", "https://127.0.0.1:9", true],
    ["127.0.0.1:9", "https://127.0.0.1:9", true],
    ["[::1]:9", "https://[::1]:9", true],
    ["[::1]", "https://[::1]:9", true],
    ["10.0.0.0/8", "https://10.2.3.4", true],
    ["10.0.0.0/8", "https://11.2.3.4", false],
    ["fd00::/8", "https://[fd12::1]", true],
    ["10.0.0.0/99", "https://10.2.3.4", false],
    ["0.0.1", "https://127.0.0.1", false],
    ["", "https://a.test", false],
    [",", "https://a.test", false],
    [".", "https://a.test", false],
  ])("NO_PROXY=%s and %s: %s", (no, url, straight) => {
    expect(chosen(url, { ...both, no })).toBe(straight ? "straight" : "proxy:secure:443");
  });
});
