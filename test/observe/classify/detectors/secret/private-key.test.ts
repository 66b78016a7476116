import { describe, expect, it } from "vitest";
import { privateKey } from "../../../../../src/observe/classify/detectors/secret/private-key.ts";
import { asker } from "../support.ts";

const ask = asker(privateKey);
const body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";
const pem = (label: string) => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;

describe("private_key", () => {
  it.each([
    ["pem", pem("PRIVATE KEY")],
    ["pem", pem("RSA PRIVATE KEY")],
    ["pem", pem("EC PRIVATE KEY")],
    ["pem", pem("ENCRYPTED PRIVATE KEY")],
    ["pem", pem("PRIVATE KEY").replaceAll("\n", "\\n")],
    ["pem", Buffer.from(pem("PRIVATE KEY")).toString("base64")],
    ["openssh", pem("OPENSSH PRIVATE KEY")],
    ["pgp", pem("PGP PRIVATE KEY BLOCK")],
    ["putty", "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none"],
    ["age", `AGE-SECRET-KEY-1${"Q".repeat(40)}`],
  ])("is proved by its file's beginning (%s)", (note, text) => {
    expect(ask(text, "anything")).toEqual({ confidence: 0.99, note, sample: false });
  });

  it("finds one inside other text", () => {
    expect(ask(`config:\n  key: |\n${pem("PRIVATE KEY")}`)).toMatchObject({ note: "pem" });
  });

  it("knows the private member of a JWK, and the public ones", () => {
    const d = "4f7GhK2mQ9xV1bN8cT5rW3yZ6pL0sDaEjU";
    expect(ask(d, "d", [], ["kty", "crv", "x"])).toEqual({ confidence: 0.97, note: "jwk", sample: false });
    expect(ask(d, "k", [], ["kty"])).toEqual({ confidence: 0.97, note: "jwk", sample: false });
    expect(ask(d, "n", [], ["kty", "e"])).toBeUndefined();
    expect(ask(d, "d")).toBeUndefined();
  });

  it.each([pem("CERTIFICATE"), pem("PUBLIC KEY"), "-----BEGIN PRIVATE KEY----- is the first line of such a file", "ES256"])(
    "is not %s",
    (text) => {
      expect(ask(text, "private_key")).toBeUndefined();
    },
  );

  it("promises nothing for the name of an algorithm", () => {
    expect(privateKey.isNamed({ name: "private key", above: [], beside: new Set() })).toBe(true);
    expect(privateKey.isNamed({ name: "private key algorithm", above: [], beside: new Set() })).toBe(false);
  });
});
