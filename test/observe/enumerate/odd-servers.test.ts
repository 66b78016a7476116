import { describe, expect, it } from "vitest";
import type { TlsAnswer } from "../../../src/model/tls-offer.ts";
import type { VersionResult } from "../../../src/observe/enumerate/result.ts";
import { accepted, expectExactly, expectHonest } from "./support/compare.ts";
import { enumerate, lossy, type Run } from "./support/run.ts";
import { answerOf, type Oddities, type Server } from "./support/server.ts";
import { nginx } from "./support/servers.ts";
import { candidatesFor, ECDSA_SCHEMES, P256, P384, RSA_SCHEMES, requestFor, SUITES, X25519 } from "./support/universe.ts";

const RESET: TlsAnswer = { type: "reset" };
const TIMEOUT: TlsAnswer = { type: "timeout" };
const CLOSE: TlsAnswer = { type: "close", midAnswer: false };
const MANY = SUITES.filter(({ key, exchange }) => key !== undefined && exchange !== "other").map(({ code }) => code);

/** The least likely suite, which is asked for in the last and shortest list. */
const LAST = candidatesFor("TLS 1.2").suites.bad.at(-1) ?? 0;

function alert(description: number): TlsAnswer {
  return { type: "alert", level: 2, description };
}

function run(server: Server, lanes = 1): Run {
  return enumerate(requestFor({ lanes }), (offer) => answerOf(server, offer));
}

function version(found: Run, name: string): VersionResult {
  const result = found.versions.find((one) => one.version === name);
  if (result === undefined) throw new Error(`${name} is missing.`);
  return result;
}

function odd(oddities: Oddities, changes: Partial<Server> = {}): Server {
  return { ...nginx, ...changes, odd: oddities };
}

describe("servers that are seen in full though they are odd", () => {
  const oddServers: Record<string, Server> = {
    "reads 64 suites": odd({ readsSuites: 64 }, { suites: { "TLS 1.2": MANY } }),
    "reads 64 suites, and takes a few bad ones": odd({ readsSuites: 64 }, { suites: { "TLS 1.2": [0xc08a, 0xc061], "TLS 1.0": [5, 10] } }),
    "refuses long lists": odd({ longestList: 60 }),
    "refuses lists that are longer than the one it answers": odd({ longestList: 64 }, { suites: { "TLS 1.2": [0x2f, LAST] } }),
    "resets long lists": odd({ longestList: 60, intolerance: RESET }),
    "does not answer long lists": odd({ longestList: 60, intolerance: TIMEOUT }),
    "refuses hellos with groups that it does not know": odd({ knownGroupsOnly: true }, { groups13: nginx.groups }),
    "wants schemes": odd({ needsSchemes: true }),
    "has an RSA certificate only": { ...nginx, certificates: nginx.certificates.slice(1) },
    "needs the curve of its only certificate": odd({ curveMatters: true }, { certificates: nginx.certificates.slice(0, 1) }),
    "needs a curve that it does not exchange keys with": odd(
      { curveMatters: true },
      { groups: [X25519], certificates: [{ key: "ecdsa", group: P384, schemes: ECDSA_SCHEMES }] },
    ),
    "needs the curve for one of two certificates": odd({ curveMatters: true }, { parameters: "server", groups: [P384, X25519, P256] }),
    "chooses the suite before it looks at schemes": odd({ suiteFirst: true }, { preference: "server" }),
    "takes a group with a share only": odd({ needsShare: [X25519] }),
    "goes no further than TLS 1.0": { ...nginx, suites: { "TLS 1.0": [0xc013, 0xc009, 0x2f] } },
    "leaves out versions": { ...nginx, suites: { "TLS 1.2": [0xc02f], "TLS 1.0": [0x2f], "SSL 3.0": [5] } },
    "speaks SSL 3.0 only": { ...nginx, suites: { "SSL 3.0": [4, 5, 10] } },
    "speaks TLS 1.3 only": { ...nginx, suites: { "TLS 1.3": [0x1301, 0x1303] } },
    "says unexpected_message": { ...nginx, noSuite: alert(10), noVersion: alert(10) },
    "says insufficient_security": { ...nginx, noSuite: alert(71), noVersion: alert(40) },
    "closes instead of an alert": { ...nginx, noSuite: CLOSE, noVersion: CLOSE },
    "says decode_error": { ...nginx, noSuite: alert(50), noVersion: alert(50) },
    "has one suite, one group, one scheme": {
      ...nginx,
      suites: { "TLS 1.2": [0xc030] },
      groups: [P384],
      certificates: [{ key: "rsa", schemes: [0x0201] }],
    },
  };
  it.each(Object.entries(oddServers).flatMap(([name, server]) => [1, 6].map((lanes) => [name, lanes, server] as const)))(
    "%s (%i lanes)",
    (_, lanes, server) => {
      const request = requestFor({ lanes });
      expectExactly(server, request, run(server, lanes));
    },
  );
});

