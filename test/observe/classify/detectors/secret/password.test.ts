import { describe, expect, it } from "vitest";
import { password } from "../../../../../src/observe/classify/detectors/secret/password.ts";
import { asker } from "../support.ts";

const ask = asker(password);

describe("password", () => {
  it.each(["password", "db_password", "userPassword", "passwd", "pwd", "wifi_psk", "Kennwort", "mot_de_passe", "dbpass"])(
    "is known by the name %s",
    (key) => {
      expect(ask("violet-Kettle-31", key)).toEqual({ confidence: 0.95, sample: false });
    },
  );

  it("is less sure of letters alone", () => {
    expect(ask("supersecretpassword", "password")).toEqual({ confidence: 0.8, sample: false });
  });

  it("marks placeholders", () => {
    expect(ask("EXAMPLE-PASSWORD", "password")).toEqual({ confidence: 0.95, sample: true });
    expect(ask("changeme-1", "password")).toEqual({ confidence: 0.95, sample: true });
  });

  it.each([
    ["password_changed_at", "2026-01-01T00:00:00Z"],
    ["password", "2026-01-01"],
    ["password_policy", "strong-12"],
    ["password_reset_url", "https://acme.com/reset/1"],
    ["password", "https://acme.com/reset/1"],
    ["passwordHash", "abc123def"],
    ["password", "Password"],
    ["confirm_password", "Confirm password"],
    ["passwort", "Passwort"],
    ["password", "is too short (minimum is 12 characters)"],
    ["password", "true"],
    ["password", "expired"],
    ["password", "string"],
    ["has_password", "yes-1"],
    ["boarding_pass", "LH123-4F"],
    ["description", "violet-Kettle-31"],
    ["password", "x1"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });

  it.each(["errors", "messages", "labels", "translations", "schema"])("is not looked for below %s", (above) => {
    expect(ask("violet-Kettle-31", "password", ["user", above])).toBeUndefined();
  });

  it.each(["properties", "fields"])("has to look like one below %s, which may be those of a form", (above) => {
    expect(ask("violet-Kettle-31", "password", [above, "record"])).toMatchObject({ confidence: 0.75 });
    for (const text of ["text", "hidden-input", "varchar(255)", "required|min:8", "Your password 2"]) {
      expect(ask(text, "password", [above, "record"])).toBeUndefined();
    }
  });

  it.each([
    ["authorization", "Basic a2ltOnZpb2xldC1LZXR0bGUtMzE=", 0.95],
    ["message", "login failed: user=svc password=violet-31 host=db", 0.75],
    ["wifi_passphrase", "violet kettle 31", 0.95],
  ])("is found in %s: %s", (key, text, confidence) => {
    expect(ask(text, key)).toMatchObject({ confidence });
  });

  it.each([
    ["message", "use password=<password> here"],
    ["message", "password: required"],
    ["description", "set password=violet-31 first"],
    ["authorization", "Basic required"],
    ["pass", "Gold-2026"],
    ["password_reset_token", "q7Zp2LmX9vKd4RtB"],
  ])("is not found in %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });

  it("is a typed credential, and no field of a form", () => {
    expect(ask("violet-31", "value", ["credentials"], [], { type: "password" })).toMatchObject({ confidence: 0.95 });
    expect(ask("violet-31", "value", ["fields"], [], { type: "password" })).toBeUndefined();
  });

  it("never takes a number", () => {
    expect(ask(12345678, "password")).toBeUndefined();
  });
});
