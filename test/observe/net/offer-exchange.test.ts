import { createHash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { TlsOptions } from "node:tls";
import { describe, expect, it } from "vitest";
import { DAY } from "../../../src/model/instant.ts";
import type { TlsAnswer, TlsOffer } from "../../../src/model/tls-offer.ts";
import { exchangeOffer, exchangeSsl2, type OfferSettings } from "../../../src/observe/net/offer-exchange.ts";
import type { RecordVersion } from "../../../src/observe/wire/version.ts";
import { firstOffer } from "./support/first-offer.ts";
import { authority, type Peer, tcpPeer, tlsPeer } from "./support/peers.ts";

const LIFE = new AbortController().signal;
const settings: OfferSettings = { life: LIFE, timeoutMs: 5000, until: "flight" };
const opening = (peer: Peer) => async () => connect(peer.port, "127.0.0.1");
const ask = (peer: Peer, offer: TlsOffer, more: Partial<OfferSettings> = {}) =>
  exchangeOffer(opening(peer), peer.https, offer, { ...settings, ...more });
/** A server that prefers a group without a share would ask for one, and show no certificate. */
const readable = (version: RecordVersion): TlsOffer =>
  version === "TLS 1.3" ? { ...firstOffer(version), groups: [0x001d, 0x0017], shares: [0x001d, 0x0017] } : firstOffer(version);
const helloOf = (answer: TlsAnswer) => (answer.type === "hello" ? answer : undefined);
const everything: TlsOptions = { minVersion: "TLSv1", ciphers: "ALL:@SECLEVEL=0", dhparam: "auto" };
function rsaCertificate(): TlsOptions {
  const { chainPem, keyPem } = authority.issue({
    ...{ dnsNames: ["localhost"], keyType: "rsa" },
    ...{ notBefore: new Date(Date.now() - 1000), notAfter: new Date(Date.now() + DAY) },
  });
  return { cert: chainPem, key: keyPem };
}
const replying = (...chunks: Uint8Array[]) => {
  const react = (socket: Socket) => socket.once("data", () => socket.end(Buffer.concat(chunks)));
  return tcpPeer(react);
};

describe("an offer", () => {
  it.each<[RecordVersion, number, number | undefined]>([
    ["TLS 1.0", 0xc00a, undefined],
    ["TLS 1.1", 0xc00a, undefined],
    ["TLS 1.2", 0xc02c, 0x0403],
    ["TLS 1.3", 0x1302, 0x0403],
  ])("of %s is answered with the certificate and the scheme of its signature", async (version, cipherSuite, signatureScheme) => {
    const peer = await tlsPeer(everything, () => undefined);
    const answer = helloOf(await ask(peer, readable(version)));
    expect(answer).toMatchObject({ version, cipherSuite, group: 0x001d, helloRetryRequest: false, features: { complete: true } });
    expect(answer?.signatureScheme).toBe(signatureScheme);
    expect(answer?.certificate).toEqual({ key: "ecdsa", group: 0x0017, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const [leaf = new Uint8Array()] = answer?.features?.chain ?? [];
    expect(new X509Certificate(leaf).checkIssued(new X509Certificate(authority.certificatePem))).toBe(true);
    expect(createHash("sha256").update(leaf).digest("hex")).toBe(answer?.certificate?.sha256);
  });

  it.each([0x0017, 0x0018, 0x0019, 0x001d, 0x001e])("of a share of group %i reads the certificate under it", async (group) => {
    const peer = await tlsPeer({ ecdhCurve: "X25519:P-256:P-384:P-521:X448" }, () => undefined);
    const answer = await ask(peer, { ...firstOffer("TLS 1.3"), groups: [group], shares: [group] });
    expect(answer).toMatchObject({ group, certificate: { key: "ecdsa" }, features: { complete: true } });
  });

  it.each([0x1301, 0x1302, 0x1303, 0x1304, 0x1305])("of suite %i alone is read", async (suite) => {
    const ciphers =
      "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256";
    const peer = await tlsPeer({ ciphers: `${ciphers}:DEFAULT:@SECLEVEL=0` }, () => undefined);
    const answer = await ask(peer, { ...readable("TLS 1.3"), cipherSuites: [suite] });
    expect(answer).toMatchObject({ cipherSuite: suite, certificate: { key: "ecdsa" }, signatureScheme: 0x0403 });
  });

  it("without a share is answered with the server's choice of group, and nothing is agreed on", async () => {
    const peer = await tlsPeer({ ecdhCurve: "P-521:P-384" }, () => undefined);
    const answer = await ask(peer, { ...firstOffer("TLS 1.3"), shares: [] });
    expect(answer).toMatchObject({ helloRetryRequest: true, version: "TLS 1.3", group: 0x0019, features: { complete: true } });
    expect(helloOf(answer)?.certificate).toBeUndefined();
  });

  it("of a ceiling is answered with the best below it", async () => {
    const peer = await tlsPeer({ ...everything, maxVersion: "TLSv1.1" }, () => undefined);
    const suites = firstOffer("TLS 1.0").cipherSuites;
    expect(await ask(peer, { ...firstOffer("TLS 1.2"), cipherSuites: suites })).toMatchObject({ version: "TLS 1.1" });
    const both = { ...firstOffer("TLS 1.3"), cipherSuites: [0x1301, ...suites], downTo: "TLS 1.0" } as const;
    expect(await ask(peer, both)).toMatchObject({ version: "TLS 1.1" });
    expect(await ask(peer, firstOffer("TLS 1.3"))).toEqual({ type: "alert", level: 2, description: 70 });
  });

  it("of finite-field Diffie-Hellman says how long the prime is, and whether the key is another one each time", async () => {
    const peer = await tlsPeer({ ...everything, maxVersion: "TLSv1.2", ...rsaCertificate() }, () => undefined);
    const offer = { ...firstOffer("TLS 1.2"), cipherSuites: [0x009f, 0x0033] };
    const answers = [helloOf(await ask(peer, offer)), helloOf(await ask(peer, offer))];
    for (const answer of answers) expect(answer).toMatchObject({ dhBits: expect.any(Number), signatureScheme: expect.any(Number) });
    expect([2048, 3072]).toContain(answers[0]?.dhBits);
    expect(answers[0]?.dhPrime).toBe(answers[1]?.dhPrime);
    expect(answers[0]?.ephemeralKey).not.toBe(answers[1]?.ephemeralKey);
    expect(answers[0]?.group).toBeUndefined();
  });

  it("of anonymous suites alone is answered without a certificate", async () => {
    const peer = await tlsPeer({ ...everything, maxVersion: "TLSv1.2" }, () => undefined);
    const answer = helloOf(await ask(peer, { ...firstOffer("TLS 1.2"), cipherSuites: [0xc018, 0xc019] }));
    expect(answer).toMatchObject({ cipherSuite: 0xc019, group: 0x001d, features: { complete: true } });
    expect([answer?.certificate, answer?.signatureScheme]).toEqual([undefined, undefined]);
  });

  it.each<[RecordVersion]>([["TLS 1.2"], ["TLS 1.3"]])(
    "of %s reads what a server that wants a client certificate wants",
    async (version) => {
      const peer = await tlsPeer({ requestCert: true, ca: authority.certificatePem }, () => undefined);
      const answer = helloOf(await ask(peer, readable(version)));
      expect(answer?.features?.certificateRequest).toMatchObject({ authorities: [expect.stringMatching(/^CN=/)], authorityCount: 1 });
      expect(answer?.features?.certificateRequest?.signatureSchemes).toContain(0x0403);
    },
  );

  it("reads the features that it asks for, and none that it does not", async () => {
    const cbc = { ...firstOffer("TLS 1.2"), cipherSuites: [0xc023, 0xc009] };
    const peer = await tlsPeer({ ...everything, ALPNProtocols: ["http/1.1"] }, () => undefined);
    const asked = helloOf(await ask(peer, cbc, { features: true, alpn: ["h2", "http/1.1"] }))?.features;
    const found = { secureRenegotiation: true, extendedMasterSecret: true, compression: 0, stapled: false, sctOctets: 0 };
    expect(asked).toMatchObject({ ...found, encryptThenMac: true, sessionTicket: true, alpn: "http/1.1" });
    const plain = helloOf(await ask(peer, cbc))?.features;
    expect(plain).toMatchObject({ ...found, encryptThenMac: false, sessionTicket: false });
    expect(plain?.alpn).toBeUndefined();
  });

  it("may leave the name out, stop at the hello, offer DEFLATE, GREASE and as long a hello as it likes", async () => {
    const names: string[] = [];
    const SNICallback: TlsOptions["SNICallback"] = (name, done) => {
      names.push(name);
      done(null);
    };
    const peer = await tlsPeer({ SNICallback }, () => undefined);
    const target = { ...peer.https, serverName: "api.example.test" };
    const grease = { type: 0x2a2a, data: Uint8Array.of(0) };
    const odd = { deflate: true, extensions: [grease], minLength: 18_000, until: "hello" } as const;
    const answer = await exchangeOffer(opening(peer), target, firstOffer("TLS 1.2"), { ...settings, ...odd });
    expect(answer).toMatchObject({ version: "TLS 1.2", features: { compression: 0, complete: false } });
    await exchangeOffer(opening(peer), target, firstOffer("TLS 1.2"), { ...settings, sni: false });
    expect(names).toEqual(["api.example.test"]);
  });

  it.each<[string, Uint8Array[], TlsAnswer]>([
    ["an alert", [Uint8Array.of(21, 3, 1, 0, 2, 2, 40)], { type: "alert", level: 2, description: 40 }],
    ["a close without an octet", [], { type: "close", midAnswer: false }],
    ["a close in the middle", [Uint8Array.of(22, 3, 1, 0)], { type: "close", midAnswer: true }],
    ["a web page", [Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n")], { type: "malformed", field: "record.type" }],
    ["a banner", [Buffer.from("SSH-2.0-OpenSSH_9.2\r\n")], { type: "malformed", field: "record.type" }],
  ])("is answered by %s", async (_name, chunks, answer) => {
    expect(await ask(await replying(...chunks), firstOffer("TLS 1.2"))).toEqual(answer);
  });

  it("is answered by a reset, and by silence, within its time", async () => {
    const resetting = await tcpPeer((socket) => socket.once("data", () => socket.resetAndDestroy()));
    expect(await ask(resetting, firstOffer("TLS 1.2"))).toEqual({ type: "reset" });
    const silent = await tcpPeer(() => undefined);
    expect(await ask(silent, firstOffer("TLS 1.2"), { timeoutMs: 50 })).toEqual({ type: "timeout" });
  });

  const serverHello = Buffer.concat([Uint8Array.of(22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1), new Uint8Array(33), Uint8Array.of(0, 47, 0)]);

  it.each<[string, (socket: Socket) => void]>([
    ["a fatal alert", (socket) => socket.end(Buffer.concat([serverHello, Uint8Array.of(21, 3, 1, 0, 2, 2, 40)]))],
    ["a close", (socket) => socket.end(serverHello)],
    ["garbage", (socket) => socket.end(Buffer.concat([serverHello, Buffer.from("HTTP/1.1")]))],
    ["silence", (socket) => socket.write(serverHello)],
  ])("counts a hello that is followed by %s", async (_name, react) => {
    const peer = await tcpPeer((socket) => socket.once("data", () => react(socket)));
    const answer = await ask(peer, firstOffer("TLS 1.0"), { timeoutMs: 200 });
    expect(answer).toMatchObject({ type: "hello", version: "TLS 1.0", cipherSuite: 0x002f, features: { complete: false } });
  });

  it("may be answered octet by octet", async () => {
    const peer = await tcpPeer((socket) =>
      socket.once("data", () => {
        const octets = [21, 3, 1, 0, 2, 2, 40];
        const next = () => {
          const octet = octets.shift();
          if (octet !== undefined) socket.write(Uint8Array.of(octet), () => setImmediate(next));
        };
        next();
      }),
    );
    expect(await ask(peer, firstOffer("TLS 1.2"))).toEqual({ type: "alert", level: 2, description: 40 });
  });

  it("is not answered by a drip, which buys no time", async () => {
    const dripping = await tcpPeer((socket) =>
      socket.once("data", () => {
        socket.write(Uint8Array.of(22, 3, 1, 0x40, 0));
        const drip = setInterval(() => socket.write(Uint8Array.of(2)), 5);
        socket.on("close", () => clearInterval(drip));
      }),
    );
    expect(await ask(dripping, firstOffer("TLS 1.2"), { timeoutMs: 60 })).toEqual({ type: "timeout" });
  });

  it("closes its connection as soon as it is answered", async () => {
    const sockets: Socket[] = [];
    const peer = await tcpPeer((socket) => {
      sockets.push(socket);
      socket.once("data", () => socket.write(Uint8Array.of(21, 3, 1, 0, 2, 2, 40)));
    });
    await ask(peer, firstOffer("TLS 1.2"));
    const [socket] = sockets;
    if (socket?.closed === false) await once(socket, "close");
    expect(sockets.map(({ closed }) => closed)).toEqual([true]);
  });

  it("outlives no life, and has no answer without a connection", async () => {
    const silent = await tcpPeer(() => undefined);
    const life = new AbortController();
    const asking = ask(silent, firstOffer("TLS 1.2"), { life: life.signal });
    life.abort(new Error("over"));
    await expect(asking).rejects.toThrow();
    const failing = async (): Promise<Socket> => {
      throw new Error("refused");
    };
    await expect(exchangeOffer(failing, silent.https, firstOffer("TLS 1.2"), settings)).rejects.toThrow("refused");
  });

  it("is no hello with more than 128 suites, or with a share that cannot be made", async () => {
    const peer = await tcpPeer(() => undefined);
    const long = { ...firstOffer("TLS 1.2"), cipherSuites: Array.from({ length: 129 }, (_, code) => code) };
    await expect(ask(peer, long)).rejects.toThrow(RangeError);
    await expect(ask(peer, { ...firstOffer("TLS 1.3"), shares: [0x11ec] })).rejects.toThrow(RangeError);
    expect(peer.connections()).toBe(0);
  });
});

describe("a hello of SSL 2.0", () => {
  const certificate = new X509Certificate(authority.certificatePem).raw;
  const message = Buffer.concat([
    Uint8Array.of(4, 0, 1, 0, 2, certificate.length >> 8, certificate.length & 255, 0, 6, 0, 16),
    ...[certificate, Uint8Array.of(1, 0, 0x80, 7, 0, 0xc0), new Uint8Array(16)],
  ]);
  const short = Buffer.concat([Uint8Array.of(0x80 | (message.length >> 8), message.length & 255), message]);
  const padded = Buffer.concat([Uint8Array.of((message.length + 3) >> 8, (message.length + 3) & 255, 3), message, new Uint8Array(3)]);
  const SPOKEN = { type: "hello", version: "SSL 2.0", cipherSuite: 0, helloRetryRequest: false };

  it.each([
    ["two octets", short],
    ["three octets and padding", padded],
  ])("is answered with all ciphers and the certificate, behind a header of %s", async (_name, bytes) => {
    const hellos: Buffer[] = [];
    const peer = await tcpPeer((socket) =>
      socket.once("data", (hello: Buffer) => {
        hellos.push(hello);
        for (const octet of bytes) socket.write(Uint8Array.of(octet));
      }),
    );
    const answer = await exchangeSsl2(opening(peer), settings);
    expect(answer).toMatchObject({ ...SPOKEN, cipherKinds: [0x010080, 0x0700c0], certificate: { key: "ecdsa", group: 0x0017 } });
    expect(hellos[0]?.subarray(0, 11).toString("hex")).toBe(`8031${"01"}0002${"0018"}0000${"0010"}`);
    expect(hellos[0]?.length).toBe(2 + 0x31);
  });

  it.each<[string, Uint8Array, object]>([
    ["no cipher at all", Uint8Array.of(0x80, 11, 4, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0), { ...SPOKEN, cipherKinds: [] }],
    ["an error that says so", Uint8Array.of(0x80, 3, 0, 0, 1), { ...SPOKEN, cipherKinds: [] }],
    ["an alert of TLS", Uint8Array.of(21, 3, 1, 0, 2, 2, 70), { type: "alert", level: 2, description: 70 }],
    ["a close", Uint8Array.of(), { type: "close", midAnswer: false }],
    ["half an answer", short.subarray(0, 40), { type: "close", midAnswer: true }],
    ["another error", Uint8Array.of(0x80, 3, 0, 0, 4), { type: "malformed", field: "ssl2.error_code" }],
    ["a web page", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"), { type: "malformed", field: "ssl2.msg_type" }],
    ["a version that there is not", Uint8Array.of(0x80, 11, 4, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0), { type: "malformed", field: "ssl2.version" }],
  ])("is answered by %s", async (_name, bytes, answer) => {
    expect(await exchangeSsl2(opening(await replying(bytes)), settings)).toEqual(answer);
  });

  it("is refused by a server of today", async () => {
    const answer = await exchangeSsl2(opening(await tlsPeer({}, () => undefined)), settings);
    expect(["alert", "close"]).toContain(answer.type);
  });
});
