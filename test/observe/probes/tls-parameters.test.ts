import { describe, expect, it } from "vitest";
import type { TlsEvidence, TlsFeatureFacts, TlsLeafFact } from "../../../src/evidence/kinds.ts";
import { codesIn } from "../../../src/model/code-ranges.ts";
import type { Depth } from "../../../src/model/depth.ts";
import { DAY } from "../../../src/model/instant.ts";
import type { NetResult } from "../../../src/model/net-port.ts";
import { ok } from "../../../src/model/result.ts";
import type { TlsVersion } from "../../../src/model/tls.ts";
import type { TlsAnswer, TlsOffer } from "../../../src/model/tls-offer.ts";
import { type ParametersQuestion, tlsParametersProbe } from "../../../src/observe/probes/tls-parameters.ts";
import { failed, fakeNet, type Script } from "../../support/fake-net.ts";
import { context, NOW, target, URL_OF_API } from "./support.ts";

type Answer = NetResult<TlsAnswer>;
type Hello = Extract<TlsAnswer, { type: "hello" }>;
type Behaviour = Answer | readonly Answer[] | ((offer: TlsOffer, attempt: number) => Answer);

const alert = (description: number, level = 2): Answer => ok({ type: "alert", level, description });
const CLOSE: Answer = ok({ type: "close", midAnswer: false });
const RESET: Answer = ok({ type: "reset" });
const STALL: Answer = ok({ type: "timeout" });

const SUITES: Partial<Record<TlsVersion, number>> = { "TLS 1.3": 0x1301, "TLS 1.2": 0xc02f, "TLS 1.1": 0xc013, "TLS 1.0": 0xc013 };

/** One suite, x25519 and no other group. */
const speaks =
  (version: TlsVersion) =>
  (offer: TlsOffer): Answer => {
    const suite = offer.cipherSuites.find((code) => code === SUITES[version]);
    if (suite === undefined || !offer.groups.includes(0x1d)) return alert(40);
    const isRetry = version === "TLS 1.3" && !offer.shares.includes(0x1d);
    return ok({ type: "hello", version, cipherSuite: suite, helloRetryRequest: isRetry, group: 0x1d });
  };

const speaksSsl3 = ({ cipherSuites }: TlsOffer): Answer =>
  cipherSuites.includes(0x0005) ? ok({ type: "hello", version: "SSL 3.0", cipherSuite: 0x0005, helloRetryRequest: false }) : alert(40);

const MODERN: Partial<Record<TlsVersion, Behaviour>> = { "TLS 1.3": speaks("TLS 1.3"), "TLS 1.2": speaks("TLS 1.2") };

async function observe(
  answers: Partial<Record<TlsVersion, Behaviour>>,
  { ssl2 = CLOSE, ...question }: Partial<ParametersQuestion> & { readonly ssl2?: Answer } = {},
) {
  const attempts = new Map<string, number>();
  const exchangeOffer: Script["exchangeOffer"] = (offer) => {
    const attempt = (attempts.get(offer.version) ?? 0) + 1;
    attempts.set(offer.version, attempt);
    const behaviour = answers[offer.version] ?? alert(70);
    if (typeof behaviour === "function") return behaviour(offer, attempt);
    return "ok" in behaviour ? behaviour : (behaviour[attempt - 1] ?? behaviour.at(-1) ?? alert(70));
  };
  const net = fakeNet({ exchangeOffer, exchangeSsl2: () => ssl2 });
  const asked = { target: target(), address: "192.0.2.1", depth: "quick" as const, lanes: 1, ...question };
  return { observation: await tlsParametersProbe.observe(asked, context(net)), net };
}

async function evidenceOf(...args: Parameters<typeof observe>) {
  const { observation, net } = await observe(...args);
  if (observation.outcome !== "observed") throw new Error(`not observed: ${observation.failure.reason}`);
  const evidence: TlsEvidence = observation.evidence;
  const row = (version: TlsVersion) => evidence.versions.find((found) => found.version === version);
  const of = (version: TlsVersion) => {
    const { support, reason, seen } = row(version) ?? {};
    return [support, support === "unknown" ? reason : seen].join(" ");
  };
  return { evidence, row, of, connections: net.sent().connections };
}

