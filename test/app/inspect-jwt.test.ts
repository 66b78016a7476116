import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { HOUR } from "../../src/model/instant.ts";
import { NOW } from "../judge/builders.ts";
import { inspectedAs } from "./inspecting.ts";

const HOST = "api.acme.example";
const SECONDS = NOW / 1000;
const part = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const bytes = (length: number) => Buffer.alloc(length, 7).toString("base64url");

const HEADER = { alg: "ES256", typ: "at+jwt", kid: "2026-11" };
const CLAIMS = {
  iss: "https://login.acme.example",
  sub: "8f14e45f",
  aud: `https://${HOST}`,
  iat: SECONDS - 1800,
  exp: SECONDS + 1800,
  scope: "orders:read",
};

type Members = Readonly<Record<string, unknown>>;
const jwt = (claims: Members = {}, header: Members = {}, signature = bytes(64)) =>
  `${part({ ...HEADER, ...header })}.${part({ ...CLAIMS, ...claims })}.${signature}`;
const headed = (header: Members, signature?: string) => jwt({}, header, signature);
const hmac = (key: string, alg = "HS256", hash = "sha256") => {
  const signed = headed({ alg }).split(".").slice(0, 2).join(".");
  return `${signed}.${createHmac(hash, key).update(signed).digest("base64url")}`;
};

