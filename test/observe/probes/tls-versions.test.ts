import { describe, expect, it } from "vitest";
import type { HelloAnswer, NetResult } from "../../../src/model/net-port.ts";
import { ok } from "../../../src/model/result.ts";
import type { TlsVersion } from "../../../src/model/tls.ts";
import { tlsVersionsProbe } from "../../../src/observe/probes/tls-versions.ts";
import { failed, fakeNet, type Script } from "../../support/fake-net.ts";
import { context, NOW, target, URL_OF_API } from "./support.ts";

type Answer = NetResult<HelloAnswer>;
type Answers = Partial<Record<TlsVersion, Answer | readonly Answer[]>>;

const hello = (version: TlsVersion, cipherSuite = 0xc02f): Answer =>
  ok({ type: "server-hello", version, cipherSuite, helloRetryRequest: false });
const alert = (description: number, level = 2): Answer => ok({ type: "alert", level, description });
const CLOSE: Answer = ok({ type: "close" });
const RESET = failed("connection_reset", { phase: "tls", code: "ECONNRESET", retriable: true });
const STALL = failed("tls_timeout", { phase: "tls", retriable: true });

/** A server that speaks 1.2 and 1.3 and refuses the rest with protocol_version. */
const MODERN: Answers = {
  "SSL 3.0": alert(70),
  "TLS 1.0": alert(70),
  "TLS 1.1": alert(70),
  "TLS 1.2": hello("TLS 1.2"),
  "TLS 1.3": hello("TLS 1.3", 0x1301),
};

async function observe(answers: Answers) {
  const exchangeHello: Script["exchangeHello"] = ({ version }, attempt) => {
    const scripted = answers[version] ?? alert(70);
    return "ok" in scripted ? scripted : (scripted[attempt - 1] ?? failed("internal"));
  };
  const net = fakeNet({ exchangeHello });
  const observation = await tlsVersionsProbe.observe({ target: target(), address: "192.0.2.1" }, context(net));
  return { observation, net };
}

async function verdicts(answers: Answers) {
  const { observation, net } = await observe(answers);
  if (observation.outcome !== "observed") throw new Error(`not observed: ${observation.failure.reason}`);
  const of = (version: TlsVersion) => {
    const { support, reason, seen } = observation.evidence.versions.find((row) => row.version === version) ?? {};
    return [support, reason ?? seen].join(" ");
  };
  return { of, connections: net.sent().connections };
}

