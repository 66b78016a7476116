import { describe, expect, it } from "vitest";
import { otpSecret } from "../../../../../src/observe/classify/detectors/secret/otp-secret.ts";
import { asker } from "../support.ts";

const ask = asker(otpSecret);
const SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

describe("otp_secret", () => {
  it("is proved by its URI", () => {
    expect(ask(`otpauth://totp/Acme:kim?secret=${SEED}&issuer=Acme`)).toMatchObject({ confidence: 0.98 });
    expect(ask("otpauth://totp/Acme:kim")).toBeUndefined();
  });

  it.each([
    ["totp_secret", []],
    ["mfaSecret", []],
    ["two_factor_secret", []],
    ["secret", ["totp"]],
  ])("is a seed under %s", (key, above) => {
    expect(ask(SEED, key, above)).toMatchObject({ confidence: 0.95 });
  });

  it("is a seed beside what an app needs with it", () => {
    expect(ask(SEED, "secret", [], ["digits", "period"])).toMatchObject({ confidence: 0.95 });
  });

  it.each([
    ["recovery_codes", [], "a1b2c-9x8y7"],
    ["backupCodes", [], "48291377"],
    ["code", ["recovery_codes"], "a1b2c-9x8y7"],
  ])("is a code that does without, under %s", (key, above, text) => {
    expect(ask(text, key, above)).toMatchObject({ confidence: 0.9 });
  });

  it.each(["otp", "verification_code", "one_time_password", "smsCode"])("is a one-time password under %s", (key) => {
    expect(ask("482913", key)).toMatchObject({ confidence: 0.75, sample: false });
    expect(ask(482913, key)).toMatchObject({ confidence: 0.75 });
  });

  it.each([
    ["otp_expires_at", "482913"],
    ["otp", "sent"],
    ["otp", "12"],
    ["verification_code", "invalid"],
    ["totp_secret", "Enter the secret"],
    ["promo_code", "482913"],
    ["recovery_codes", "remaining"],
    ["secret", "JBSWY3DPEHPK3PXPJBSWY3DP"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });

  it("takes recovery codes of 32 characters, and nothing longer in one piece", () => {
    const code = "a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6";
    expect(ask(code, "recovery_codes")).toMatchObject({ confidence: 0.9 });
    expect(ask(code, "code", ["backup_codes"])).toMatchObject({ confidence: 0.9 });
    expect(ask(`${code}7`, "recovery_codes")).toBeUndefined();
    expect(ask(code, "promo_codes")).toBeUndefined();
  });
});
