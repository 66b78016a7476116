import { describe, expect, it } from "vitest";
import { createAuthority } from "../../../src/demo/certificates.ts";
import { DAY } from "../../../src/model/instant.ts";
import type { HttpRequest, PlacedCredential } from "../../../src/model/net-port.ts";
import { Secret } from "../../../src/model/secret.ts";
import { targetOf } from "../../../src/model/target.ts";
import { answering, authority, GET, type Peer, session, tlsPeer, whenAsked } from "./support/peers.ts";

const CANARY = "canary-9f2c7b";
const bearer: PlacedCredential = { in: "header", name: "Authorization", prefix: "Bearer ", value: new Secret(CANARY) };
const valid = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) };

/** Collects every decrypted byte that a TLS server is sent. */
async function listener(certificate?: {
  readonly chainPem: string;
  readonly keyPem: string;
}): Promise<{ peer: Peer; heard: () => string }> {
  let bytes = "";
  const options = certificate === undefined ? {} : { cert: certificate.chainPem, key: certificate.keyPem };
  const peer = await tlsPeer(options, (socket) => {
    socket.on("data", (chunk) => {
      bytes += chunk.toString("latin1");
    });
    whenAsked(socket, () => socket.end("HTTP/1.1 204 No Content\r\n\r\n"));
  });
  return { peer, heard: () => bytes };
}
const send = (peer: Peer, request: Partial<HttpRequest>) => session().request(peer.https, "127.0.0.1", { ...GET, ...request });

describe("a credential", () => {
  it.each([
    ["a header", bearer, `authorization: Bearer ${CANARY}`],
    ["a header of its own", { ...bearer, name: "X-Api-Key", prefix: "" }, `x-api-key: ${CANARY}`],
    ["a cookie", { ...bearer, in: "cookie", name: "sid", prefix: "" }, `cookie: sid=${CANARY}`],
    ["the query", { ...bearer, in: "query", name: "api key", prefix: "" }, `GET /v1/things?a=1%2B1&api%20key=${CANARY} HTTP/1.1`],
  ] as const)("is placed in %s", async (_name, credential, line) => {
    const { peer, heard } = await listener();
    expect(await send(peer, { path: "/v1/things?a=1%2B1", credential })).toMatchObject({ ok: true, value: { trusted: true } });
    expect(heard().split("\r\n")).toContain(line);
  });

  it("stands beside what the inventory says, and replaces a field of the same name", async () => {
    const { peer, heard } = await listener();
    await send(peer, { headers: { Cookie: "theme=dark", authorization: "literal" }, credential: bearer });
    await send(peer, { headers: { Cookie: "theme=dark" }, credential: { ...bearer, in: "cookie", name: "sid", prefix: "" } });
    expect(heard()).toContain(`cookie: theme=dark; sid=${CANARY}`);
    expect(heard()).not.toContain("literal");
  });

  it("is encoded where a query needs it", async () => {
    const { peer, heard } = await listener();
    await send(peer, { path: "/x", credential: { ...bearer, in: "query", name: "k", prefix: "", value: new Secret("a&b=c#d é") } });
    expect(heard()).toContain("GET /x?k=a%26b%3Dc%23d%20%C3%A9 HTTP/1.1");
  });

  it.each([
    [
      "an expired certificate",
      authority.issue({ ipAddresses: ["127.0.0.1"], notBefore: new Date(0), notAfter: new Date(DAY) }),
      "CERT_HAS_EXPIRED",
    ],
    [
      "a self-signed certificate",
      authority.issue({ ipAddresses: ["127.0.0.1"], ...valid, selfSigned: true }),
      "DEPTH_ZERO_SELF_SIGNED_CERT",
    ],
    ["a stranger's certificate", createAuthority().issue({ ipAddresses: ["127.0.0.1"], ...valid }), "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ["another host's certificate", authority.issue({ dnsNames: ["other.example"], ...valid }), "ERR_TLS_CERT_ALTNAME_INVALID"],
  ])("is not sent to %s: not a byte of the request leaves", async (_name, certificate, code) => {
    const { peer, heard } = await listener(certificate);
    const net = session();
    const result = await net.request(peer.https, "127.0.0.1", { ...GET, credential: bearer });
    expect(result).toMatchObject({ ok: false, error: { reason: "tls_untrusted", phase: "tls", code, retriable: false } });
    expect(heard()).toBe("");
    expect(net.sent()).toEqual({ connections: 1, requests: 0 });
    expect(await net.request(peer.https, "127.0.0.1", GET)).toMatchObject({ ok: true, value: { trusted: false } });
  });

  it("is not sent over http, and nothing else is", async () => {
    const peer = await answering("HTTP/1.1 200 OK\r\n\r\n");
    const result = await session().request(peer.http, "127.0.0.1", { ...GET, credential: bearer });
    expect(result).toMatchObject({ ok: false, error: { reason: "credential_withheld", phase: "plan" } });
    expect(peer.connections()).toBe(0);
  });

  it.each(["path", "body"] as const)("has no declared place in a %s", async (place) => {
    const { peer } = await listener();
    expect(await send(peer, { credential: { ...bearer, in: place } })).toMatchObject({
      ok: false,
      error: { reason: "credential_withheld" },
    });
    expect(peer.connections()).toBe(0);
  });

  it.each([
    ["header", "a\r\nX-Injected: 1"],
    ["header", "a\u0000b"],
    ["header", "snow\u2603"],
    ["cookie", "a; admin=1"],
  ] as const)("that would break out of its %s is not sent", async (place, value) => {
    const { peer } = await listener();
    const result = await send(peer, { credential: { in: place, name: "x", prefix: "", value: new Secret(value) } });
    expect(result).toEqual({
      ok: false,
      error: { reason: "credential_unavailable", phase: "plan", code: "ERR_INVALID_CHAR", retriable: false },
    });
    expect(peer.connections()).toBe(0);
  });

  it("is in no failure, however the exchange ends", async () => {
    const ends: ((socket: { end(text: string): void; destroy(): void }) => void)[] = [
      (socket) => socket.end("garbage\r\n\r\n"),
      (socket) => socket.destroy(),
      (socket) => socket.end(`HTTP/1.1 200 ${CANARY}\r\n${CANARY} x: 1\r\n\r\n`),
    ];
    for (const end of ends) {
      const peer = await tlsPeer({}, (socket) => whenAsked(socket, () => end(socket)));
      for (const credential of [bearer, { ...bearer, in: "query" as const, name: "key" }]) {
        const result = await send(peer, { credential });
        expect(result.ok).toBe(false);
        expect(JSON.stringify(result)).not.toContain(CANARY);
      }
    }
  });

  it("goes to the vetted address under the name of its origin", async () => {
    const { peer, heard } = await listener();
    const target = targetOf("x", "test", `https://api.example.test:${peer.port}`);
    expect(await session().request(target, "127.0.0.1", { ...GET, credential: bearer })).toMatchObject({
      ok: true,
      value: { trusted: true },
    });
    expect(heard()).toContain(`host: api.example.test:${peer.port}`);
  });
});
