import type { Socket } from "node:net";
import type { SecureContextOptions, TlsOptions } from "node:tls";
import { createSecureContext } from "node:tls";
import { describe, expect, it } from "vitest";
import type { TlsEvidence } from "../../../src/evidence/kinds.ts";
import { DAY } from "../../../src/model/instant.ts";
import { targetOf } from "../../../src/model/target.ts";
import type { TlsVersion } from "../../../src/model/tls.ts";
import { tlsParametersProbe } from "../../../src/observe/probes/tls-parameters.ts";
import { tlsSessionProbe } from "../../../src/observe/probes/tls-session.ts";
import { authority, network, type Peer, tcpPeer, tlsPeer } from "../net/support/peers.ts";
import {
  AES_GCM,
  alertRecord,
  CERTIFICATE,
  certificateMessage,
  DONE,
  flight,
  type HeardHello,
  handshakeRecord,
  RENEGOTIATION,
  type Reaction,
  scriptedTls,
  serverHello,
  TLS12,
} from "../net/support/scripted-tls.ts";
import { context } from "./support.ts";

/** The cases of servers that do what servers do, on real sockets; those about certificates are the certificate rules' affair. */
const PATIENCE = 150;
const DEADLINE = 20_000;

async function observe(peer: Peer, depth: "quick" | "standard" | "full" = "full", patience = PATIENCE) {
  const net = network({ timeouts: { tls: patience, hello: patience } }).open({
    budget: { connections: 500, requests: 0 },
    deadlineMs: DEADLINE,
  });
  const target = targetOf("peer", "test", `https://localhost:${peer.port}`);
  const question = { target, address: "127.0.0.1", depth, lanes: 6 } as const;
  const before = peer.connections();
  const observation = await tlsParametersProbe.observe(question, context(net));
  const connections = peer.connections() - before;
  expect(connections).toBeLessThanOrEqual(tlsParametersProbe.bound(depth).connections);
  return { observation, connections, session: () => tlsSessionProbe.observe(question, context(net)) };
}

async function seenOf(peer: Peer, depth?: "quick" | "standard" | "full", patience?: number) {
  const { observation, connections, session } = await observe(peer, depth, patience);
  if (observation.outcome !== "observed") throw new Error(`not observed: ${observation.failure.reason}`);
  const evidence: TlsEvidence = observation.evidence;
  const row = (version: TlsVersion) => evidence.versions.find((found) => found.version === version);
  const suites = (version: TlsVersion) => row(version)?.cipherSuites.map(({ name }) => name);
  return { evidence, row, suites, connections, session };
}

/** TLS 1.2 with one suite, and nothing else; `odd` is how it says so. */
const plain =
  (odd: (hello: HeardHello, count: number) => Reaction = () => flight()) =>
  (hello: HeardHello, count: number): Reaction => {
    if (hello.version !== TLS12 || hello.versions.every((version) => version > TLS12)) return alertRecord(2, 70);
    return hello.has(AES_GCM) ? odd(hello, count) : alertRecord(2, 40);
  };

const ONE_SUITE = ["TLS_RSA_WITH_AES_128_GCM_SHA256"];

function expectPlain({ evidence, row, suites }: Awaited<ReturnType<typeof seenOf>>): void {
  expect(suites("TLS 1.2")).toEqual(ONE_SUITE);
  expect(row("TLS 1.2")).toMatchObject({ support: "accepted", complete: true });
  expect(evidence.versions.filter(({ support }) => support !== "refused").map(({ version }) => version)).toEqual(["TLS 1.2"]);
}

