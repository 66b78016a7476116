import { describe, expect, it } from "vitest";
import { secretUrl } from "../../../../../src/observe/classify/detectors/secret/secret-url.ts";
import { asker } from "../support.ts";

const ask = asker(secretUrl);
const OPAQUE = "q7Zp2LmX9vKd4RtBw8YnC3";

describe("secret_url", () => {
  it.each([
    ["signed by S3", `https://b.s3.amazonaws.com/k?X-Amz-Credential=c&X-Amz-Signature=${"0a".repeat(32)}`],
    ["signed by S3 of old", `https://b.s3.amazonaws.com/k?AWSAccessKeyId=c&Expires=1&Signature=${OPAQUE}`],
    ["signed by Azure", `https://a.blob.core.windows.net/c/b?sv=2023&se=2026&sig=${OPAQUE}`],
    ["with a password", "https://kim:s3cr3t@files.example.com/a"],
    ["with a token", `https://api.example.com/export?access_token=${OPAQUE}`],
    ["with a token in its fragment", `https://app.example.com/cb#access_token=${OPAQUE}&state=1`],
    ["that resets", `https://id.example.com/reset-password?token=${OPAQUE}`],
    ["that resets, in its path", `https://id.example.com/password/reset/${OPAQUE}`],
    ["that invites", `https://app.example.com/invite?code=${OPAQUE}`],
    ["of a webhook", `https://hooks.slack.com/services/T0/B0/${OPAQUE}`],
    ["of another webhook", `https://discord.com/api/webhooks/1122/${OPAQUE}`],
    ["among words", `Open https://id.example.com/magic-link?token=${OPAQUE} within an hour.`],
  ])("is a link %s", (_what, text) => {
    expect(ask(text)?.confidence).toBeGreaterThanOrEqual(0.8);
  });

  it.each([
    "https://api.example.com/items?page_token=q7Zp2LmX9vKd4RtBw8YnC3",
    "https://api.example.com/items?cursor=q7Zp2LmX9vKd4RtBw8YnC3",
    "https://cdn.example.com/a.png?v=q7Zp2LmX9vKd4RtBw8YnC3",
    "https://user@example.com/",
    "https://kim:****@files.example.com/a",
    "https://docs.example.com/reset-password?topic=token",
    "https://example.com/login?next=%2Fhome",
    "https://hooks.slack.com/docs",
    "https://example.com/share/summer-holiday-pictures",
    "https://example.com/verify?signature=1",
    "{+api}/items?access_token={token}",
  ])("is not %s", (text) => {
    expect(ask(text, "url")).toBeUndefined();
  });
});
