import { describe, expect, it } from "vitest";
import { asBelieved } from "../../src/app/belief.ts";
import { clockDoubt } from "../../src/app/clock-check.ts";
import { Reception } from "../../src/app/reception.ts";
import { clockIsWrong, type Glance, isDoubtful, sightOf } from "../../src/app/sight.ts";
import { encodeObservation } from "../../src/evidence/codec.ts";
import type { Observation } from "../../src/evidence/observation.ts";
import { DAY, HOUR } from "../../src/model/instant.ts";
import type { UnobservedReason } from "../../src/model/reason.ts";
import { aCertificate, clientCertificate, domain, NOW, registration, response, session, unseen } from "../judge/builders.ts";
import { chainOf, ROOT, shown } from "../judge/chain-builders.ts";
import { publicChain } from "../judge/public-authority.ts";
import { failing, passing } from "../remember/samples.ts";

const glance = (n: number, observations: readonly Observation[], over: Partial<Glance> = {}): Glance => ({
  uid: `uid-${n}`,
  url: `https://api.vendor${n}.example`,
  observations,
  knowledge: { observations: [] },
  ...over,
});
const fine = (n: number) => glance(n, [session(), response()]);
const down = (n: number, reason: UnobservedReason = "connect_timeout") =>
  glance(n, [unseen("tls-session", reason, { address: "192.0.2.1" }), unseen("http-response", reason, { endpoint: "list" })]);
const besides = (one: Glance, observation: Observation): Glance => ({ ...one, observations: [...one.observations, observation] });
const dropped = (n: number, reason: UnobservedReason) =>
  glance(
    n,
    [unseen("tls-session", reason, { address: "192.0.2.1" }), unseen("http-response", reason, { endpoint: "list" })].map(
      (observation) => ({ ...observation, outcome: "failed" }) as Observation,
    ),
  );
const strange = (n: number, issuer = "CN=Hotel", trustedBefore = true) =>
  glance(n, [session({ trusted: false, trustError: "UNABLE_TO_GET_ISSUER_CERT", chain: [aCertificate({ issuer })] })], {
    knowledge: {
      observations: [],
      baseline: {
        run: "r",
        at: NOW,
        configurationHash: "00",
        verdicts: [trustedBefore ? passing({ rule: "certificate/untrusted" }) : failing("high", { rule: "certificate/untrusted" })],
      },
    },
  });
const many = (count: number, make: (n: number) => Glance, from = 0) => Array.from({ length: count }, (_, n) => make(from + n));

describe("blind", () => {
  it.each([
    ["all of three unrelated providers", many(3, down), true],
    ["all of two", many(2, down), false],
    ["one that is down among many", [...many(20, fine), down(20)], false],
    ["nineteen of twenty", [...many(19, down), fine(19)], true],
    ["eighteen of nineteen", [...many(18, down), fine(18)], false],
    ["ten endpoints of one company", many(10, (n) => ({ ...down(n), url: `https://api${n}.acme.example` })), false],
    ["nothing", [], false],
    ["everything refused by ourselves", many(5, (n) => down(n, "address_not_allowed")), false],
    ["connections that are taken and dropped", many(4, (n) => dropped(n, "connection_closed")), true],
    ["connections that are reset", many(4, (n) => dropped(n, "connection_reset")), true],
    ["answers that are no TLS", many(4, (n) => dropped(n, "tls_protocol_error")), false],
    ["name look-ups that fail", many(4, (n) => down(n, "dns_failed")), true],
    ["providers that are down while DNS answers", many(3, (n) => besides(down(n), domain())), true],
    ["providers that answer while DNS does not", many(3, (n) => besides(fine(n), unseen("domain", "dns_failed"))), false],
    ["providers that are down while a registry answers", many(3, (n) => besides(down(n), registration())), true],
    ["registries that are down while providers answer", many(3, (n) => besides(fine(n), unseen("registration", "dns_failed"))), false],
    ["nothing but DNS, which is down", many(3, (n) => glance(n, [unseen("domain", "dns_failed")])), false],
  ])("%s", (_what, glances, blind) => {
    expect(sightOf(glances).blind).toBe(blind);
  });

  it("what was carried over is no sight", () => {
    const carried = many(3, (n) => glance(n, [unseen("tls-session", "connect_timeout"), response({}, { carried: true })]));
    expect(sightOf(carried).blind).toBe(true);
    expect(carried.every(isDoubtful)).toBe(true);
  });
});

