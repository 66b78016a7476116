import { describe, expect, it } from "vitest";
import type { Depth } from "../../../src/model/depth.ts";
import { accepted, expectExactly } from "./support/compare.ts";
import { enumerate } from "./support/run.ts";
import { answerOf, type Server } from "./support/server.ts";
import { jsse, nginx, nginxWithItsOwnOrder } from "./support/servers.ts";
import { requestFor, SUITES, X25519 } from "./support/universe.ts";

function to(server: Server) {
  return (offer: Parameters<typeof answerOf>[1]) => answerOf(server, offer);
}

describe("connections", () => {
  it.each([1, 6])("at depth full, %i at once: nginx with the intermediate configuration and two certificates", (lanes) => {
    const request = requestFor({ lanes });
    const found = enumerate(request, to(nginx));
    expectExactly(nginx, request, found);
    expect(found.connections).toBeLessThanOrEqual(28);
  });

  it.each([
    [1, 26],
    [6, 5],
  ])("at depth full, %i at once: nginx again, after a connection that showed a group: 26, and %i round trips", (lanes, rounds) => {
    const request = requestFor({ lanes, negotiated: { cipherSuite: 0x1302, group: X25519 } });
    const found = enumerate(request, to(nginx));
    expectExactly(nginx, request, found);
    expect(found.connections).toBeLessThanOrEqual(26);
    expect(found.tookMs).toBeLessThanOrEqual(rounds * 80);
  });

  it("at depth full: the same with an order of its own", () => {
    const request = requestFor();
    const found = enumerate(request, to(nginxWithItsOwnOrder));
    expectExactly(nginxWithItsOwnOrder, request, found);
    expect(found.connections).toBeLessThanOrEqual(36);
  });

  it.each([1, 6])("at depth full, %i at once: JSSE with 137 suites", (lanes) => {
    const request = requestFor({ lanes, negotiated: { cipherSuite: 0x1302, group: X25519 } });
    const found = enumerate(request, to(jsse));
    expectExactly(jsse, request, found);
    expect(found.versions.flatMap(({ suites }) => accepted(suites))).toHaveLength(137);
    expect(found.connections).toBeLessThanOrEqual(159);
  });

  it("at depth standard with unchanged history: nginx", () => {
    const request = requestFor({ depth: "standard" });
    const before = enumerate(request, to(nginx));
    expectExactly(nginx, request, before);
    const found = enumerate({ ...request, remembered: before }, to(nginx));
    expectExactly(nginx, request, found);
    expect(found.connections).toBeLessThanOrEqual(11);
  });

  it("at depth quick: nginx, and nothing bad of it stays unseen", () => {
    const request = requestFor({ depth: "quick", lanes: 6 });
    const found = enumerate(request, to(nginx));
    expect(found.connections).toBeLessThanOrEqual(8);
    const [modern, tls12, ...older] = found.versions;
    const bad = new Set(request.candidates["TLS 1.2"]?.suites.bad);
    expect(tls12?.suites.filter(({ code, state }) => bad.has(code) && state !== "refused")).toEqual([]);
    expect([modern?.support, tls12?.support, ...older.map(({ support }) => support)]).toEqual([
      "accepted",
      "accepted",
      "refused",
      "refused",
      "refused",
    ]);
    const postQuantum = request.candidates["TLS 1.3"]?.groups.postQuantum ?? [];
    expect(modern?.groups.filter(({ code, state }) => postQuantum.includes(code) && state !== "refused")).toEqual([]);
    expect(tls12).toMatchObject({ complete: false, reason: "depth" });
  });

  it.each(["quick", "standard", "full"] as Depth[])("at depth %s: a bad suite among good ones is seen", (depth) => {
    const bad = SUITES.filter(({ name }) => /RC4_128_SHA$|3DES|NULL_SHA$|EXPORT/.test(name) && /TLS_RSA/.test(name));
    expect(bad.length).toBeGreaterThan(3);
    for (const { code } of bad) {
      const server: Server = { ...nginx, suites: { ...nginx.suites, "TLS 1.2": [...(nginx.suites["TLS 1.2"] ?? []), code] } };
      const found = enumerate(requestFor({ depth }), to(server));
      expect(accepted(found.versions[1]?.suites ?? [])).toContain(code);
    }
  });

  it.each(["quick", "standard", "full"] as Depth[])("at depth %s: a version that must not be is seen", (depth) => {
    for (const version of ["TLS 1.1", "TLS 1.0", "SSL 3.0"] as const) {
      const found = enumerate(requestFor({ depth }), to({ ...nginx, suites: { ...nginx.suites, [version]: [0x2f, 0xc013] } }));
      const spoken = found.versions.filter(({ support }) => support === "accepted").map((one) => one.version);
      expect(spoken).toEqual(["TLS 1.3", "TLS 1.2", version]);
    }
  });

  it.each([
    [1, 27],
    [6, 6],
  ])("with %i at once nginx takes no more than %i round trips one after another", (lanes, rounds) => {
    expect(enumerate(requestFor({ lanes }), to(nginx)).tookMs).toBeLessThanOrEqual(rounds * 80);
  });
});