describe("servers of which a part stays unknown", () => {
  it("one that chokes on long lists, insists on what was not offered, and loses answers before it was found out", () => {
    const suites = { "TLS 1.2": [0x2f], "TLS 1.0": [0xfefe, 0x41, 0x2f], "SSL 3.0": [0x2f] };
    const server = odd({ longestList: 30, insists: 0xeded }, { suites, preference: "server", noVersion: alert(40), noSuite: alert(71) });
    for (let seed = 1; seed <= 60; seed++) {
      const network = lossy((offer) => answerOf(server, offer), 0.2, seed * 7919);
      expectHonest(server, requestFor(), enumerate(requestFor(), network));
    }
  });

  it("one that insists on a suite that was not offered is believed nothing of it", () => {
    const server = odd({ insists: 0xeded });
    const found = run(server);
    expectHonest(server, requestFor(), found);
    expect(accepted(version(found, "TLS 1.2").suites)).toHaveLength(6);
    expect(version(found, "TLS 1.2")).toMatchObject({ complete: false, reason: "unclear" });
    expect(found.quirks).toContain("odd-choice");
  });

  it.each([RESET, TIMEOUT, alert(80), { type: "close", midAnswer: true } as const])(
    "what answers with %o instead of a refusal",
    (answer) => {
      const server = { ...nginx, noSuite: answer, noVersion: answer };
      const found = run(server);
      expectHonest(server, requestFor(), found);
      for (const one of found.versions) expect(one.suites.filter(({ state }) => state === "refused")).toEqual([]);
      expect(version(found, "TLS 1.2")).toMatchObject({ support: "accepted", complete: false, reason: "unclear" });
      expect(version(found, "TLS 1.1")).toMatchObject({ support: "unknown", complete: false });
    },
  );

  it.each<Oddities>([{ longestList: 60 }, { knownGroupsOnly: true }, { readsSuites: 64 }])(
    "%o: whenever it ends, no refusal is believed that may have had another reason",
    (oddities) => {
      const server = odd(oddities, { groups13: nginx.groups, suites: { "TLS 1.2": [0x2f, 0xc030], "TLS 1.0": [0x2f] } });
      for (let budget = 1; budget <= 40; budget++) {
        const request = requestFor({ budget });
        expectHonest(
          server,
          request,
          enumerate(request, (offer) => answerOf(server, offer)),
        );
      }
    },
  );

  it.each([RESET, TIMEOUT])("hellos with groups that the server does not know, answered with %o", (intolerance) => {
    const server = odd({ knownGroupsOnly: true, intolerance }, { groups13: nginx.groups });
    const found = run(server);
    expectHonest(server, requestFor(), found);
    expect(accepted(version(found, "TLS 1.3").suites)).toHaveLength(3);
    expect(accepted(version(found, "TLS 1.2").suites)).toHaveLength(6);
  });

  it("one that never sends a HelloRetryRequest shows the groups that there are shares for", () => {
    const found = run(odd({ needsShare: "any" }));
    const modern = version(found, "TLS 1.3");
    expect(accepted(modern.groups)).toEqual([X25519, P256]);
    expect(accepted(modern.suites)).toEqual([0x1301, 0x1302, 0x1303]);
    expect(modern.groups.filter(({ state }) => state === "refused")).toEqual([]);
    expect(modern.complete).toBe(false);
    expect(found.quirks).toContain("no-hello-retry");
  });

  it("one that asks for a share and refuses the hello that brings it", () => {
    const found = run(odd({ refusesShares: true }));
    const modern = version(found, "TLS 1.3");
    expect(modern.groups.find(({ code }) => code === P256)?.state).toBe("unknown");
    expect(modern.groups.filter(({ code, state }) => state === "refused" && nginx.groups13?.includes(code))).toEqual([]);
    expect(accepted(modern.suites)).toHaveLength(3);
    expect(found.quirks).toContain("share-refused");
  });

  it("one that ignores the groups is not believed to take any other", () => {
    const found = run(odd({ onlyGroup: P256 }));
    expect(accepted(version(found, "TLS 1.2").groups)).toEqual([P256]);
  });

  it("one that closes at random, even upon what it accepts, has refused nothing by closing", () => {
    let asked = 0;
    const server = { ...nginx, noSuite: CLOSE, noVersion: CLOSE };
    const found = enumerate(requestFor(), (offer) => (asked++ % 3 === 1 ? CLOSE : answerOf(server, offer)));
    expectHonest(server, requestFor(), found);
    expect(found.quirks).toContain("random-close");
    for (const one of found.versions)
      expect(one.suites.filter(({ state, seen }) => state === "refused" && seen.what === "close")).toEqual([]);
  });

  it.each([TIMEOUT, RESET, CLOSE, { type: "malformed", field: "record" } as const])(
    "one that answers everything with %o is soon left alone",
    (answer) => {
      const found = enumerate(requestFor({ lanes: 6 }), () => answer);
      expect(found.connections).toBeLessThanOrEqual(16);
      for (const one of found.versions) expect(one).toMatchObject({ support: "unknown", complete: false });
    },
  );
});