describe("tls-parameters", () => {
  it("tells what is accepted, by name and code, and what is refused", async () => {
    const { observation, net } = await observe(MODERN);
    expect(observation).toMatchObject({
      probe: "tls-parameters",
      kind: "tls",
      key: { origin: URL_OF_API, address: "192.0.2.1" },
      observedAt: NOW,
      durationMs: 7,
      connections: net.sent().connections,
      outcome: "observed",
      evidence: { address: "192.0.2.1", depth: "quick", groups: [{ code: "0x001D", name: "x25519", versions: ["TLS 1.3", "TLS 1.2"] }] },
    });
    const { row, of } = await evidenceOf(MODERN);
    expect(["SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"].map((version) => of(version as TlsVersion))).toEqual([
      "refused alert 70",
      "refused alert 70",
      "refused alert 70",
      "accepted server-hello",
      "accepted server-hello",
    ]);
    expect(row("TLS 1.3")).toMatchObject({
      cipherSuites: [{ code: "0x1301", name: "TLS_AES_128_GCM_SHA256" }],
      complete: false,
      reason: "not_requested",
    });
    expect(codesIn(row("TLS 1.3")?.refusedGroups ?? "")).toContain(0x11ec);
    expect(codesIn(row("TLS 1.2")?.refused ?? "")).toContain(0x0005);
    expect(codesIn(row("TLS 1.2")?.refused ?? "")).not.toContain(0xc02f);
  });

  it("takes another version than the one it asked for as a refusal", async () => {
    const { of } = await evidenceOf({
      ...MODERN,
      "TLS 1.3": speaks("TLS 1.2"),
      "TLS 1.1": speaks("TLS 1.0"),
      "TLS 1.0": speaks("TLS 1.0"),
    });
    expect([of("TLS 1.3"), of("TLS 1.1"), of("TLS 1.0")]).toEqual([
      "refused alert 40",
      "refused server-hello TLS 1.0",
      "accepted server-hello",
    ]);
  });

  it.each([
    ["a handshake failure", alert(40)],
    ["a decode error, twice", alert(50)],
  ])("takes %s as a refusal", async (_, answer) => {
    expect((await evidenceOf({ ...MODERN, "TLS 1.1": answer }, { depth: "standard" })).of("TLS 1.1")).toMatch(/^refused alert \d+$/);
  });

  it.each([
    ["internal_error", 80],
    ["user_canceled", 90],
  ])("does not take %s for an opinion on versions, however often", async (_, description) => {
    expect((await evidenceOf({ ...MODERN, "TLS 1.1": alert(description) })).of("TLS 1.1")).toMatch(
      /^unknown (tls_alert|rate_limited|budget_exhausted)$/,
    );
  });

  it.each<[string, Answer, RegExp]>([
    ["reset", RESET, /^unknown (connection_reset|rate_limited|budget_exhausted)$/],
    ["stall", STALL, /^unknown (tls_timeout|rate_limited|budget_exhausted)$/],
    ["garbage", ok({ type: "malformed", field: "record.type" }), /^unknown (tls_protocol_error|budget_exhausted)$/],
    ["spent budget", failed("budget_exhausted", { phase: "plan" }), /^unknown budget_exhausted$/],
  ])("does not take a %s for a refusal", async (_, answer, expected) => {
    expect((await evidenceOf({ ...MODERN, "TLS 1.0": answer, "TLS 1.1": answer })).of("TLS 1.0")).toMatch(expected);
  });

  it("believes the repeat of what failed once", async () => {
    const { of } = await evidenceOf(
      { ...MODERN, "TLS 1.1": [RESET, speaks("TLS 1.1")({ ...ANY, version: "TLS 1.1" })] },
      { depth: "standard" },
    );
    expect(of("TLS 1.1")).toBe("accepted server-hello");
  });

  it("takes a close for a refusal when it closes again, everything else answers, and the control answers still", async () => {
    const { of } = await evidenceOf({ ...MODERN, "TLS 1.1": CLOSE, "TLS 1.0": CLOSE, "SSL 3.0": CLOSE }, { depth: "standard" });
    expect([of("TLS 1.1"), of("TLS 1.0"), of("SSL 3.0")]).toEqual(["refused close", "refused close", "refused close"]);
  });

  it.each([40, 70, 80])("sees nothing of a server that answers every hello with alert %i", async (description) => {
    const all = alert(description);
    const every = { "TLS 1.3": all, "TLS 1.2": all, "TLS 1.1": all, "TLS 1.0": all, "SSL 3.0": all };
    for (const depth of ["quick", "standard", "full"] as const) {
      const { observation } = await observe(every, { depth });
      expect(observation).toMatchObject({ outcome: "failed", failure: { reason: "tls_alert", code: `alert ${description}` } });
      expect(observation.connections).toBeGreaterThan(0);
    }
  });

  it("takes two closes on SSL 2.0 for a refusal where a hello is answered after them, and not where it is closed upon", async () => {
    const full = async (closedFrom: number) => {
      let hellos = 0;
      const until = (offer: TlsOffer) => (++hellos > closedFrom ? CLOSE : speaks("TLS 1.2")(offer));
      return (await evidenceOf({ "TLS 1.2": until }, { depth: "full" })).of("SSL 2.0");
    };
    const hellosInAll = 1000;
    expect(await full(hellosInAll)).toBe("refused close");
    let asked = 0;
    const counted = (offer: TlsOffer) => {
      asked += 1;
      return speaks("TLS 1.2")(offer);
    };
    await evidenceOf({ "TLS 1.2": counted }, { depth: "full" });
    expect(await full(asked - 1)).toBe("unknown connection_closed");
  });

  it("takes closes for refusals that came before anything was answered, too", async () => {
    const old = { "TLS 1.3": CLOSE, "TLS 1.2": CLOSE, "TLS 1.1": CLOSE, "TLS 1.0": CLOSE, "SSL 3.0": speaksSsl3 };
    const { of } = await evidenceOf(old, { depth: "standard" });
    expect(["TLS 1.3", "TLS 1.2", "TLS 1.1", "TLS 1.0", "SSL 3.0"].map((version) => of(version as TlsVersion))).toEqual([
      ...["refused close", "refused close", "refused close", "refused close"],
      "accepted server-hello",
    ]);
  });

  it("leaves a close unexplained where the repeat is answered otherwise, or nothing is spoken", async () => {
    expect((await evidenceOf({ ...MODERN, "TLS 1.1": [CLOSE, RESET] })).of("TLS 1.1")).toMatch(/^unknown/);
    const deaf = { "TLS 1.3": alert(70), "TLS 1.2": alert(70), "TLS 1.1": CLOSE, "TLS 1.0": alert(70), "SSL 3.0": alert(70) };
    expect((await observe(deaf)).observation.outcome).toBe("failed");
  });

  it.each<[string, Behaviour]>([
    ["everything is reset", RESET],
    ["everything is closed", CLOSE],
    ["everything stalls", STALL],
    ["everything is an internal error", alert(80)],
  ])("stays within its bound, at every depth, when %s", async (_, behaviour) => {
    const all = { "SSL 3.0": behaviour, "TLS 1.0": behaviour, "TLS 1.1": behaviour, "TLS 1.2": behaviour, "TLS 1.3": behaviour };
    for (const depth of ["quick", "standard", "full"] as const) {
      for (const answers of [all, { ...all, "TLS 1.2": speaks("TLS 1.2") }]) {
        const { net } = await observe(answers, { depth });
        expect(net.sent().connections).toBeLessThanOrEqual(tlsParametersProbe.bound(depth).connections);
      }
    }
  });

  it("is not observed at all when nothing was said", async () => {
    const refused = failed("connect_refused", { code: "ECONNREFUSED" });
    const { observation, net } = await observe({ "TLS 1.3": refused, "TLS 1.2": refused });
    expect(observation).toMatchObject({ outcome: "refused", failure: { reason: "connect_refused" } });
    expect(net.sent().connections).toBe(1);
  });

  it.each<[string, Answer, string, string]>([
    ["closed: nobody is behind what listens", CLOSE, "failed", "connection_closed"],
    ["answered with what is no TLS", ok({ type: "malformed", field: "record.type" }), "failed", "tls_protocol_error"],
    ["left without an answer", STALL, "timed-out", "tls_timeout"],
    ["reset", RESET, "failed", "connection_reset"],
  ])("is not observed when every connection is %s", async (_, answer, outcome, reason) => {
    const all = { "SSL 3.0": answer, "TLS 1.0": answer, "TLS 1.1": answer, "TLS 1.2": answer, "TLS 1.3": answer };
    expect((await observe(all)).observation).toMatchObject({ outcome, failure: { reason } });
  });

  it("asks about less where the last time is known, and finds the same", async () => {
    const first = await evidenceOf(LARGE, { depth: "standard" });
    const again = await evidenceOf(LARGE, { depth: "standard", before: first.evidence });
    expect(again.connections).toBeLessThan(first.connections);
    expect(listed(again.evidence)).toEqual(listed(first.evidence));
    expect(again.evidence.groups).toEqual(first.evidence.groups);
  });

  it("keeps the pace of a server that limited us, and begins with it", async () => {
    let many = 0;
    const limiting = (offer: TlsOffer) => (++many % 6 < 2 ? RESET : speaks(offer.version)(offer));
    const limited = await evidenceOf({ "TLS 1.3": limiting, "TLS 1.2": limiting }, { depth: "standard", lanes: 6 });
    expect(limited.evidence.pace).toMatchObject({ lanes: 1 });
    const { observation, net } = await observe(MODERN, { depth: "standard", lanes: 6, before: limited.evidence });
    expect(observation).toMatchObject({ evidence: { pace: limited.evidence.pace } });
    expect(net.pauses.every((ms) => ms === limited.evidence.pace?.gapMs)).toBe(true);
    expect(net.pauses.length).toBeGreaterThan(0);
  });

  it("sees what has changed since the last time", async () => {
    const { evidence } = await evidenceOf(MODERN, { depth: "standard" });
    const worse = await evidenceOf({ ...MODERN, "TLS 1.1": speaks("TLS 1.1") }, { depth: "standard", before: evidence });
    expect(worse.of("TLS 1.1")).toBe("accepted server-hello");
    const better = await evidenceOf({ "TLS 1.3": speaks("TLS 1.3") }, { depth: "standard", before: evidence });
    expect(better.of("TLS 1.2")).toBe("refused alert 70");
  });

  it("notices that something weak is gone, and that something good is, without listing everything", async () => {
    const all = { suites: [0xc02f, 0xc013, 0x0005, 0x000a], groups13: [0x001d, 0x11ec], schemes: [0x0804, 0x0201] };
    const first = await evidenceOf(server(all), { depth: "standard" });
    const names = (evidence: TlsEvidence) =>
      evidence.versions.find(({ version }) => version === "TLS 1.2")?.cipherSuites.map(({ code }) => code);
    expect(names(first.evidence)).toEqual(["0xC02F", "0xC013", "0x0005", "0x000A"]);
    expect(first.evidence.groups.map(({ name }) => name)).toContain("X25519MLKEM768");
    expect(first.evidence.signatureSchemes.map(({ name }) => name)).toContain("rsa_pkcs1_sha1");

    const less = { suites: [0xc02f, 0xc013], groups13: [0x001d], schemes: [0x0804] };
    const { evidence, row, connections } = await evidenceOf(server(less), { depth: "standard", before: first.evidence });
    expect(names(evidence)).toEqual(["0xC02F", "0xC013"]);
    expect(codesIn(row("TLS 1.2")?.refused ?? "")).toEqual(expect.arrayContaining([0x0005, 0x000a]));
    expect(evidence.groups.map(({ name }) => name)).not.toContain("X25519MLKEM768");
    expect(codesIn(row("TLS 1.3")?.refusedGroups ?? "")).toContain(0x11ec);
    expect(evidence.signatureSchemes.map(({ name }) => name)).not.toContain("rsa_pkcs1_sha1");
    expect(connections).toBeLessThanOrEqual(24);

    // What was not seen again is marked; from then on every night is the same.
    const again = await evidenceOf(server(all), { depth: "standard", before: first.evidence });
    expect(names(again.evidence)).toEqual(names(first.evidence));
    const same = await evidenceOf(server(all), { depth: "standard", before: again.evidence });
    expect(same.evidence).toEqual(again.evidence);
    expect(same.connections).toBeLessThan(first.connections);
  });

  it("judges rather than lists where too little is left to list", async () => {
    const little = await evidenceOf(MODERN, { depth: "standard", budget: 20 });
    expect(little.evidence.depth).toBe("quick");
    // Nobody chose to leave out what there was no budget for.
    expect(little.row("TLS 1.2")).toMatchObject({ support: "accepted", reason: "budget_exhausted" });
    expect((await evidenceOf(MODERN, { depth: "quick" })).row("TLS 1.2")).toMatchObject({ reason: "not_requested" });
    const whole = await evidenceOf(MODERN, { depth: "standard", budget: 40 });
    expect(whole.evidence.depth).toBe("standard");
    const again = await evidenceOf(MODERN, { depth: "standard", budget: 20, before: whole.evidence });
    expect(again.evidence).toEqual(whole.evidence);
    expect((await evidenceOf(MODERN, { depth: "standard", budget: 4 })).connections).toBeLessThanOrEqual(4);
  });

  it("notices that the last suite is gone that is better than what is left", async () => {
    const all = { suites: [0xc02f, 0xc013, 0x002f], groups13: [], schemes: [0x0804] };
    const first = await evidenceOf(server(all), { depth: "standard" });
    const left = async (suites: readonly number[]) => {
      const { row } = await evidenceOf(server({ ...all, suites }), { depth: "standard", before: first.evidence });
      return row("TLS 1.2")?.cipherSuites.map(({ code }) => code);
    };
    expect(await left([0xc013, 0x002f])).toEqual(["0xC013", "0x002F"]);
    expect(await left([0x002f])).toEqual(["0x002F"]);
  });

  it("notices that the last suite of any class is gone, though others that are as old stay", async () => {
    const all = { suites: [0xc02f, 0xc013, 0x002f, 0x0007, 0x00b6], groups13: [], schemes: [0x0804] };
    const first = await evidenceOf(server(all), { depth: "standard" });
    const left = async (suites: readonly number[]) => {
      const { row } = await evidenceOf(server({ ...all, suites }), { depth: "standard", before: first.evidence });
      return row("TLS 1.2")?.cipherSuites.map(({ code }) => code);
    };
    expect(await left(all.suites)).toContain("0x0007");
    // IDEA, whose blocks are short, beside CBC and RSA key transport.
    expect(await left([0xc02f, 0xc013, 0x002f, 0x00b6])).not.toContain("0x0007");
    // RSA_PSK, when RSA is gone as well.
    expect(await left([0xc02f, 0xc013])).toEqual(["0xC02F", "0xC013"]);
  });

  it.each(["standard", "full"] as const)(
    "says that suites stand in the server's order, be it that of their codes, at depth %s",
    async (depth) => {
      const { row } = await evidenceOf(server({ suites: [0xc02f, 0xc030], groups13: [], schemes: [0x0804] }), { depth });
      expect(row("TLS 1.2")).toMatchObject({ preference: "server", cipherSuites: [{ code: "0xC02F" }, { code: "0xC030" }], ordered: 2 });
    },
  );

  it("keeps the order of the server from night to night, and forgets it where another suite came first", async () => {
    const taken = (...suites: readonly number[]) => server({ suites, groups13: [], schemes: [0x0804] });
    const night = async (suites: readonly number[], before?: TlsEvidence) => {
      const { row, evidence } = await evidenceOf(taken(...suites), { depth: "standard", ...(before !== undefined && { before }) });
      const { cipherSuites = [], ordered } = row("TLS 1.2") ?? {};
      return { evidence, shown: [cipherSuites.map(({ code }) => Number(code)), ordered] };
    };
    const first = await night([0xc02f, 0xc030, 0xcca8]);
    expect(first.shown).toEqual([[0xc02f, 0xc030, 0xcca8], 3]);
    const second = await night([0xc02f, 0xc030, 0xcca8], first.evidence);
    expect(second.shown).toEqual(first.shown);
    expect((await night([0xc030, 0xc02f, 0xcca8], second.evidence)).shown).toEqual([[0xc030, 0xc02f, 0xcca8], 1]);
  });

  it("notices that a prime is shorter than it was, or longer", async () => {
    const serves = (dhBits: number) => (offer: TlsOffer) => {
      const cipherSuite = [0xc02f, 0x009e].find((code) => offer.cipherSuites.includes(code));
      if (cipherSuite === undefined) return alert(40);
      const prime = { dhBits, dhPrime: `${dhBits}` };
      const own = cipherSuite === 0x009e ? prime : { group: 0x1d };
      return ok({ type: "hello", version: "TLS 1.2", cipherSuite, helloRetryRequest: false, ...own } as const);
    };
    const first = await evidenceOf({ "TLS 1.2": serves(2048) }, { depth: "standard" });
    const worse = await evidenceOf({ "TLS 1.2": serves(1024) }, { depth: "standard", before: first.evidence });
    const better = await evidenceOf({ "TLS 1.2": serves(2048) }, { depth: "standard", before: worse.evidence });
    expect([first, worse, better].map(({ evidence }) => evidence.features.dh?.map(({ bits }) => bits))).toEqual([[2048], [1024], [2048]]);
  });

  it("notices that a weak suite of TLS 1.3 is gone", async () => {
    const tls13 = (suites: readonly number[]) => (offer: TlsOffer) => {
      const cipherSuite = suites.find((code) => offer.cipherSuites.includes(code));
      const isRetry = !offer.shares.includes(0x1d);
      if (cipherSuite === undefined || !offer.groups.includes(0x1d)) return alert(40);
      return ok({ type: "hello", version: "TLS 1.3", cipherSuite, helloRetryRequest: isRetry, group: 0x1d } as const);
    };
    const first = await evidenceOf({ "TLS 1.3": tls13([0x1301, 0xc0b4]) }, { depth: "standard" });
    const names = ({ evidence }: typeof first) => evidence.versions.find(({ version }) => version === "TLS 1.3")?.cipherSuites.length;
    expect(names(first)).toBe(2);
    expect(names(await evidenceOf({ "TLS 1.3": tls13([0x1301, 0xc0b4]) }, { depth: "standard", before: first.evidence }))).toBe(2);
    expect(names(await evidenceOf({ "TLS 1.3": tls13([0x1301]) }, { depth: "standard", before: first.evidence }))).toBe(1);
  });

  it("forgets after four weeks, or five, and asks about everything again", async () => {
    const first = await evidenceOf(LARGE, { depth: "standard" });
    const old = (days: number): TlsEvidence => ({ ...first.evidence, listedOn: new Date(NOW - days * DAY).toISOString().slice(0, 10) });
    const at = async (days: number) => evidenceOf(LARGE, { depth: "standard", before: old(days) });
    expect((await at(27)).connections).toBeLessThan(first.connections);
    expect((await at(27)).evidence.listedOn).toBe(old(27).listedOn);
    const anew = await at(36);
    expect(anew.connections).toBe(first.connections);
    expect(anew.evidence.listedOn).toBe(new Date(NOW).toISOString().slice(0, 10));
  });

  it("keeps features that nothing told of this time, and none from before the memory ends", async () => {
    const first = await evidenceOf(MODERN, { depth: "standard" });
    const before: TlsEvidence = { ...first.evidence, features: { ...first.evidence.features, secureRenegotiation: false } };
    const renegotiation = async (question: Partial<ParametersQuestion>) =>
      (await evidenceOf(MODERN, question)).evidence.features.secureRenegotiation;
    expect(await renegotiation({ depth: "standard", before })).toBe(false);
    expect(await renegotiation({ depth: "full", before })).toBeUndefined();
    expect(await renegotiation({ depth: "standard", before: { ...before, listedOn: "2020-01-01" } })).toBeUndefined();
  });

  it("keeps no feature of a version, or of a kind of suite, that is refused by now", async () => {
    const older = { secureRenegotiation: false, extendedMasterSecret: false, compression: true, sessionTickets: true } as const;
    const finite = { dh: [{ bits: 1024, prime: "ab" }] } as const;
    const features = {
      ...older,
      ...finite,
      encryptThenMac: false,
      exportRsaBits: [512],
      ephemeralReuse: true,
      fallbackScsv: false,
    } as const;
    const all = { suites: [0xc02f, 0x009e, 0xc013], groups13: [0x001d], schemes: [0x0804] };
    const first = await evidenceOf(server(all), { depth: "standard" });
    const before: TlsEvidence = { ...first.evidence, features };
    const kept = async (answers: Partial<Record<TlsVersion, Behaviour>>) =>
      (await evidenceOf(answers, { depth: "standard", before })).evidence.features;
    expect(await kept(server(all))).toEqual({ ...older, ...finite, encryptThenMac: false, ephemeralReuse: true });
    expect(await kept(server({ ...all, suites: [0xc02f, 0xc013] }))).toEqual({ ...older, encryptThenMac: false, ephemeralReuse: true });
    expect(await kept({ "TLS 1.3": speaks("TLS 1.3") })).toEqual({ ephemeralReuse: true });
    expect(await kept({ "TLS 1.3": speaks("TLS 1.3"), "TLS 1.2": RESET })).toEqual({ ephemeralReuse: true });
  });

  it("keeps no feature of a server that accepted nothing this time", async () => {
    const first = await evidenceOf(MODERN, { depth: "standard" });
    const features: TlsFeatureFacts = {
      alpn: ["h2"],
      clientCertificate: { requested: true, authorities: [], count: 0 },
      grease: false,
      longHello: false,
      scts: true,
      stapling: true,
      withoutName: "refused",
    };
    const kept = async (answers: Partial<Record<TlsVersion, Behaviour>>) =>
      (await evidenceOf(answers, { depth: "standard", before: { ...first.evidence, features } })).evidence.features;
    expect(await kept({ "TLS 1.3": speaks("TLS 1.3") })).toEqual(features);
    const before = { ...first.evidence, features };
    const lost = await observe({ "TLS 1.3": RESET, "TLS 1.2": RESET }, { depth: "standard", before });
    expect(lost.observation.outcome).toBe("failed");
  });

  it("keeps a leaf for a suite that was accepted with its kind of key, unless another was served", async () => {
    const all = { suites: [0xc02f, 0xc013], groups13: [], schemes: [0x0804] };
    const first = await evidenceOf(server(all), { depth: "standard" });
    const old: TlsLeafFact = { sha256: "ee".repeat(32), key: "ecdsa" };
    const renewed: TlsLeafFact = { sha256: "ef".repeat(32), key: "rsa" };
    const kept = async (answers: Partial<Record<TlsVersion, Behaviour>>) => {
      const before = { ...first.evidence, certificates: [...first.evidence.certificates, old, renewed] };
      return (await evidenceOf(answers, { depth: "standard", before })).evidence.certificates;
    };
    expect(first.evidence.certificates).toEqual([RSA]);
    expect(await kept(server(all))).toEqual([RSA]);
    // Any key could serve those of TLS 1.3, which proves none of them.
    expect(await kept({ ...server(all), "TLS 1.3": speaks("TLS 1.3") })).toEqual([RSA]);
  });

  it("believes our own connection that a server of TLS 1.3 alone has another leaf", async () => {
    const only13 = { "TLS 1.3": speaks("TLS 1.3") };
    const old: TlsLeafFact = { sha256: "ee".repeat(32), key: "ecdsa" };
    const first = await evidenceOf(only13, { depth: "standard" });
    const kept = async (question: Partial<ParametersQuestion>) => {
      const before = { ...first.evidence, certificates: [old] };
      return (await evidenceOf(only13, { depth: "standard", before, ...question })).evidence.certificates;
    };
    expect(await kept({})).toEqual([old]);
    expect(await kept({ session: sessionWith(old.sha256) })).toEqual([old]);
    expect(await kept({ session: sessionWith("ff".repeat(32)) })).toEqual([]);
  });

  it("takes over that SSL 2.0 was refused, and of what was accepted that it is not known", async () => {
    const night = async (question: Parameters<typeof observe>[1]) => (await evidenceOf(MODERN, question)).evidence;
    const row = ({ versions }: TlsEvidence) => versions.find(({ version }) => version === "SSL 2.0");
    const accepted = await night({ depth: "full", ssl2: SSL2 });
    expect(row(accepted)).toMatchObject({ support: "accepted", cipherSuites: [{ code: "0x010080" }] });
    const unknown = { support: "unknown", reason: "not_requested", cipherSuites: [], preference: "client", complete: false };
    const second = await night({ depth: "standard", before: accepted });
    expect(row(second)).toEqual({ version: "SSL 2.0", ...unknown });
    expect(row(await night({ depth: "quick", before: second }))).toEqual({ version: "SSL 2.0", ...unknown });
    expect(row(await night({ depth: "standard", before: { ...accepted, listedOn: "2020-01-01" } }))).toBeUndefined();
    const refused = await night({ depth: "full", ssl2: alert(40) });
    expect(row(await night({ depth: "standard", before: refused }))).toEqual(row(refused));
    expect(row(await night({ depth: "full", before: refused, ssl2: SSL2 }))?.support).toBe("accepted");
    expect(row(await night({ depth: "standard" }))).toBeUndefined();
  });

  it("says on which day everything was listed: standard where it was not known, full anew, quick never", async () => {
    const today = new Date(NOW).toISOString().slice(0, 10);
    const lastWeek = new Date(NOW - 7 * DAY).toISOString().slice(0, 10);
    const first = await evidenceOf(MODERN, { depth: "standard" });
    const listedOn = async (depth: Depth, day?: string) => {
      const { listedOn: _, ...never } = first.evidence;
      const before = { ...never, ...(day !== undefined && { listedOn: day }) };
      return (await evidenceOf(MODERN, { depth, before })).evidence.listedOn;
    };
    expect([await listedOn("standard"), await listedOn("full"), await listedOn("quick")]).toEqual([today, today, undefined]);
    expect([await listedOn("standard", lastWeek), await listedOn("full", lastWeek), await listedOn("quick", lastWeek)]).toEqual([
      lastWeek,
      today,
      lastWeek,
    ]);
    const quick = await evidenceOf(MODERN, { depth: "quick" });
    expect((await evidenceOf(MODERN, { depth: "standard", before: quick.evidence })).connections).toBe(first.connections);
  });

  it("keeps no protocol that nobody offered", async () => {
    const choosing = (alpn: string) => async () => {
      const { evidence } = await evidenceOf(flight({ alpn }), { depth: "full" });
      return [evidence.features.alpn, evidence.quirks.includes("odd-alpn")];
    };
    expect(await choosing("h2")()).toEqual([["h2"], false]);
    expect(await choosing("\u0007<b>")()).toEqual([undefined, true]);
  });

  it("cuts and sorts the names of authorities, and keeps the shortest primes alone", async () => {
    const names = ["z".repeat(300), "CN=B", "CN=A"];
    const certificateRequest = { signatureSchemes: [], authorities: names, authorityCount: 70 };
    const { evidence } = await evidenceOf(flight({ certificateRequest }), { depth: "standard" });
    expect(evidence.features.clientCertificate).toEqual({ requested: true, authorities: ["CN=A", "CN=B", "z".repeat(200)], count: 70 });
    let turn = 0;
    const tls12 = (offer: TlsOffer): Answer => {
      const cipherSuite = [0x009e, 0x009f, 0x0033, 0x0039, 0x0067, 0x006b].find((code) => offer.cipherSuites.includes(code));
      if (cipherSuite === undefined) return alert(40);
      turn += 1;
      return ok({ type: "hello", version: "TLS 1.2", cipherSuite, helloRetryRequest: false, dhBits: 4096 - turn, dhPrime: `${turn}` });
    };
    const { dh = [] } = (await evidenceOf({ "TLS 1.2": tls12 }, { depth: "standard" })).evidence.features;
    expect(turn).toBeGreaterThan(4);
    expect(dh.map(({ bits }) => bits)).toEqual([0, 1, 2, 3].map((more) => 4096 - turn + more));
  });
});