describe("a server that answers in its own way is seen as it is", { timeout: 60_000 }, () => {
  it.each<[string, (hello: HeardHello, count: number) => Reaction]>([
    ["in one record", () => flight()],
    ["with every message in a record of its own", () => [serverHello(), CERTIFICATE, DONE].map((message) => handshakeRecord(message))],
    [
      "in records of one octet",
      () => [...Buffer.concat([serverHello(), CERTIFICATE, DONE])].map((octet) => handshakeRecord(Uint8Array.of(octet))),
    ],
    ["octet by octet", () => (socket: Socket) => octetByOctet(socket, flight())],
    ["after a warning about the name", () => [alertRecord(1, 112), flight()]],
    ["with a fatal alert behind the hello", () => [handshakeRecord(serverHello()), alertRecord(2, 80)]],
    [
      "with values that nobody knows among its extensions",
      () => flight({ extensions: [{ type: 0x4a4a, data: Uint8Array.of(1) }, RENEGOTIATION, { type: 0xfafa, data: new Uint8Array() }] }),
    ],
    ["with the same extension twice", () => flight({ extensions: [RENEGOTIATION, RENEGOTIATION] })],
    ["with an empty list of extensions", () => flight({ extensions: [] })],
    ["without extensions", () => handshakeRecord(serverHello(WITHOUT_EXTENSIONS), CERTIFICATE, DONE)],
    [
      "with our session id, and with one of its own",
      (hello, count) => flight({ sessionId: count % 2 === 0 ? hello.sessionId : new Uint8Array(32).fill(3) }),
    ],
    ["with the same random octets every time", () => flight({ random: new Uint8Array(32) })],
  ])("%s", async (_, odd) => {
    expectPlain(await seenOf(await scriptedTls(plain(odd)), "full", 5000));
  });

  it("that wants the signal of secure renegotiation", async () => {
    const strict = plain((hello) =>
      hello.has(0x00ff) || hello.extensions?.some(({ type }) => type === 0xff01) === true ? flight() : alertRecord(2, 40),
    );
    const seen = await seenOf(await scriptedTls(strict));
    expectPlain(seen);
    expect(seen.evidence.features.secureRenegotiation).toBe(true);
  });

  it("that closes on versions that it does not speak", async () => {
    const closing = await scriptedTls((hello, count) =>
      hello.version === TLS12 && !hello.versions.includes(0x0304) ? plain()(hello, count) : (socket) => socket.end(),
    );
    const seen = await seenOf(closing);
    expectPlain(seen);
    expect(seen.row("TLS 1.3")).toMatchObject({ support: "refused", seen: "close" });
    expect(seen.row("TLS 1.1")).toMatchObject({ support: "refused", seen: "close" });
  });

  it("that answers a hello of TLS 1.3 with TLS 1.2 and no supported_versions", async () => {
    const seen = await seenOf(
      await scriptedTls((hello) =>
        hello.has(AES_GCM) || hello.versions.includes(0x0304)
          ? flight({ cipherSuite: hello.has(AES_GCM) ? AES_GCM : 0x1301 })
          : alertRecord(2, hello.version === TLS12 ? 40 : 70),
      ),
    );
    expect(seen.row("TLS 1.3")?.support).not.toBe("accepted");
    expect(seen.suites("TLS 1.2")).toEqual(ONE_SUITE);
  });

  it("that chooses what was not offered: nothing of it is believed", async () => {
    const seen = await observe(await scriptedTls(() => flight({ cipherSuite: 0xc0ff })));
    if (seen.observation.outcome !== "observed") throw new Error(seen.observation.failure.reason);
    expect(seen.observation.evidence.versions.flatMap(({ cipherSuites }) => cipherSuites)).toEqual([]);
    expect(seen.observation.evidence.versions.filter(({ support }) => support === "accepted")).toEqual([]);
    expect(seen.observation.evidence.quirks).toContain("odd-choice");
  });

  it("that speaks SSL 2.0 and has no cipher for it", async () => {
    const peer = await tcpPeer((socket) =>
      socket.once("data", (bytes) => {
        const isSsl2 = ((bytes[0] ?? 0) & 0x80) !== 0;
        socket.end(isSsl2 ? Uint8Array.of(0x80, 11, 4, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0) : alertRecord(2, 70));
      }),
    );
    const seen = await seenOf(peer);
    expect(seen.row("SSL 2.0")).toMatchObject({ support: "accepted", cipherSuites: [] });
    expect(seen.row("SSL 3.0")).toMatchObject({ support: "refused" });
  });

  it("that speaks SSL 2.0 alone, and lists its ciphers", async () => {
    const list = Uint8Array.of(0x80, 17, 4, 0, 0, 0, 2, 0, 0, 0, 6, 0, 0, 1, 0, 0x80, 2, 0, 0x80);
    const peer = await tcpPeer((socket) =>
      socket.once("data", (bytes) => socket.end(((bytes[0] ?? 0) & 0x80) !== 0 ? list : alertRecord(2, 40))),
    );
    const seen = await seenOf(peer);
    expect(seen.row("SSL 2.0")).toMatchObject({
      support: "accepted",
      cipherSuites: [
        { code: "0x010080", name: "SSL_CK_RC4_128_WITH_MD5" },
        { code: "0x020080", name: "SSL_CK_RC4_128_EXPORT40_WITH_MD5" },
      ],
    });
  });
});

