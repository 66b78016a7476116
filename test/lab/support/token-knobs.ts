import { createHmac } from "node:crypto";
import { DAY, HOUR } from "../../../src/model/instant.ts";

/** The token that our clients show, one thing of it turned; times are functions of now. */
export interface TokenKnob {
  readonly turn: string;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>> | ((now: number) => Readonly<Record<string, unknown>>);
  /** Octets of it; or the key of an HMAC. */
  readonly signature?: number | string;
  readonly findings: readonly string[];
}

/** As a good server gives it, at `now`: for an hour, for us, signed with an elliptic curve. */
export function tokenOf(
  now: number,
  header: TokenKnob["header"] = {},
  claims: TokenKnob["claims"] = {},
  signature: TokenKnob["signature"] = 64,
): string {
  const own = {
    iss: "https://auth.acme.example",
    aud: "https://localhost",
    scope: "orders.read",
    iat: seconds(now),
    exp: seconds(now + HOUR),
  };
  const turned = typeof claims === "function" ? claims(now) : claims;
  const parts = [
    { alg: "ES256", typ: "at+jwt", kid: "key-1", ...header },
    { ...own, ...turned },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  const signed = parts.join(".");
  const octets = typeof signature === "number" ? Buffer.alloc(signature, 7) : createHmac("sha256", signature).update(signed).digest();
  return `${signed}.${octets.toString("base64url")}`;
}

export const TOKEN_KNOBS: readonly TokenKnob[] = [
  { turn: "nobody signed it", header: { alg: "none" }, signature: 0, findings: ["auth/jwt-alg-none token"] },
  { turn: "it is signed with a shared key", header: { alg: "HS256" }, signature: 32, findings: ["auth/jwt-alg-hmac token"] },
  {
    turn: "everybody knows the key",
    header: { alg: "HS256" },
    signature: "changeme",
    findings: ["auth/jwt-alg-hmac token", "auth/jwt-weak-secret token"],
  },
  { turn: "it is signed with SHA-1", header: { alg: "RS1" }, signature: 256, findings: ["auth/jwt-alg-deprecated token"] },
  { turn: "it is signed with a short key", header: { alg: "RS256" }, signature: 128, findings: ["auth/jwt-weak-rsa-signature token"] },
  { turn: "it never ends", claims: { exp: undefined }, findings: ["auth/jwt-no-exp token"] },
  { turn: "it lives for a week", claims: (now) => ({ exp: seconds(now + 7 * DAY) }), findings: ["auth/jwt-long-lived token"] },
  {
    turn: "it has ended",
    claims: (now) => ({ iat: seconds(now - 2 * HOUR), exp: seconds(now - HOUR) }),
    findings: ["auth/jwt-expired token"],
  },
  { turn: "it begins tomorrow", claims: (now) => ({ nbf: seconds(now + HOUR / 2) }), findings: ["auth/jwt-not-yet-valid token"] },
  { turn: "it is for nobody", claims: { aud: undefined }, findings: ["auth/jwt-no-aud token"] },
  { turn: "it is for somebody else", claims: { aud: "https://api.other.example" }, findings: ["auth/jwt-aud-mismatch token"] },
  {
    turn: "it is for several",
    claims: { aud: ["https://localhost", "https://api.other.example"] },
    findings: ["auth/jwt-aud-broad token"],
  },
  { turn: "it says where its key is", header: { jku: "https://auth.acme.example/keys" }, findings: ["auth/jwt-header-key-ref token"] },
  { turn: "its key is a path", header: { kid: "../../dev/null" }, findings: ["auth/jwt-kid-unsafe token"] },
  { turn: "it carries a birthday", claims: { birthdate: "1980-01-01" }, findings: ["auth/jwt-sensitive-claims token"] },
  {
    turn: "it is who somebody is",
    header: { typ: "JWT" },
    claims: { nonce: "n-0S6", scope: undefined },
    findings: ["auth/id-token-as-access-token token"],
  },
  { turn: "its scope is a number", claims: { scope: 7 }, findings: ["auth/jwt-malformed-claim token"] },
];

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
