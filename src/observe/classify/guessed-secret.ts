import { createHmac, timingSafeEqual } from "node:crypto";
import { type JsonObject, textsOf } from "./bounded-json.ts";

interface Signed {
  readonly alg: string;
  readonly signed: string;
  readonly signature: string;
  readonly claims: JsonObject;
  /** Of the API that it is sent to. */
  readonly host?: string;
}

/** The HMAC of a token of ours was made with one of a few words, or with the name of the issuer, of whom it is for, or of the API. Nothing is sent, and the word is told to nobody. */
export function isGuessed({ alg, signed, signature, claims, host }: Signed): boolean {
  const hash = HASHES[alg];
  const wanted = Buffer.from(signature, "base64url");
  return hash !== undefined && words(claims, host).some((word) => isMadeWith(word, hash, signed, wanted));
}

function isMadeWith(word: string, hash: string, signed: string, wanted: Buffer): boolean {
  const made = createHmac(hash, word).update(signed).digest();
  return made.length === wanted.length && timingSafeEqual(made, wanted);
}

/** Of each name: as it is, its host, and the labels of that. */
function words({ iss, aud }: JsonObject, host: string | undefined): readonly string[] {
  const names = [iss, ...(textsOf(aud, MAX_AUDIENCES) ?? []), host];
  const made = names.flatMap((name) => {
    if (typeof name !== "string" || name === "" || name.length > 255) return [];
    const at = (URL.canParse(name) && new URL(name).hostname) || name;
    return [name, at, ...at.split(".").slice(0, 5)];
  });
  return [...new Set([...WORDS, ...made])];
}

const MAX_AUDIENCES = 10;
const HASHES: Readonly<Record<string, string>> = { HS1: "sha1", HS256: "sha256", HS384: "sha384", HS512: "sha512" };
/** Of tutorials, templates and defaults of frameworks. The empty key counts: some libraries take it. */
const WORDS = [
  ...["", "secret", "Secret", "SECRET", "password", "Password", "passw0rd", "changeme", "change-me", "change_me", "ChangeMe", "changeit"],
  ...[
    "test",
    "testing",
    "test123",
    "demo",
    "dev",
    "development",
    "default",
    "example",
    "sample",
    "admin",
    "administrator",
    "root",
    "guest",
  ],
  ...["key", "mykey", "my-key", "my_key", "private", "privatekey", "private_key", "private-key", "hmac", "hmac-secret", "hmackey", "token"],
  ...[
    "jwt",
    "jwtsecret",
    "jwt-secret",
    "jwt_secret",
    "JWT_SECRET",
    "jwtkey",
    "jwt-key",
    "jwt_key",
    "jwtToken",
    "supersecret",
    "super-secret",
  ],
  ...[
    "super_secret",
    "super secret",
    "supersecretkey",
    "super-secret-key",
    "secretkey",
    "secret-key",
    "secret_key",
    "SECRET_KEY",
    "mysecret",
  ],
  ...["my-secret", "my_secret", "mysecretkey", "my-secret-key", "my_secret_key", "topsecret", "top-secret", "verysecret", "notsosecret"],
  ...[
    "your-secret",
    "your_secret",
    "your-256-bit-secret",
    "your-384-bit-secret",
    "your-512-bit-secret",
    "your_jwt_secret",
    "your-secret-key",
  ],
  ...[
    "appsecret",
    "app-secret",
    "app_secret",
    "clientsecret",
    "client_secret",
    "client-secret",
    "signingkey",
    "signing-key",
    "signing_key",
  ],
  ...[
    "123456",
    "12345678",
    "123456789",
    "1234567890",
    "qwerty",
    "letmein",
    "abc123",
    "foobar",
    "foo",
    "bar",
    "hello",
    "keyboard cat",
    "none",
  ],
  ...["undefined", "null", "s3cr3t", "s3cret", "pass", "shhhh", "shhhhh", "auth", "api", "apikey", "api-key", "api_key", "access", "oauth"],
];