interface Taken {
  readonly suites: readonly number[];
  readonly groups13: readonly number[];
  readonly schemes: readonly number[];
}

/** TLS 1.2 and 1.3 by the order of the server, with an RSA certificate. */
function server({ suites, groups13, schemes }: Taken): Partial<Record<TlsVersion, Behaviour>> {
  const tls12 = (offer: TlsOffer): Answer => {
    const suite = suites.find((code) => offer.cipherSuites.includes(code));
    if (suite === undefined) return alert(40);
    const base = { type: "hello", version: "TLS 1.2", cipherSuite: suite, helloRetryRequest: false, certificate: RSA } as const;
    if (suite < 0xc000) return ok(base);
    const signatureScheme = schemes.find((code) => offer.signatureSchemes.includes(code));
    return signatureScheme === undefined || !offer.groups.includes(0x1d) ? alert(40) : ok({ ...base, group: 0x1d, signatureScheme });
  };
  const tls13 = (offer: TlsOffer): Answer => {
    const group = groups13.find((code) => offer.groups.includes(code));
    if (group === undefined || !offer.cipherSuites.includes(0x1301)) return alert(40);
    return ok({ type: "hello", version: "TLS 1.3", cipherSuite: 0x1301, helloRetryRequest: !offer.shares.includes(group), group });
  };
  return { "TLS 1.2": tls12, "TLS 1.3": tls13 };
}

