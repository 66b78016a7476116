import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { cipherSuiteByCode, cipherSuites } from "../../../src/catalog/cipher-suites.ts";
import { targetOf } from "../../../src/model/target.ts";
import type { TlsAnswer, TlsOffer } from "../../../src/model/tls-offer.ts";
import { exchangeOffer, exchangeSsl2, type OfferSettings } from "../../../src/observe/net/offer-exchange.ts";
import type { RecordVersion } from "../../../src/observe/wire/version.ts";
import { firstOffer } from "./support/first-offer.ts";
import { gnutlsPeer, jssePeer, missing, nginxPeer, opensslPeer, type RealPeer } from "./support/real-peers.ts";

const settings: OfferSettings = { life: new AbortController().signal, timeoutMs: 10_000, until: "flight", features: true };
type Hello = Extract<TlsAnswer, { type: "hello" }>;

async function ask(peer: RealPeer, offer: TlsOffer, more: Partial<OfferSettings> = {}): Promise<TlsAnswer> {
  const target = targetOf("peer", "test", `https://127.0.0.1:${peer.port}`);
  return exchangeOffer(async () => connect(peer.port, "127.0.0.1"), target, offer, { ...settings, ...more });
}

/** A server that prefers a group without a share would ask for one, and show no certificate. */
function readable(version: RecordVersion): TlsOffer {
  return version === "TLS 1.3" ? { ...firstOffer(version), groups: [0x001d, 0x0017], shares: [0x001d, 0x0017] } : firstOffer(version);
}

/** What a whole flight says, which must have the chain that the server has on disk. */
async function flight(peer: RealPeer, offer: TlsOffer): Promise<Hello> {
  const answer = await ask(peer, offer);
  expect(answer).toMatchObject({ type: "hello", version: offer.version, features: { complete: true, oddities: [] } });
  const hello = answer as Hello;
  const signs = cipherSuiteByCode(hello.cipherSuite)?.authentication;
  if (signs !== "anon") expect(hello.features?.chain?.map(hex)).toEqual(peer.chain.map(hex));
  return hello;
}

/** Every suite that a server accepts of those that could be offered in a version, one hello each that is read to the end. */
async function everySuite(peer: RealPeer, version: RecordVersion): Promise<readonly Hello[]> {
  const wanted = cipherSuites().filter(({ since }) => (since === "TLS 1.3") === (version === "TLS 1.3"));
  const base = readable(version);
  const answers: Hello[] = [];
  for (const { code } of wanted) {
    const answer = await ask(peer, { ...base, cipherSuites: [code] });
    if (answer.type === "hello") answers.push(await sound(answer, code, version));
    else expect(answer.type).toMatch(/alert|close/);
  }
  return answers;
}

async function sound(answer: Hello, code: number, version: RecordVersion): Promise<Hello> {
  const suite = cipherSuiteByCode(code);
  expect(answer).toMatchObject({ cipherSuite: code, version, features: { complete: true, oddities: [] } });
  const keys = suite?.keyExchange ?? "";
  if (/^(ECDHE|any)/.test(keys)) expect(answer.group).toBeGreaterThan(0);
  if (/^DHE/.test(keys)) expect(answer.dhBits).toBeGreaterThanOrEqual(512);
  if (/^(EC)?DHE$/.test(keys) && version === "TLS 1.2") {
    expect(answer.signatureScheme === undefined).toBe(suite?.authentication === "anon");
  }
  return answer;
}

const hex = (der: Uint8Array) => Buffer.from(der).toString("hex");
const names = (answers: readonly Hello[]) => answers.map(({ cipherSuite }) => cipherSuiteByCode(cipherSuite)?.name);