describe("files of ours", () => {
  it("are no sight of a provider", () => {
    const withFile = many(3, (n) => glance(n, [...down(n).observations, clientCertificate()]));
    expect(sightOf(withFile).blind).toBe(true);
    expect(withFile.every(isDoubtful)).toBe(true);
    expect(sightOf(many(3, (n) => glance(n, [clientCertificate()]))).blind).toBe(false);
  });

  it("are believed, whoever answers in the provider's place", () => {
    const observed = {
      observations: [session(), clientCertificate()],
      sent: { connections: 1, requests: 0 },
      pace: [],
      durationMs: 1,
      clockOffsets: new Map(),
    };
    const believed = asBelieved(observed, { intercepted: true, proxied: false, timeless: false }).observations;
    expect(believed.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual(["tls-session unreachable", "client-certificate observed"]);
  });
});

describe("something answers for them", () => {
  it("whoever shows the certificate that was there before is the provider: it ended, or we lost the authority", () => {
    const lapsed = (n: number, leafBefore: string) => {
      const known = encodeObservation(session({ chain: [aCertificate({ sha256: leafBefore })] }));
      const now = session({ trusted: false, trustError: "CERT_HAS_EXPIRED", chain: [aCertificate({ sha256: "the same" })] });
      return glance(n, [now], { knowledge: { observations: [known] } });
    };
    expect(sightOf(many(3, (n) => lapsed(n, "the same")))).toEqual({ blind: false, intercepted: new Set(), proxied: new Map() });
    expect(many(3, (n) => lapsed(n, "the same")).some(isDoubtful)).toBe(false);
    expect(sightOf(many(3, (n) => lapsed(n, "another"))).intercepted.size).toBe(3);
  });

  it("one stranger for three unrelated providers is our network, and two are not", () => {
    const glances = [...many(3, strange), ...many(9, fine, 3)];
    expect(sightOf(glances)).toMatchObject({ blind: false, intercepted: new Set(["uid-0", "uid-1", "uid-2"]) });
    expect(sightOf([...many(2, strange), ...many(9, fine, 3)]).intercepted.size).toBe(0);
    expect(sightOf(many(4, strange)).blind).toBe(true);
  });

  it("different strangers, and those that were there before, are the providers' own", () => {
    expect(sightOf(many(4, (n) => strange(n, `CN=CA ${n}`))).intercepted.size).toBe(0);
    expect(sightOf(many(4, (n) => strange(n, "CN=Private", false))).intercepted.size).toBe(0);
    expect(isDoubtful(strange(0, "CN=Private", false))).toBe(false);
  });

  it("over http it is a page that looks the same everywhere, or leads to the same place", () => {
    const page = (n: number, over: Parameters<typeof response>[0]) => glance(n, [response(over)], { url: `http://vendor${n}.example` });
    const html = { headers: { "content-type": "text/html" }, body: { mediaType: "text/html", state: "unsupported" as const } };
    expect(sightOf(many(3, (n) => page(n, html))).intercepted.size).toBe(3);
    const login = { status: 302, headers: { location: "http://login.hotel.example/?from=x" } };
    expect(sightOf(many(3, (n) => page(n, login))).intercepted.size).toBe(3);
    expect(sightOf(many(3, (n) => page(n, {}))).intercepted.size).toBe(0);
  });
});

describe("a proxy of our own that looks into TLS", () => {
  /** Trusted for a root of the user's. */
  const looked = (n: number, over: Partial<Glance> = {}, address = "93.184.215.14") =>
    glance(n, [shown(chainOf(), {}, { address }), response()], over);

  it("is one authority of our own for three unrelated providers, and two are not", () => {
    expect([...sightOf([...many(3, looked), ...many(3, fine, 3)]).proxied]).toEqual([
      ["uid-0", "CN=Acme intermediate"],
      ["uid-1", "CN=Acme intermediate"],
      ["uid-2", "CN=Acme intermediate"],
    ]);
    expect(sightOf([...many(2, looked), ...many(9, fine, 2)]).proxied.size).toBe(0);
    expect(sightOf(many(9, (n) => looked(n, { url: `https://api${n}.acme.example` }))).proxied.size).toBe(0);
  });

  it("is none for hosts that are declared to be our own, or have no public address", () => {
    expect(sightOf(many(3, (n) => looked(n, { isInternal: true }))).proxied.size).toBe(0);
    expect(sightOf(many(3, (n) => looked(n, {}, "10.0.0.9"))).proxied.size).toBe(0);
    expect(sightOf(many(3, (n) => looked(n, {}, "::1"))).proxied.size).toBe(0);
  });

  it("is none where a public authority vouches, whomever else the user trusts", () => {
    const own = Buffer.from(ROOT.der).toString("base64");
    const public_ = (n: number) => glance(n, [shown(publicChain(), { anchors: [own] }, { address: "93.184.215.14" })]);
    expect(sightOf(many(3, public_)).proxied.size).toBe(0);
  });

  it("where a proxy looks the names up, it has no address", () => {
    expect(sightOf(many(3, (n) => looked(n, {}, `api.vendor${n}.example`))).proxied.size).toBe(3);
  });

  it("is waited for", () => {
    expect(isDoubtful(looked(0))).toBe(true);
    expect(isDoubtful(looked(0, { isInternal: true }))).toBe(false);
  });
});

describe("the time", () => {
  const offsets = (...days: number[]) => new Map(days.map((offset, host) => [`host${host}:443`, offset * DAY]));

  it.each([
    ["nobody said", offsets(), undefined],
    ["two say", offsets(-700, -700), undefined],
    ["three agree with us", offsets(0, 0.01, -0.01), false],
    ["one is mad", offsets(0, 0, 4000), false],
    ["most say we are two years ahead", offsets(-730, -730, 0), true],
    ["we are in 1970", offsets(20_000, 20_000, 20_000), true],
    ["a day more or less", offsets(1, 1, 1), false],
  ])("%s", (_what, heard, wrong) => {
    expect(clockIsWrong(heard)).toBe(wrong);
  });

  it.each([
    ["the first run", [], NOW, false],
    ["a night later", [{ startedAt: NOW - DAY }], NOW, false],
    ["a few minutes of drift", [{ startedAt: NOW + 4 * 60_000 }], NOW, false],
    ["back by two days", [{ startedAt: NOW + 2 * DAY }], NOW, true],
    ["1970", [{ startedAt: NOW }], 0, true],
    ["forward by two years", [{ startedAt: NOW - 730 * DAY }], NOW, true],
    ["after a year without runs", [{ startedAt: NOW - 365 * DAY }], NOW, false],
    ["the second run that says so", [{ startedAt: NOW - DAY, clockSuspect: true }, { startedAt: NOW - 730 * DAY }], NOW, false],
    ["back to normal after one mad run", [{ startedAt: NOW + 730 * DAY, clockSuspect: true }, { startedAt: NOW - DAY }], NOW, false],
    ["another mad one", [{ startedAt: NOW + 730 * DAY, clockSuspect: true }, { startedAt: NOW - 900 * DAY }], NOW, true],
  ])("%s", (_what, runs, now, doubtful) => {
    expect(clockDoubt(runs, now) !== undefined).toBe(doubtful);
  });
});

describe("the reception", () => {
  const visit = async (glances: readonly Glance[], offset = 0) => {
    const committed: string[] = [];
    const reception = new Reception();
    const received: string[] = [];
    for (const one of glances) {
      const arrival = { ...one, clockOffsets: new Map([[one.url, offset]]), commit: async () => void committed.push(one.uid) };
      received.push(await reception.receive(arrival));
    }
    const before = [...committed];
    return { received, before, admission: await reception.close(true), committed };
  };

  it("commits at once what it believes, from the third server on that knows the time, and the rest in the end", async () => {
    const { received, before, committed, admission } = await visit([...many(4, fine), down(4), fine(5)]);
    expect(received).toEqual(["held-back", "held-back", "committed", "committed", "held-back", "committed"]);
    expect(before).toEqual(["uid-2", "uid-3", "uid-5"]);
    expect([...committed].sort()).toEqual(["uid-0", "uid-1", "uid-2", "uid-3", "uid-4", "uid-5"]);
    expect(admission).toMatchObject({ blind: false, clockSuspect: false });
  });

  it("commits nothing that was not seen in a blind run, and nothing at all when the time is wrong", async () => {
    expect((await visit(many(5, down))).committed).toEqual([]);
    const mad = await visit(many(5, fine), 40 * DAY);
    expect([mad.committed, mad.admission.clockSuspect]).toEqual([[], true]);
    expect((await visit(many(5, fine), 2 * HOUR)).committed).toHaveLength(5);
  });

  it("believes no stranger where the run ended before all were in", async () => {
    const committed: string[] = [];
    const reception = new Reception();
    for (const one of [strange(0), strange(1), ...many(3, fine, 2)])
      await reception.receive({ ...one, clockOffsets: new Map(), commit: async () => void committed.push(one.uid) });
    expect((await reception.close(false)).intercepted).toEqual(new Set(["uid-0", "uid-1"]));
    expect([...committed].sort()).toEqual(["uid-2", "uid-3", "uid-4"]);
  });

  it("a clock that only the run before vouches for is believed when a certificate is valid by it, and not before", async () => {
    const witnessed = async (glances: readonly Glance[]) => {
      const committed: string[] = [];
      const reception = new Reception();
      reception.askForWitness();
      for (const one of glances)
        await reception.receive({ ...one, clockOffsets: new Map(), commit: async () => void committed.push(one.uid) });
      const before = committed.length;
      return [before, (await reception.close(true)).clockSuspect, committed.length];
    };
    expect(await witnessed(many(20, fine))).toEqual([0, false, 20]);
    expect(await witnessed(many(2, (n) => strange(n, `CN=CA ${n}`)))).toEqual([0, true, 0]);
    expect(await witnessed([fine(0), strange(1)])).toEqual([0, false, 2]);
  });

  it("does not wait for ever where no server says the time", async () => {
    const reception = new Reception();
    const results: string[] = [];
    for (const one of many(20, fine))
      results.push(await reception.receive({ ...one, clockOffsets: new Map(), commit: async () => undefined }));
    expect(results.filter((result) => result === "committed").length).toBeGreaterThan(0);
  });
});
