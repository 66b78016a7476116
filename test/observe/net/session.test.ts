import { connect, type Socket } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { DAY } from "../../../src/model/instant.ts";
import type { NetSession } from "../../../src/model/net-port.ts";
import { targetOf } from "../../../src/model/target.ts";
import type { TlsAnswer } from "../../../src/model/tls-offer.ts";
import { Hosts } from "../../../src/observe/net/hosts.ts";
import { createNet } from "../../../src/observe/net/net.ts";
import { firstOffer } from "./support/first-offer.ts";
import { answering, authority, GET, network, type Peer, session, tcpPeer, tlsPeer, whenAsked } from "./support/peers.ts";

const UNTIL_HELLO = { until: "hello" } as const;

const OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
const turning = (head: string) => `HTTP/1.1 ${head}\r\nContent-Length: 0\r\n\r\n`;
const ask = (net: ReturnType<typeof session>, peer: Peer) => net.request(peer.http, "127.0.0.1", GET);

describe("the address policy at the door", () => {
  it("lets no packet out to loopback without permission, whoever vetted it before", async () => {
    const peer = await answering(OK);
    const net = session({}, { allowPrivate: false });
    const refused = { ok: false, error: { reason: "address_not_allowed", phase: "resolve", retriable: false } };
    for (const address of ["127.0.0.1", "127.1", "2130706433", "::ffff:127.0.0.1", "localhost", ""]) {
      expect(await net.request(peer.http, address, GET)).toEqual(refused);
      expect(await net.tlsSession(peer.https, address)).toEqual(refused);
      expect(await net.exchangeOffer(peer.https, address, firstOffer("TLS 1.2"), UNTIL_HELLO)).toEqual(refused);
    }
    expect(net.sent()).toEqual({ connections: 0, requests: 0 });
    expect(peer.connections()).toBe(0);
  });

  it("lets no packet out to loopback, whatever is allowed, where somebody else than the user named the place", async () => {
    const peer = await answering(OK);
    const net = session(
      { lookup: (_name, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]) },
      { allowPrivate: true },
    );
    const named = { ...peer.http, host: "login.acme.example", publicOnly: true } as const;
    const refused = { ok: false, error: { reason: "address_not_allowed", phase: "resolve", retriable: false } };
    expect(await net.resolve({ ...named, publicOnly: undefined as never })).toMatchObject({ ok: true });
    expect(await net.resolve(named)).toEqual(refused);
    expect(await net.request(named, "127.0.0.1", GET)).toEqual(refused);
    expect(peer.connections()).toBe(0);
  });

  it("looks no name up a second time", async () => {
    const peer = await answering(OK);
    const net = session({ lookup: () => expect.unreachable("a name was looked up behind resolve") });
    expect(await net.request(peer.http, "localhost", GET)).toMatchObject({ ok: false, error: { reason: "address_not_allowed" } });
  });
});

describe("the budget", () => {
  it("counts what was really sent, failures included, and stops there", async () => {
    const peer = await tcpPeer((socket) => whenAsked(socket, () => socket.resetAndDestroy()));
    const net = session({}, { budget: { connections: 2, requests: 5 } });
    await ask(net, peer);
    await ask(net, peer);
    expect(await ask(net, peer)).toEqual({ ok: false, error: { reason: "budget_exhausted", phase: "plan", retriable: false } });
    expect(net.sent()).toEqual({ connections: 2, requests: 2 });
    expect(peer.connections()).toBe(2);
  });

  it("makes no connection for a request that may not follow", async () => {
    const peer = await answering(OK);
    const net = session({}, { budget: { connections: 5, requests: 1 } });
    expect(await ask(net, peer)).toMatchObject({ ok: true });
    expect(await ask(net, peer)).toMatchObject({ ok: false, error: { reason: "budget_exhausted" } });
    expect(net.sent()).toEqual({ connections: 1, requests: 1 });
    expect(peer.connections()).toBe(1);
  });

  it("holds when everything is asked at once", async () => {
    const peer = await answering(OK);
    const net = session({}, { budget: { connections: 7, requests: 7 } });
    const results = await Promise.all(Array.from({ length: 30 }, () => ask(net, peer)));
    expect(results.filter((result) => result.ok)).toHaveLength(7);
    expect(peer.connections()).toBe(7);
  });
});

