import { describe, expect, it } from "vitest";
import { webhookSecret } from "../../../../../src/observe/classify/detectors/secret/webhook-secret.ts";
import { asker } from "../support.ts";

const ask = asker(webhookSecret);
const OPAQUE = "q7Zp2LmX9vKd4RtBw8YnC3";

describe("webhook_secret", () => {
  it.each(["webhook_secret", "hookSecret", "signing_secret", "hmac_key", "WebhookSigningKey", "secret_token"])(
    "is known by the name %s",
    (key) => {
      expect(ask(OPAQUE, key)).toMatchObject({ confidence: 0.95 });
    },
  );

  it("is known by its prefix anywhere", () => {
    expect(ask(`whsec_${OPAQUE}`)).toMatchObject({ confidence: 0.98 });
    expect(ask("whsec_short")).toBeUndefined();
  });

  it("is a secret beside a URL and events, or below a webhook", () => {
    expect(ask(OPAQUE, "secret", [], ["url", "events"])).toMatchObject({ confidence: 0.95 });
    expect(ask(OPAQUE, "secret", ["webhooks"])).toMatchObject({ confidence: 0.95 });
    expect(ask(OPAQUE, "secret", [], ["client_id"])).toBeUndefined();
  });

  it.each([
    ["signature", OPAQUE],
    ["webhook_secret_id", OPAQUE],
    ["webhook_id", OPAQUE],
    ["hmac_key_name", OPAQUE],
    ["signing_secret", "Signing secret"],
    ["webhook_secret", "https://acme.com/hook"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });
});
