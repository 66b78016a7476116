import { describe, expect, it } from "vitest";
import { targetOf } from "../../../src/model/target.ts";
import type { TlsAnswer } from "../../../src/model/tls-offer.ts";
import type { EnumerationResult, Item, OfferVersion } from "../../../src/observe/enumerate/result.ts";
import { type EnumerationQuestion, enumerateTls, type TlsFindings } from "../../../src/observe/probes/tls-enumeration.ts";
import { negotiatedIn } from "../../../src/observe/probes/tls-negotiated.ts";
import { failed, fakeNet } from "../../support/fake-net.ts";
import { type RealTruth, truthOfPeer } from "../enumerate/support/real-oracle.ts";
import { session } from "../net/support/peers.ts";
import {
  botanPeer,
  caddyPeer,
  gnutlsPeer,
  gnutlsWithEd25519,
  haproxyPeer,
  jssePeer,
  lighttpdPeer,
  missing,
  nginxPeer,
  nodePeer,
  nssPeer,
  opensslPeer,
  type RealPeer,
} from "../net/support/real-peers.ts";
import { limiter } from "./limiter.ts";

const target = (port: number) => targetOf("peer", "test", `https://127.0.0.1:${port}`);
const DEFAULTS = { address: "127.0.0.1", depth: "full", budget: 400, lanes: 6 } as const;

async function enumerate(port: number, more: Partial<EnumerationQuestion> = {}): Promise<TlsFindings> {
  const net = session({}, { budget: { connections: 500, requests: 0 }, deadlineMs: 100_000 });
  const found = await enumerateTls({ ...DEFAULTS, target: target(port), ...more }, net);
  if (!found.ok) throw new Error(found.error.reason);
  expect(found.value.connections).toBe(net.sent().connections);
  return found.value;
}

/** As an audit does it: what a session has shown need not be asked for. */
async function afterSession(port: number): Promise<Pick<EnumerationQuestion, "negotiated">> {
  const found = await session().tlsSession(target(port), DEFAULTS.address);
  const negotiated = found.ok ? negotiatedIn(found.value) : undefined;
  return negotiated === undefined ? {} : { negotiated };
}

/** Everything that one question per connection found, and nothing else; nothing unknown. */
function expectTruth(found: EnumerationResult, truth: ReadonlyMap<OfferVersion, RealTruth>): void {
  for (const one of found.versions) {
    const { suites, groups, schemes } = truth.get(one.version) as RealTruth;
    const seen = {
      suites: accepted(one.suites),
      groups: groups && accepted(one.groups),
      schemes: schemes && accepted(one.schemes),
      unknown: one.suites.filter(({ state }) => state === "unknown").length,
      ...{ support: one.support, complete: one.complete },
    };
    const support = suites.length > 0 ? "accepted" : "refused";
    expect(seen, one.version).toEqual({ suites, groups, schemes, unknown: 0, support, complete: true });
  }
}

function accepted(items: readonly Item[]): number[] {
  const codes = items.filter(({ state }) => state === "accepted").map(({ code }) => code);
  return codes.sort((a, b) => a - b);
}

function certificates(found: EnumerationResult): number {
  return new Set(found.versions.flatMap((one) => one.certificates.map(({ sha256 }) => sha256))).size;
}

function suites(found: EnumerationResult): number {
  return found.versions.flatMap((one) => accepted(one.suites)).length;
}

const INTERMEDIATE =
  "ssl_protocols TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers off; ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:" +
  "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;";
const nginx = () => nginxPeer("both", INTERMEDIATE);
const LEGACY = "NORMAL:-VERS-ALL:+VERS-TLS1.0:+VERS-TLS1.1:+VERS-TLS1.2:+ARCFOUR-128:+3DES-CBC:+MD5:+ANON-ECDH:+ANON-DH:+NULL:%COMPAT";
const upTo12 = ["-max_protocol", "TLSv1.2", "-cipher"];

const PQ = '{ ecdhCurve: "X25519MLKEM768:SecP256r1MLKEM768:X25519" }';

const noOpenssl = missing("openssl", "version");
const noGnutls = missing("gnutls-serv", "--version");
const noNginx = missing("nginx", "-v");
const noJava = missing("java", "-version") ?? noOpenssl;