describe("lanes", () => {
  /** Counts the requests that are under way at the same time, and answers none before there are `batch` of them. */
  async function crowd(batch: number): Promise<{ peer: Peer; most: () => number }> {
    let most = 0;
    const underWay: Socket[] = [];
    const peer = await tcpPeer((socket) => {
      whenAsked(socket, () => {
        underWay.push(socket);
        most = Math.max(most, underWay.length);
        if (underWay.length < batch) return;
        setImmediate(() => {
          for (const each of underWay.splice(0)) each.end(OK);
        });
      });
    });
    return { peer, most: () => most };
  }

  it.each([1, 3])("let %i through at a time", async (lanes) => {
    const { peer, most } = await crowd(lanes);
    const net = session({}, { lanes });
    const results = await Promise.all(Array.from({ length: 21 }, () => ask(net, peer)));
    expect(results.every((result) => result.ok)).toBe(true);
    expect(most()).toBe(lanes);
    expect(net.pace()).toEqual([{ host: `127.0.0.1:${peer.port}`, pace: { lanes, limited: false } }]);
  });

  it.each([
    [2, [6, 6, 6, 6], 2],
    [16, [6, 6, 6, 6, 6, 6, 6, 6], 6],
    [16, [6, 3], 3],
  ])("hold %i places and the lanes of a host, which the scopes of %j share: %i at a time", async (globalConnections, lanes, expected) => {
    const { peer, most } = await crowd(expected);
    const net = network({ globalConnections });
    const sessions = lanes.map((each) => net.open({ lanes: each }));
    const results = await Promise.all(sessions.flatMap((each) => Array.from({ length: 12 }, () => ask(each, peer))));
    expect(results.every((result) => result.ok)).toBe(true);
    expect(most()).toBe(expected);
  });

  it("belong to one host: another one's are not taken by it", async () => {
    const silent = await tcpPeer((socket) => socket.resume());
    const net = session({}, { lanes: 1 });
    const stuck = ask(net, silent);
    expect(await ask(net, await answering(OK))).toMatchObject({ ok: true });
    net.close();
    await stuck;
  });
});

describe("pace", () => {
  const paceAfter = async (head: string) => {
    const net = session();
    await ask(net, await answering(turning(head)));
    return net.pace().map(({ pace }) => pace);
  };
  const calm = { lanes: 6, limited: false };
  const slowed = { lanes: 1, limited: true };
  const leftAlone = { ...slowed, leaveAloneMs: DAY };

  it.each([
    ["200 OK", calm],
    ["200 OK\r\nRetry-After: 60", calm],
    ["200 OK\r\nx-datadome: protected", calm],
    ["503 Unavailable", calm],
    ["503 Unavailable\r\nRetry-After: 60", { ...slowed, leaveAloneMs: 60_000 }],
    ["429 Slow down", slowed],
    ["429 Slow down\r\nRetry-After: 0", { ...slowed, leaveAloneMs: 0 }],
    ["429 Slow down\r\nRetry-After: 99999999999999999999", leftAlone],
    ["429 Slow down\r\nRetry-After: 999999999", leftAlone],
    ["429 Slow down\r\nRetry-After: Mon, 23 Nov 2026 19:10:30 GMT", { ...slowed, leaveAloneMs: 30_000 }],
    ["429 Slow down\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT", { ...slowed, leaveAloneMs: 0 }],
    ["429 Slow down\r\nRetry-After: soon", slowed],
    ["403 Forbidden\r\ncf-mitigated: challenge", leftAlone],
    ["403 Forbidden\r\nx-datadome: protected", leftAlone],
    ["403 Forbidden\r\nContent-Type: text/html", { lanes: 1, limited: true }],
    ["202 Accepted\r\nx-amzn-waf-action: challenge", leftAlone],
    ["403 Forbidden", calm],
  ])("after %j is %j", async (head, pace) => {
    expect(await paceAfter(head)).toEqual([pace]);
  });

  it("drops after three resets in a row, not after three with answers between them", async () => {
    let count = 0;
    const resetting = await tcpPeer((socket) => whenAsked(socket, () => socket.resetAndDestroy()));
    const wavering = await tcpPeer((socket) => whenAsked(socket, () => (++count % 3 === 0 ? socket.end(OK) : socket.resetAndDestroy())));
    const patient = session();
    for (let times = 0; times < 9; times++) await ask(patient, wavering);
    expect(patient.pace()).toMatchObject([{ pace: calm }]);
    const fenced = session();
    const results = [await ask(fenced, resetting), await ask(fenced, resetting), await ask(fenced, resetting)];
    expect(results.map((result) => !result.ok && result.error.limiting)).toEqual([undefined, undefined, true]);
    expect(fenced.pace()).toEqual([{ host: `127.0.0.1:${resetting.port}`, pace: slowed }]);
  });

  it("is of each host that was connected to, and of no other", async () => {
    const [limiting, friendly, untouched] = [await answering(turning("429 Slow down")), await answering(OK), await answering(OK)];
    const net = network();
    const scope = net.open();
    await ask(scope, friendly);
    await ask(scope, limiting);
    await scope.resolve(untouched.http);
    await scope.request(untouched.http, "169.254.169.254", GET);
    expect(scope.pace()).toEqual([
      { host: `127.0.0.1:${friendly.port}`, pace: calm },
      { host: `127.0.0.1:${limiting.port}`, pace: slowed },
    ]);
    expect(net.open().pace()).toEqual([]);
  });

  it("that one scope learns holds in every other", async () => {
    const limiting = await answering(turning("429 Slow down"));
    const net = network();
    const [first, second] = [net.open(), net.open()];
    await ask(second, limiting);
    await ask(first, limiting);
    expect(second.pace()).toMatchObject([{ pace: slowed }]);
  });
});

