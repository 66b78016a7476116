import { describe, expect, it } from "vitest";
import { sessionToken } from "../../../../../src/observe/classify/detectors/secret/session-token.ts";
import { asker } from "../support.ts";

const ask = asker(sessionToken);
const OPAQUE = "q7Zp2LmX9vKd4RtBw8YnC3";

describe("session_token", () => {
  it.each(["session_token", "SessionToken", "sessionKey", "x-amz-security-token", "PHPSESSID"])("is known by the name %s", (key) => {
    expect(ask(OPAQUE, key)).toMatchObject({ confidence: 0.95 });
  });

  it.each([
    ["Set-Cookie", `sid=${OPAQUE}; Path=/; HttpOnly`],
    ["cookie", `theme=dark; connect.sid=s%3A${OPAQUE}`],
    ["raw", `GET / HTTP/1.1\r\nHost: a.example\r\nCookie: a=b; sessionid=${OPAQUE}\r\n`],
  ])("is found in the cookies of %s", (key, text) => {
    expect(ask(text, key)).toMatchObject({ confidence: 0.9 });
  });

  it("is an identifier nobody guesses in a record about a login", () => {
    expect(ask(OPAQUE, "session_id", [], ["user_agent"])).toMatchObject({ confidence: 0.7 });
    expect(ask(OPAQUE, "sessionid", ["cookies"])).toMatchObject({ confidence: 0.7 });
    expect(ask(OPAQUE, "sid", [], ["ip"])).toMatchObject({ confidence: 0.7 });
    expect(ask(OPAQUE, "session_id", [], ["event", "page"])).toBeUndefined();
    expect(ask("CA0a1b2c3d4e5f60718293a4b5c6d7e8f9", "sid", [], ["ip"])).toBeUndefined();
    expect(ask(`cs_${OPAQUE}`, "session_id", [], ["expires_at"])).toBeUndefined();
    expect(ask("3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a", "session_id", [], ["user_agent"])).toBeUndefined();
  });

  it.each([
    ["session_token_expires_at", "2026-01-01T00:00:00Z"],
    ["session_name", OPAQUE],
    ["Set-Cookie", "theme=dark; Path=/"],
    ["cookie", "sid=; Max-Age=0"],
    ["cookie", "cookie-policy"],
    ["text", "Cookie: chocolate"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });
});