function listed({ versions }: TlsEvidence) {
  return versions.map(({ version, support, cipherSuites }) => [version, support, cipherSuites.map(({ code }) => code)]);
}

const LARGE = server({ suites: [0xc02f, 0xc030, 0x9c], groups13: [0x1d, 0x17, 0x18, 0x19, 0x1e], schemes: [0x0804, 0x0401] });

function sessionWith(leaf: string): NonNullable<ParametersQuestion["session"]> {
  return { version: "TLS 1.3", cipherSuite: { name: "TLS_AES_128_GCM_SHA256", code: "0x1301" }, chain: [{ sha256: leaf }] };
}

/** TLS 1.2, and a whole flight that says this. */
function flight(said: Partial<NonNullable<Hello["features"]>>): Partial<Record<TlsVersion, Behaviour>> {
  const features = { ...PLAIN, ...said };
  return {
    "TLS 1.2": (offer) => {
      const answer = speaks("TLS 1.2")(offer);
      return answer.ok && answer.value.type === "hello" ? ok({ ...answer.value, certificate: RSA, features }) : answer;
    },
  };
}

const PLAIN: NonNullable<Hello["features"]> = {
  secureRenegotiation: true,
  extendedMasterSecret: true,
  encryptThenMac: false,
  compression: 0,
  sessionTicket: false,
  stapled: false,
  sctOctets: 0,
  extensions: [],
  oddities: [],
  complete: true,
};

const SSL2: Answer = ok({ type: "hello", version: "SSL 2.0", cipherSuite: 0, cipherKinds: [0x010080], helloRetryRequest: false });
const RSA = { sha256: "cd".repeat(32), key: "rsa" } as const;
const ANY: TlsOffer = { version: "TLS 1.2", cipherSuites: [0xc013], groups: [0x1d], signatureSchemes: [], shares: [] };
