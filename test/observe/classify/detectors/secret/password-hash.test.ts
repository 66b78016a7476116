import { describe, expect, it } from "vitest";
import { passwordHash } from "../../../../../src/observe/classify/detectors/secret/password-hash.ts";
import { asker } from "../support.ts";

const ask = asker(passwordHash);
const text = (length: number) => "abcdefghijKLMNOP0123456789./".repeat(8).slice(0, length);

describe("password_hash", () => {
  it.each([
    ["bcrypt", `$2b$12$${text(53)}`],
    ["argon2", "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub"],
    ["SHA-512 crypt", `$6$rounds=5000$saltsalt$${text(86)}`],
    ["phpass", `$P$B${text(30)}`],
    ["pbkdf2", "pbkdf2_sha256$260000$saltsalt$abcdefghijklmnop="],
    ["RFC 2307", "{SSHA}6Rmf69qrJxGLrBtC/qy0+VMFF1lzYWx0"],
  ])("is proved by the format of %s", (_name, hash) => {
    expect(ask(hash, "anything")).toEqual({ confidence: 0.97, sample: false });
  });

  it.each(["5267768822ee624d48fce15ec5ca79cbd602cb7f", "$2b$12$short", "$6$", "{SSHA}short", "$100", "$1$2$3"])("is not %s", (other) => {
    expect(ask(other, "password_hash")).toBeUndefined();
  });
});
