import { describe, expect, it } from "vitest";
import { refreshToken } from "../../../../../src/observe/classify/detectors/secret/refresh-token.ts";
import { asker } from "../support.ts";

const ask = asker(refreshToken);

describe("refresh_token", () => {
  it.each([
    ["refresh_token", "q7Zp2LmX9vKd4RtBw8YnC3", 0.97],
    ["RefreshToken", "3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a", 0.87],
    ["refreshToken", "8xLOxBtZp8", 0.82],
    ["offline_token", "1//0gq7Zp2LmX9vKd4RtBw8YnC3", 0.97],
  ])("is known by the name %s", (key, text, confidence) => {
    expect(ask(text, key)).toMatchObject({ confidence });
  });

  it.each([
    ["refresh_token_expires_at", "2026-01-01"],
    ["refresh_token_id", "q7Zp2LmX9vKd4RtBw8YnC3"],
    ["refresh_token", "refresh_token"],
    ["refresh_token", "Refresh token"],
    ["grant_type", "refresh_token"],
    ["refresh", "q7Zp2LmX9vKd4RtBw8YnC3"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });
});