describe("a server that minds the shape of a hello", { timeout: 60_000 }, () => {
  it("loses hellos that are longer than a packet, and is seen all the same", async () => {
    const seen = await seenOf(await scriptedTls(plain((hello) => (hello.octets > 1500 ? () => undefined : flight()))));
    expectPlain(seen);
    expect(seen.evidence.features).toMatchObject({ longHello: false, grease: true });
  });

  it("chokes on values that nobody knows", async () => {
    const seen = await seenOf(await scriptedTls(plain((hello) => (hello.has(0x4a4a) ? alertRecord(2, 40) : flight()))));
    expectPlain(seen);
    expect(seen.evidence.features).toMatchObject({ longHello: true, grease: false });
  });

  it("has no certificate without a name", async () => {
    const seen = await seenOf(await scriptedTls(plain((hello) => (hello.serverName ? flight() : alertRecord(2, 112)))));
    expectPlain(seen);
    expect(seen.evidence.features.withoutName).toBe("refused");
  });

  it("has another certificate without a name, which is not taken for the target's", async () => {
    const named = createSecureContext(identity("localhost"));
    const peer = await tlsPeer({ ...identity("other.test"), SNICallback: (_, done) => done(null, named) }, () => undefined);
    const seen = await seenOf(peer, "full", 2000);
    expect(seen.evidence.features.withoutName).toBe("other-certificate");
    expect(seen.evidence.certificates).toHaveLength(1);
    const same = await seenOf(await tlsPeer({}, () => undefined), "full", 2000);
    expect(same.evidence.features.withoutName).toBe("same-certificate");
  });

  it("is another host without a name, which refuses what the target was asked about alone", async () => {
    const other = handshakeRecord(serverHello({ cipherSuite: 0x002f }), certificateMessage([new Uint8Array(200).fill(5)]), DONE);
    const nameless = (hello: HeardHello) => (hello.has(0x002f) ? other : alertRecord(2, 40));
    const seen = await seenOf(await scriptedTls(plain((hello) => (hello.serverName ? flight() : nameless(hello)))));
    expectPlain(seen);
    expect(seen.evidence.certificates).toHaveLength(1);
    expect(seen.evidence.features.withoutName).toBe("other-certificate");
  });

  it("has none of our protocols, and refuses a list of them", async () => {
    const { evidence, session } = await seenOf(await tlsPeer({ ALPNProtocols: ["spdy/1"] }, () => undefined), "full", 2000);
    expect(evidence.features.alpn).toEqual([]);
    expect(await session()).toMatchObject({ outcome: "observed" });
    const h2 = await seenOf(await tlsPeer({ ALPNProtocols: ["h2"] }, () => undefined), "full", 2000);
    expect(h2.evidence.features.alpn).toEqual(["h2"]);
  });

  it("stops a fallback that is announced, or does not", async () => {
    const old: TlsOptions = { minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" };
    const seen = await seenOf(await tlsPeer(old, () => undefined), "full", 2000);
    expect(seen.row("TLS 1.0")?.support).toBe("accepted");
    expect(seen.evidence.features.fallbackScsv).toBe(true);
    const naive = await scriptedTls((hello) =>
      hello.versions.every((v) => v > TLS12) || (!hello.has(AES_GCM) && !hello.has(0x002f))
        ? alertRecord(2, 40)
        : flight({ version: hello.version, cipherSuite: hello.has(AES_GCM) && hello.version === TLS12 ? AES_GCM : 0x002f }),
    );
    expect((await seenOf(naive)).evidence.features.fallbackScsv).toBe(false);
  });

  it.each(["TLSv1.2", "TLSv1.3"] as const)("wants a client certificate in %s, and is enumerated all the same", async (version) => {
    const peer = await tlsPeer(
      { requestCert: true, rejectUnauthorized: true, ca: authority.certificatePem, minVersion: version, maxVersion: version },
      () => undefined,
    );
    const seen = await seenOf(peer, "full", 2000);
    expect(seen.evidence.features.clientCertificate).toMatchObject({ requested: true, count: 1 });
    expect(seen.evidence.features.clientCertificate?.authorities.join()).toContain("CN=");
    expect(seen.row(version === "TLSv1.2" ? "TLS 1.2" : "TLS 1.3")).toMatchObject({ support: "accepted", complete: true });
  });

  it.each(["secp521r1", "brainpoolP256r1", "secp256k1"])("has a certificate on %s and nothing newer than TLS 1.2", async (curve) => {
    const seen = await seenOf(await tlsPeer({ ...identity("localhost", curve), maxVersion: "TLSv1.2" }, () => undefined), "full", 2000);
    expect(seen.row("TLS 1.2")).toMatchObject({ support: "accepted", complete: true });
    expect(seen.evidence.certificates).toMatchObject([{ key: "ecdsa", curve }]);
  });
});

describe("a server that says nothing of use is not seen, in bounded time and connections", { timeout: 60_000 }, () => {
  const unseen = async (peer: Peer, depth: "quick" | "full" = "full") => {
    const { observation, connections } = await observe(peer, depth);
    return { ...observation, connections };
  };

  it("a tarpit", async () => {
    const seen = await unseen(await tcpPeer((socket) => socket.resume()));
    expect(seen).toMatchObject({ outcome: "timed-out", failure: { reason: "tls_timeout" } });
    expect(seen.connections).toBeLessThanOrEqual(10);
  });

  it.each<[string, (socket: Socket) => void, string]>([
    ["a web server in plain text", (socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"), "tls_protocol_error"],
    ["a banner", (socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n"), "tls_protocol_error"],
    ["a close", (socket) => socket.end(), "connection_closed"],
    ["a reset", (socket) => socket.resetAndDestroy(), "connection_reset"],
  ])("%s", async (_, react, reason) => {
    const seen = await unseen(await tcpPeer((socket) => socket.once("data", () => react(socket))));
    expect(seen).toMatchObject({ outcome: "failed", failure: { reason } });
    expect(seen.connections).toBeLessThanOrEqual(16);
  });

  it.each<[string, (socket: Socket) => void]>([
    ["drips of an endless record", (socket) => drip(socket, Uint8Array.of(22, 3, 3, 0x40, 0), Uint8Array.of(2))],
    ["records without end", (socket) => flood(socket, Buffer.concat([Uint8Array.of(22, 3, 3, 0x40, 0), Buffer.alloc(16_384, 0)]))],
    ["warnings without end", (socket) => flood(socket, Buffer.concat(Array.from({ length: 500 }, () => alertRecord(1, 112))))],
    ["zeros without end", (socket) => flood(socket, Buffer.alloc(65_536))],
  ])("%s", async (_, react) => {
    const seen = await unseen(await tcpPeer((socket) => socket.once("data", () => react(socket))));
    expect(["timed-out", "failed"]).toContain(seen.outcome);
    expect(seen.connections).toBeLessThanOrEqual(30);
  });
});

describe("a server that gives too much", { timeout: 60_000 }, () => {
  it("a chain of a megabyte and more is cut off, and the choice is believed", async () => {
    const huge = certificateMessage(Array.from({ length: 20 }, (_, index) => new Uint8Array(65_000).fill(index)));
    const parts = Array.from({ length: Math.ceil(huge.length / 16_384) }, (_, at) =>
      handshakeRecord(huge.subarray(at * 16_384, (at + 1) * 16_384)),
    );
    const before = process.memoryUsage().rss;
    const seen = await seenOf(await scriptedTls(plain(() => [handshakeRecord(serverHello()), ...parts])));
    expect(seen.suites("TLS 1.2")).toEqual(ONE_SUITE);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });
});

describe("a server that does not want so many of us", { timeout: 60_000 }, () => {
  it.each<[string, (count: number) => Reaction | undefined]>([
    ["resets every third connection", (count) => (count % 3 === 0 ? (socket) => socket.resetAndDestroy() : undefined)],
    ["answers every third with internal_error", (count) => (count % 3 === 0 ? alertRecord(2, 80) : undefined)],
    ["lets every fifth wait", (count) => (count % 5 === 0 ? () => undefined : undefined)],
    ["resets all after the tenth", (count) => (count > 10 ? (socket) => socket.resetAndDestroy() : undefined)],
    ["answers all after the tenth with internal_error", (count) => (count > 10 ? alertRecord(2, 80) : undefined)],
  ])("%s: what it did not refuse is not called refused", async (_, trouble) => {
    const peer = await scriptedTls((hello, count) => trouble(count) ?? plain()(hello, count));
    const seen = await seenOf(peer, "standard");
    expect(seen.row("TLS 1.2")?.support).not.toBe("refused");
    if (seen.row("TLS 1.2")?.complete !== true) expect(seen.row("TLS 1.2")?.reason).toBeDefined();
    for (const { support, version } of seen.evidence.versions) if (version !== "TLS 1.2") expect(support).not.toBe("accepted");
  });
});

describe("two servers behind one address", { timeout: 60_000 }, () => {
  it("are not merged into one that refuses what one of them takes", async () => {
    const old = (hello: HeardHello) => (hello.has(0x002f) ? flight({ cipherSuite: 0x002f }) : alertRecord(2, 40));
    const peer = await scriptedTls((hello, count) => {
      if (hello.version !== TLS12 || hello.versions.every((version) => version > TLS12)) return alertRecord(2, 70);
      return count % 2 === 0 ? old(hello) : plain()(hello, count);
    });
    const seen = await seenOf(peer, "full");
    expect(seen.suites("TLS 1.2")).toEqual(expect.arrayContaining([...ONE_SUITE, "TLS_RSA_WITH_AES_128_CBC_SHA"]));
  });
});

/** Only what the type insists on: no list of extensions at all. */
const WITHOUT_EXTENSIONS = { extensions: undefined } as unknown as Parameters<typeof serverHello>[0];

function octetByOctet(socket: Socket, bytes: Uint8Array): void {
  const octets = [...bytes];
  const next = () => {
    const octet = octets.shift();
    if (octet !== undefined && !socket.destroyed) socket.write(Uint8Array.of(octet), () => setImmediate(next));
  };
  next();
}

function drip(socket: Socket, start: Uint8Array, drop: Uint8Array): void {
  socket.write(start);
  const timer = setInterval(() => socket.write(drop), 5);
  socket.on("close", () => clearInterval(timer));
}

function flood(socket: Socket, bytes: Uint8Array): void {
  const more = () => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on("drain", more);
  more();
}

function identity(name: string, curve = "prime256v1"): Pick<SecureContextOptions, "cert" | "key"> {
  const { chainPem, keyPem } = authority.issue({
    dnsNames: [name],
    curve,
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + DAY),
  });
  return { cert: chainPem, key: keyPem };
}