const noOpenssl = missing("openssl", "version");
describe.skipIf(noOpenssl !== undefined)(`openssl s_server${noOpenssl ?? ""}`, { timeout: 60_000 }, () => {
  it.each(["TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"] as const)("shows its certificates in %s", async (version) => {
    for (const keyType of ["ec", "rsa"] as const) {
      const hello = await flight(await opensslPeer(keyType), readable(version));
      expect(hello.certificate?.key).toBe(keyType === "ec" ? "ecdsa" : "rsa");
      expect(hello.features).toMatchObject({ compression: 0, stapled: false });
    }
  });

  it("is read to the end in every suite of TLS 1.2 and 1.3 that it has", async () => {
    const peer = await opensslPeer("rsa", ["-psk", "0102", "-psk_hint", "hint"]);
    const old = await everySuite(peer, "TLS 1.2");
    expect(old.length).toBeGreaterThan(60);
    expect(names(old)).toEqual(
      expect.arrayContaining([
        ...["TLS_RSA_WITH_NULL_SHA256", "TLS_DH_anon_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_NULL_SHA"],
        ...["TLS_DHE_PSK_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_PSK_WITH_NULL_SHA384", "TLS_RSA_PSK_WITH_CAMELLIA_128_CBC_SHA256"],
        "TLS_PSK_WITH_AES_256_CCM_8",
      ]),
    );
    expect(names(await everySuite(peer, "TLS 1.3"))).toHaveLength(5);
  });

  it("asks for a client certificate, and names whom it trusts", async () => {
    const peer = await opensslPeer("ec", ["-Verify", "1"]);
    for (const version of ["TLS 1.2", "TLS 1.3"] as const) {
      const { features } = await flight(peer, readable(version));
      expect(features?.certificateRequest).toMatchObject({ authorityCount: 1, authorities: [expect.stringMatching(/^CN=/)] });
      expect(features?.certificateRequest?.signatureSchemes).toContain(0x0804);
    }
  });

  /** OCSPResponse with the status "tryLater", which is all of it. */
  const TRY_LATER = Buffer.from("30030a0103", "hex").toString("base64");
  /** A list of one timestamp of four octets, for ServerHello and for the Certificate of TLS 1.3. */
  const SCT_LIST = Buffer.from("000011800012000800060004" + "01020304", "hex").toString("base64");
  const SCTS = `-----BEGIN SERVERINFOV2 FOR SCT-----\n${SCT_LIST}\n-----END SERVERINFOV2 FOR SCT-----\n`;

  it("staples, and sends timestamps", async () => {
    const stapling = ["-status_file", `file:ocsp:${TRY_LATER}`];
    const timestamps = ["-serverinfo", `file:scts:${Buffer.from(SCTS).toString("base64")}`];
    const peer = await opensslPeer("ec", [...stapling, ...timestamps]);
    for (const version of ["TLS 1.2", "TLS 1.3"] as const) {
      expect((await flight(peer, readable(version))).features).toMatchObject({ stapled: true, sctOctets: 8 });
    }
  });

  it("refuses SSL 3.0 and SSL 2.0", async () => {
    const peer = await opensslPeer("rsa");
    expect(await ask(peer, firstOffer("SSL 3.0"))).toMatchObject({ type: "alert", level: 2 });
    const answer = await exchangeSsl2(async () => connect(peer.port, "127.0.0.1"), settings);
    expect(answer.type).toMatch(/alert|close/);
  });
});

const noGnutls = missing("gnutls-serv", "--version");
describe.skipIf(noGnutls !== undefined)(`gnutls-serv${noGnutls ?? ""}`, { timeout: 60_000 }, () => {
  const LEGACY = "NORMAL:+VERS-TLS1.0:+VERS-TLS1.1:+ARCFOUR-128:+3DES-CBC:+MD5:+ANON-ECDH:+ANON-DH:+NULL:%COMPAT";

  it("shows its certificates in every version", async () => {
    const old = await gnutlsPeer("rsa", LEGACY);
    for (const version of ["TLS 1.0", "TLS 1.1", "TLS 1.2"] as const) await flight(old, readable(version));
    const today = await gnutlsPeer("ec", "NORMAL");
    for (const version of ["TLS 1.2", "TLS 1.3"] as const) await flight(today, readable(version));
  });

  it("is read to the end in every suite", async () => {
    const old = await everySuite(await gnutlsPeer("rsa", LEGACY), "TLS 1.0");
    expect(names(old)).toEqual(
      expect.arrayContaining(["TLS_RSA_WITH_RC4_128_MD5", "TLS_RSA_WITH_NULL_MD5", "TLS_DH_anon_WITH_RC4_128_MD5"]),
    );
    expect(names(await everySuite(await gnutlsPeer("ec", "NORMAL"), "TLS 1.3"))).toHaveLength(4);
  });

  it("names a group without a share", async () => {
    const peer = await gnutlsPeer("ec", "NORMAL");
    const answer = await ask(peer, { ...firstOffer("TLS 1.3"), shares: [] });
    expect(answer).toMatchObject({ helloRetryRequest: true, group: expect.any(Number) });
  });
});

const noNginx = missing("nginx", "-v");
describe.skipIf(noNginx !== undefined)(`nginx${noNginx ?? ""}`, { timeout: 60_000 }, () => {
  it("shows its certificates in every version", async () => {
    const peer = await nginxPeer("rsa", "ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_ciphers ALL:@SECLEVEL=0;");
    for (const version of ["TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"] as const) await flight(peer, readable(version));
    expect(names(await everySuite(peer, "TLS 1.1")).length).toBeGreaterThanOrEqual(8);
  });
});

const noJava = missing("java", "-version") ?? noOpenssl;
describe.skipIf(noJava !== undefined)(`JSSE without its limits${noJava ?? ""}`, { timeout: 120_000 }, () => {
  it("shows its certificates from SSL 3.0 on, and is read to the end in suites of export, of no encryption and of nobody", async () => {
    const peer = await jssePeer("rsa");
    for (const version of ["SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"] as const) await flight(peer, readable(version));
    const oldest = await everySuite(peer, "SSL 3.0");
    expect(names(oldest)).toEqual(
      expect.arrayContaining([
        ...["TLS_RSA_EXPORT_WITH_RC4_40_MD5", "TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA", "TLS_RSA_WITH_NULL_MD5"],
        ...["TLS_DH_anon_EXPORT_WITH_RC4_40_MD5", "TLS_RSA_WITH_DES_CBC_SHA"],
      ]),
    );
    expect(oldest.find(({ cipherSuite }) => cipherSuite === 0x0003)?.rsaBits).toBe(512);
    expect(oldest.find(({ cipherSuite }) => cipherSuite === 0x0014)?.dhBits).toBeLessThanOrEqual(1024);
    expect((await everySuite(peer, "TLS 1.2")).length).toBeGreaterThan(40);
  });
});
