import type { Socket } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { createNet } from "../../../src/observe/net/net.ts";
import { answering, authority, GET, type Peer, session, tcpPeer, whenAsked } from "./support/peers.ts";

const OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
const ask = (net: ReturnType<typeof session>, peer: Peer) => net.request(peer.http, "127.0.0.1", GET);

describe("the address policy at the door", () => {
  it("lets no packet out to loopback without permission, whoever vetted it before", async () => {
    const peer = await answering(OK);
    const net = session({}, { allowPrivate: false });
    const refused = { ok: false, error: { reason: "address_not_allowed", phase: "resolve", retriable: false } };
    for (const address of ["127.0.0.1", "127.1", "2130706433", "::ffff:127.0.0.1", "localhost", ""]) {
      expect(await net.request(peer.http, address, GET)).toEqual(refused);
      expect(await net.tlsSession(peer.https, address)).toEqual(refused);
      expect(await net.exchangeHello(peer.https, address, { version: "TLS 1.2" })).toEqual(refused);
    }
    expect(net.sent()).toEqual({ connections: 0, requests: 0 });
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
  /** Most requests that were under way at the same time. */
  async function crowd(): Promise<{ peer: Peer; most: () => number }> {
    let now = 0;
    let most = 0;
    const peer = await tcpPeer((socket) => {
      whenAsked(socket, () => {
        most = Math.max(most, ++now);
        setImmediate(() => {
          now--;
          socket.end(OK);
        });
      });
    });
    return { peer, most: () => most };
  }

  it.each([1, 3])("let %i through at a time", async (lanes) => {
    const { peer, most } = await crowd();
    const net = session({}, { lanes });
    const results = await Promise.all(Array.from({ length: 20 }, () => ask(net, peer)));
    expect(results.every((result) => result.ok)).toBe(true);
    expect(most()).toBeLessThanOrEqual(lanes);
    expect(net.pace()).toEqual({ lanes, limited: false });
  });

  it("share the places of all scopes", async () => {
    const { peer, most } = await crowd();
    const net = createNet({
      userAgent: "apirisk/test",
      extraCa: [],
      proxies: {},
      clock: { now: () => 0, monotonic: () => 0 },
      globalConnections: 2,
    });
    const scope = { integration: "x", allowPrivate: true, budget: { connections: 9, requests: 9 }, lanes: 6, deadlineMs: 20_000 };
    const sessions = Array.from({ length: 4 }, () => net.open({ ...scope, signal: new AbortController().signal }));
    await Promise.all(sessions.flatMap((each) => [ask(each, peer), ask(each, peer), ask(each, peer)]));
    for (const each of sessions) each.close();
    expect(most()).toBeLessThanOrEqual(2);
  });
});

describe("pace", () => {
  const answered = async (head: string) => {
    const net = session();
    await ask(net, await answering(`HTTP/1.1 ${head}\r\nContent-Length: 0\r\n\r\n`));
    return net.pace();
  };

  it.each([
    ["200 OK", { lanes: 6, limited: false }],
    ["200 OK\r\nRetry-After: 60", { lanes: 6, limited: false }],
    ["503 Unavailable", { lanes: 6, limited: false }],
    ["503 Unavailable\r\nRetry-After: 60", { lanes: 1, limited: true, leaveAloneMs: 60_000 }],
    ["429 Slow down", { lanes: 1, limited: true }],
    ["429 Slow down\r\nRetry-After: 0", { lanes: 1, limited: true, leaveAloneMs: 0 }],
    ["429 Slow down\r\nRetry-After: 99999999999999999999", { lanes: 1, limited: true }],
    ["429 Slow down\r\nRetry-After: 999999999", { lanes: 1, limited: true, leaveAloneMs: 86_400_000 }],
    ["429 Slow down\r\nRetry-After: Mon, 23 Nov 2026 19:10:30 GMT", { lanes: 1, limited: true, leaveAloneMs: 30_000 }],
    ["429 Slow down\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT", { lanes: 1, limited: true, leaveAloneMs: 0 }],
    ["429 Slow down\r\nRetry-After: soon", { lanes: 1, limited: true }],
    ["403 Forbidden\r\ncf-mitigated: challenge", { lanes: 1, limited: true, leaveAloneMs: 86_400_000 }],
    ["403 Forbidden\r\nx-datadome: protected", { lanes: 1, limited: true, leaveAloneMs: 86_400_000 }],
    ["403 Forbidden", { lanes: 6, limited: false }],
  ])("after %j is %j", async (head, pace) => {
    expect(await answered(head)).toEqual(pace);
  });

  it("drops after three resets in a row, not after three with answers between them", async () => {
    let count = 0;
    const resetting = await tcpPeer((socket) => whenAsked(socket, () => socket.resetAndDestroy()));
    const wavering = await tcpPeer((socket) => whenAsked(socket, () => (++count % 3 === 0 ? socket.end(OK) : socket.resetAndDestroy())));
    const patient = session();
    for (let times = 0; times < 9; times++) await ask(patient, wavering);
    expect(patient.pace()).toEqual({ lanes: 6, limited: false });
    const fenced = session();
    const results = [await ask(fenced, resetting), await ask(fenced, resetting), await ask(fenced, resetting)];
    expect(results.map((result) => !result.ok && result.error.limiting)).toEqual([undefined, undefined, true]);
    expect(fenced.pace()).toEqual({ lanes: 1, limited: true });
  });
});

describe("the end of a scope", () => {
  const silent = () => tcpPeer((socket) => socket.resume());

  it("is its absolute deadline, for what is under way and for what waits", async () => {
    const peer = await silent();
    const net = session({}, { deadlineMs: 60, lanes: 1 });
    const results = await Promise.all([
      ask(net, peer),
      net.tlsSession(peer.https, "127.0.0.1"),
      net.exchangeHello(peer.https, "127.0.0.1", { version: "TLS 1.2" }),
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