const node24 = process.env["APIRISK_NODE24"] ?? "";
const noNode24 = missing(node24, "--version") && " (skipped: APIRISK_NODE24 names no node 24)";

const noCaddy = missing("caddy", "version");
const noNss = missing("selfserv", "-?", 5) ?? missing("certutil", "-H", 1) ?? noOpenssl;
const noBotan = missing("botan", "version");
const noHaproxy = missing("haproxy", "-v");
const noLighttpd = (library: string) => missing("lighttpd", "-v") ?? missing("dpkg", `-L lighttpd-mod-${library}`);

/** How many suites it has in all versions, and the most connections; with several at once their number depends a little on the moment. */
const PEERS: readonly [name: string, skipped: string | undefined, suites: number, most: number, start: () => Promise<RealPeer>][] = [
  ["openssl with all it has", noOpenssl, 106, 135, () => opensslPeer("rsa")],
  ["openssl with two certificates", noOpenssl, 128, 160, () => opensslPeer("both")],
  ["openssl with TLS 1.3 only", noOpenssl, 5, 20, () => opensslPeer("ec", ["-min_protocol", "TLSv1.3"])],
  ["openssl with static RSA only", noOpenssl, 31, 58, () => opensslPeer("rsa", [...upTo12, "kRSA:@SECLEVEL=0"])],
  ["openssl with DHE only", noOpenssl, 43, 68, () => opensslPeer("rsa", [...upTo12, "kDHE:@SECLEVEL=0"])],
  ["GnuTLS of old", noGnutls, 106, 130, () => gnutlsPeer("both", LEGACY)],
  ["GnuTLS of today", noGnutls, 45, 78, () => gnutlsPeer("both", "NORMAL")],
  ["nginx, intermediate", noNginx, 9, 30, nginx],
  ["nginx, intermediate, with an order of its own", noNginx, 9, 40, () => nginxPeer("both", INTERMEDIATE.replace("off", "on"))],
  ["JSSE without its limits", noJava, 137, 159, () => jssePeer("rsa")],
  ["Go, in caddy, with an ECDSA key", noCaddy, 6, 27, () => caddyPeer("ec")],
  ["Go, in caddy, with an RSA key", noCaddy, 6, 27, () => caddyPeer("rsa")],
  ["NSS", noNss, 46, 75, () => nssPeer("rsa")],
  ["mbedTLS, in lighttpd", noLighttpd("mbedtls"), 4, 32, () => lighttpdPeer("rsa", "mbedtls")],
  ["Botan", noBotan, 6, 28, () => botanPeer("rsa")],
  ["node 24, which has ML-KEM", noNode24, 22, 45, () => nodePeer(node24, "rsa")],
  ["node 24 with two hybrids and x25519", noNode24, 22, 45, () => nodePeer(node24, "rsa", PQ)],
];

describe("an enumeration of everything", { timeout: 120_000 }, () => {
  for (const [name, skipped, count, most, start] of PEERS) {
    it.skipIf(skipped !== undefined)(`finds of ${name} what one question per connection finds${skipped ?? ""}`, async () => {
      const peer = await start();
      const found = await enumerate(peer.port, await afterSession(peer.port));
      expectTruth(found, await truthOfPeer(peer.port));
      console.info(`${name}: ${suites(found)} suites, ${certificates(found)} certificates, ${found.connections} connections`);
      expect({ suites: suites(found), quirks: found.quirks, limited: found.limited }).toEqual({
        suites: count,
        quirks: [],
        limited: false,
      });
      expect(found.connections).toBeLessThanOrEqual(most);
    });
  }
});