describe("a host that turns us away", () => {
  const closed = (reason: string) => ({ ok: false, error: { reason, phase: "plan", retriable: false } });

  it.each([
    ["429 Slow down\r\nRetry-After: 5", "rate_limited"],
    ["503 Unavailable\r\nRetry-After: 5", "rate_limited"],
    ["403 Forbidden\r\nCF-Mitigated: challenge", "blocked"],
    ["202 Accepted\r\nx-amzn-waf-action: challenge", "blocked"],
  ])("by %j is sent nothing more, by any scope", async (head, reason) => {
    const peer = await answering(turning(head));
    const net = network();
    const [first, second] = [net.open(), net.open()];
    expect(await ask(first, peer)).toMatchObject({ ok: true });
    for (const each of [first, second]) {
      expect(await ask(each, peer)).toEqual(closed(reason));
      expect(await each.tlsSession(peer.https, "127.0.0.1")).toEqual(closed(reason));
      expect(await each.exchangeOffer(peer.https, "127.0.0.1", firstOffer("TLS 1.2"), UNTIL_HELLO)).toEqual(closed(reason));
    }
    expect(first.sent()).toEqual({ connections: 1, requests: 1 });
    expect(second.sent()).toEqual({ connections: 0, requests: 0 });
    expect(second.pace()).toEqual([]);
    expect(peer.connections()).toBe(1);
    expect(await ask(second, await answering(OK))).toMatchObject({ ok: true });
  });

  it("is sent nothing that already waits for a lane, nor while its page is still coming", async () => {
    const peer = await answering("HTTP/1.1 429 Slow down\r\nRetry-After: 5\r\nContent-Length: 9\r\n\r\n", () => undefined);
    const net = session({ timeouts: { body: 100 } }, { lanes: 1 });
    const waiting = [ask(net, peer), ask(net, peer), ask(net, peer)];
    expect(await Promise.all(waiting)).toMatchObject([
      { ok: true, value: { status: 429 } },
      closed("rate_limited"),
      closed("rate_limited"),
    ]);
    expect(peer.connections()).toBe(1);
  });

  it("is sent no request on a connection that was made before", async () => {
    const held: (() => void)[] = [];
    const peer = await tlsPeer({}, (socket) => whenAsked(socket, () => socket.end(turning("429 Slow down\r\nRetry-After: 5"))));
    const slow = await tcpPeer((socket) => {
      const onward = connect(peer.port, "127.0.0.1");
      const join = () => socket.pipe(onward).pipe(socket);
      onward.on("error", () => socket.destroy());
      if (held.length === 0) held.push(join);
      else join();
    });
    const net = session();
    const late = net.request(slow.https, "127.0.0.1", GET);
    await expect.poll(() => held.length).toBe(1);
    expect(await net.request(slow.https, "127.0.0.1", GET)).toMatchObject({ ok: true, value: { status: 429 } });
    held[0]?.();
    expect(await late).toEqual(closed("rate_limited"));
    expect(net.sent()).toEqual({ connections: 2, requests: 1 });
  });

  it("is left after three limits in a row that do not say how long they last, not after three with answers between them", async () => {
    let count = 0;
    const limiting = await answering(turning("429 Slow down"));
    const wavering = await tcpPeer((socket) => whenAsked(socket, () => socket.end(++count % 3 === 0 ? OK : turning("429 Slow down"))));
    const net = session();
    for (let times = 0; times < 3; times++) expect(await ask(net, limiting)).toMatchObject({ ok: true });
    expect(await ask(net, limiting)).toEqual(closed("rate_limited"));
    for (let times = 0; times < 9; times++) expect(await ask(net, wavering)).toMatchObject({ ok: true });
    expect(limiting.connections()).toBe(3);
  });

  it("over https is not asked over http; the other way round, https has not said a word yet", () => {
    const hosts = new Hosts(() => 0);
    const [secure, twin, other] = ["https://a.test", "http://a.test", "https://a.test:8443"].map((url) => targetOf("x", "test", url));
    if (secure === undefined || twin === undefined || other === undefined) return expect.unreachable();
    hosts.pacerOf(twin, 6).answeredHttp({ status: 429, headers: [["retry-after", "5"]] });
    expect(() => hosts.mustBeOpen(twin)).toThrow("rate_limited");
    expect(() => hosts.mustBeOpen(secure)).not.toThrow();
    const blocked = new Hosts(() => 0);
    blocked.pacerOf(secure, 6).answeredHttp({ status: 202, headers: [["x-amzn-waf-action", "challenge"]] });
    expect(() => blocked.mustBeOpen(twin)).toThrow("blocked");
    expect(() => blocked.mustBeOpen(other)).not.toThrow();
  });
});

