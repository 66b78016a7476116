import { createHash, generateKeyPairSync, type JsonWebKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { inspectFiles } from "../../src/app/inspect.ts";
import type { FilePort } from "../../src/model/file-port.ts";
import { DAY } from "../../src/model/instant.ts";
import { err } from "../../src/model/result.ts";
import { NOW } from "../judge/builders.ts";
import { rootAuthority } from "../lab/support/certificate-factory.ts";
import { inspectedAs } from "./inspecting.ts";

type Members = Readonly<Record<string, unknown>>;
const base64 = (bytes: readonly number[]) => Buffer.from(bytes).toString("base64url");
/** A modulus of so many bits, which is nobody's. */
const modulus = (bits: number) =>
  base64([...(bits % 8 === 0 ? [] : [2 ** (bits % 8) - 1]), ...Array.from({ length: Math.floor(bits / 8) }, () => 0xc3)]);

const PAIR = generateKeyPairSync("rsa", { modulusLength: 1024 });
const PRIVATE = PAIR.privateKey.export({ format: "jwk" });
const RSA = { kty: "RSA", use: "sig", alg: "RS256", kid: "2026-11", n: modulus(2048), e: "AQAB" };
const EC = { kty: "EC", crv: "P-256", kid: "ec", x: base64([1]), y: base64([2]) };
const certificate = (days: number) => rootAuthority({ subject: "Keys", notAfter: new Date(NOW + days * DAY) }).der;
const x5c = (days: number) => [Buffer.from(certificate(days)).toString("base64")];
const rsa = (members: Members = {}): Members => ({ ...RSA, ...members });
const set = (...keys: readonly (Members | JsonWebKey)[]) => JSON.stringify({ keys });

function keysOf(seen: Awaited<ReturnType<typeof inspectedAs>>): readonly Members[] {
  return seen?.facts["jwks"]?.["keys"] ?? [];
}

const TABLE: readonly (readonly [name: string, document: string, ...found: readonly string[]])[] = [
  ["one key that signs", set(rsa())],
  ["one key without a name", set(rsa({ kid: undefined }))],
  ["a single key, and no set", JSON.stringify(rsa())],
  ["2047 bits", set(rsa({ n: modulus(2047) })), "jwks-weak-key short high"],
  [
    "1024 bits in as many bytes as 2048 need",
    set(rsa({ n: base64([...Array.from({ length: 128 }, () => 0), ...Array.from({ length: 128 }, () => 0xc3)]) })),
    "jwks-weak-key short high",
  ],
  ["2048 bits and the zero byte of ASN.1", set(rsa({ n: base64([0, ...Array.from({ length: 256 }, () => 0xc3)]) }))],
  ["an exponent of 3", set(rsa({ e: "Aw" })), "jwks-weak-exponent small low"],
  ["an exponent of more than 32 bits", set(rsa({ e: base64([1, 0, 0, 0, 1]) }))],
  [
    "a shared key",
    set(rsa(), { kty: "oct", kid: "s", alg: "HS256", k: "c2VjcmV0LWNhbmFyeQ" }),
    "jwks-symmetric-key-published shared critical",
  ],
  ["a private key", set({ ...PRIVATE, kid: "p" }), "jwks-private-key-published private critical", "jwks-weak-key short high"],
  ["a private part of an elliptic key", set({ ...EC, d: base64([3]) }), "jwks-private-key-published private critical"],
  ["members that serialisers write for absent ones", set(rsa({ d: null, p: "", q: null, dp: null, dq: null, qi: null, oth: null }))],
  [
    "the private part of ML-DSA",
    set({ kty: "AKP", alg: "ML-DSA-44", kid: "pq", pub: "AQ", priv: "Aw" }),
    "jwks-private-key-published private critical",
  ],
  ["the public part of ML-DSA", set({ kty: "AKP", alg: "ML-DSA-44", kid: "pq", pub: "AQ", priv: null })],
  ["a byte order mark", `\uFEFF${set(rsa())}`],
  ["two keys, one without a name", set(rsa(), { ...EC, kid: undefined }), "jwks-no-kid unnamed low"],
  ["two keys of one name", set(rsa(), rsa({ n: modulus(3072) })), "jwks-duplicate-kid duplicate low"],
  ["two keys of one name and different types, which may stand for one another", set(rsa(), { ...EC, kid: RSA.kid })],
  ["an elliptic algorithm for RSA", set(rsa({ alg: "ES256" })), "jwks-alg-mismatch misfit medium"],
  ["an algorithm for another curve", set({ ...EC, alg: "ES384" }), "jwks-alg-mismatch misfit medium"],
  ["no algorithm and no use", set(rsa({ alg: undefined, use: undefined }))],
  ["a curve that nobody calls weak", set({ ...EC, crv: "secp256k1", alg: "ES256K" })],
  ["a curve of Edwards", set({ kty: "OKP", crv: "Ed25519", kid: "ed", alg: "EdDSA", x: base64([1]) })],
  ["a certificate that ended", set(rsa({ x5c: x5c(-1) })), "jwks-cert-expired expired medium"],
  ["a certificate that did not", set(rsa({ x5c: x5c(30) }))],
  ["a certificate that is none", set(rsa({ x5c: ["MII", 7] }))],
  ["nothing", set(), "jwks-empty empty info"],
  ["things that are no keys", JSON.stringify({ keys: [null, 7, "x", []] })],
];

describe("inspect --as jwks", () => {
  it.each(TABLE)("judges %s", async (_name, document, ...found) => {
    expect((await inspectedAs("jwks", document))?.found).toEqual([...found].sort());
  });

  it.each([
    ["a page", "<html>404</html>"],
    ["JSON without keys", '{"error":"not_found"}'],
    ["a list", "[]"],
    ["more than 512 KB", JSON.stringify({ keys: [rsa({ pad: "x".repeat(600_000) })] })],
  ])("does not take %s for a set", async (_name, document) => {
    expect(await inspectedAs("jwks", document)).toBeUndefined();
  });

  it("knows that it did not look at all of them", async () => {
    const seen = await inspectedAs("jwks", set(...Array.from({ length: 5001 }, () => ({ kty: "EC" }))));
    expect(seen?.facts["jwks"]).toMatchObject({ unread: 3001, cut: true });
    expect((await inspectedAs("jwks", set(rsa())))?.facts["jwks"]).not.toHaveProperty("cut");
  });

  it("shows no key, and of one that should be secret not even a hash", async () => {
    const shared = { kty: "oct", kid: "shared-canary", k: "c2VjcmV0LWNhbmFyeQ" };
    const seen = await inspectedAs("jwks", set({ ...PRIVATE, kid: "private-canary" }, shared, rsa()));
    for (const member of ["n", "d", "p", "q", "dp", "dq", "qi"] as const)
      expect(seen?.printed).not.toContain(PRIVATE[member]?.slice(0, 16));
    expect(seen?.printed).not.toMatch(/canary|c2VjcmV0|secret/);
    const hash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 12);
    for (const kid of ["private-canary", "shared-canary", "c2VjcmV0LWNhbmFyeQ"]) expect(seen?.printed).not.toContain(hash(kid));
    expect(keysOf(seen).map(({ thumbprint }) => typeof thumbprint)).toEqual(["undefined", "undefined", "string"]);
    expect(seen?.text).toContain("Key 1: RSA, 1024 bits, with d, dp, dq, p, q, qi");
  });

  // RFC 7638 section 3.1.
  it("knows a key by the thumbprint of the standard", async () => {
    const n =
      "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
    const seen = await inspectedAs("jwks", set({ kty: "RSA", n, e: "AQAB", alg: "RS256", kid: "2011-04-29" }));
    expect(Buffer.from(String(keysOf(seen)[0]?.["thumbprint"]), "hex").toString("base64url")).toBe(
      "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
    );
  });

  it("looks at two thousand keys and counts the others", async () => {
    const seen = await inspectedAs(
      "jwks",
      set(...Array.from({ length: 2010 }, (_, at) => ({ kty: "OKP", crv: "Ed25519", x: "AA", kid: `k${at}` }))),
    );
    expect(seen?.text).toContain("2010 keys");
    expect(keysOf(seen)).toHaveLength(2000);
  });
});

it.each([
  ["jwks", 512 * 1024],
  ["oauth-metadata", 256 * 1024],
] as const)("a %s longer than it may be is not called something else: the file is asked for %d bytes", async (as, most) => {
  const asked: number[] = [];
  const problem = { kind: "too-large" as const, path: "saved", detail: "is larger than that" };
  const files = {
    readBytes: async (_path: string, bytes: number) => {
      asked.push(bytes);
      return err(problem);
    },
  } as Partial<FilePort> as FilePort;
  expect(await inspectFiles(["saved"], { as, now: NOW, anchors: [] }, files)).toEqual(err(problem));
  expect(asked).toEqual([most]);
});