describe("servers that choose a certificate before they know whether it is of use", { timeout: 60_000 }, () => {
  /** Groups and schemes depend on the certificate that is chosen. */
  async function suitesOf(peer: RealPeer) {
    const named = { target: targetOf("peer", "test", `https://localhost:${peer.port}`) };
    const found = await enumerate(peer.port, { ...named, ...(await afterSession(peer.port)) });
    const truth = await truthOfPeer(peer.port);
    const suites = found.versions.map(({ version, suites: items }) => [version, accepted(items)]);
    expect(suites).toEqual(found.versions.map(({ version }) => [version, truth.get(version)?.suites]));
    expect(found.versions.every(({ complete }) => complete)).toBe(true);
    return found;
  }

  const four = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA:NULL-SHA256:@SECLEVEL=0";
  for (const [what, ciphers, count] of [
    ["a few suites", four, 7],
    ["its usual ones", "DEFAULT", 23],
  ] as const) {
    it.skipIf(noHaproxy !== undefined)(
      `HAProxy with ${what}: those of RSA are not hidden by those of ECDSA${noHaproxy ?? ""}`,
      async () => {
        const found = await suitesOf(await haproxyPeer(ciphers));
        expect(suites(found)).toBe(count);
      },
    );
  }

  it.skipIf(noGnutls !== undefined)(`GnuTLS with Ed25519, which is of no use below TLS 1.2${noGnutls ?? ""}`, async () => {
    const found = await suitesOf(await gnutlsWithEd25519());
    expect(found.versions.map(({ version, support }) => [version, support])).toEqual([
      ["TLS 1.3", "accepted"],
      ["TLS 1.2", "accepted"],
      ["TLS 1.1", "accepted"],
      ["TLS 1.0", "accepted"],
      ["SSL 3.0", "refused"],
    ]);
  });

  it.skipIf(noOpenssl !== undefined)(
    `OpenSSL with TLS 1.0 and no signature for it: what it stumbles over is unknown, all else refused${noOpenssl ?? ""}`,
    async () => {
      const peer = await opensslPeer("rsa", ["-cipher", "DEFAULT:@SECLEVEL=1"]);
      const found = await enumerate(peer.port);
      const [, , tls11, tls10] = found.versions;
      for (const version of [tls11, tls10]) {
        expect(version).toMatchObject({ support: "unknown", complete: false });
        const unknown = version?.suites.filter(({ state }) => state === "unknown") ?? [];
        expect(unknown.length).toBeGreaterThan(0);
        expect(unknown.length).toBeLessThan(40);
        expect(version?.suites.find(({ code }) => code === 0x0005)?.state).toBe("refused");
      }
      expect(found.connections).toBeLessThanOrEqual(80);
      expect(found.limited).toBe(false);
    },
  );
});

it.skipIf(noLighttpd("wolfssl") !== undefined)(
  `wolfSSL, which closes on hellos that ask for features, is seen without them${noLighttpd("wolfssl") ?? ""}`,
  { timeout: 30_000 },
  async () => {
    const found = await enumerate((await lighttpdPeer("rsa", "wolfssl")).port);
    expect(found.versions.map(({ version, support, complete }) => [version, support, complete])).toEqual([
      ["TLS 1.3", "accepted", true],
      ["TLS 1.2", "accepted", true],
      ["TLS 1.1", "refused", true],
      ["TLS 1.0", "refused", true],
      ["SSL 3.0", "refused", true],
    ]);
    expect([suites(found), certificates(found)]).toEqual([11, 1]);
  },
);