describe("the end of a scope", () => {
  const silent = () => tcpPeer((socket) => socket.resume());

  it("is its absolute deadline, for what is under way and for what waits", async () => {
    const peer = await silent();
    const net = session({}, { deadlineMs: 2_000, lanes: 1 });
    const results = await Promise.all([
      ask(net, peer),
      net.tlsSession(peer.https, "127.0.0.1"),
      net.exchangeOffer(peer.https, "127.0.0.1", firstOffer("TLS 1.2"), UNTIL_HELLO),
    ]);
    expect(results.map((result) => !result.ok && result.error.reason)).toEqual([
      "deadline_exceeded",
      "deadline_exceeded",
      "deadline_exceeded",
    ]);
    expect(net.sent()).toEqual({ connections: 1, requests: 1 });
    expect(await ask(net, peer)).toMatchObject({ ok: false, error: { reason: "deadline_exceeded" } });
  });

  it("is an interrupt", async () => {
    const peer = await silent();
    const interrupt = new AbortController();
    const net = session({}, { signal: interrupt.signal });
    const pending = ask(net, peer);
    setImmediate(() => interrupt.abort());
    expect(await pending).toMatchObject({ ok: false, error: { reason: "interrupted", retriable: false } });
  });

  it("is there from the start where the run was interrupted before", async () => {
    const peer = await silent();
    const net = session({}, { signal: AbortSignal.abort() });
    expect(await ask(net, peer)).toMatchObject({ ok: false, error: { reason: "interrupted" } });
    expect(await net.resolve(peer.http)).toMatchObject({ ok: true });
    expect(net.sent()).toEqual({ connections: 0, requests: 0 });
  });

  it("is close, which may be said twice", async () => {
    const peer = await silent();
    const net = session();
    const pending = ask(net, peer);
    net.close();
    net.close();
    expect(await pending).toMatchObject({ ok: false, error: { reason: "interrupted" } });
  });
});

