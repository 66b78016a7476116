import { describe, expect, it } from "vitest";
import { passwordHash } from "../../../../../src/observe/classify/detectors/secret/password-hash.ts";
import { asker } from "../support.ts";

const ask = asker(passwordHash);
const text = (length: number) => "abcdefghijKLMNOP0123456789./".repeat(8).slice(0, length);

describe("password_hash", () => {
  it.each([
    ["yescrypt", `$y$j9T$F5Jx5fExrKuPp53xLKQ..1$${text(43)}`],
    ["Werkzeug", `scrypt:32768:8:1$saltsalt$${"0a1b2c3d".repeat(8)}`],
    ["PostgreSQL", "SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0$c3RvcmVkc3RvcmVkc3RvcmVk:c2VydmVyc2VydmVyc2VydmVy"],
    ["bcrypt", `$2b$12$${text(53)}`],
    ["argon2", "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub"],
    ["SHA-512 crypt", `$6$rounds=5000$saltsalt$${text(86)}`],
    ["phpass", `$P$B${text(30)}`],
    ["pbkdf2", "pbkdf2_sha256$260000$saltsalt$abcdefghijklmnop="],
    ["RFC 2307", "{SSHA}6Rmf69qrJxGLrBtC/qy0+VMFF1lzYWx0"],
  ])("is proved by the format of %s", (_name, hash) => {
    expect(ask(hash, "anything")).toMatchObject({ confidence: 0.97, sample: false });
  });

  it.each(["password_hash", "hashedPassword", "passwdSha256", "encrypted_password", "Passwort_Hash"])(
    "takes a bare digest under %s",
    (key) => {
      expect(ask("5267768822ee624d48fce15ec5ca79cbd602cb7f", key)).toMatchObject({ confidence: 0.93 });
    },
  );

  it("takes a hash beside its salt", () => {
    expect(ask("5267768822ee624d48fce15ec5ca79cbd602cb7f", "hash", [], ["salt"])).toMatchObject({ confidence: 0.93 });
    expect(ask("5267768822ee624d48fce15ec5ca79cbd602cb7f", "hash", [], ["file"])).toBeUndefined();
  });

  it.each(["password_hash_algorithm", "hash", "file_hash", "password_updated"])("takes no digest under %s", (key) => {
    expect(ask("5267768822ee624d48fce15ec5ca79cbd602cb7f", key)).toBeUndefined();
  });

  it.each(["5267768822", "$2b$12$short", "$6$", "{SSHA}short", "$100", "$1$2$3"])("is not %s", (other) => {
    expect(ask(other, "password_hash")).toBeUndefined();
  });
});
