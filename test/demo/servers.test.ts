import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createAuthority } from "../../src/demo/certificates.ts";
import { type ApiConditions, type CertificateCondition, CLEAN } from "../../src/demo/conditions.ts";
import { type ApiSetting, type RunningApi, startApi } from "../../src/demo/servers.ts";
import { exchange, get, handshake, verdictOf } from "../lab/support/client.ts";

const authority = createAuthority();
const ca = authority.certificatePem;
const setting: ApiSetting = { authority, now: new Date() };
const running: RunningApi[] = [];
const withKey = { ca, headers: { "x-api-key": "clean-demo-key-4tXw8QmZr2LcVb7NsKjD" } };

async function start(conditions: Partial<ApiConditions> = {}, where: ApiSetting = setting): Promise<RunningApi> {
  const api = await startApi(where, conditions);
  running.push(api);
  return api;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((api) => api.close()));
});

describe("the clean API", () => {
  test("answers its credential, over a trusted connection, without a banner", async () => {
    const api = await start();
    const answer = await get(`${api.url}/v1/orders?limit=10`, withKey);
    expect(answer).toMatchObject({ status: 200, trusted: true });
    expect(JSON.parse(answer.body)).toEqual(CLEAN.resources["/v1/orders"]);
    expect(Object.keys(answer.headers).sort()).toEqual([
      "cache-control",
      "connection",
      "content-type",
      "date",
      "strict-transport-security",
      "transfer-encoding",
      "x-content-type-options",
    ]);
  });

  test("is reached as localhost too", async () => {
    const api = await start();
    expect(await get(`https://localhost:${api.port}/v1/orders`, withKey)).toMatchObject({ status: 200, trusted: true });
  });

  test.each<[string, Record<string, string>]>([
    ["no credential", {}],
    ["a wrong one", { "x-api-key": "clean-demo-ke" }],
    ["one in the wrong place", { authorization: "clean-demo-key-4tXw8QmZr2LcVb7NsKjD" }],
  ])("asks for its credential: %s", async (_name, headers) => {
    const api = await start();
    const answer = await get(`${api.url}/v1/orders`, { ca, headers });
    expect(answer.status).toBe(401);
    expect(answer.headers["www-authenticate"]).toBe("Bearer");
    expect(answer.body).toBe('{"error":"authentication_required"}');
  });

  test("knows no other path, and no path of Object.prototype", async () => {
    const api = await start();
    expect((await get(`${api.url}/v1/other`, withKey)).status).toBe(404);
    expect((await get(`${api.url}/constructor`, withKey)).status).toBe(404);
  });

  test("speaks TLS 1.2 and 1.3 and nothing older", async () => {
    const api = await start();
    expect(await handshake(api.port, { min: "TLSv1", max: "TLSv1.3" })).toBe("TLSv1.3");
    expect(await handshake(api.port, { min: "TLSv1.2", max: "TLSv1.2" })).toBe("TLSv1.2");
    expect(await handshake(api.port, { min: "TLSv1", max: "TLSv1.1" })).toBe("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION");
  });
});