describe("what else the answers show", () => {
  it("both certificates, with the suites and schemes that they were served with", () => {
    const { certificates } = version(run(nginx), "TLS 1.2");
    expect(certificates.map(({ key, group, suites, schemes }) => [key, group, suites.length, schemes.length]).sort()).toEqual([
      ["ecdsa", P256, 3, 3],
      ["rsa", undefined, 3, 6],
    ]);
  });

  it("schemes of a server that speaks TLS 1.3 only, for each of its certificates", () => {
    const found = version(run({ ...nginx, suites: { "TLS 1.3": [0x1301] } }), "TLS 1.3");
    expect(accepted(found.schemes).sort()).toEqual([...ECDSA_SCHEMES.slice(0, 3), ...RSA_SCHEMES.slice(0, 6)].sort());
    expect(found.certificates.map(({ key }) => key).sort()).toEqual(["ecdsa", "rsa"]);
  });

  it("the size of Diffie-Hellman primes", () => {
    expect(version(run({ ...nginx, suites: { "TLS 1.2": [0x9e, 0xc02f] } }), "TLS 1.2").dhBits).toEqual([2048]);
  });

  it.each(["server", "client"] as const)("that the order of the %s decides", (preference) => {
    const found = run({ ...nginx, preference });
    expect(found.versions.map((one) => one.preference)).toEqual([preference, preference, "unknown", "unknown", "unknown"]);
  });

  it("that it was the group that was refused, and not the share, of each group for itself", () => {
    const groups13 = [P384, P256];
    const server: Server = { ...nginx, groups13, preference: "server", parameters: "server" };
    for (const lanes of [1, 2, 6]) {
      const found = run(server, lanes);
      expect(found.quirks).toEqual([]);
      expect(accepted(version(found, "TLS 1.3").groups)).toEqual([P256, P384]);
    }
  });

  it("the order of a server that has one", () => {
    const order = [0xc030, 0xcca8, 0xc02f];
    const found = version(run({ ...nginx, preference: "server", suites: { "TLS 1.2": order } }), "TLS 1.2");
    expect(found.order).toEqual(order);
  });

  it("of a server with two certificates what it likes best", () => {
    const order = [0xc030, 0xcca9, 0xc02b, 0xc02f];
    const found = version(run({ ...nginx, preference: "server", suites: { "TLS 1.2": order } }), "TLS 1.2");
    expect(found.order?.slice(0, 1)).toEqual([0xc030]);
    expect(found.order).toEqual(order.slice(0, found.order?.length));
  });

  it("what a version was refused with", () => {
    const found = run({ ...nginx, suites: { "TLS 1.0": [0x2f] } });
    expect(version(found, "TLS 1.2").seen).toEqual({ what: "other-choice", version: "TLS 1.0" });
    expect(version(run(nginx), "TLS 1.1").seen).toEqual({ what: "alert", alert: 70 });
  });
});