describe("an offer of the enumeration", () => {
  const OFFER = firstOffer("TLS 1.2");
  const offered = (net: NetSession, peer: Peer) => net.exchangeOffer(peer.https, "127.0.0.1", OFFER, { until: "flight" });

  it.each<[TlsAnswer, (socket: Socket) => void]>([
    [{ type: "reset" }, (socket) => socket.once("data", () => socket.resetAndDestroy())],
    [{ type: "close", midAnswer: false }, (socket) => socket.once("data", () => socket.end())],
    [{ type: "timeout" }, (socket) => socket.resume()],
    [{ type: "alert", level: 2, description: 40 }, (socket) => socket.once("data", () => socket.end(Buffer.from("15030300020228", "hex")))],
  ])("is answered with %o by a server that does that, whatever it is", async (answer, react) => {
    expect(await offered(session({ timeouts: { hello: 100 } }), await tcpPeer(react))).toEqual({ ok: true, value: answer });
  });

  it("is no answer where the connection does not stand, the budget is spent, or the scope has ended", async () => {
    const peer = await tcpPeer((socket) => socket.once("data", () => socket.end()));
    const nobody = { ...peer, https: targetOf("peer", "test", "https://127.0.0.1:1") };
    const net = session({}, { budget: { connections: 2, requests: 0 } });
    const why = async (from: Peer) => {
      const answer = await offered(net, from);
      return answer.ok ? answer.value.type : answer.error.reason;
    };
    expect([await why(nobody), await why(peer), await why(peer)]).toEqual(["connect_refused", "close", "budget_exhausted"]);
    expect(net.sent()).toEqual({ connections: 2, requests: 0 });
    net.close();
    expect(await why(peer)).toBe("interrupted");
  });

  it("tells the pacer of resets, three in a row of which leave one lane; an alert between them makes them weather", async () => {
    let count = 0;
    const alert = Buffer.from("15030300020228", "hex");
    const fence = await tcpPeer((socket) => socket.once("data", () => socket.resetAndDestroy()));
    const weather = await tcpPeer((socket) =>
      socket.once("data", () => (++count % 3 === 0 ? socket.end(alert) : socket.resetAndDestroy())),
    );
    const net = session();
    for (let times = 0; times < 6; times++) for (const peer of [fence, weather]) await offered(net, peer);
    expect(net.pace().map(({ pace }) => pace)).toEqual([
      { lanes: 1, limited: true },
      { lanes: 6, limited: false },
    ]);
  });

  it("waits for its lane, and a pause ends with the scope", async () => {
    const peer = await tcpPeer((socket) => socket.resume());
    const net = session({ timeouts: { hello: 100 } }, { lanes: 2, deadlineMs: 150 });
    const three = [offered(net, peer), offered(net, peer), offered(net, peer)];
    expect((await Promise.all(three)).map(({ ok }) => ok)).toEqual([true, true, false]);
    await net.pause(60_000);
    expect(await offered(net, peer)).toMatchObject({ ok: false, error: { reason: "deadline_exceeded" } });
  });
});

describe("the room", () => {
  it("does not open with something that is no certificate", () => {
    const options = { userAgent: "x", proxies: {}, clock: { now: () => 0, monotonic: () => 0 }, globalConnections: 1 };
    expect(() => createNet({ ...options, extraCa: ["not a certificate"] })).toThrow();
    expect(() => createNet({ ...options, extraCa: [authority.certificatePem] })).not.toThrow();
  });

  it("keeps nothing that would hold the process after close", async () => {
    const started = vi.spyOn(globalThis, "setTimeout");
    const cleared = vi.spyOn(globalThis, "clearTimeout");
    const timersLeft = () => started.mock.results.filter(({ value }) => !cleared.mock.calls.some(([timer]) => timer === value)).length;
    const sockets: Socket[] = [];
    const peer = await tcpPeer((socket) => {
      sockets.push(socket.resume());
    });
    const net = session();
    const pending = Promise.all([ask(net, peer), ask(net, peer), net.tlsSession(peer.https, "127.0.0.1")]);
    await expect.poll(() => sockets.length).toBe(3);
    expect(timersLeft()).toBe(4);
    net.close();
    await pending;
    expect(timersLeft()).toBe(0);
    await expect.poll(() => sockets.map(({ closed }) => closed)).toEqual([true, true, true]);
  });
});