describe("knobs", () => {
  test("TLS 1.0 only", async () => {
    const api = await start({ tlsVersions: { min: "TLS 1.0", max: "TLS 1.0" } });
    expect(await handshake(api.port, { min: "TLSv1", max: "TLSv1.3" })).toBe("TLSv1");
    expect(await handshake(api.port, { min: "TLSv1.1", max: "TLSv1.3" })).toMatch(/^ERR_SSL_/);
  });

  test("TLS versions while it runs, and back", async () => {
    const api = await start();
    await api.change({ tlsVersions: { min: "TLS 1.0", max: "TLS 1.1" } });
    expect(await handshake(api.port, { min: "TLSv1", max: "TLSv1.3" })).toBe("TLSv1.1");
    await api.change({ tlsVersions: CLEAN.tlsVersions });
    expect(await handshake(api.port, { min: "TLSv1", max: "TLSv1.3" })).toBe("TLSv1.3");
    expect(await handshake(api.port, { min: "TLSv1", max: "TLSv1.1" })).toBe("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION");
  });

  test.each<[CertificateCondition, string]>([
    ["expiring", "trusted"],
    ["expired", "CERT_HAS_EXPIRED"],
    ["self-signed", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["wrong-name", "ERR_TLS_CERT_ALTNAME_INVALID"],
  ])("certificate while it runs: %s", async (certificate, verdict) => {
    const api = await start();
    expect(await trust(api)).toBe("trusted");
    await api.change({ certificate });
    expect(await trust(api)).toBe(verdict);
    await api.change({ certificate: "valid" });
    expect(await trust(api)).toBe("trusted");
  });

  test("credential in the query", async () => {
    const api = await start({ auth: { in: "query", name: "key", value: "a+b c" } });
    expect((await get(`${api.url}/v1/orders?key=a%2Bb+c`)).status).toBe(200);
    expect((await get(`${api.url}/v1/orders?key=a`)).status).toBe(401);
  });

  test("open to all", async () => {
    const api = await start({ auth: { in: "open" } });
    expect((await get(`${api.url}/v1/orders`)).status).toBe(200);
  });

  test("headers, status and resources while it runs", async () => {
    const api = await start();
    await api.change({ headers: { server: "nginx/1.18.0" }, status: 203, resources: { "/v2": [1] } });
    const answer = await get(`${api.url}/v2`, withKey);
    expect(answer).toMatchObject({ status: 203, body: "[1]" });
    expect(answer.headers.server).toBe("nginx/1.18.0");
    expect(answer.headers["cache-control"]).toBeUndefined();
  });

  test("plain HTTP on the TLS port", async () => {
    const api = await start();
    const twin = `http://127.0.0.1:${api.port}/v1/orders?limit=1`;
    expect((await get(twin)).status).toBe(400);
    await api.change({ plaintext: "redirect" });
    expect((await get(twin)).headers.location).toBe(`${api.url}/v1/orders?limit=1`);
    await api.change({ plaintext: "served" });
    expect(await get(twin, withKey)).toMatchObject({ status: 200, trusted: false });
    await api.change({ plaintext: "closed" });
    expect(await exchange(api.port, Buffer.from("GET / HTTP/1.1\r\nHost: x\r\n\r\n"))).toEqual({ received: Buffer.alloc(0), end: "FIN" });
  });

  test("nobody listens, then somebody does, on the same port", async () => {
    const api = await start({ listens: false });
    await expect(get(`${api.url}/v1/orders`, withKey)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    await api.change({ listens: true });
    expect((await get(`${api.url}/v1/orders`, withKey)).status).toBe(200);
    await api.change({ listens: false });
    await expect(get(`${api.url}/v1/orders`, withKey)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect(api.counts()).toMatchObject({ connections: 1, requests: 1 });
  });

  test("the IPv6 loopback address", async (context) => {
    const api = await start({}, { ...setting, address: "::1" }).catch(() => undefined);
    if (api === undefined) return context.skip("this machine has no IPv6 loopback address");
    expect(api.url).toBe(`https://[::1]:${api.port}`);
    expect(await get(`${api.url}/v1/orders`, withKey)).toMatchObject({ status: 200, trusted: true });
  });
});

describe("interference", () => {
  test("a reset is a reset, for a hello and for plain HTTP", async () => {
    const api = await start({ interference: { reset: 1, stall: 0, tooManyRequests: 0, seed: 1 } });
    expect(await handshake(api.port, { min: "TLSv1.2", max: "TLSv1.3" })).toBe("ECONNRESET");
    expect(await exchange(api.port, Buffer.from("GET / HTTP/1.1\r\n\r\n"))).toEqual({ received: Buffer.alloc(0), end: "ECONNRESET" });
    expect(api.counts()).toEqual({ connections: 2, requests: 1, byPath: { "/": 1 } });
  });

  test("429 comes after an untouched handshake", async () => {
    const api = await start({ interference: { reset: 0, stall: 0, tooManyRequests: 1, seed: 1 } });
    expect(await get(`${api.url}/v1/orders`, withKey)).toMatchObject({ status: 429, trusted: true });
    await api.change({ interference: CLEAN.interference });
    expect((await get(`${api.url}/v1/orders`, withKey)).status).toBe(200);
  });

  test("a stalled connection says nothing until the API closes", async () => {
    const api = await start({ interference: { reset: 0, stall: 1, tooManyRequests: 0, seed: 1 } });
    const socket = connect(api.port, "127.0.0.1");
    let received = 0;
    socket.on("data", (part: Buffer) => {
      received += part.length;
    });
    socket.on("error", () => undefined);
    socket.write("GET /slow HTTP/1.1\r\n\r\n");
    while (api.counts().requests === 0) await new Promise(setImmediate);
    await api.close();
    await once(socket, "close");
    expect(received).toBe(0);
    expect(api.counts().byPath).toEqual({ "/slow": 1 });
  });

  test("half of each: the same seed turns the same connections away", async () => {
    const rows = await Promise.all([7, 7, 8].map((seed) => statusRow(seed)));
    expect(rows[0]).toEqual(rows[1]);
    expect(rows[0]).not.toEqual(rows[2]);
    expect(new Set(rows[0])).toEqual(new Set(["ECONNRESET", "429", "200"]));
  });
});

describe("what it counts", () => {
  test("connections by TCP, requests and their paths by what was read", async () => {
    const api = await start({ auth: { in: "query", name: "key", value: "k" } });
    await handshake(api.port, { min: "TLSv1.2", max: "TLSv1.2" });
    await get(`${api.url}/v1/orders?key=k`);
    await get(`${api.url}/v1/orders`);
    await get(`http://127.0.0.1:${api.port}/plain`);
    expect(api.counts()).toEqual({ connections: 4, requests: 3, byPath: { "/v1/orders": 2, "/plain": 1 } });
  });

  test("a connection without a byte counts as one, and does no harm", async () => {
    const api = await start();
    const socket = connect(api.port, "127.0.0.1");
    await once(socket, "connect");
    socket.end();
    await once(socket, "close");
    expect(api.counts()).toEqual({ connections: 1, requests: 0, byPath: {} });
  });

  test("requests keep all that they carried", async () => {
    const api = await start();
    await get(`${api.url}/v1/orders?a=1`, withKey);
    const [seen] = api.requests();
    expect(seen).toMatchObject({ scheme: "https", path: "/v1/orders" });
    expect(seen?.head).toContain("GET /v1/orders?a=1 HTTP/1.1\r\n");
    expect(seen?.head).toContain("x-api-key: clean-demo-key-4tXw8QmZr2LcVb7NsKjD");
  });
});

test("closing ends open connections and frees the port, and may be done twice", async () => {
  const api = await start();
  const socket = connect(api.port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  const closed = once(socket, "close");
  while (api.counts().connections === 0) await new Promise(setImmediate);
  await api.close();
  await closed;
  await api.close();
  await expect(get(api.url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

async function trust({ port }: RunningApi): Promise<string> {
  return (await verdictOf(port, ca)).verdict;
}

async function statusRow(seed: number): Promise<string[]> {
  const api = await start({ interference: { reset: 0.3, stall: 0, tooManyRequests: 0.3, seed } });
  const row: string[] = [];
  for (let index = 0; index < 20; index += 1) {
    row.push(
      await get(`${api.url}/v1/orders`, withKey).then(
        ({ status }) => String(status),
        (error: NodeJS.ErrnoException) => error.code ?? error.message,
      ),
    );
  }
  return row;
}
