import { readFileSync } from "node:fs";
import type { Candidates, EnumerationRequest } from "../../../../src/observe/enumerate/request.ts";
import type { OfferVersion } from "../../../../src/observe/enumerate/result.ts";

/** Every assigned suite with what its name says of it: what the simulated servers and the requests of these tests are made of. */
export interface Suite {
  readonly code: number;
  readonly name: string;
  readonly exchange: "ecdhe" | "dhe" | "other";
  /** The key that signs, or decrypts; undefined: anonymous, PSK and the like. */
  readonly key: "rsa" | "ecdsa" | undefined;
  readonly signed: boolean;
  readonly since12: boolean;
}

const FILE = new URL("../../../../data/cipher-suites.json", import.meta.url);
const RAW: { code: string; name: string }[] = JSON.parse(readFileSync(FILE, "utf8")).cipherSuites;
const MODERN = /^TLS_(AES|CHACHA20|SM4|SHA\d|GOST)/;

export const SUITES: readonly Suite[] = RAW.filter(({ name }) => name.includes("_WITH_") && !MODERN.test(name)).map(suiteOf);
export const SUITE = new Map(SUITES.map((suite) => [suite.code, suite]));
export const SUITES_13 = [0x1301, 0x1302, 0x1303, 0x1304, 0x1305, 0x00c6, 0x00c7];

export const X25519 = 0x1d;
export const P256 = 0x17;
export const P384 = 0x18;
export const P521 = 0x19;
export const X448 = 0x1e;
export const MLKEM = 0x11ec;
export const FFDHE = [0x100, 0x101, 0x102, 0x103, 0x104];
export const GROUPS = {
  postQuantum: [MLKEM, 0x11eb, 0x11ed, 0x200, 0x201, 0x202],
  core: [X25519, P256, P384, P521],
  others: [X448, ...FFDHE, 0x1a, 0x1b, 0x1c, 0x16, 0x15, 0x13, 0x0e, 0x0d, 0x0c, 0x0b, 0x0a, 0x09, 0x1f, 0x20, 0x21, 0x29],
};
export const RSA_SCHEMES = [0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0201, 0x0101];
export const ECDSA_SCHEMES = [0x0403, 0x0503, 0x0603, 0x0203];
const SCHEMES = {
  good: [0x0403, 0x0804, 0x0503, 0x0805, 0x0603, 0x0806, 0x0401, 0x0501, 0x0601, 0x0807, 0x0808, 0x0904],
  bad: [0x0201, 0x0203, 0x0101, 0x0202],
};

const COMPANIONS: NonNullable<Candidates["companions"]> = {
  suites: [
    [0xc02b, 0xc02c, 0xcca9],
    [0xc02f, 0xc030, 0xcca8],
  ],
  groups: [[X25519, P256, P384], FFDHE],
  schemes: [ECDSA_SCHEMES.slice(0, 3), RSA_SCHEMES.slice(0, 6)],
};

const LIKELY = [0x2f, 0x35, 0xc013, 0xc014, 0xc009, 0xc00a, 0x0a, 0x05, 0x04];

function isGood({ name, exchange, key }: Suite): boolean {
  return exchange !== "other" && key !== undefined && /GCM|CHACHA20|_CCM$/.test(name);
}

export function candidatesFor(version: OfferVersion): Candidates {
  if (version === "TLS 1.3")
    return {
      suites: { good: SUITES_13, bad: [] },
      groups: GROUPS,
      schemes: SCHEMES,
      companions: { ...COMPANIONS, schemes: [RSA_SCHEMES.slice(0, 3)] },
    };
  const usable = SUITES.filter((suite) => version === "TLS 1.2" || !suite.since12);
  const best = usable.filter(isGood);
  const good = codesOf([...best.filter(({ exchange }) => exchange === "ecdhe"), ...best.filter(({ exchange }) => exchange !== "ecdhe")]);
  const others = usable.filter((suite) => !isGood(suite)).map((suite) => suite.code);
  const bad = [...LIKELY.filter((code) => others.includes(code)), ...others.filter((code) => !LIKELY.includes(code))];
  const set = ({ key, name }: Suite) => (key === "rsa" || /_anon_|PSK/.test(name) ? 0 : 1);
  const riders = usable.filter(({ name, since12 }) => since12 && /^TLS_(RSA|DH_RSA|DH_DSS|PSK|DHE_PSK|RSA_PSK)_/.test(name));
  const riding = version === "TLS 1.2" ? riders : [];
  const unridden = usable.filter((suite) => !riding.includes(suite));
  const dhe = usable.filter(({ exchange }) => exchange === "dhe");
  const suites = {
    ...{ good, bad, riders: codesOf(riding) },
    apart: [unridden.filter((suite) => set(suite) === 0), unridden.filter((suite) => set(suite) === 1), riding].map(codesOf),
    finite: codesOf(dhe.filter(({ key }) => key === "rsa")),
    ephemeral: codesOf(dhe),
  };
  const curves = GROUPS.others.filter((code) => !FFDHE.includes(code));
  return { suites, groups: { postQuantum: [], core: GROUPS.core, others: curves }, schemes: SCHEMES, companions: COMPANIONS };
}

function codesOf(suites: readonly Suite[]): number[] {
  return suites.map(({ code }) => code);
}

export function requestFor(changes: Partial<EnumerationRequest> = {}): EnumerationRequest {
  const versions: OfferVersion[] = ["TLS 1.3", "TLS 1.2", "TLS 1.1", "TLS 1.0", "SSL 3.0"];
  const candidates = Object.fromEntries(versions.map((version) => [version, candidatesFor(version)]));
  return { depth: "full", candidates, shareable: [X25519, P256], budget: 500, lanes: 1, ...changes };
}

function suiteOf({ code, name }: { code: string; name: string }): Suite {
  const exchange = name.startsWith("TLS_ECDHE_") ? "ecdhe" : name.startsWith("TLS_DHE_") ? "dhe" : "other";
  const key = /^TLS_(ECDHE_|DHE_)?RSA_(?!PSK)/.test(name) ? "rsa" : /^TLS_ECDHE_ECDSA_/.test(name) ? "ecdsa" : undefined;
  return {
    code: Number(code),
    name,
    exchange: key === undefined ? "other" : exchange,
    key,
    signed: key !== undefined && exchange !== "other",
    since12: /GCM|CCM|CHACHA20|SHA256$|SHA384$/.test(name),
  };
}
