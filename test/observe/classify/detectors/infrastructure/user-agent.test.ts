import { describe, expect, it } from "vitest";
import { userAgent } from "../../../../../src/observe/classify/detectors/infrastructure/user-agent.ts";
import { asker } from "../support.ts";

const ask = asker(userAgent);

describe("user_agent", () => {
  it.each([
    ["anything", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36", 0.95],
    ["user_agent", "okhttp/4.12.0", 0.9],
    ["userAgent", "curl/8.5.0", 0.9],
    ["ua", "AcmeApp/3.2 (iPhone; iOS 17.1)", 0.9],
  ])("is the value of %s: %s", (key, text, confidence) => {
    expect(ask(text, key)).toMatchObject({ confidence });
  });

  it.each([
    ["user_agent", "Chrome"],
    ["user_agent", "desktop"],
    ["agent", "okhttp/4.12.0"],
    ["ua", "UA"],
    ["server", "nginx/1.25"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });
});
