import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CertificateFacts } from "../../src/evidence/kinds.ts";
import { type RawEvidence, redact } from "../../src/evidence/redact.ts";
import { canonicalJson } from "../../src/model/digest.ts";
import { EVIDENCE_KINDS, rawEvidence } from "./arbitraries.ts";

const SECRET = "hunter2-secret";
const scrub = (text: string) => text.replaceAll(SECRET, "[secret]");

const RESPONSE: RawEvidence["http-response"] = {
  endpoint: "list",
  request: { method: "GET", origin: "https://api.acme.example", path: "/v1/list", digest: "0123456789abcdef" },
  credential: { state: "sent", in: "header" },
  status: 302,
  httpVersion: "1.1",
  headers: [
    ["server", "nginx/1.24.0"],
    ["location", "https://auth.acme.example/cb?code=abc"],
    ["x-customer", "ann.lee@mail.example"],
  ],
  body: {
    state: "classified",
    shape: [{ path: `$.${SECRET}.id`, types: ["string"] }],
    classes: [{ path: `$['${SECRET}']`, class: "email", confidence: 0.9, count: 1, masked: false, sample: false }],
    maps: [`$.${SECRET}`],
  },
};

describe("redact", () => {
  it("keeps no name of a limit that holds a secret of ours", () => {
    const head = {
      ...{ wire: { conflicting: [], odd: [] }, leaks: [], notices: [] },
      cache: { lastModified: false, expires: "none" as const },
      limits: {
        dialects: ["ietf-draft"],
        odd: [],
        policies: [
          { name: SECRET, quota: 5, unit: SECRET },
          { name: "burst", quota: 6, windowSeconds: 1 },
        ],
      },
    };
    expect(redact("http-response", { ...RESPONSE, head }, scrub).head?.limits?.policies).toEqual([
      { quota: 5 },
      { name: "burst", quota: 6, windowSeconds: 1 },
    ]);
  });

  it("keeps of a response what may be kept, and a redirect's origin", () => {
    const evidence = redact("http-response", RESPONSE, scrub);
    expect(evidence.headers).toEqual([
      { name: "server", value: "nginx/1.24.0", count: 1 },
      { name: "x-customer", count: 1 },
    ]);
    expect(evidence.redirect).toEqual({ origin: "https://auth.acme.example", sameOrigin: false, toHttps: true });
    expect(evidence.body.maps).toEqual(["$.[secret]"]);
    expect(JSON.stringify(evidence)).not.toMatch(/hunter2|ann\.lee|code=abc/);
  });

  it("has no redirect where there was none", () => {
    expect(redact("http-response", { ...RESPONSE, status: 200 }, scrub)).not.toHaveProperty("redirect");
    expect(redact("http-plaintext", { origin: "http://a.example", state: "closed", headers: [] }, scrub)).toEqual({
      origin: "http://a.example",
      state: "closed",
      headers: [],
    });
  });

  it("gives the same bytes for the same answer in another order", () => {
    const shuffled = { ...RESPONSE, headers: [...RESPONSE.headers].reverse() };
    expect(canonicalJson(redact("http-response", shuffled, scrub))).toBe(canonicalJson(redact("http-response", RESPONSE, scrub)));
  });

  it("keeps a certificate byte for byte, unless a secret of ours stands in it", () => {
    const facts = (der: string): CertificateFacts => ({
      der: Buffer.from(der, "latin1").toString("base64"),
      sha256: "00",
      subject: "CN=\u001b[2Ja.example",
      issuer: `CN=${SECRET}`,
      dnsNames: [`${SECRET}.example`],
      notBefore: 0,
      notAfter: 1,
      selfIssued: false,
    });
    const session: RawEvidence["tls-session"] = {
      address: "192.0.2.1",
      version: "TLS 1.3",
      cipherSuite: { name: "TLS_AES_128_GCM_SHA256" },
      trusted: true,
      chain: [facts("0\u0082\u0000\u00ff"), facts(`0\u0082${SECRET}`)],
      chainSource: "node",
    };
    const [clean, tainted] = redact("tls-session", session, scrub).chain;
    expect(clean).toMatchObject({ der: "MIIA/w==", subject: "CN=[2Ja.example", issuer: "CN=[secret]", dnsNames: ["[secret].example"] });
    expect(tainted).toMatchObject({ der: "", sha256: "00", subject: "", issuer: "", dnsNames: [] });
  });

  it("keeps what an authority said byte for byte, unless a secret of ours stands in it", () => {
    const said = (text: string) => Buffer.from(text, "latin1").toString("base64");
    const raw = (responseDer: string) => ({ leaf: "00", source: "ocsp", host: "ocsp.example", responseDer }) as const;
    expect(redact("revocation", raw(said("0\u0082\u0000\u00ff".repeat(4000))), scrub).responseDer).toHaveLength(21_336);
    expect(redact("revocation", raw(said(`0\u0082${SECRET}`)), scrub)).toEqual({ leaf: "00", source: "ocsp", host: "ocsp.example" });
  });

  it("keeps no hash of a key that should be secret, and nothing of any key that it does not know", () => {
    const known = { kty: "RSA", use: "sig", misfit: false, kid: "unique", bits: 2048, privateMembers: [] } as const;
    const hashes = { kidHash: "0123456789ab", thumbprint: "cd".repeat(32) };
    const careless = { ...known, ...hashes, n: "AQAB", d: "AQAB" };
    const keys = [careless, { ...careless, privateMembers: ["d"] }, { ...careless, kty: "oct" as const }];
    expect(redact("jwks", { keys, unread: 0 }, scrub).keys).toEqual([
      { ...known, ...hashes },
      { ...known, privateMembers: ["d"] },
      { ...known, kty: "oct" },
    ]);
  });

  it.each(EVIDENCE_KINDS)("lets neither a secret nor a control character through, wherever a server puts it: %s", (kind) => {
    fc.assert(
      fc.property(rawEvidence(kind), fc.nat(), (raw, where) => {
        const planted = plant(raw, where);
        const written = JSON.stringify(redact(kind, planted, scrub));
        expect(written).not.toContain(SECRET);
        expect(JSON.parse(written, (key, value: unknown) => (isBytes(key) ? "" : value))).toSatisfy(isPrintable);
      }),
      { numRuns: 60 },
    );
  });
});

/** The secret in place of one text of the evidence. Words of closed lists are texts, too: a probe could be wrong. */
function plant<T>(raw: T, where: number): T {
  let texts = 0;
  const walk = (value: unknown): unknown => {
    if (typeof value === "string") return texts++ === where % 12 ? `${value}\u200b hunter2\u0000-secret` : value;
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, isBytes(key) ? inner : walk(inner)]));
  };
  return walk(raw) as T;
}

/** Fields of DER in base64. */
function isBytes(key: string): boolean {
  return key === "der" || key === "responseDer";
}

function isPrintable(value: unknown): boolean {
  return !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(Object.values(Object(value)).flatMap(textsOf).join(""));
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