describe("tls-versions", () => {
  it("asks each version once, and tells what was chosen", async () => {
    const { observation, net } = await observe(MODERN);
    expect(net.sent().connections).toBe(5);
    expect(observation).toMatchObject({
      probe: "tls-versions",
      kind: "tls",
      key: { origin: URL_OF_API, address: "192.0.2.1" },
      observedAt: NOW,
      durationMs: 7,
      outcome: "observed",
    });
    if (observation.outcome !== "observed") return;
    expect(observation.evidence).toEqual({
      address: "192.0.2.1",
      versions: [
        { version: "SSL 3.0", support: "refused", seen: "alert 70", cipherSuites: [], preference: "unknown", complete: false },
        { version: "TLS 1.0", support: "refused", seen: "alert 70", cipherSuites: [], preference: "unknown", complete: false },
        { version: "TLS 1.1", support: "refused", seen: "alert 70", cipherSuites: [], preference: "unknown", complete: false },
        {
          version: "TLS 1.2",
          support: "accepted",
          seen: "server-hello",
          cipherSuites: [{ code: "0xC02F", name: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256" }],
          preference: "unknown",
          complete: false,
        },
        {
          version: "TLS 1.3",
          support: "accepted",
          seen: "server-hello",
          cipherSuites: [{ code: "0x1301", name: "TLS_AES_128_GCM_SHA256" }],
          preference: "unknown",
          complete: false,
        },
      ],
    });
  });

  it("names a suite that nobody registered by its code", async () => {
    const { observation } = await observe({ ...MODERN, "TLS 1.2": hello("TLS 1.2", 0xfefc) });
    expect(JSON.stringify(observation)).toContain('{"code":"0xFEFC","name":"0xFEFC"}');
  });

  it("takes another version than the one it asked for as a refusal", async () => {
    const { of } = await verdicts({ ...MODERN, "TLS 1.3": hello("TLS 1.2"), "TLS 1.0": hello("TLS 1.2") });
    expect(of("TLS 1.3")).toBe("refused server-hello TLS 1.2");
    expect(of("TLS 1.0")).toBe("refused server-hello TLS 1.2");
  });

  it.each([
    ["a handshake failure", alert(40)],
    ["a decode error", alert(50)],
    ["an orderly goodbye", alert(0, 1)],
  ])("takes %s as a refusal", async (_, answer) => {
    expect((await verdicts({ ...MODERN, "TLS 1.1": answer })).of("TLS 1.1")).toMatch(/^refused alert \d+$/);
  });

  it.each([
    ["internal_error", 80],
    ["user_canceled", 90],
    ["unrecognized_name", 112],
  ])("does not take %s for an opinion on versions, even twice", async (_, description) => {
    const { of, connections } = await verdicts({ ...MODERN, "TLS 1.1": alert(description) });
    expect(of("TLS 1.1")).toBe("unknown tls_alert");
    expect(connections).toBe(6);
  });

  it.each([
    ["reset", RESET, "connection_reset"],
    ["stall", STALL, "tls_timeout"],
    ["garbage", failed("tls_protocol_error", { phase: "tls" }), "tls_protocol_error"],
    ["spent budget", failed("budget_exhausted", { phase: "plan" }), "budget_exhausted"],
  ])("does not take a %s for a refusal", async (_, failure, reason) => {
    expect((await verdicts({ ...MODERN, "TLS 1.0": failure })).of("TLS 1.0")).toBe(`unknown ${reason}`);
  });

  it("believes the repeat of what failed once", async () => {
    const { of, connections } = await verdicts({ ...MODERN, "TLS 1.0": [RESET, hello("TLS 1.0")], "TLS 1.2": [STALL, hello("TLS 1.2")] });
    expect([of("TLS 1.0"), of("TLS 1.2"), connections]).toEqual(["accepted server-hello", "accepted server-hello", 7]);
  });

  it("repeats nothing for a server that slows us down", async () => {
    const limited = failed("connection_reset", { phase: "tls", retriable: true, limiting: true });
    const { of, connections } = await verdicts({ ...MODERN, "TLS 1.0": RESET, "TLS 1.1": limited });
    expect([of("TLS 1.0"), of("TLS 1.1"), connections]).toEqual(["unknown connection_reset", "unknown connection_reset", 5]);
  });

  it("takes a close for a refusal when it closes again, everything else answers, and the control answers still", async () => {
    const { of, connections } = await verdicts({ ...MODERN, "TLS 1.0": [CLOSE, CLOSE], "TLS 1.1": [CLOSE, CLOSE] });
    expect([of("TLS 1.0"), of("TLS 1.1"), of("SSL 3.0")]).toEqual(["refused close", "refused close", "refused alert 70"]);
    expect(connections).toBe(8);
  });

  it.each<[string, Answers]>([
    ["something else was reset meanwhile", { "SSL 3.0": RESET }],
    ["something else was reset once", { "SSL 3.0": [RESET, alert(70)] }],
    ["the control is closed, too", { "TLS 1.2": alert(70), "TLS 1.3": [hello("TLS 1.3"), CLOSE] }],
    ["the control fails", { "TLS 1.2": alert(70), "TLS 1.3": [hello("TLS 1.3"), RESET] }],
    ["no version is spoken", { "TLS 1.2": alert(70), "TLS 1.3": alert(70) }],
  ])("leaves a close unexplained when %s", async (_, answers) => {
    const { of } = await verdicts({ ...MODERN, "TLS 1.0": [CLOSE, CLOSE], ...answers });
    expect(of("TLS 1.0")).toBe("unknown connection_closed");
  });

  it("leaves a close unexplained when the repeat was answered otherwise", async () => {
    expect((await verdicts({ ...MODERN, "TLS 1.0": [CLOSE, RESET] })).of("TLS 1.0")).toBe("unknown connection_reset");
    expect((await verdicts({ ...MODERN, "TLS 1.0": [CLOSE, hello("TLS 1.0")] })).of("TLS 1.0")).toBe("accepted server-hello");
  });

  it.each<[string, Answers]>([
    ["everything is reset", Object.fromEntries(Object.keys(MODERN).map((version) => [version, RESET]))],
    ["everything is closed", Object.fromEntries(Object.keys(MODERN).map((version) => [version, CLOSE]))],
    [
      "four versions are closed",
      { ...Object.fromEntries(Object.keys(MODERN).map((version) => [version, CLOSE])), "TLS 1.2": hello("TLS 1.2") },
    ],
  ])("stays within its bound when %s", async (_, answers) => {
    const { net } = await observe(answers);
    expect(net.sent().connections).toBeLessThanOrEqual(tlsVersionsProbe.bound.connections);
  });

  it("is not observed at all when nothing was said", async () => {
    const refused = failed("connect_refused", { code: "ECONNREFUSED" });
    const { observation, net } = await observe(Object.fromEntries(Object.keys(MODERN).map((version) => [version, refused])));
    expect(observation).toMatchObject({ outcome: "refused", failure: { reason: "connect_refused" } });
    expect(net.sent().connections).toBe(5);
  });

  it("is not observed when every connection is taken and closed: nobody is behind what listens", async () => {
    const { observation } = await observe(Object.fromEntries(Object.keys(MODERN).map((version) => [version, CLOSE])));
    expect(observation).toMatchObject({ outcome: "failed", failure: { reason: "connection_closed" } });
  });

  it("is not observed when every hello stalls, but is when one was answered", async () => {
    const stalls = Object.fromEntries(Object.keys(MODERN).map((version) => [version, STALL]));
    expect((await observe(stalls)).observation.outcome).toBe("timed-out");
    expect((await verdicts({ ...stalls, "TLS 1.3": hello("TLS 1.3") })).of("TLS 1.0")).toBe("unknown tls_timeout");
  });
});
