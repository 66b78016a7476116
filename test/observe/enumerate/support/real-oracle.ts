import { connect } from "node:net";
import { cipherSuiteByCode, cipherSuites } from "../../../../src/catalog/cipher-suites.ts";
import { namedGroups } from "../../../../src/catalog/named-groups.ts";
import { signatureSchemes } from "../../../../src/catalog/signature-schemes.ts";
import { targetOf } from "../../../../src/model/target.ts";
import type { TlsAnswer, TlsOffer } from "../../../../src/model/tls-offer.ts";
import type { OfferVersion } from "../../../../src/observe/enumerate/result.ts";
import { exchangeOffer } from "../../../../src/observe/net/offer-exchange.ts";

/** What a real server accepts, by asking for one thing per connection. Ascending code points. */
export interface RealTruth {
  readonly suites: readonly number[];
  /** Undefined below TLS 1.3, except for the newest version that is spoken. */
  readonly groups?: readonly number[];
  /** Of TLS 1.2; of TLS 1.3 where TLS 1.2 is not spoken. */
  readonly schemes?: readonly number[];
}

type Hello = Extract<TlsAnswer, { type: "hello" }>;

const VERSIONS: readonly OfferVersion[] = ["TLS 1.3", "TLS 1.2", "TLS 1.1", "TLS 1.0", "SSL 3.0"];
const AT_ONCE = 6;
const CURVES = codes(namedGroups().filter(({ kind, tls12 }) => kind === "elliptic" && tls12 === true));
const FIELDS = codes(namedGroups().filter(({ kind }) => kind === "ffdhe"));
const GROUPS_13 = codes(namedGroups().filter(({ tls13 }) => tls13 === true));
const SCHEMES = codes(signatureSchemes());
const SHARES = [0x001d, 0x0017];

export async function truthOfPeer(port: number): Promise<ReadonlyMap<OfferVersion, RealTruth>> {
  const truths = new Map<OfferVersion, RealTruth>();
  for (const version of VERSIONS) truths.set(version, { suites: await suitesOf(port, version) });
  const spoken = VERSIONS.filter((version) => truths.get(version)?.suites.length);
  for (const version of spoken) {
    const suites = truths.get(version)?.suites ?? [];
    const newestOld = version === spoken.find((one) => one !== "TLS 1.3") && version !== "SSL 3.0";
    const groups = version === "TLS 1.3" || newestOld ? { groups: await groupsOf(port, version, suites) } : {};
    const signs = version === "TLS 1.2" || (version === "TLS 1.3" && !spoken.includes("TLS 1.2"));
    const schemes = signs ? { schemes: await schemesOf(port, version, suites) } : {};
    truths.set(version, { suites, ...groups, ...schemes });
  }
  return truths;
}

function suitesOf(port: number, version: OfferVersion): Promise<number[]> {
  const lists = version === "TLS 1.3" ? [GROUPS_13] : version === "SSL 3.0" ? [[]] : [CURVES, [...CURVES, ...FIELDS]];
  return filtered(codes(cipherSuites()), async (code) => {
    for (const groups of lists) if ((await ask(port, { version, cipherSuites: [code], groups }))?.cipherSuite === code) return true;
    return false;
  });
}

/** Alone, and with a curve behind it that an ECDSA certificate may need. */
async function groupsOf(port: number, version: OfferVersion, suites: readonly number[]): Promise<number[]> {
  if (version === "TLS 1.3") {
    return filtered(GROUPS_13, async (group) => (await ask(port, { version, cipherSuites: suites, groups: [group] }))?.group === group);
  }
  const elliptic = suites.filter((code) => /^ECDHE/.test(cipherSuiteByCode(code)?.keyExchange ?? ""));
  return filtered([...CURVES, ...FIELDS], async (group) => {
    for (const groups of [[group], [group, 0x0017]]) {
      if ((await ask(port, { version, cipherSuites: elliptic, groups }))?.group === group) return true;
    }
    return false;
  });
}

/** Of each kind of certificate: some servers choose a suite before they look whether they can sign. */
function schemesOf(port: number, version: OfferVersion, suites: readonly number[]): Promise<number[]> {
  const groups = version === "TLS 1.3" ? SHARES : CURVES;
  const byKey = ["RSA", "ECDSA", "any"].map((key) =>
    suites.filter((code) => {
      const suite = cipherSuiteByCode(code);
      return suite?.authentication === key && /^(DHE|ECDHE|any)$/.test(suite.keyExchange);
    }),
  );
  return filtered(SCHEMES, async (scheme) => {
    for (const cipherSuites of byKey) {
      const offer = { version, cipherSuites, groups, shares: version === "TLS 1.3" ? SHARES : [], signatureSchemes: [scheme] };
      if ((await ask(port, { ...offer, certificateSchemes: SCHEMES }))?.signatureScheme === scheme) return true;
    }
    return false;
  });
}

async function ask(port: number, parts: Partial<TlsOffer> & Pick<TlsOffer, "version" | "cipherSuites">): Promise<Hello | undefined> {
  if (parts.cipherSuites.length === 0) return undefined;
  const signed = parts.version === "TLS 1.2" || parts.version === "TLS 1.3";
  const offer = { groups: [], shares: [], signatureSchemes: signed ? SCHEMES : [], ...parts };
  const target = targetOf("peer", "test", `https://localhost:${port}`);
  const settings = { life: new AbortController().signal, timeoutMs: 10_000, until: "flight" } as const;
  const answer = await exchangeOffer(async () => connect(port, "127.0.0.1"), target, offer, settings);
  if (answer.type === "alert" || (answer.type === "close" && !answer.midAnswer)) return undefined;
  if (answer.type !== "hello") throw new Error(`the server was asked too much: ${answer.type}`);
  return answer.version === parts.version ? answer : undefined;
}

async function filtered(all: readonly number[], takes: (code: number) => Promise<boolean>): Promise<number[]> {
  const waiting = [...all];
  const taken: number[] = [];
  const lane = async () => {
    for (let code = waiting.shift(); code !== undefined; code = waiting.shift()) if (await takes(code)) taken.push(code);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return taken.sort((a, b) => a - b);
}

function codes(rows: readonly { readonly code: number }[]): number[] {
  return rows.map(({ code }) => code);
}
