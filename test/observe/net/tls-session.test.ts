import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createAuthority } from "../../../src/demo/certificates.ts";
import { DAY } from "../../../src/model/instant.ts";
import { targetOf } from "../../../src/model/target.ts";
import { authority, type Peer, session, tcpPeer, tlsPeer } from "./support/peers.ts";

const look = (peer: Peer, net = session()) => net.tlsSession(peer.https, "127.0.0.1");
const subjects = (chain: readonly Uint8Array[]) => chain.map((der) => new X509Certificate(der).subject);

describe("a TLS session", () => {
  it("says what node's clients negotiate", async () => {
    const peer = await tlsPeer({ ALPNProtocols: ["h2"] }, () => undefined);
    const net = session();
    const result = await look(peer, net);
    expect(result).toMatchObject({
      ok: true,
      value: {
        version: "TLS 1.3",
        cipherSuite: { name: "TLS_AES_256_GCM_SHA384", code: "0x1302" },
        alpn: "h2",
        group: "X25519",
        chainSource: "node",
      },
    });
    expect(result.ok && result.value.trustError).toBe(undefined);
    expect(result.ok && subjects(result.value.chain)).toEqual(["CN=localhost", "CN=apirisk demo authority"]);
    expect(net.sent()).toEqual({ connections: 1, requests: 0 });
  });

  it("names suites of TLS 1.2 as IANA does", async () => {
    const peer = await tlsPeer({ maxVersion: "TLSv1.2", ciphers: "ECDHE-ECDSA-AES128-GCM-SHA256" }, () => undefined);
    const expected = { version: "TLS 1.2", cipherSuite: { name: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", code: "0xC02B" } };
    const result = await look(peer);
    expect(result).toMatchObject({ ok: true, value: expected });
    expect(result.ok && result.value.alpn).toBe(undefined);
  });

  it.each(["TLSv1", "TLSv1.1"] as const)("sees a server that stayed at %s, with a second connection", async (version) => {
    const peer = await tlsPeer({ minVersion: "TLSv1", maxVersion: version, ciphers: "DEFAULT:@SECLEVEL=0" }, () => undefined);
    const net = session();
    expect(await look(peer, net)).toMatchObject({ ok: true, value: { version: version === "TLSv1" ? "TLS 1.0" : "TLS 1.1" } });
    expect(net.sent().connections).toBe(2);
    expect(peer.connections()).toBe(2);
  });

  it("does not lower itself for any other reason", async () => {
    const peer = await tlsPeer({ maxVersion: "TLSv1.2", ciphers: "PSK-AES128-GCM-SHA256" }, () => undefined);
    expect(await look(peer)).toEqual({ ok: false, error: { reason: "tls_alert", phase: "tls", code: "alert 40", retriable: false } });
    expect(peer.connections()).toBe(1);
  });

  it("reports the first failure where the second attempt may not be made", async () => {
    const peer = await tlsPeer({ minVersion: "TLSv1", maxVersion: "TLSv1", ciphers: "DEFAULT:@SECLEVEL=0" }, () => undefined);
    const net = session({}, { budget: { connections: 1, requests: 0 } });
    expect(await look(peer, net)).toMatchObject({ ok: false, error: { reason: "tls_alert", code: "alert 70" } });
  });

  it("reports what node does not trust, and reads on", async () => {
    const past = authority.issue({
      ipAddresses: ["127.0.0.1"],
      notBefore: new Date(Date.now() - 90 * DAY),
      notAfter: new Date(Date.now() - DAY),
    });
    const selfSigned = authority.issue({
      ipAddresses: ["127.0.0.1"],
      notBefore: new Date(Date.now() - DAY),
      notAfter: new Date(Date.now() + DAY),
      selfSigned: true,
    });
    const stranger = createAuthority({ name: "stranger" }).issue({
      ipAddresses: ["127.0.0.1"],
      notBefore: new Date(Date.now() - DAY),
      notAfter: new Date(Date.now() + DAY),
    });
    const errors: (string | undefined)[] = [];
    for (const { chainPem: cert, keyPem: key } of [past, selfSigned, stranger]) {
      const result = await look(await tlsPeer({ cert, key }, () => undefined));
      errors.push(result.ok ? result.value.trustError : "failed");
    }
    expect(errors).toEqual(["CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"]);
  });

  it("holds the certificate against the name, and against the address where there is no name", async () => {
    const peer = await tlsPeer({}, () => undefined);
    const named = (host: string) => session().tlsSession(targetOf("x", "test", `https://${host}:${peer.port}`), "127.0.0.1");
    const trustError = async (host: string) => {
      const result = await named(host);
      return result.ok ? result.value.trustError : "failed";
    };
    expect(await trustError("api.example.test")).toBe(undefined);
    expect(await trustError("api.example.test.")).toBe(undefined);
    expect(await trustError("other.example.test")).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
    expect(await trustError("127.0.0.1")).toBe(undefined);
    expect(await trustError("127.0.0.2")).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
  });

  it("sends a name without its trailing dot, and none for an address", async () => {
    const names: (string | false | null)[] = [];
    const peer = await tlsPeer({}, (socket) => names.push((socket as { servername?: string | false | null }).servername ?? null));
    for (const host of ["api.example.test.", "127.0.0.1"]) {
      await session().tlsSession(targetOf("x", "test", `https://${host}:${peer.port}`), "127.0.0.1");
    }
    await expect.poll(() => names).toEqual(["api.example.test", false]);
  });

  it("caps a chain that never ends", async () => {
    const own = authority.issue({
      ipAddresses: ["127.0.0.1"],
      notBefore: new Date(Date.now() - DAY),
      notAfter: new Date(Date.now() + DAY),
    });
    const others = Array.from({ length: 30 }, (_, index) => createAuthority({ name: `filler ${index}` }).certificatePem);
    const peer = await tlsPeer({ cert: own.chainPem + others.join(""), key: own.keyPem }, () => undefined);
    const result = await look(peer);
    expect(result.ok && result.value.chain.length).toBeLessThanOrEqual(16);
  });

  it.each([
    ["no TLS", "HTTP/1.1 400 Bad Request\r\n\r\n", "tls_protocol_error"],
    ["an orderly close", "", "connection_closed"],
  ])("fails on %s", async (_name, bytes, reason) => {
    const peer = await tcpPeer((socket) => {
      socket.resume();
      socket.end(bytes);
    });
    expect(await look(peer)).toMatchObject({ ok: false, error: { reason, phase: "tls" } });
  });

  it("fails on a reset, a stall and a closed port", async () => {
    const resetting = await tcpPeer((socket) => socket.once("data", () => socket.resetAndDestroy()));
    expect(await look(resetting)).toMatchObject({ ok: false, error: { reason: "connection_reset", phase: "tls" } });
    const silent = await tcpPeer(() => undefined);
    expect(await look(silent, session({ timeouts: { tls: 50 } }))).toMatchObject({ ok: false, error: { reason: "tls_timeout" } });
    expect(await look(await closedPort())).toMatchObject({ ok: false, error: { reason: "connect_refused", phase: "connect" } });
  });
});

/** A port that was free a moment ago and that nobody listens on. */
async function closedPort(): Promise<Peer> {
  const { createServer } = await import("node:net");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return {
    port,
    connections: () => 0,
    http: targetOf("x", "test", `http://127.0.0.1:${port}`),
    https: targetOf("x", "test", `https://127.0.0.1:${port}`),
  };
}