const TABLE: readonly (readonly [name: string, token: string, ...found: readonly string[]])[] = [
  ["an hour of access to this API, signed", jwt()],
  ["the whole field of a request", `Authorization: Bearer ${jwt()}\r\n`],
  ["in quotes", `"${jwt()}"`],
  ["alg none", headed({ alg: "none" }, ""), "jwt-alg-none unsigned critical"],
  ["alg noNE, which some compare by case", headed({ alg: "noNE" }, ""), "jwt-alg-none unsigned critical"],
  ["an HMAC with a random key", hmac("\u0000 8f1!Zq~_long and random"), "jwt-alg-hmac hmac low"],
  ["an HMAC with a word", hmac("secret"), "jwt-alg-hmac hmac low", "jwt-weak-secret guessed critical"],
  [
    "an HMAC with the host of the issuer",
    hmac("login.acme.example", "HS512", "sha512"),
    "jwt-alg-hmac hmac low",
    "jwt-weak-secret guessed critical",
  ],
  ["an HMAC with the host of the API", hmac(HOST), "jwt-alg-hmac hmac low", "jwt-weak-secret guessed critical"],
  ["an HMAC with the audience", hmac(`https://${HOST}`), "jwt-alg-hmac hmac low", "jwt-weak-secret guessed critical"],
  ["an HMAC with no key", hmac("", "HS384", "sha384"), "jwt-alg-hmac hmac low", "jwt-weak-secret guessed critical"],
  ["RS256 with 2048 bits", headed({ alg: "RS256" }, bytes(256))],
  ["RS256 with 1024 bits", headed({ alg: "RS256" }, bytes(128)), "jwt-weak-rsa-signature short high"],
  ["PS512 with 4096 bits", headed({ alg: "PS512" }, bytes(512))],
  ["RS256, its signature cut off", headed({ alg: "RS256" }, ""), "jwt-alg-none stripped medium"],
  ["EdDSA, deprecated in name only", headed({ alg: "EdDSA" })],
  ["RS1", headed({ alg: "RS1" }, bytes(256)), "jwt-alg-deprecated sha1 high"],
  ["no end", jwt({ exp: undefined }), "jwt-no-exp no-end high"],
  [
    "a proof, which has no end and brings its key",
    `${part({ alg: "ES256", typ: "dpop+jwt", jwk: { kty: "EC" } })}.${part({ jti: "a", htm: "GET", htu: "https://x.example", iat: SECONDS, nonce: "n" })}.${bytes(64)}`,
  ],
  ["a life of 65 minutes", jwt({ exp: SECONDS + 2100 }), "jwt-long-lived hours low"],
  ["a life of two days", jwt({ iat: SECONDS, exp: SECONDS + 172_800 }), "jwt-long-lived days medium"],
  ["a life of two months", jwt({ iat: SECONDS, exp: SECONDS + 60 * 86_400 }), "jwt-long-lived month high"],
  ["a life of ten years, from a service account", jwt({ iat: SECONDS, exp: SECONDS + 3650 * 86_400 }), "jwt-long-lived year high"],
  ["an end in milliseconds", jwt({ exp: NOW + HOUR }), "jwt-long-lived year high"],
  ["no beginning, and half an hour left", jwt({ iat: undefined })],
  ["no beginning, and a week left", jwt({ iat: undefined, exp: SECONDS + 604_800 }), "jwt-long-lived days medium"],
  ["no audience", jwt({ aud: undefined }), "jwt-no-aud no-audience medium"],
  ["an empty audience", jwt({ aud: [] }), "jwt-no-aud no-audience medium"],
  ["another audience", jwt({ aud: "https://api.other.example" }), "jwt-aud-mismatch another medium"],
  ["the host without a scheme", jwt({ aud: HOST })],
  ["the domain above the host", jwt({ aud: "https://acme.example/" })],
  ["a GUID, which nothing was declared to compare with", jwt({ aud: "7e8b1c7a-91c4-4d6a-9f0e-2b8a6c1d3e5f" })],
  [
    "a client id beside another host: one of them may be us",
    jwt({ aud: ["billing", "https://api.other.example"] }),
    "jwt-aud-broad several low",
  ],
  ["this API, and where the issuer tells who the user is", jwt({ aud: [`https://${HOST}`, "https://login.acme.example/userinfo"] })],
  ["this API and another", jwt({ aud: [`https://${HOST}`, "https://api.other.example"] }), "jwt-aud-broad several low"],
  ["a public suffix, below which is everybody", jwt({ aud: "https://co.uk" }), "jwt-aud-mismatch another medium"],
  ["every host of the domain", jwt({ aud: "https://*.acme.example" })],
  ["every host of the domain, without a scheme", jwt({ aud: "*.acme.example" })],
  ["every host of another domain", jwt({ aud: "https://*.other.example" }), "jwt-aud-mismatch another medium"],
  [
    "this API behind five hundred others",
    jwt({ aud: [...Array.from({ length: 500 }, (_, index) => `a${index}`), `https://${HOST}`] }),
    "jwt-aud-broad several low",
  ],
  ["a star", jwt({ aud: "*" }), "jwt-aud-broad anybody low"],
  ["ended half a minute ago: clocks differ", jwt({ exp: SECONDS - 30 })],
  ["ended an hour ago", jwt({ iat: SECONDS - 5400, exp: SECONDS - 3600 }), "jwt-expired expired high"],
  ["not before tomorrow", jwt({ nbf: SECONDS + 86_400 }), "jwt-not-yet-valid early medium"],
  ["a URL of keys", headed({ jku: "https://keys.acme.example/set" }), "jwt-header-key-ref named medium"],
  ["a URL of keys without TLS", headed({ jku: "http://keys.acme.example/set" }), "jwt-header-key-ref unsafe-place high"],
  ["a URL of a certificate at an address", headed({ x5u: "https://192.0.2.7/c.pem" }), "jwt-header-key-ref unsafe-place high"],
  ["the certificate itself", headed({ x5c: ["MII"] }), "jwt-header-key-ref named medium"],
  ["a kid that is a path", headed({ kid: "../../dev/null" }), "jwt-kid-unsafe unsafe medium"],
  ["a kid that is a query", headed({ kid: "x' UNION SELECT 'k" }), "jwt-kid-unsafe unsafe medium"],
  ["a kid that is a number", headed({ kid: 7 }), "jwt-kid-unsafe unsafe medium"],
  ["a kid that is a URL", headed({ kid: "https://keys.acme.example/2026" })],
  ["a kid that is an ARN", headed({ kid: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd" })],
  ["a kid that is a thumbprint in plain base64", headed({ kid: "NzbLsXh8uDCcd+6MNwXF4W/7noWXFZAfHkxZsRGC9Xs=" })],
  ["an address of somebody", jwt({ email: "ada@lovelace.dev" }), "jwt-sensitive-claims names low"],
  ["an address of nobody", jwt({ email: "test@example.com" })],
  ["whether an address was checked", jwt({ email_verified: true })],
  ["the number of a card, whatever it is called", jwt({ ref: "5425 2334 3010 9903" }), "jwt-sensitive-claims values medium"],
  ["the number of a card for tests", jwt({ card: "4242 4242 4242 4242" })],
  ["an account, below another claim", jwt({ payer: { iban: "DE17500105175407324932" } }), "jwt-sensitive-claims values medium"],
  [
    "an address below a name of one's own",
    jwt({ "https://acme.example/user": { email: "ada@lovelace.dev" } }),
    "jwt-sensitive-claims names low",
  ],
  ["an address in a list", jwt({ accounts: [{ id: 1 }, { email: "ada@lovelace.dev" }] }), "jwt-sensitive-claims names low"],
  [
    "an address under a name of one's own",
    jwt({ "https://acme.example/claims/email": "ada@lovelace.dev" }),
    "jwt-sensitive-claims names low",
  ],
  ["an address of nobody in a list", jwt({ accounts: [{ email: "test@example.com" }] })],
  ["the name of a company below another claim", jwt({ tenant: { name: "Acme Ltd", address: "10.0.0.1" } })],
  ["digits of a card in one piece", jwt({ ref: "4539148803436467" }), "jwt-sensitive-claims values medium"],
  ["digits of a card as a number, below", jwt({ order: { ref: [4539148803436467] } }), "jwt-sensitive-claims values medium"],
  ["digits with another check digit", jwt({ ref: "4539148803436468" })],
  ["digits of no issuer", jwt({ ref: "9539148803436462" })],
  ["an identifier of nineteen digits", jwt({ ref: "4539148803436467008" })],
  [
    "an end beyond all numbers",
    jwt({ exp: "@" }).replace(/\.[^.]+\./, `.${part(JSON.stringify({ ...CLAIMS, exp: "@" }).replace('"@"', "1e400"))}.`),
    "jwt-long-lived year high",
    "jwt-malformed-claim malformed low",
  ],
  ["an end in text", jwt({ exp: "tomorrow" }), "jwt-malformed-claim malformed low"],
  ["scopes that are numbers", jwt({ scope: 7 }), "jwt-malformed-claim malformed low"],
  ["scopes in a list", jwt({ scope: ["orders:read"] })],
  ["an ID token", jwt({ scope: undefined, nonce: "n", at_hash: "h" }, { typ: "JWT" }), "id-token-as-access-token id-token medium"],
  ["auth_time in an access token", jwt({ scope: undefined, auth_time: SECONDS }, { typ: "JWT" })],
  ["a nonce beside scopes of another name", jwt({ scope: undefined, scp: "a b", nonce: "n" }, { typ: "JWT" })],
  ["an encrypted token", `${part({ alg: "RSA-OAEP-256", enc: "A256GCM" })}.${bytes(256)}.${bytes(12)}.${bytes(9)}.${bytes(16)}`],
  [
    "an encrypted token with RSA1_5",
    `${part({ alg: "RSA1_5", enc: "A256GCM" })}.${bytes(256)}.${bytes(12)}.${bytes(9)}.${bytes(16)}`,
    "jwt-alg-deprecated pkcs1-encryption medium",
  ],
  ["a signed text that is no claims", `${part(HEADER)}.${part("hello")}.${bytes(64)}`],
  ["a public token of Mapbox, which is no JWT", `pk.${part({ u: "acme", a: "ck0123456789abcdefgh" })}.${bytes(16)}`],
  ["four parts", `${part(HEADER)}.${part(CLAIMS)}.${bytes(64)}.${bytes(9)}`],
  ["an algorithm that is no text", `${part({ alg: 7 })}.${part(CLAIMS)}.${bytes(64)}`],
  ["a character that base64url has not", `${part(HEADER)}.${part(CLAIMS)}=.${bytes(64)}`],
  ["43 random characters", "kX9_fQ2-mZ7aLw4RbT8vYc1NhJ6uPdE3sGoI5xWqKtM"],
  ["32 hex digits", "9f86d081884c7d659a2feaa0c55ad015"],
  ["30 hex digits", "9f86d081884c7d659a2feaa0c55ad0", "token-opaque-low-entropy below medium"],
  ["a UUID", "7e8b1c7a-91c4-4d6a-9f0e-2b8a6c1d3e5f", "token-opaque-low-entropy uuid low"],
  ["a UUID of the time", "7e8b1c7a-91c4-1d6a-9f0e-2b8a6c1d3e5f", "token-opaque-low-entropy time-uuid medium"],
  ["a UUID of the time and chance", "019a1c7a-91c4-7d6a-9f0e-2b8a6c1d3e5f", "token-opaque-low-entropy time-uuid medium"],
  ["32 hex digits with that of a version in its place", "7e8b1c7a91c44d6a9f0e2b8a6c1d3e5f"],
  ["digits", "847261908374", "token-opaque-low-entropy below medium"],
  ["ab, again and again", "ab".repeat(40), "token-opaque-low-entropy repeated medium"],
  ["the id of a key of AWS, which is no secret", "AKIAQ3EGSWPLMZT2K7XN"],
  ["a publishable key", `pk_live_${"aB3".repeat(4)}`],
  ["a short key behind a long prefix", "rk_live_aB3dE5fG7h", "token-opaque-low-entropy below medium"],
  ["a token of GitHub, without prefix and checksum", `ghp_${"aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5"}`],
];

describe("inspect --as jwt", () => {
  it.each(TABLE)("judges %s", async (_name, token, ...found) => {
    expect((await inspectedAs("jwt", token, HOST))?.found).toEqual(found.sort());
  });

  it("does not compare audiences where nobody says whom it is for", async () => {
    expect((await inspectedAs("jwt", jwt({ aud: "https://api.other.example" })))?.found).toEqual([]);
  });

  it("expects something", async () => {
    expect(await inspectedAs("jwt", " \r\n")).toBeUndefined();
  });

  it("prints names and no values", async () => {
    const canary = "Zx9CanaryValue7";
    const claims = {
      email: "ada@lovelace-canary.dev",
      client_secret: canary,
      ssn: "536-22-8726",
      deep: [{ card: "5425 2334 3010 9903" }],
      "8f14e45fceea167a5a36dedd4bea2543": "a value in the place of a name",
      "ada@lovelace-canary.dev": 1,
      sub: canary,
      scope: "orders:read ada@lovelace-canary.dev",
    };
    const token = jwt(claims, { kid: canary });
    const seen = await inspectedAs("jwt", token, HOST);
    expect(seen?.found).toContain("jwt-sensitive-claims values medium");
    expect(seen?.text).toContain("client_secret");
    expect(seen?.text).toContain("[masked]");
    expect(seen?.printed).not.toMatch(/canary|536-22|5425|8f14e45f/i);
    for (const piece of token.split(".")) expect(seen?.printed).not.toContain(piece.slice(0, 24));
  });

  it.each([
    ["64 KB and more", jwt({ pad: "x".repeat(70_000) })],
    ["a hundred thousand dots", ".".repeat(100_000)],
    ["a depth of thirty thousand", `${part(HEADER)}.${part("[".repeat(30_000))}.${bytes(64)}`],
    ["a deep claim", `${part(HEADER)}.${part(`{"a":${"[".repeat(9000)}${"]".repeat(9000)}}`)}.${bytes(64)}`],
    [
      "twenty thousand claims",
      `${part(HEADER)}.${part(Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`c${at}`, 1])))}.${bytes(64)}`,
    ],
    ["what a terminal obeys", jwt({ "\u001b[2J": 1, "\u202etxt": 1 }, { typ: "\u001b[31m" })],
    ["a prototype", `${part(HEADER)}.${part('{"__proto__":{"exp":1},"constructor":1}')}.${bytes(64)}`],
    ["numbers that are none", `${part(HEADER)}.${part('{"exp":1e400,"iat":-1e308,"nbf":null,"aud":{"a":1}}')}.${bytes(64)}`],
  ])("survives %s", async (_name, token) => {
    const seen = await inspectedAs("jwt", token, HOST);
    expect(seen?.printed).not.toMatch(/[^\P{C}\n]|undefined|NaN/u);
  });
});
