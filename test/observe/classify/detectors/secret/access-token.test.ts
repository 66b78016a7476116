import { describe, expect, it } from "vitest";
import { accessToken } from "../../../../../src/observe/classify/detectors/secret/access-token.ts";
import { asker } from "../support.ts";

const ask = asker(accessToken);
const OPAQUE = "q7Zp2LmX9vKd4RtBw8YnC3";
const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";

describe("access_token", () => {
  it.each([
    "access_token",
    "accessToken",
    "AuthToken",
    "oauth2_token",
    "personal access token",
    "bot_token",
    "bearer",
    "x-auth-token",
    "Zugriffstoken",
  ])("is known by the name %s", (key) => {
    expect(ask(OPAQUE, key)).toMatchObject({ confidence: 0.95, sample: false });
  });

  it.each([
    ["a field", `Bearer ${OPAQUE}`, "Authorization"],
    ["a log line", `> GET /v1/me Authorization: Bearer ${OPAQUE} 200`, "line"],
    ["a curl command", `curl -H "Authorization: Bearer ${OPAQUE}" https://api.example`, "command"],
  ])("is known by its scheme in %s", (_where, text, key) => {
    expect(ask(text, key)?.confidence).toBeGreaterThanOrEqual(0.9);
  });

  it("leaves a JWT in a line to its own class, and takes one under its name", () => {
    expect(ask(`Authorization: Bearer ${JWT}`, "line")).toBeUndefined();
    expect(ask(JWT, "access_token")).toMatchObject({ confidence: 0.95 });
  });

  it.each([
    ["expires_at", 0.85],
    ["token_type", 0.85],
    ["user", 0.85],
  ])("takes a bare token beside %s", (beside, confidence) => {
    expect(ask(OPAQUE, "token", ["data", "response", "a"], [beside, "x", "y", "z"])).toMatchObject({ confidence });
  });

  it("takes a bare token in a short answer or under a login, and in no other record", () => {
    expect(ask(`${OPAQUE}xx`, "token", [], ["success"])).toMatchObject({ confidence: 0.65 });
    expect(ask(OPAQUE, "token", ["auth"])).toMatchObject({ confidence: 0.85 });
    expect(ask(OPAQUE, "token", ["items", "data", "page"], ["a", "b", "c", "d"])).toBeUndefined();
  });

  it.each(["project_token", "feed_token", "password_reset_token", "uploadToken"])(
    "takes an opaque token that says what it opens: %s",
    (key) => {
      expect(ask(OPAQUE, key)).toMatchObject({ confidence: 0.7 });
    },
  );

  it("takes a client's token where it is leased", () => {
    expect(ask(OPAQUE, "client_token", [], ["lease_duration"])).toMatchObject({ confidence: 0.85 });
    expect(ask(OPAQUE, "client_token", [], ["expires_at"])).toBeUndefined();
  });

  it("marks placeholders", () => {
    expect(ask("your-access-token", "access_token")).toMatchObject({ sample: true });
  });

  it.each([
    ["next_page_token", OPAQUE],
    ["csrf_token", OPAQUE],
    ["card_token", OPAQUE],
    ["device_token", OPAQUE],
    ["continuationToken", OPAQUE],
    ["access_token_id", OPAQUE],
    ["access_token_expires_at", "2026-01-01T00:00:00Z"],
    ["token_type", "bearer"],
    ["access_token", "Access token"],
    ["access_token", "is-missing"],
    ["access_token", "https://acme.com/oauth/token"],
    ["access_token", "arn:aws:secretsmanager:eu-west-1:1:secret:x"],
    ["authorization", "required"],
    ["tokens", "1200"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });

  it.each([["last4"], ["brand"], ["symbol"], ["has_more"]])("is no token beside %s", (beside) => {
    expect(ask(OPAQUE, "token", ["auth"], [beside, "expires_at"])).toBeUndefined();
  });

  it("is no token of one payment", () => {
    expect(ask(`tok_${OPAQUE}`, "token", [], ["expires_at"])).toBeUndefined();
  });

  it("takes a bare token of sixteen characters only beside what speaks of its life", () => {
    const short = OPAQUE.slice(0, 16);
    expect(ask(short, "token", ["data", "a", "b"], ["expires_in", "x", "y", "z"])).toMatchObject({ confidence: 0.65 });
    expect(ask(short, "token", ["auth"])).toMatchObject({ confidence: 0.65 });
    expect(ask(short.slice(1), "token", ["auth"], ["expires_in"])).toBeUndefined();
    expect(ask(short, "token", [], ["success"])).toBeUndefined();
    expect(ask(short, "token", ["auth"], ["last4", "expires_in"])).toBeUndefined();
  });
});