describe.skipIf(noNginx !== undefined)(`of nginx with the intermediate configuration${noNginx ?? ""}`, { timeout: 60_000 }, () => {
  it("takes 8 connections at depth quick, and 11 at depth standard where nothing has changed", async () => {
    const { port } = await nginx();
    const quick = await enumerate(port, { depth: "quick" });
    expect(quick.connections).toBeLessThanOrEqual(8);
    const first = await enumerate(port, { depth: "standard" });
    const second = await enumerate(port, { depth: "standard", remembered: first });
    console.info(`nginx: ${quick.connections} quick, ${first.connections} standard, ${second.connections} standard again`);
    expect(second.connections).toBeLessThanOrEqual(11);
    for (const [at, version] of second.versions.entries()) {
      expect(version.complete, version.version).toBe(true);
      for (const kind of ["suites", "groups"] as const) expect(accepted(version[kind])).toEqual(accepted(first.versions[at]?.[kind] ?? []));
    }
    expect(certificates(first)).toBe(2);
  });

  it("asks without a name in no connection more", async () => {
    const { port } = await nginx();
    const named = targetOf("peer", "test", `https://localhost:${port}`);
    // One at a time: of several, two may show the same group.
    const found = await enumerate(port, { target: named, lanes: 1, ...(await afterSession(port)) });
    expect(found.features.withoutName).toBe("same-certificate");
    expect(found.connections).toBeLessThanOrEqual(29);
  });

  it("calls nothing refused that a limiter kept from us, and sees it in the end", async () => {
    const { port } = await nginx();
    const free = await enumerate(port);
    const behind = await limiter(port, 5);
    const found = await enumerate(behind.port);
    console.info(`behind the limiter: ${found.connections} connections, ${behind.refused()} of them reset`);
    expect(behind.refused()).toBeGreaterThan(0);
    expect(found.limited).toBe(true);
    expect(found.pace).toMatchObject({ lanes: 1 });
    for (const [at, version] of found.versions.entries()) {
      const truth = free.versions[at];
      expect(version).toMatchObject({ version: truth?.version, support: truth?.support, complete: true });
      for (const kind of ["suites", "groups", "schemes"] as const) {
        expect(accepted(version[kind])).toEqual(accepted(truth?.[kind] ?? []));
      }
    }
  });

  it("says that it is incomplete where the budget ends it, and calls nothing refused that it did not ask", async () => {
    const { port } = await nginx();
    const found = await enumerate(port, { budget: 9, lanes: 2 });
    expect(found.connections).toBe(9);
    expect(found.versions.find(({ version }) => version === "TLS 1.2")).toMatchObject({ complete: false, reason: "stopped" });
    expect(found.stoppedFor).toBe("budget_exhausted");
    const old = found.versions.filter(({ version }) => !["TLS 1.2", "TLS 1.3"].includes(version));
    expect(old.map(({ support }) => support)).toEqual(["refused", "refused", "refused"]);
    const sooner = await enumerate(port, { budget: 2, lanes: 1 });
    expect(sooner.versions.map(({ support }) => support)).toEqual(["accepted", "accepted", "unknown", "unknown", "unknown"]);
  });
});

it.skipIf(noNginx !== undefined)(
  `shows which suite nginx likes best, though its groups are asked for with the others${noNginx ?? ""}`,
  async () => {
    const ciphers = "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA:AES128-SHA";
    const { port } = await nginxPeer("rsa", `ssl_protocols TLSv1.2; ssl_prefer_server_ciphers on; ssl_ciphers ${ciphers};`);
    const { order = [], preference } = (await enumerate(port)).versions.find(({ version }) => version === "TLS 1.2") ?? {};
    expect([preference, order[0]]).toEqual(["server", 0xc030]);
  },
);

describe("an enumeration that ends early", () => {
  const question = { ...DEFAULTS, target: target(443) };
  const retry: TlsAnswer = { type: "hello", version: "TLS 1.3", cipherSuite: 0x1301, helloRetryRequest: true, group: 0x001d };
  const hello = { ok: true, value: retry } as const;

  it("fails where nobody ever answered", async () => {
    const net = fakeNet({ exchangeOffer: () => failed("connect_refused") });
    expect(await enumerateTls(question, net)).toEqual(failed("connect_refused"));
    expect(net.sent().connections).toBeLessThanOrEqual(question.lanes);
  });

  it.each(["budget_exhausted", "interrupted", "deadline_exceeded", "rate_limited", "blocked"] as const)("stops at %s", async (reason) => {
    const net = fakeNet({ exchangeOffer: (_offer, attempt) => (attempt === 1 ? hello : failed(reason)) });
    const found = await enumerateTls({ ...question, lanes: 1 }, net);
    expect(net.sent().connections).toBe(2);
    expect(found).toMatchObject({
      ok: true,
      value: {
        versions: [{ version: "TLS 1.3", support: "accepted", complete: false, reason: "stopped" }, {}, {}, {}, {}],
        stoppedFor: reason,
      },
    });
    const rest = found.ok ? found.value.versions.slice(1) : [];
    expect(rest.map(({ support }) => support)).toEqual(["unknown", "unknown", "unknown", "unknown"]);
  });

  it("slows down where connections are refused that were taken before, and calls nothing refused for that", async () => {
    const net = fakeNet({ exchangeOffer: (_offer, attempt) => (attempt === 1 ? hello : failed("connect_refused")) });
    const found = await enumerateTls(question, net);
    expect(net.pauses.length).toBeGreaterThan(3);
    expect(net.pauses).toEqual([...net.pauses].sort((a, b) => a - b));
    expect(found).toMatchObject({ ok: true, value: { limited: true } });
    const states = found.ok ? found.value.versions.flatMap(({ suites }) => suites.map(({ state }) => state)) : [];
    expect(states).not.toContain("refused");
  });
});
