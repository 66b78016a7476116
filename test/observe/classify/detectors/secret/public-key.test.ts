import { describe, expect, it } from "vitest";
import { publicKey } from "../../../../../src/observe/classify/detectors/secret/public-key.ts";
import { asker } from "../support.ts";

const ask = asker(publicKey);

describe("public_key", () => {
  it.each([
    `ssh-ed25519 ${"AAAAC3NzaC1lZDI1NTE5".padEnd(68, "a")} kim@host`,
    "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----",
    "-----BEGIN PGP PUBLIC KEY BLOCK-----\n",
  ])("is proved by %s", (text) => {
    expect(ask(text)).toMatchObject({ confidence: 0.9 });
  });

  it.each(["-----BEGIN CERTIFICATE-----\nMIIB", "-----BEGIN PRIVATE KEY-----\nMIIB", "ssh-rsa", "SHA256:abcdef", "pk_live_1"])(
    "is not %s",
    (text) => {
      expect(ask(text, "public_key")).toBeUndefined();
    },
  );
});
