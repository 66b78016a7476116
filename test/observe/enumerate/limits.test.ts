import { describe, expect, it } from "vitest";
import type { TlsAnswer } from "../../../src/model/tls-offer.ts";
import { Enumerator } from "../../../src/observe/enumerate/enumerator.ts";
import { accepted, expectExactly, expectHonest } from "./support/compare.ts";
import { enumerate, limited, lossy, type Network } from "./support/run.ts";
import { answerOf } from "./support/server.ts";
import { jsse, nginx } from "./support/servers.ts";
import { requestFor } from "./support/universe.ts";

const RESET: TlsAnswer = { type: "reset" };
const CLOSE: TlsAnswer = { type: "close", midAnswer: false };
const INTERNAL_ERROR: TlsAnswer = { type: "alert", level: 2, description: 80 };
const toNginx: Network = (offer) => answerOf(nginx, offer);
const toJsse: Network = (offer) => answerOf(jsse, offer);

describe("behind a limiter", () => {
  it.each([
    [5, RESET],
    [2, RESET],
    [5, CLOSE],
    [5, INTERNAL_ERROR],
    [5, { type: "timeout" } as const],
  ])("of %d connections a second that answers the others with %o, all is seen in the end", (perSecond, refusal) => {
    const request = requestFor({ lanes: 6 });
    const found = enumerate(request, limited(toNginx, perSecond, refusal));
    expectExactly(nginx, request, found);
    expect(found.limited).toBe(true);
    expect(found.pace.lanes).toBe(1);
    expect(found.connections).toBeLessThan(80);
  });

  it("a server with many suites, too", () => {
    const request = requestFor({ lanes: 6 });
    const found = enumerate(request, limited(toJsse, 5));
    expectExactly(jsse, request, found);
    expect(found.connections).toBeLessThan(190);
  });

  it("the pace that was learnt is kept to the next time, and does no harm then", () => {
    const first = enumerate(requestFor({ lanes: 6 }), limited(toNginx, 5));
    const second = enumerate(requestFor({ lanes: 6, remembered: first }), limited(toNginx, 5));
    expect(second.limited).toBe(false);
    expect(second.mostAtOnce).toBe(1);
    expect(second.connections).toBeLessThanOrEqual(29);
  });

  it("that has had enough for good, what was not seen is unknown, and said to be so", () => {
    let left = 12;
    const found = enumerate(requestFor(), (offer) => (left-- > 0 ? answerOf(nginx, offer) : RESET));
    expectHonest(nginx, requestFor(), found);
    expect(found.connections).toBeLessThanOrEqual(24);
    expect(found.versions.some(({ complete, reason }) => !complete && reason === "limited")).toBe(true);
  });
});

describe("on the way", () => {
  it("never more connections at once than there are lanes, and one after the first sign of limiting", () => {
    expect(enumerate(requestFor({ lanes: 3 }), toNginx).mostAtOnce).toBe(3);
    const enumerator = new Enumerator(requestFor({ lanes: 6 }));
    const offers = [enumerator.next(), enumerator.next()];
    for (const offer of offers) if (offer !== undefined && "version" in offer) enumerator.learn(offer, RESET);
    expect(enumerator.next()).toEqual({ waitMs: 250 });
    expect(enumerator.next()).toHaveProperty("version");
    expect(enumerator.next()).toBeUndefined();
  });

  it("an answer to what was not offered is a fault of the caller", () => {
    const enumerator = new Enumerator(requestFor());
    const offer = enumerator.next();
    if (offer === undefined || "waitMs" in offer) throw new Error("There should be an offer.");
    enumerator.learn(offer, RESET);
    expect(() => enumerator.learn(offer, RESET)).toThrow("not outstanding");
  });

  it.each([1, 5, 12, 20])("a budget of %d connections is kept, and what it did not reach is unknown", (budget) => {
    const request = requestFor({ budget, lanes: 6 });
    const found = enumerate(request, toNginx);
    expect(found.connections).toBe(budget);
    expectHonest(nginx, request, found);
    expect(found.versions.some(({ complete, reason }) => !complete && reason === "budget")).toBe(true);
  });

  it.each([
    ["nginx", toNginx, 9],
    ["JSSE", toJsse, 137],
  ] as const)("%s is listed in full where every tenth answer is lost", (_, network, suites) => {
    const runs = [1, 2, 3, 4, 5].map((seed) => enumerate(requestFor({ lanes: 6 }), lossy(network, 0.1, seed)));
    for (const found of runs) expect(found.versions.flatMap((one) => accepted(one.suites))).toHaveLength(suites);
  });
});
